"""A report with its command line: what an author's build.py names.

Place in the chain: build.py -> **here** -> command -> build.
"""

from __future__ import annotations

import os
import sys

from proofpress.cli import uncaught
from proofpress.faults.author import PIPELINE
from proofpress.report import report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from proofpress.build.running import Failure


# `python build.py` has no other moment to ask that its own faults be told.
if os.path.basename(sys.argv[0]) == PIPELINE:
    uncaught.listen()


class Report(report.Report):
    """A report in the folder of `file`, its author's build.py, or in the folder `file` itself.

    `out` is the folder of all that is built, and `settings` the file of settings, both relative to
    the report's. `values` replace settings by dotted key, as {"letters.attention.grid.n": 8}.

    >>> report = Report("/somewhere/build.py")
    >>> report.claims("derivations/*.py")
    >>> report.document("templates/report.tex.j2")
    >>> report.published
    'output/report.pdf'
    """

    def main(self) -> None:
        """Carry out the command line, as `python build.py pdf`, and end the process."""
        from proofpress.cli.start import start

        sys.exit(start(self, sys.argv[1:]))

    def build(self, steps: Sequence[str] = (), *, force: bool = False) -> Sequence[Failure]:
        """Bring the report up to date, or only `steps` and what they need; what failed.

        With `force` every step runs, or each of `steps`. Raises PressError for settings or steps
        that are at fault.

        >>> Report("no such folder").build()
        Traceback (most recent call last):
        ...
        proofpress.faults.errors.PressError: there is no folder no such folder
          mend: name the folder of a report
        """
        from proofpress.build.running import Failure
        from proofpress.cli.call import Call

        def silent(event: dict[str, Any]) -> None:
            return None

        call = Call(self)
        call.options.force = force
        failures = call.build(steps).run(silent)
        return [Failure(one.step, call.placed(one.error), one.traceback) for one in failures]
