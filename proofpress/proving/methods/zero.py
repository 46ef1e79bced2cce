"""Where a closed form vanishes: with the term put for the letter, it has a value, and that is 0.

Place in the chain: definition -> derivation -> **proof**.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from proofpress.ledger.claims import Verdict
from proofpress.proving.engines import Engine
from proofpress.proving.inclusion import with_value
from proofpress.proving.method import Finding, Method
from proofpress.proving.methods import domain
from proofpress.terms import normal
from proofpress.terms.in_sympy import term_of
from proofpress.terms.tree import TRUE, Condition, Term
from proofpress.terms.walk import put


@dataclass(frozen=True)
class Vanishes:
    """That the form is zero with the term put for the letter of this name."""

    form: sp.Basic
    name: str
    at: Term
    assumed: Condition


def find(asked: Vanishes) -> Finding:
    """Return *proved* if there is a value, and the normal form is that of zero; else *undecided*.

    >>> from proofpress.terms.tree import Number
    >>> n = sp.Symbol("n", integer=True)
    >>> find(Vanishes(n**2 - 9, "n", Number(3), TRUE)).verdict.value
    'proved'
    >>> find(Vanishes((n**2 - 9) / (n - 3), "n", Number(3), TRUE)).verdict.value
    'undecided'
    """
    there = put(term_of(asked.form), {asked.name: asked.at})
    # A normal form is the same without a divisor that is zero there.
    found = domain.find(with_value(TRUE, asked.assumed, "the closed form", [there]))
    if found.verdict != Verdict.PROVED:
        return found
    if normal.polynomial(there):
        what = f"it is open whether the closed form is 0 at {asked.name} = {asked.at}"
        return Finding(Verdict.UNDECIDED, "all", what)
    return Finding(Verdict.PROVED, "all", "the closed form is 0 there")


METHOD = Method("zero", (Engine.NORMAL_FORMS, Engine.FOURIER_MOTZKIN, Engine.Z3), find)
