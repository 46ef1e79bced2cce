"""Run a Python module in the report's environment."""

from __future__ import annotations

import argparse
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from proofpress.cli.call import Call


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `run`."""
    parser.add_argument("module", metavar="MODULE", help="as for python -m, or a file.py")
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="WORD", help="its own words")


def run(call: Call) -> int:
    """Return the module's exit status."""
    module = call.options.module
    begin = [module] if module.endswith(".py") else ["-m", module]
    command = [sys.executable, *begin, *call.options.words]
    return subprocess.run(command, cwd=call.report.root).returncode
