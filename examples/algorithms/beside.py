"""The step that puts the macros beside the document, until the press brings them along."""

from pathlib import Path
from shutil import copyfile


def put(*, source: Path, copied: Path) -> None:
    """Copy the macros to where TeX looks for them."""
    copyfile(source, copied)
