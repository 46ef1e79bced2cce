"""Write a complete small report into a new folder."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from typing import Any

REPORT = False


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `new`."""
    parser.add_argument("folder", metavar="FOLDER", help="a folder that is new, or empty")
    parser.add_argument("--minimal", action="store_true", help="without a notebook")


def run(options: Any) -> int:
    """Write the report, and print what to do next."""
    from proofpress import __version__
    from proofpress.report import scaffold

    folder = Path(options.folder)
    written = scaffold.write(folder, __version__, notebook=not options.minimal)
    print(
        f"{len(written)} files in {folder}; go on with: cd {shlex.quote(str(folder))} && make pdf"
    )
    return 0
