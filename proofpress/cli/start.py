"""The first line of every call: up to date at a glance, else the environment, else the work.

Place in the chain: build.py -> **here** -> command line.
"""

import gc
import os
import sys

from proofpress.build import bytecode

# Before anything else is imported, by build.py too. The bytecode of what came before, this package,
# its room of steps and these two modules, fits into one block of a disk each, and such a file is
# written whole or not at all.
bytecode.write_whole()
from proofpress.build import glance  # noqa: E402
from proofpress.cli import ending  # noqa: E402

# For the type checker only: importing these takes longer than the glance.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from proofpress.cli.main import Pipeline


def start(root: str, rules: "Mapping[str, Any]", pipeline: "Pipeline") -> int:
    """Runs the command line for the report in `root`, and ends the process with its exit status."""
    try:
        status = _started(root, rules, pipeline)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        status = 130
    return ending.end(status)


def _started(root: str, rules: "Mapping[str, Any]", pipeline: "Pipeline") -> int:
    if any(word.startswith("--output") for word in sys.argv[1:]):
        from proofpress.report import elsewhere

        try:
            folder, words = elsewhere.asked(sys.argv[1:])
        except ValueError as error:
            print(f"error: {error}\n  mend: type --output FOLDER", file=sys.stderr)
            return 2
        if folder is not None:
            return elsewhere.build_there(root, folder, words)
    # The command is given again, in another folder, when the environment is another.
    sys.argv[0] = os.path.abspath(sys.argv[0])
    os.chdir(root)
    if sys.argv[1:] in ([], ["pdf"]) and glance.unchanged():
        print("output/report.pdf is up to date")
        return 0
    # Nearly all that is imported and read from here on lives until the end.
    gc.set_threshold(50_000)
    from proofpress.report import environment

    environment.enter(root, environment.wanted(sys.argv[1:]))
    from proofpress.cli import main as cli

    return cli.main(root, rules, pipeline)
