"""A bound at small letters: both sides worked out as they were written.

Place in the chain: definition -> derivation -> **proof**.
"""

from __future__ import annotations

from proofpress.ledger.claims import Verdict
from proofpress.proving.below import Below
from proofpress.proving.domains import Cases
from proofpress.proving.engines import Engine
from proofpress.proving.method import Finding, Method
from proofpress.proving.tries import no_case


def find(asked: Below) -> Finding:
    """Return *checked* if the bound holds in all small cases, else *refuted* by the first.

    >>> from proofpress.terms.tree import Letter
    >>> n = Letter("n")
    >>> find(Below(n >= 0, n * n, 3 * n, ("n",))).detail
    'n = 4: 16 > 12'
    """
    cases, tried = Cases(asked.letters, asked.assumed), 0
    for values in cases:
        wrong = asked.wrong(values)
        if wrong is not None:
            return wrong
        tried += 1
    if not tried:
        return no_case(asked.letters, asked.assumed)
    return Finding(Verdict.CHECKED, "small cases" if cases.usual else cases.scope, f"{tried} cases")


METHOD = Method("enumeration of a bound", (Engine.EVALUATION,), find)
