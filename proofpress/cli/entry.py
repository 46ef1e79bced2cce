"""The command `proofpress`: a report in the working folder, or a new one.

Place in the chain: terminal -> **here** -> build.py or the standard report -> command line.
"""

from __future__ import annotations

import os
import sys

from proofpress import __version__
from proofpress.faults.author import PIPELINE, SETTINGS
from proofpress.faults.errors import PressError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from proofpress.cli.report import Report

# What a folder holds that is a report without a build.py.
_SIGNS = (SETTINGS, "derivations", "templates")


def main() -> None:
    """Carry out the command line and end the process with its exit status."""
    words = sys.argv[1:]
    if words in (["--version"], ["-V"]):
        print(f"proofpress {__version__}")
        return
    if words in (["--help"], ["-h"]):
        words = ["help"]
    sys.exit(_started(words))


def _started(words: list[str]) -> int:
    from proofpress.cli import uncaught
    from proofpress.cli.main import split
    from proofpress.cli.start import start

    folder = os.getcwd()
    if split(words)[0] in ("new", "help"):
        return start(None, words, "proofpress")
    if os.path.isfile(PIPELINE):
        import runpy

        path = os.path.join(folder, PIPELINE)
        sys.argv = [path, *words]
        sys.path.insert(0, folder)
        uncaught.listen()
        made = runpy.run_path(path, run_name="__main__")
        return start(_only_report(made), words, "proofpress")
    if any(map(os.path.exists, _SIGNS)):
        from proofpress.cli import report

        return start(report.Report(folder), words, "proofpress")
    return start(None, words, "proofpress")


def _only_report(made: dict[str, Any]) -> Report:
    """Return the report that a build.py has made, which has not called its `main`."""
    from proofpress.cli.report import Report

    reports = {id(value): value for value in made.values() if isinstance(value, Report)}
    if len(reports) != 1:
        what = f"{PIPELINE} makes {'no report' if not reports else 'several reports'}"
        mend = "make one by: report = Report(__file__)" if not reports else "call main() of one"
        raise PressError(what, PIPELINE, mend)
    return next(iter(reports.values()))
