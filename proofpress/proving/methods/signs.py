"""A bound by algebra: the difference is a sum of squares and of products of what is >= 0.

Place in the chain: definition -> derivation -> **proof**.
"""

from __future__ import annotations

from dataclasses import replace

from proofpress.faults.errors import PressError
from proofpress.ledger.claims import Verdict
from proofpress.proving.below import Below
from proofpress.proving.engines import Engine
from proofpress.proving.method import Finding, Method


def find(asked: Below) -> Finding:
    """Return *proved* under the name of the way that was found, else *undecided*.

    >>> from proofpress.terms.tree import Letter
    >>> n = Letter("n")
    >>> find(Below(n >= 0, 30 * n, n**2 + 225, ("n",))).how
    'completed squares'
    """
    why = asked.by_signs
    if isinstance(why, PressError):
        return Finding(Verdict.UNDECIDED, "all", why.what)
    return replace(why.finding, how=why.method)


METHOD = Method("algebra", (Engine.SIGNS, Engine.NORMAL_FORMS), find)
