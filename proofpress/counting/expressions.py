"""What follows from a closed form: case by case arithmetic, leading terms, limits.

Place in the chain: definition -> **derivation** -> proof.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.errors import PressError


@lru_cache(maxsize=4096)
def product_form(expression: sp.Expr) -> sp.Expr:
    """Return the factored expression; factoring is dear, and many lines show the same sizes.

    >>> n = sp.Symbol("n", integer=True)
    >>> product_form(n**2 + n)
    n*(n + 1)
    """
    return sp.factor(expression) if expression.has(sp.Add) else expression


def each_case(expression: sp.Expr, change: Callable[[sp.Expr], sp.Expr]) -> sp.Expr:
    """Return the expression with `change` applied to each case of a Piecewise.

    >>> n = sp.Symbol("n", integer=True)
    >>> each_case(n**2, lambda e: e / n)
    n
    """
    if isinstance(expression, sp.Piecewise):
        cases = [(change(value), when) for value, when in expression.args]
        return sp.Piecewise(*cases, evaluate=False)
    return change(expression)


def share(expression: sp.Expr, whole: sp.Expr) -> sp.Expr:
    """Return expression / whole, factored, case by case.

    >>> n = sp.Symbol("n", integer=True)
    >>> share(n * (n + 1) / 2, n**2)
    (n + 1)/(2*n)
    """
    return each_case(expression, lambda value: sp.factor(sp.cancel(value / whole)))


def eventually(expression: sp.Expr, letter: sp.Symbol) -> sp.Expr:
    """Return the case that holds for all large values of one letter, the others fixed.

    >>> n, t = sp.symbols("n t", integer=True)
    >>> eventually(sp.Piecewise((n, n <= t), (t, n >= t + 1)), n)
    t
    """
    if not isinstance(expression, sp.Piecewise):
        return expression
    for value, when in expression.args:
        parts = when.args if isinstance(when, sp.And) else (when,)
        if all(_holds_eventually(part, letter) for part in parts):
            return value
    raise PressError(f"no case of {expression} holds for all large {letter}")


def _holds_eventually(comparison: Boolean, letter: sp.Symbol) -> bool:
    if letter not in comparison.free_symbols:
        raise PressError(f"the case {comparison} does not depend on {letter}")
    slope = sp.expand(comparison.gts - comparison.lts).coeff(letter)
    return bool(slope > 0)


def leading(expression: sp.Expr, letter: sp.Symbol) -> sp.Expr:
    """Return the leading term for large values of one letter, the others fixed.

    >>> n, t = sp.symbols("n t", integer=True)
    >>> leading((t + 1) * (2 * n - t) / 2, n)
    n*(t + 1)
    """
    return sp.factor(sp.LT(sp.expand(eventually(expression, letter)), letter))


def limit(expression: sp.Expr, letter: sp.Symbol) -> sp.Expr:
    """Return the limit of a rational expression as one letter grows, the others fixed.

    >>> n, t = sp.symbols("n t", integer=True)
    >>> limit((n + 1) / (2 * n), n), limit((t + 1) / n, n)
    (1/2, 0)
    """
    top, bottom = (
        sp.Poly(part, letter) for part in sp.cancel(eventually(expression, letter)).as_numer_denom()
    )
    if top.is_zero or top.degree() < bottom.degree():
        return sp.Integer(0)
    if top.degree() == bottom.degree():
        return sp.factor(top.LC() / bottom.LC())
    return sp.oo * sp.sign(top.LC() / bottom.LC())
