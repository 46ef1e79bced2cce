"""The share of a whole: times the whole, it is the closed form again.

Place in the chain: definition -> derivation -> **proof**.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp

from proofpress.faults.errors import PressError
from proofpress.ledger.claims import Verdict
from proofpress.proving.engines import Engine
from proofpress.proving.inclusion import Inclusion, same_form
from proofpress.proving.method import Finding, Method
from proofpress.proving.methods import domain
from proofpress.terms.in_sympy import term_of
from proofpress.terms.tree import Cases, Condition, Number, Relation, Term


@dataclass(frozen=True)
class Quotient:
    """That `shown` is the form divided by the whole, which is not zero on the domain."""

    shown: sp.Expr
    form: sp.Basic
    whole: Term
    assumed: Condition


def find(asked: Quotient) -> Finding:
    """Return *proved* if the whole is never zero and the product has the form's normal form.

    >>> from proofpress.terms.tree import Letter
    >>> n = Letter("n")
    >>> x = sp.Symbol("n", integer=True)
    >>> find(Quotient((x + 1) / (2 * x), x * (x + 1) / 2, n * n, n >= 1)).verdict.value
    'proved'
    """
    there = Relation("!=", asked.whole, Number(0))
    nonzero = domain.find([Inclusion(asked.assumed, there, what="the whole")])
    if nonzero.verdict != Verdict.PROVED:
        return nonzero
    for one, form in _pairs(asked.shown, asked.form):
        if not same_form(one * asked.whole, form):
            what = f"it is open whether {one} times {asked.whole} is {form}"
            return Finding(Verdict.UNDECIDED, "all", what)
    return Finding(Verdict.PROVED, "all", f"times {asked.whole} it is the closed form")


def _pairs(shown: sp.Expr, form: sp.Basic) -> Iterator[tuple[Term, Term]]:
    """Return each case of one form with that of the other under the same condition."""
    one, other = term_of(shown), term_of(form)
    if isinstance(one, Cases) and isinstance(other, Cases):
        for (mine, when), (theirs, there) in zip(one.rows, other.rows, strict=True):
            if not same_form(when, there):
                raise PressError(f"the cases {when} and {there} differ")
            yield mine, theirs
    else:
        yield one, other


METHOD = Method("quotient", (Engine.NORMAL_FORMS, Engine.FOURIER_MOTZKIN, Engine.Z3), find)
