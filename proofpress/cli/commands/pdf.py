"""Bring the report up to date."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from proofpress.cli.call import add_common

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from proofpress.build.build import Build, Failure
    from proofpress.cli.call import Call


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `pdf`."""
    add_common(parser, "names", "force", "engine", "jobs", "json")


def run(call: Call) -> int:
    """Build the report, or the steps that are named."""
    build = call.build(call.options.names)
    if call.options.untrusted:
        from proofpress.report import trust

        trust.refuse_steps(build.why())
    return built(call, build)


def built(call: Call, build: Build) -> int:
    """Return the exit status of a build that is shown while it runs."""
    from proofpress.cli.display import display

    options, published = call.options, call.report.published
    with display(options.json) as shown:
        failures = build.run(shown, options.jobs)
    places = {step.name: place for place, step in enumerate(build.steps)}
    _tell(call, sorted(failures, key=lambda failure: places[failure.step]))
    if failures:
        if os.path.exists(call.report.path(published)):
            print(f"{published} is still the last good one", file=sys.stderr)
        return 1
    if not options.json:
        made = [path for step in build.steps for path in step.outputs.values()]
        what = published if published in made and not options.names else _named(options.names)
        print(f"{what} {'is ready' if shown.worked else 'is up to date'}")
    return 0


def _named(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else "all that was asked for"


def _tell(call: Call, failures: Sequence[Failure]) -> None:
    """Print each fault once, with all steps that it befell."""
    steps: dict[str, list[str]] = {}
    for failure in failures:
        if call.options.debug and failure.traceback:
            print(failure.traceback, file=sys.stderr)
        for single in call.placed(failure.error).each():
            steps.setdefault(str(single), []).append(failure.step)
    for fault, names in steps.items():
        word = "step" if len(names) == 1 else "steps"
        print(f"error: {fault}\n  {word}: {', '.join(names)}", file=sys.stderr)
