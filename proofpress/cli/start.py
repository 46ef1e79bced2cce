"""The first line of every call: up to date at a glance, else the environment, else the work.

Place in the chain: build.py -> **here** -> command line.
"""

import sys

from proofpress.build import glance
from proofpress.faults.author import PIPELINE

# For the type checker only: importing these takes longer than the glance.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from proofpress.report.report import Report


def start(report: "Report | None", words: "Sequence[str]", program: str = PIPELINE) -> int:
    """Return the exit status of the command line `words`, given to `report` where it needs one."""
    try:
        return _started(report, list(words), program)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader has gone, before the end of what argparse prints
        return 0
    finally:
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            from proofpress.cli.say import unheard

            unheard()


def _started(report: "Report | None", words: "list[str]", program: str) -> int:
    if report is not None:
        if any(word.startswith("--output") for word in words):
            from proofpress.report import elsewhere

            try:
                folder, others = elsewhere.asked(words)
            except ValueError as error:
                print(f"error: {error}\n  mend: type --output FOLDER", file=sys.stderr)
                return 2
            if folder is not None:
                return elsewhere.build_there(report.root, folder, others)
        if words in ([], ["pdf"]) and glance.unchanged(report.root, report.state):
            print(f"{report.published} is up to date")
            return 0
        from proofpress.report import environment

        environment.enter(report.root, words)
        environment.work_in(report.root)
    from proofpress.cli import main

    return main.main(report, words, program)
