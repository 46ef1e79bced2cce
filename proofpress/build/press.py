"""The press's own text, as one part of every cache key.

Place in the chain: whatever keeps a result between builds asks **here** for the code that made it.
Nobody lists that code: it is found by following the imports.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from proofpress.build.digests import digest
from proofpress.build.glance import state
from proofpress.build.inside import source
from proofpress.build.zone import MACHINERY

HOME = Path(os.path.abspath(__file__)).parents[1]
_IMPORT = re.compile(
    rb"^[ \t]*(?:from|import) proofpress((?:\.\w+)*)(?: import (\([^)]*\)|.*))?", re.MULTILINE
)


@cache
def code(*makers: str) -> str:
    """Return a digest of the modules and rooms `makers`, of all that they import, and of Python.

    The running step depends on each of these modules by its meaning. What only runs the build is
    left out. Styles that the press brings along are no code: who reads one depends on it as on any
    file.

    >>> code("proofpress.ink") == code("proofpress.ink.step", "proofpress.ink") != code()
    True
    """
    parts = [f"{name} {digest(text)}" for name, text in sorted(modules(*makers).items())]
    return digest("\n".join([sys.version, *parts]).encode())


def modules(*makers: str) -> dict[str, bytes]:
    """Return the source of all these modules, by name.

    >>> {"ink/step.py", "faults/errors.py", "__init__.py"} <= {*modules("proofpress.ink")}
    True
    """
    found: dict[str, bytes] = {}
    waiting = [name for maker in makers for name in _made_of(maker)]
    for name in waiting:  # it grows
        if name not in found and name.partition("/")[0] not in MACHINERY:
            found[name] = source(HOME / name)
            waiting += _imported(found[name])
    return found


def _made_of(maker: str) -> list[str]:
    """Return the files of a module, or of a room."""
    place = maker.removeprefix("proofpress.").replace(".", "/")
    found = [name for name in _files() if name == f"{place}.py" or name.startswith(f"{place}/")]
    if not found:
        raise FileNotFoundError(f"the press has no {maker}")
    return found


def _imported(text: bytes) -> Iterator[str]:
    """Yield the files of the press that a module imports: packages, and modules from them."""
    for dotted, names in _IMPORT.findall(text):
        parts = dotted.decode().split(".")
        places = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
        places += [f"{places[-1]}/{name}" for name in re.findall(r"\w+", names.decode())]
        files = (f"{place}{end}" for place in places for end in (".py", "/__init__.py"))
        yield from _files().intersection(file[1:] for file in files)


@cache
def _files(folder: str = "") -> frozenset[str]:
    """Return the names of all modules of the press. That they were looked at is nobody's read."""
    listed = [folder + name for name in os.listdir(HOME / folder) if name != "__pycache__"]
    inner = [name for name in listed if (state(os.fspath(HOME / name)) or (0,))[0] < 0]
    own = (name for name in listed if name.endswith(".py"))
    return frozenset(own).union(*(_files(f"{name}/") for name in inner))
