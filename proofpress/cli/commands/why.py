"""Tell which steps would run, and which input changed."""

from __future__ import annotations

import json
import os

from proofpress.build import sealed
from proofpress.cli.call import add_common

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from proofpress.cli.call import Call


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `why`."""
    add_common(parser, "names", "force", "engine", "json")


def run(call: Call) -> int:
    """Print the reasons for which each step would run, a line a step."""
    as_json = call.options.json
    stale = 0
    for step, found in call.build(call.options.names).why():
        if found:
            stale += 1
            reasons = list(map(str, found))
            told = {"step": step.name, "reasons": reasons}
            print(json.dumps(told) if as_json else f"{step.name}: {'; '.join(reasons)}")
    if as_json:
        return 0
    for path in sealed.damaged:
        shown = os.path.relpath(path, call.report.root)
        print(f"{shown} was damaged, or written by another version")
    if not stale:
        print("all is up to date")
    return 0
