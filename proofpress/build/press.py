"""The press's own text, as one part of every cache key.

Place in the chain: whatever keeps a result between builds asks **here** for the code that made it.
"""

from __future__ import annotations

import os
from pathlib import Path

from proofpress.build.digests import digest
from proofpress.build.inside import source

HOME = Path(os.path.abspath(__file__)).parents[1]
# Templates of code count as code does: LaTeX and matplotlib styles that the press brings along.
KINDS = (".py", ".sty", ".mplstyle")


def code(*rooms: str) -> str:
    """Return a digest of all files of the press in these rooms, and in its whole package without.

    A file counts by its meaning, so comments do not make a cache stale. The running step depends
    on each of them.

    >>> code("ink") == code("ink") != code("ink", "latex")
    True
    """
    folders = [HOME / room for room in sorted(rooms)] or [HOME]
    files = [
        path
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix in KINDS and "__pycache__" not in path.parts
    ]
    if not files:
        raise FileNotFoundError(f"the press has no room {', '.join(rooms)}")
    parts = [f"{path.relative_to(HOME).as_posix()} {digest(source(path))}" for path in files]
    return digest("\n".join(parts).encode())
