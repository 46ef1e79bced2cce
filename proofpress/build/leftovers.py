"""What a build that was killed leaves lying: temporary files, and files half written.

Place in the chain: beside the build. The next build removes them; a file belongs to the process
whose number its name bears, and is left alone while that process lives.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNFINISHED = re.compile(r".*\.(\d+)\.new")
_TEMPORARY = re.compile(r"proofpress-(\d+)-.*")


@contextmanager
def temporary_files() -> Iterator[str]:
    """Make a folder for the temporary files of a build's processes; it is gone afterwards.

    It stands in the system's own temporary folder, because its path must be short: sockets are
    made in it.
    """
    folder = os.path.abspath(tempfile.mkdtemp(prefix=f"proofpress-{os.getpid()}-"))
    try:
        yield folder
    finally:
        remove(folder)


def remove(folder: str) -> None:
    """Remove a folder and what is in it, as far as that may be removed."""
    shutil.rmtree(folder, ignore_errors=True)


def sweep(state: str, temporary: str) -> None:
    """Remove what processes that are gone left below the folder `state`, and their temporary files,
    which stand beside the folder `temporary`."""
    for folder, _, names in os.walk(state):
        for name in names:
            if name.endswith(".new") and _is_dead(_UNFINISHED.fullmatch(name)):
                with suppress(FileNotFoundError):
                    os.unlink(os.path.join(folder, name))
    above = os.path.dirname(temporary)
    for name in os.listdir(above):
        if _is_dead(_TEMPORARY.fullmatch(name)):
            remove(os.path.join(above, name))


def _is_dead(named: re.Match[str] | None) -> bool:
    """Return whether a name bears the number of a process that is gone."""
    if named is None or os.name != "posix":  # elsewhere asking for a process would end it
        return False
    try:
        os.kill(int(named[1]), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False  # it is alive, and another user's
    try:
        with open(f"/proc/{named[1]}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(") ")[2].startswith("Z")  # ended, but nobody was told
    except OSError:
        return False
