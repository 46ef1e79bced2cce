"""Tell which steps would run, and which input changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from proofpress.cli.call import add_common

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
    build = call.build(call.options.names)
    for step, found in build.why():
        if found:
            stale += 1
            reasons = list(map(str, found))
            told = {"step": step.name, "reasons": reasons}
            print(json.dumps(told) if as_json else f"{step.name}: {'; '.join(reasons)}")
    if as_json:
        return 0
    for shown in build.damaged:
        print(f"{shown} was damaged, or written by another version")
    if not stale:
        print("all is up to date")
    return 0
