"""Derive and prove all claims, print a table; find what was typed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from proofpress.cli.call import Call


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `check`."""


def run(call: Call) -> int:
    """Print a row for each claim, then all that is typed by hand; 1 when anything is wrong."""
    return call.apart(lambda: _checked(call))


def _checked(call: Call) -> int:
    from proofpress.audit import commands as audit
    from proofpress.cli.say import say
    from proofpress.deriving.derive import check

    settings = call.settings  # what is wrong with it is told before anything is proved
    return max(check(call.modules()), say(audit.typed(call.report, settings["letters"])))
