"""Where a closed form vanishes: with the term put for the letter, nothing is left of it.

Place in the chain: definition -> derivation -> **proof**.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from proofpress.ledger.claims import Verdict
from proofpress.proving.engines import Engine
from proofpress.proving.method import Finding, Method
from proofpress.terms import normal
from proofpress.terms.in_sympy import term_of
from proofpress.terms.tree import Term
from proofpress.terms.walk import put


@dataclass(frozen=True)
class Vanishes:
    """That the form is zero with the term put for the letter of this name."""

    form: sp.Basic
    name: str
    at: Term


def find(asked: Vanishes) -> Finding:
    """Return *proved* if the normal form is that of zero, else *undecided*.

    >>> from proofpress.terms.tree import Number
    >>> n = sp.Symbol("n", integer=True)
    >>> find(Vanishes(n**2 - 9, "n", Number(3))).verdict.value
    'proved'
    """
    if normal.polynomial(put(term_of(asked.form), {asked.name: asked.at})):
        what = f"it is open whether the closed form is 0 at {asked.name} = {asked.at}"
        return Finding(Verdict.UNDECIDED, "all", what)
    return Finding(Verdict.PROVED, "all", "the closed form is 0 there")


METHOD = Method("zero", (Engine.NORMAL_FORMS,), find)
