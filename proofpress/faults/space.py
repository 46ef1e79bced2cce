"""A full disk: told as one and the same error, wherever and by whichever program it is noticed.

Place in the chain: below every step that writes.
"""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from proofpress.faults.errors import PressError

if TYPE_CHECKING:
    from pathlib import Path

SAID = "No space left"  # how C libraries, and so all programs, begin to name that fault


class NoSpace(PressError):
    """A disk, or what the author may use of it, is full.

    >>> print(NoSpace())
    no space is left on the disk
      the report's folder, or the one for temporary files
      mend: make room there, then build again
    """

    def __init__(self) -> None:
        super().__init__(
            "no space is left on the disk",
            "the report's folder, or the one for temporary files",
            "make room there, then build again",
        )


def no_space(error: BaseException | None) -> NoSpace | None:
    """Return the error to show when a full disk is behind another one, else None.

    >>> no_space(OSError(errno.ENOSPC, "")) is None, no_space(OSError(errno.ENOENT, "")) is None
    (False, True)
    """
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return NoSpace()
        error = error.__cause__ or error.__context__
    return None


def is_full(folder: Path) -> bool:
    """Return whether nothing more can be written into `folder`.

    To be asked of a program that does not always notice: TeX ends as if all were well, with a
    file cut short.
    """
    if not hasattr(os, "statvfs"):
        return False
    room = os.statvfs(folder)
    # What a file system keeps for root is of use to root alone.
    root = os.geteuid() == 0
    blocks = room.f_bfree if root else room.f_bavail
    files = room.f_ffree if root else room.f_favail
    # Some file systems do not count.
    return (room.f_blocks > 0 and blocks == 0) or (room.f_files > 0 and files == 0)
