"""Files that the press keeps for itself, sealed with a checksum and written whole or not at all.

Place in the chain: below every store of output/.steps. A file that is damaged, or of another
layout, counts as missing: what it held is made again, and the author is told. Only what Python
has always loaded is imported, because the first of these files is read before anything else.
"""

from __future__ import annotations

import os

# What importlib checks bytecode with; hashlib and zlib take longer to load than a file to read.
from _imp import source_hash
from _thread import get_ident

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

# Raised when the meaning of any kept file changes, so that an older store is never believed.
LAYOUT = 6


def read(path: str, tell: Callable[[str], object]) -> bytes | None:
    """Return what was written to `path`; None when there is nothing, or nothing to be believed.

    In the second case `tell` is told the path.

    >>> read("no such file", print) is None
    True
    """
    try:
        with open(path, "rb") as file:
            whole = file.read()
    except OSError:
        return None
    seal, parted, text = whole.partition(b"\n")
    if parted and seal == _seal(text):
        return text
    tell(path)
    return None


def write(path: str, text: bytes) -> None:
    """Keep `text` at `path`. What stood there stays until all of it is written."""
    new = unfinished(path)
    try:
        with open(new, "wb") as file:
            file.write(_seal(text) + b"\n" + text)
        os.replace(new, path)
    except OSError:
        if os.path.exists(new):
            os.unlink(new)  # a full disk is not to be filled with what will never be read
        raise


def unfinished(path: str) -> str:
    """Return the name under which this thread writes a file that is renamed to `path` when whole.

    The process stands last: what it leaves behind is removed when it is gone.

    >>> unfinished("output/x.json").endswith(f".{os.getpid()}.new")
    True
    """
    return f"{path}.{get_ident()}.{os.getpid()}.new"


def _seal(text: bytes) -> bytes:
    return source_hash(LAYOUT, text).hex().encode()
