"""The press's own text, as one part of every cache key.

Place in the chain: whatever keeps a result between builds asks **here** for the code that made it.
"""

from __future__ import annotations

import os
from pathlib import Path

from proofpress.build.digests import digest
from proofpress.build.inside import source

HOME = Path(os.path.abspath(__file__)).parents[1]


def code(*rooms: str) -> str:
    """Return a digest of all modules of the press in these rooms, and of its whole package without.

    The running step depends on each of them by its meaning. Styles that the press brings along are
    no code: who reads one depends on it as on any file.

    >>> code("ink") == code("ink") != code("ink", "latex")
    True
    """
    folders = [HOME / room for room in sorted(rooms)] or [HOME]
    files = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    if not files:
        raise FileNotFoundError(f"the press has no room {', '.join(rooms)}")
    parts = [f"{path.relative_to(HOME).as_posix()} {digest(source(path))}" for path in files]
    return digest("\n".join(parts).encode())
