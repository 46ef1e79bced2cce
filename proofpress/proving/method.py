"""Methods: what each rests on, and how it is run, with every failure told as undecided.

Place in the chain: definition -> derivation -> **proof**. Each method is one file of
`proving.methods` with one function, from what is asked to a Finding. `Method.answer` makes the
question and turns what was found into Evidence, all within the limits.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from proofpress.counting.deadline import OutOfTime, time_limit
from proofpress.faults.errors import PressError
from proofpress.ledger.claims import Evidence, Verdict
from proofpress.proving.engines import Engine

SECONDS = 10.0

Asked = TypeVar("Asked")


@dataclass(frozen=True)
class Finding:
    """What a method found: its verdict, for which values, and a word of detail.

    `how` names the way that was found where a method knows several.

    >>> Finding(Verdict.CHECKED, "n <= 6").scope
    'n <= 6'
    """

    verdict: Verdict
    scope: str = "all"
    detail: str = ""
    how: str = ""


@dataclass(frozen=True)
class Method(Generic[Asked]):
    """A way to try a statement: its name, the engines that it rests on, and its function.

    >>> from proofpress.proving.engines import Engine
    >>> parity = Method("parity", (Engine.EVALUATION,), lambda n: Finding(Verdict.CHECKED, str(n)))
    >>> parity.answer(lambda: 3).engines
    ('evaluation',)
    """

    name: str
    engines: tuple[Engine, ...]
    find: Callable[[Asked], Finding]

    def answer(
        self,
        ask: Callable[[], Asked | Finding],
        name: str = "",
        *,
        premises: Sequence[Engine] = (),
        seconds: float = SECONDS,
    ) -> Evidence:
        """Return the evidence under `name`, or the method's own.

        `ask` makes the question; a Finding from it, of what keeps the question from being asked,
        is the answer. `premises` are the engines that it took to see that nothing does.
        """

        def find() -> Finding:
            asked = ask()
            return asked if isinstance(asked, Finding) else self.find(asked)

        engines = tuple(dict.fromkeys((*self.engines, *premises)))
        return attempt(name or self.name, find, seconds, engines)


def attempt(
    method: str,
    find: Callable[[], Finding],
    seconds: float = SECONDS,
    engines: Sequence[Engine] = (),
) -> Evidence:
    """Return the evidence of one method; a limit hit or an exception in it is undecided.

    >>> attempt("division", lambda: Finding(Verdict.PROVED, str(1 // 0))).detail
    'ZeroDivisionError: integer division or modulo by zero'
    """
    start = time.perf_counter()
    try:
        with time_limit(seconds):
            found = find()
    except OutOfTime:
        found = Finding(Verdict.UNDECIDED, "all", f"no answer within {seconds:g} s")
    except PressError as error:
        found = Finding(Verdict.UNDECIDED, "all", error.what)
    except Exception as error:  # An unforeseen failure must never look like a pass.
        found = Finding(Verdict.UNDECIDED, "all", f"{type(error).__name__}: {error}")
    return Evidence(
        found.how or method,
        found.verdict,
        found.scope,
        found.detail,
        tuple(engine.value for engine in engines),
        time.perf_counter() - start,
    )
