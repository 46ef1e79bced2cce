"""Whose code causes an event, and other questions that the watch asks of the interpreter.

Place in the chain: audit event -> **frame** -> observe.py.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

# Who reads on another account than the step's: the import system, of which `sought` tells better,
# what takes digests for the build, and what removes folders by names relative to others.
_IMPORT_SYSTEM = "<frozen importlib._bootstrap_external>"
OWN = os.path.dirname(os.path.abspath(__file__))
PRESS = os.path.join(os.path.dirname(OWN), "")
_STANDARD = os.path.join(os.path.dirname(os.__file__), "")
# These look everywhere for the metadata of packages, which stand among the packages.
_METADATA = (os.path.join("importlib", "metadata"), os.sep + "entrypoints.py")


def absolute(path: str) -> str:
    """Return the full path of a file, or the same where the folder that it is told from is gone."""
    try:
        return os.path.abspath(path)
    except FileNotFoundError:
        return path


def identity_of(descriptor: int) -> tuple[int, int]:
    """Return what tells an open file from others; zeros for a descriptor that was closed."""
    try:
        found = os.fstat(descriptor)
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino


def causing() -> FrameType | None:
    """Return the frame that caused an event: none where the interpreter itself opens the script
    that it is going to run, or is about to end."""
    try:
        return sys._getframe(2)
    except ValueError:
        return None


def file_of(frame: FrameType | None) -> str:
    return "" if frame is None else frame.f_code.co_filename


def lists(frame: FrameType | None) -> bool:
    """Return whether a folder is listed on the step's account."""
    caller = file_of(frame)
    if caller == _IMPORT_SYSTEM or caller.startswith(OWN):
        return False
    while frame is not None:
        if any(part in frame.f_code.co_filename for part in _METADATA):
            return False
        frame = frame.f_back
    return True


def asker(frame: FrameType | None) -> str:
    """Return the package whose code caused what happens in a frame; "" for the author's."""
    while frame is not None:
        file = frame.f_code.co_filename
        if package := _package(file):
            return package
        if file.startswith(PRESS) and not file.startswith(OWN):
            return "proofpress"
        if not file.startswith(("<frozen ", _STANDARD, OWN)):
            return ""
        frame = frame.f_back
    return ""


def _package(file: str) -> str:
    """Return the package that a file belongs to, in whatever environment; '' for none.

    >>> _package(os.path.join("", "env", "site-packages", "numpy", "core.py"))
    'numpy'
    """
    for folder in ("site-packages", "dist-packages"):
        _, found, below = file.rpartition(f"{os.sep}{folder}{os.sep}")
        if found:
            return below.partition(os.sep)[0].removesuffix(".py")
    return ""
