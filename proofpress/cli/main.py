"""From the words of a command line to a command, and from what went wrong to an exit status.

0  done, or nothing to do
1  the report is at fault: a claim that is not proved, a step that failed
2  the call is at fault: an unknown command, bad settings, a missing tool
"""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from proofpress.cli.call import Call, Options, placed
from proofpress.cli.commands import COMMANDS
from proofpress.cli.say import say, unheard
from proofpress.faults.errors import PressError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType
    from typing import Any

    from proofpress.report.report import Report

DEFAULT = "pdf"
# Options whose value is a word of its own.
_WITH_VALUE = ("--engine", "--jobs", "--output")


def main(report: Report | None, words: Sequence[str], program: str) -> int:
    """Return the exit status of one command, given to a report where it needs one.

    `program` is what the author types before the words.
    """
    name, rest = split(words)
    if name == "help":
        return answered(lambda: say((overview(program), 0)), debug=False)
    try:
        command = _command(name)
    except PressError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    options = _options(command, name, rest, program)

    def place(error: PressError) -> PressError:
        return placed(report, options, error) if report else error

    return answered(
        lambda: _carried_out(report, command, name, options), "--debug" in rest, place=place
    )


def split(words: Sequence[str]) -> tuple[str, list[str]]:
    """Return the command that the words name, and the other words.

    >>> split(["--jobs", "1", "why", "--force"]), split([])
    (('why', ['--jobs', '1', '--force']), ('pdf', []))
    """
    rest = list(words)
    for place, word in enumerate(rest):
        if not word.startswith("-") and (place == 0 or rest[place - 1] not in _WITH_VALUE):
            return rest.pop(place), rest
    return DEFAULT, rest


def answered(
    work: Callable[[], int],
    debug: bool,
    failed: int = 2,
    place: Callable[[PressError], PressError] = lambda error: error,
) -> int:
    """Return the exit status of the work, or `failed`; `place` leads an error to its line."""
    try:
        return work()
    except KeyboardInterrupt:
        raise
    except BrokenPipeError:
        unheard()
        return 0
    except BaseException as error:  # an author's code may raise whatever there is, SystemExit too
        if debug:
            import traceback

            traceback.print_exc()
        tell(error, place)
        return failed


def tell(
    error: BaseException, place: Callable[[PressError], PressError] = lambda error: error
) -> None:
    """Print an error as its author reads it, led to its line by `place`."""
    from proofpress.faults.places import told

    for single in place(told(error)).each():
        print(f"error: {single}", file=sys.stderr)


def _carried_out(report: Report | None, command: ModuleType, name: str, options: Options) -> int:
    if options.untrusted:
        from proofpress.report import trust

        trust.refuse_command(name)
    given: Any = options
    if getattr(command, "REPORT", True):
        if report is None:
            raise PressError(
                "this folder holds no report",
                mend="go to the folder of one, or type: proofpress new FOLDER",
            )
        given = Call(report, options)
    status: int = command.run(given)
    return status


def _command(name: str) -> ModuleType:
    if name not in COMMANDS:
        from proofpress.faults.nearest import meant

        mend = meant(name, COMMANDS) or f"known: {', '.join(COMMANDS)}"
        raise PressError(f"there is no command {name}", "command line", mend)
    import importlib

    return importlib.import_module(f"proofpress.cli.commands.{name.replace('-', '_')}")


def _options(command: ModuleType, name: str, rest: Sequence[str], program: str) -> Options:
    """Return the options that the words ask for; words that it does not know end the process."""
    parser = argparse.ArgumentParser(prog=f"{program} {name}", description=COMMANDS[name])
    command.add(parser)
    parser.add_argument(
        "--untrusted", action="store_true", help="refuse to run code of the report's author"
    )
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    if getattr(command, "REPORT", True):
        text = "copy the sources to DIR and work there: for a checkout that is read-only"
        parser.add_argument("--output", metavar="DIR", help=text)
    return parser.parse_args(rest, namespace=Options())


def overview(program: str) -> str:
    """Return the list of all commands."""
    listed = "\n".join(f"  {name:12} {text}" for name, text in COMMANDS.items())
    return (
        f"usage: {program} [command] [options]\n\n"
        "Reports whose mathematics has been proved.\n\n"
        f"commands (make knows them, too):\n{listed}\n\n"
        f"options of a command: {program} COMMAND --help\n"
        f"the guide: {_guide()}"
    )


def _guide() -> str:
    """Return where the guide is: beside the code where that was installed, else in the checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    guides = [os.path.join(above, "docs", "guide.md") for above in (package, f"{package}/..")]
    return os.path.normpath(next(filter(os.path.exists, guides), guides[0]))
