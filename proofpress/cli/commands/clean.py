"""Remove all that was built."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from proofpress.cli.call import Call


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `clean`."""


def run(call: Call) -> int:
    """Remove the folder of all that was built."""
    shutil.rmtree(call.report.path(call.report.out), ignore_errors=True)
    return 0
