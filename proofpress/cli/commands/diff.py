"""Tell what changed between two PDFs or git revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proofpress.cli.call import add_common

if TYPE_CHECKING:
    import argparse

    from proofpress.cli.call import Call


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `diff`."""
    parser.add_argument("old", metavar="OLD", help="a PDF or a git revision")
    parser.add_argument("new", metavar="NEW", help="a PDF or a git revision")
    parser.add_argument(
        "--yes", action="store_true", help="build a revision even where that takes long"
    )
    add_common(parser, "engine")


def run(call: Call) -> int:
    """Print the differences, and write a page that shows them."""
    from proofpress.audit import commands as audit
    from proofpress.cli.say import say

    old, new = call.options.old, call.options.new
    if call.options.untrusted:
        from proofpress.report import trust

        trust.refuse_revisions((old, new))
    return say(audit.changed(old, new, call.report, call.engine, call.options.yes))
