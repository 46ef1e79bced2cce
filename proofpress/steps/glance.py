"""The shortest way to "up to date": nothing has been touched since the last walk found it so.

Place in the chain: before everything, on every call. It is a memory of the walk in decide.py,
never a second opinion: what it keeps are the file states under which that walk read each
digest. Any difference, a touch included, leads to the full walk. It imports nothing that
Python has not loaded by itself, because importing is what takes the time.
"""

from __future__ import annotations

import marshal
import os
import sys

FILE = "output/.steps/glance"
LAYOUT = 1


def unchanged(root: str) -> bool:
    """Whether every file, folder and variable is as it was when all was up to date."""
    try:
        with open(os.path.join(root, FILE), "rb") as file:
            kept = marshal.load(file)
        layout, python, environment, states = kept
    except (OSError, ValueError, EOFError, TypeError):
        return False
    if layout != LAYOUT or python != [sys.version, sys.prefix]:
        return False
    if any(os.environ.get(name) != value for name, value in environment):
        return False
    return all(state(os.path.join(root, path)) == known for path, known in states)


def keep(root: str, states: dict[str, tuple | None], environment: dict[str, str | None]) -> None:
    """Keeps the states under which a walk has just found everything up to date."""
    listed = [[path, known] for path, known in states.items()]
    kept = [LAYOUT, [sys.version, sys.prefix], list(environment.items()), listed]
    fresh = os.path.join(root, f"{FILE}.{os.getpid()}")
    with open(fresh, "wb") as file:
        marshal.dump(kept, file)
    os.replace(fresh, os.path.join(root, FILE))


def state(path: str) -> tuple | None:
    """Size, times and inode of a file; times and inode of a folder; None when there is none.

    A folder's time changes when a name in it comes or goes.
    """
    try:
        found = os.stat(path)
    except OSError:
        return None
    size = -1 if os.path.isdir(path) else found.st_size
    return (size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
