"""The author's own line that is being carried out, for messages.

Place in the chain: **definition** -> messages.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path

# As modules name their files, which in a checkout behind a link is not where they really stand.
_PRESS = Path(__file__).absolute().parent.parent


def author_place() -> tuple[str, int]:
    """Return file and line of the innermost call that does not belong to the press.

    The path is relative to the working folder (the report's root) where it lies inside.

    >>> author_place()[1] > 0
    True
    """
    frame = sys._getframe(1)
    while frame.f_back is not None and _is_press(frame.f_code.co_filename):
        frame = frame.f_back
    return _told(Path(frame.f_code.co_filename), Path.cwd()), frame.f_lineno


def author_line() -> str:
    """Return file and line of the author's call as `path:line`."""
    return "{}:{}".format(*author_place())


@lru_cache(maxsize=64)
def _told(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root).as_posix()
    except ValueError:
        # Outside the report a machine's own path says nothing to a reader.
        return path.name


@lru_cache(maxsize=256)
def _is_press(filename: str) -> bool:
    return filename == "<string>" or _PRESS in Path(filename).parents
