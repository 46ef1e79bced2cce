"""A bound on a small domain, by all of its values.

Place in the chain: definition -> derivation -> **proof**. That the domain ends is read from its
conditions; every value between the ends is tried.
"""

from __future__ import annotations

from proofpress.ledger.claims import Verdict
from proofpress.proving.below import Below
from proofpress.proving.engines import Engine
from proofpress.proving.method import Finding, Method


def find(asked: Below) -> Finding:
    """Return *proved* if the bound holds at each of the domain's values, else *undecided*.

    >>> from proofpress.terms.tree import Letter
    >>> n = Letter("n")
    >>> find(Below((n >= 0) & (n <= 9), n, 2**n, ("n",))).detail
    '10 values'
    """
    why = asked.by_values
    if why is None:
        return Finding(Verdict.UNDECIDED, "all", "the domain is not small, or the bound false")
    return why.finding


METHOD = Method("all values of the domain", (Engine.EVALUATION, Engine.NORMAL_FORMS), find)
