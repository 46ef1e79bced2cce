"""One command given to one report: its options, the report's settings and its build.

Place in the chain: command line -> **call** -> command.
"""

from __future__ import annotations

import argparse
import os
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from proofpress.build.build import Build
from proofpress.faults.errors import PressError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from proofpress.report.report import Report


class Options:
    """What a command line asks for, and what it asks for when it says nothing."""

    names: Sequence[str] = ()
    force = False
    engine: str | None = None
    jobs: int | None = None
    json = False
    untrusted = False
    debug = False


class Call:
    """A command for `report` with `options`, an Options or what argparse makes of it."""

    def __init__(self, report: Report, options: Any = None) -> None:
        if not os.path.isdir(report.root):
            raise PressError(
                f"there is no folder {os.path.basename(report.root)}",
                mend="name the folder of a report",
            )
        self.report = report.standard()
        self.options: Any = options or Options()

    @cached_property
    def settings(self) -> dict[str, Any]:
        """The report's settings, as JSON can hold them. Raises PressError for what is wrong."""
        from proofpress.report import settings
        from proofpress.report.rules import DEFAULTS, rules

        report = self.report
        file = Path(report.path(report.settings_file))
        found = settings.read(
            file,
            rules(report.words),
            DEFAULTS,
            report.values,
            report.settings_file,
            report.replaced(),
        )
        plain: dict[str, Any] = settings.plain(found)
        if self.options.engine:
            plain["typeset"]["engine"] = self.options.engine
        return plain

    @property
    def engine(self) -> str:
        """The TeX engine of the settings, or of the command line."""
        found: str = self.settings["typeset"]["engine"]
        return found

    def build(self, names: Sequence[str] = ()) -> Build:
        """Return the report's build, of the steps `names` only and what they need where there are
        any."""
        from proofpress.report import pipeline

        report = self.report
        made = Build(
            report.root,
            report.state,
            pipeline.steps(report, self.settings),
            force=self.options.force,
            standby=_standby(),
            decided_by=pipeline.decided_by(report),
            whole=not self.options.engine,  # else it is not what the settings ask for
        )
        if names:
            made.only(names)
        return made

    def modules(self) -> list[str]:
        """Return the names of the derivation modules, as they are imported from the report's
        folder."""
        from proofpress.build.step import expand
        from proofpress.deriving.derive import names

        if self.report.root not in sys.path:
            sys.path.insert(0, self.report.root)
        return names([Path(path) for path in expand(self.report.root, self.report.derivations)])

    def placed(self, error: PressError) -> PressError:
        """Return the error with the lines of the settings that it names."""
        return placed(self.report, self.options, error)

    def apart(self, work: Callable[[], int], failed: int = 1) -> int:
        """Return the exit status of work that runs the author's code, done in a watched process."""
        from proofpress.cli.main import answered
        from proofpress.deriving import apart

        debug = self.options.debug

        def told() -> int:
            return answered(work, debug, failed, self.placed)

        return answered(lambda: apart.done(told), debug, failed=1)


def placed(report: Report, options: Any, error: PressError) -> PressError:
    """Return the error with the lines of the report's settings that it names."""
    from proofpress.faults import written

    elsewhere = report.replaced()
    if options.engine:
        elsewhere["typeset.engine"] = f"--engine {options.engine}"
    return written.placed(error, Path(report.root), report.settings_file, elsewhere)


def _standby() -> float:
    """Return how many seconds imported libraries wait for the next build: in a terminal there will
    probably be one, elsewhere nothing should stay behind."""
    told = os.environ.get("PROOFPRESS_STANDBY")
    try:
        return float(told) if told else 600.0 * sys.stdout.isatty()
    except ValueError:
        raise PressError(
            f"{told} is not a number of seconds", "$PROOFPRESS_STANDBY", "write 600, or 0"
        ) from None


def add_common(parser: argparse.ArgumentParser, *names: str) -> None:
    """Add options to a command's parser that several commands know."""
    for name in names:
        match name:
            case "force":
                parser.add_argument(
                    "--force",
                    action="store_true",
                    help="run every step, or those that are named, up to date or not",
                )
            case "engine":
                from proofpress.report.rules import ENGINES

                parser.add_argument("--engine", choices=ENGINES, help="the TeX engine, this once")
            case "jobs":
                text = "how many steps may run at once (default: all cores)"
                parser.add_argument("--jobs", type=_jobs, help=text)
            case "json":
                text = "print JSON lines, for other programs"
                parser.add_argument("--json", action="store_true", help=text)
            case "names":
                parser.add_argument("names", nargs="*", metavar="STEP", help="only these steps")


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no number of steps, such as 2")
    return int(text)
