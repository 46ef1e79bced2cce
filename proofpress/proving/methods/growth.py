"""Leading terms and limits: what is left after taking them away is of a lower degree.

Place in the chain: closed form -> growth -> **proof**. With N and D polynomials in the growing
letter, and every residue and every floor's fraction a number between fixed bounds, N / D tends to
zero when N has the lower degree and the highest coefficient of D is not zero. So the term or the
limit that is given is put in and tried; how it was found does not matter. Degrees and highest
coefficients are read by the code that derives growths.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.counting.asymptotics import Growth, content
from proofpress.counting.expressions import as_expression
from proofpress.ledger.claims import Verdict
from proofpress.proving.engines import Engine
from proofpress.proving.method import Finding, Method


@dataclass(frozen=True)
class Leads:
    """That an expression grows like a term as one letter grows, the others fixed."""

    expression: sp.Expr
    term: sp.Expr
    letter: sp.Symbol
    assuming: Boolean | bool = True


@dataclass(frozen=True)
class Tends:
    """That an expression tends to a value as one letter grows, the others fixed."""

    expression: sp.Expr
    value: sp.Expr
    letter: sp.Symbol
    assuming: Boolean | bool = True


def find(asked: Leads | Tends) -> Finding:
    """Return whether the term leads, or the expression tends to the value.

    >>> n = sp.Symbol("n", integer=True)
    >>> find(Leads(n * (n + 1) / 2, n**2 / 2, n)).verdict.value
    'proved'
    """
    if isinstance(asked, Leads):
        return leading_evidence(asked.expression, asked.term, asked.letter, asked.assuming)
    return limit_evidence(asked.expression, asked.value, asked.letter, asked.assuming)


def leading_evidence(
    expression: sp.Expr, term: sp.Expr, letter: sp.Symbol, assuming: Boolean | bool = True
) -> Finding:
    """Return *proved* if expression / term tends to 1 as the letter grows, wherever `assuming`
    holds (where the term is zero the expression is); *refuted* if it tends to another number.

    Raises PressError for an expression whose growth is not known.

    >>> n = sp.Symbol("n", integer=True)
    >>> leading_evidence(n * (n + 1) / 2, n**2 / 2, n).verdict.value
    'proved'
    >>> leading_evidence(n * (n + 1) / 2, n**3, n).verdict.value
    'refuted'
    """
    growth = Growth(letter, assuming)
    whole, part = (growth.quotient(as_expression(given)) for given in (expression, term))
    # Over one denominator: the whole is left / below, the term right / below.
    left, right = whole.top * part.bottom, part.top * whole.bottom
    if right.is_zero:
        same = left.is_zero
        return Finding(Verdict.PROVED if same else Verdict.UNDECIDED, "all", "the term is zero")
    common = sp.gcd(content(left), content(right)) if not left.is_zero else sp.Integer(1)
    left, right = (poly.quo_ground(common) if common != 1 else poly for poly in (left, right))
    return _tends_to_zero(growth, left - right, right, f"({expression})/({term}) - 1")


def limit_evidence(
    expression: sp.Expr, value: sp.Expr, letter: sp.Symbol, assuming: Boolean | bool = True
) -> Finding:
    """Return *proved* if the expression tends to `value` (a number, an expression in the other
    letters, oo or -oo) as the letter grows; *refuted* if it tends to something else.

    Raises PressError for an expression whose growth is not known.

    >>> n = sp.Symbol("n", integer=True)
    >>> limit_evidence((n + 1) / (2 * n), sp.Rational(1, 2), n).verdict.value
    'proved'
    >>> limit_evidence((n + 1) / (2 * n), sp.Rational(1, 3), n).verdict.value
    'refuted'
    """
    growth = Growth(letter, assuming)
    found, value = growth.quotient(as_expression(expression)), as_expression(value)
    if value in (sp.oo, -sp.oo):
        above, below = found.degrees
        signs = [growth.sign(lead) for lead in (found.top.LC(), found.bottom.LC())]
        if found.top.LC().free_symbols & found.bounded or not all(signs):
            return Finding(Verdict.UNDECIDED, "all", "the sign for large values is not known")
        towards = sp.oo * signs[0] * signs[1]
        if above > below and towards == value:
            return Finding(Verdict.PROVED, "all", f"degree {above} over degree {below}")
        return Finding(Verdict.REFUTED, "all", f"degree {above} over degree {below}")
    if letter in value.free_symbols:
        return Finding(Verdict.REFUTED, "all", f"{value} depends on {letter}")
    rest = found.top - found.bottom * sp.Poly(value, letter)
    return _tends_to_zero(growth, rest, found.bottom, f"{expression} - ({value})")


def _tends_to_zero(growth: Growth, top: sp.Poly, bottom: sp.Poly, told: str) -> Finding:
    """Return *proved* if top / bottom tends to zero, *refuted* if it certainly does not."""
    if not growth.is_known(bottom.LC()):
        detail = f"{growth.shown(bottom.LC())} may be zero"
        return Finding(Verdict.UNDECIDED, "all", detail)
    degrees = (-1 if top.is_zero else top.degree()), bottom.degree()
    detail = f"{told} has degree {degrees[0]} over degree {degrees[1]} in {growth.letter}"
    if degrees[0] < degrees[1]:
        return Finding(Verdict.PROVED, "all", detail)
    known = growth.is_known(top.LC())
    return Finding(Verdict.REFUTED if known else Verdict.UNDECIDED, "all", detail)


METHOD = Method("growth", (Engine.GROWTH, Engine.FOURIER_MOTZKIN), find)
