"""The shortest way to "up to date": nothing that the last walk looked at has changed since.

Place in the chain: before everything, on every call. It is a memory of the walk in decide.py,
never a second opinion: it keeps each digest on which that walk relied, and the file state under
which it was taken. A file in another state is digested again, so a touch or an edited comment
stays on this short way; any true difference leads to the full walk. It imports nothing that
Python has not loaded by itself, because importing is what takes the time.
"""

from __future__ import annotations

import marshal
import os
import sys
import time
from os import stat

from proofpress.build import sealed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NAME = "glance"
BEGAN = time.time()  # what this process itself is made of was read before


def unchanged(root: str, state_folder: str) -> bool:
    """Return whether every file, folder and variable means what it meant when all was up to date.

    `state_folder` is that of the build below `root`, relative to it.
    """
    file = os.path.join(root, state_folder, NAME)
    try:
        # The build that follows tells of a damaged file.
        kept = marshal.loads(sealed.read(file, lambda path: None) or b"")
        python, environment, facts = kept
    except (ValueError, EOFError, TypeError):
        return False
    if python != [sys.version, sys.prefix]:
        return False
    if any(_variable(name) != value for name, value in environment):
        return False
    moved = [
        place
        for place, (_, path, known, _) in enumerate(facts)
        if state(os.path.join(root, path)) != known
    ]
    if not moved:
        return True
    from proofpress.build.digests import fresh

    try:
        for place in moved:
            kind, path, _, taken = facts[place]
            full = os.path.join(root, path)
            key = state(full)
            now, settled = fresh(kind, full)
            if now != taken:
                return False
            facts[place] = (kind, path, key if settled else (), taken)
        sealed.write(file, marshal.dumps(kept))
    except OSError:
        return False  # a file that may not be read, a disk that is full: the walk tells of it
    return True


def keep(
    root: str,
    state_folder: str,
    seen: Mapping[tuple[str, str], tuple[tuple | None, str]],
    environment: Iterable[str],
) -> None:
    """Keep the digests by which a walk has just found everything up to date, and those of the
    variables of the environment that count."""
    facts = [(kind, path, *found) for (kind, path), found in seen.items()]
    variables = [(name, _variable(name)) for name in environment]
    kept = [[sys.version, sys.prefix], variables, facts]
    sealed.write(os.path.join(root, state_folder, NAME), marshal.dumps(kept))


def _variable(name: str) -> bytes | None:
    """Return a digest of a variable of the environment: its value may be a secret."""
    from _blake2 import blake2b

    value = os.environ.get(name)
    return None if value is None else blake2b(os.fsencode(value), digest_size=16).digest()


def state(path: str) -> tuple | None:
    """Size, times and inode of a file; times and inode of a folder; None when there is none.

    A folder's time changes when a name in it comes or goes.
    """
    try:
        found = stat(path)
    except (OSError, ValueError):
        return None
    folder = found.st_mode & 0o170000 == 0o040000
    size = -1 if folder else found.st_size
    return (size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
