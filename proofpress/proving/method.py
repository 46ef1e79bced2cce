"""How a method is run: under a time limit, and with every failure told as undecided.

Place in the chain: definition -> derivation -> **proof**. Each method is one file with a function
that returns a Finding; `attempt` turns it into Evidence.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from proofpress.counting.deadline import OutOfTime, time_limit
from proofpress.ledger.claims import Evidence, Verdict

SECONDS = 10.0


@dataclass(frozen=True)
class Finding:
    """What a method found: its verdict, for which values, and a word of detail.

    >>> Finding(Verdict.CHECKED, "n <= 6").scope
    'n <= 6'
    """

    verdict: Verdict
    scope: str = "all"
    detail: str = ""


def attempt(method: str, find: Callable[[], Finding], seconds: float = SECONDS) -> Evidence:
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
    except Exception as error:  # An unforeseen failure must never look like a pass.
        found = Finding(Verdict.UNDECIDED, "all", f"{type(error).__name__}: {error}")
    return Evidence(method, found.verdict, found.scope, found.detail, time.perf_counter() - start)
