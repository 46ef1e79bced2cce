"""Run the report's own tests."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from proofpress.cli.call import Call


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `test`."""
    parser.add_argument("--fast", action="store_true", help="leave out the slow tests")
    parser.add_argument("words", nargs="*", metavar="WORD", help="files and options for pytest")


def run(call: Call) -> int:
    """Let pytest run the tests in the report's folder; 1 when one fails."""
    from proofpress.faults.errors import PressError

    if not os.path.isdir(call.report.path("tests")):
        raise PressError("the report has no tests", "tests/", "write some, for pytest")
    command = [sys.executable, "-m", "pytest", *(["-m", "not slow"] if call.options.fast else [])]
    status = subprocess.run([*command, *call.options.words], cwd=call.report.root).returncode
    return min(status, 1)
