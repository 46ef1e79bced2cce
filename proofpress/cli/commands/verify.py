"""Tell whether a PDF is what these sources give."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from proofpress.cli.call import add_common

if TYPE_CHECKING:
    import argparse

    from proofpress.cli.call import Call


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `verify`."""
    parser.add_argument("file", metavar="FILE.pdf", help="the PDF in question")
    add_common(parser, "force", "engine", "jobs", "json")


def run(call: Call) -> int:
    """Build the report and compare; 1 when the PDF is not what the sources give."""
    from proofpress.audit import commands as audit
    from proofpress.cli.commands import pdf
    from proofpress.cli.say import say

    given = Path(call.options.file)
    audit.readable(given)  # before anything is built
    status = pdf.run(call)
    return status or say(audit.verified(given, Path(call.report.path(call.report.published))))
