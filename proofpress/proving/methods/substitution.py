"""A closed form at other letters: the terms are put for them, and lie in the domain.

Place in the chain: definition -> derivation -> **proof**.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sympy as sp

from proofpress.ledger.claims import Verdict
from proofpress.proving.engines import Engine
from proofpress.proving.inclusion import Inclusion, same_form
from proofpress.proving.method import Finding, Method
from proofpress.proving.methods import domain
from proofpress.terms.in_sympy import term_of
from proofpress.terms.tree import Condition, Term
from proofpress.terms.walk import put


@dataclass(frozen=True)
class Substitution:
    """That `shown` is the form with terms put for letters, by name, all inside the domain."""

    shown: sp.Expr
    form: sp.Basic
    terms: Mapping[str, Term]
    assumed: Condition


def find(asked: Substitution) -> Finding:
    """Return *proved* if the terms lie in the domain and both have one normal form.

    >>> from proofpress.terms.tree import Letter
    >>> n, x = Letter("n"), sp.Symbol("n", integer=True)
    >>> find(Substitution(x + 2, x + 1, {"n": n + 1}, n >= 1)).verdict.value
    'proved'
    """
    inside = Inclusion(asked.assumed, asked.assumed, asked.terms, what="the values")
    found = domain.find([inside])
    if found.verdict != Verdict.PROVED:
        return found
    if not same_form(term_of(asked.shown), put(term_of(asked.form), asked.terms)):
        what = f"it is open whether {asked.shown} is {asked.form} there"
        return Finding(Verdict.UNDECIDED, "all", what)
    return Finding(Verdict.PROVED, "all", "the same polynomial")


METHOD = Method("substitution", (Engine.NORMAL_FORMS, Engine.FOURIER_MOTZKIN, Engine.Z3), find)
