"""What programs read that no hook of Python sees, as far as their commands name it.

Place in the chain: audit event -> **here** -> observe.py. A file that a command names, or a
database that is opened, may be read or written: it counts as read if it is the same when the step
has ended (record.py).
"""

from __future__ import annotations

import glob
import os
import re
from typing import TYPE_CHECKING

from proofpress.build.glance import state

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

# Events after which something is read that no hook of this process sees.
BY_OTHERS = frozenset(
    ("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.spawn")
).union(("os.posix_spawn", "sqlite3.connect", "socket.connect"))
# Where in the details of an event its words are; and the folder from which they are told, if any.
_WORDS = {
    "subprocess.Popen": (1, 2),
    "os.system": (0, None),
    "os.exec": (1, None),
    "os.spawn": (2, None),
    "os.posix_spawn": (1, None),
    "sqlite3.connect": (0, None),
    "ctypes.dlopen": (0, None),
}
EVENTS = BY_OTHERS.union(_WORDS)
# What the build or the terminal sets anew for each call.
_PASSING = ("TMPDIR", "PWD", "OLDPWD", "SHLVL", "_", "COLUMNS", "LINES", "PYTHONPATH")
_OWN = ("PROOFPRESS_", "PYTHONHASHSEED", "JPY_", "MAKE")
_WORD = re.compile(r"""'[^']*'|"[^"]*"|[^\s;|&<>()'"]+|>>?|<""")
_VARIABLE = re.compile(r"\$\{?([A-Za-z_]\w*)")


def named(event: str, details: tuple) -> Iterator[str]:
    """Yield the paths of the files that there are among the words of an event.

    >>> os.path.basename(next(named("os.system", (f"tail -n 1 {__file__} > copy.txt",))))
    'unseen.py'
    >>> [*named("os.system", ("echo > " + __file__,))]
    []
    """
    place, at = _WORDS.get(event, (None, None))
    if place is None:
        return
    folder = _text(details[at]) if at is not None and details[at] is not None else ""
    writes = False
    for word in _words(details[place]):
        if not writes:
            _, _, value = word.partition("=")
            for one in dict.fromkeys(filter(None, (word, value))):
                path = os.path.join(folder, os.path.expanduser(one))
                found = glob.glob(path) if glob.has_magic(one) else [path]
                yield from filter(_is_file, found)
        writes = word.startswith(">")


def counts(variable: str) -> bool:
    """Return whether a variable of the environment may be an input.

    >>> counts("MY_SETTING"), counts("COLUMNS")
    (True, False)
    """
    return variable not in _PASSING and not variable.startswith(_OWN)


def variables(event: str, details: tuple) -> set[str]:
    """Return the names of the environment's variables that the words of an event ask for.

    >>> variables("os.system", ("echo $HOME/${USER}",)) == {"HOME", "USER"}
    True
    """
    place, _ = _WORDS.get(event, (None, None))
    words = [] if place is None else _listed(details[place])
    return {name for word in words for name in _VARIABLE.findall(word)}


def _words(given: Any) -> Iterator[str]:
    """Yield the words of a command: those of a shell's line, too."""
    for word in _listed(given):
        if "\0" not in word:
            yield word
            if re.search(r"[\s;|&<>]", word):
                yield from (found.strip("'\"") for found in _WORD.findall(word))


def _listed(given: Any) -> Iterable[str]:
    one = isinstance(given, str | bytes | os.PathLike)
    return map(_text, [given] if one else given if isinstance(given, list | tuple) else [])


def _is_file(path: str) -> bool:
    known = state(path)  # not os.path.isfile, whose questions are the step's own
    return known is not None and known[0] >= 0


def _text(given: Any) -> str:
    return os.fsdecode(given) if isinstance(given, str | bytes | os.PathLike) else ""
