"""What runs no code of the report's author: all that --untrusted lets pass.

Place in the chain: between the command line and the build. Derivations, figures, tables and
notebooks are programs, and a step that uses one runs it. The pipeline and the project file are
programs, too, and run before this module can refuse anything: to inspect a report without trusting
it, copy its other files beside a pipeline and a project file of your own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from proofpress.build.decide import Reason
from proofpress.build.step import Step
from proofpress.faults.errors import PressError

_COMMANDS = {
    "check": "runs the derivations",
    "check-kernel": "runs the derivations",
    "test": "runs the report's tests",
    "run": "runs a module",
}


def refuse_command(command: str) -> None:
    """Raise PressError for a command that cannot but run code of the author's.

    >>> refuse_command("doctor")
    """
    if command in _COMMANDS:
        raise _refusal(f"the command {command} {_COMMANDS[command]}", None)


def refuse_revisions(given: Iterable[str]) -> None:
    """Raise PressError unless all that is given to `diff` are files: it builds a git revision."""
    if not all(Path(name).is_file() for name in given):
        raise _refusal("the PDF of a git revision is made by its own code", None)


def refuse_steps(steps: Iterable[tuple[Step, Sequence[Reason]]]) -> None:
    """Raise PressError when a step that must run would run code of the author's.

    >>> draw = Step("draw a", "proofpress.drawing.step:render", {"module": "figures/a.py"})
    >>> refuse_steps([(draw, [])])
    >>> refuse_steps([(draw, [Reason("figures/a.py", "changed")])])
    Traceback (most recent call last):
    ...
    proofpress.faults.errors.PressError: 1 step would run code of the report's author
      draw a: figures/a.py
      mend: read it; when you trust it, leave --untrusted out
    """
    stale = [step for step, reasons in steps if reasons and step.runs_author_code]
    if stale:
        what = f"{len(stale)} step{'s'[: len(stale) > 1]} would run code of the report's author"
        shown = [f"{step.name}: {(step.patterns() or [step.call])[0]}" for step in stale]
        raise _refusal(what, "\n  ".join(shown))


def _refusal(what: str, where: str | None) -> PressError:
    return PressError(what, where, "read it; when you trust it, leave --untrusted out")
