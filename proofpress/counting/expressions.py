"""What follows from a closed form: case by case arithmetic.

Place in the chain: definition -> **derivation** -> proof.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import sympy as sp
from sympy.core.relational import Relational
from sympy.functions.elementary.piecewise import ExprCondPair
from sympy.polys.rings import PolyRing

from proofpress.faults.errors import PressError


def substituted(expression: sp.Basic, values: Mapping[sp.Basic, sp.Basic]) -> Any:
    """Return the expression with parts replaced; no comparison is decided on the way.

    `xreplace` asks of every comparison it rebuilds whether it is true, and of the parts of Min, Max
    and Abs which is the greater. That takes SymPy longer than many a proof, and gives a proof to
    SymPy's assumptions that is to be made here. Some of them are wrong: of -2*Abs(n)/3, with the
    Abs not taken apart, it says that it is never 0.

    >>> n = sp.Symbol("n", integer=True)
    >>> substituted((n >= 2) | (n <= 0), {n: sp.Integer(3)})
    (3 >= 2) | (3 <= 0)
    >>> substituted(sp.Max(n, 3), {n: sp.Integer(5)}), substituted(sp.Max(n, 3), {n: n**2 + 4})
    (5, Max(3, n**2 + 4))
    """
    if expression in values:
        return values[expression]
    if isinstance(expression, _DECIDED):
        parts = [substituted(part, values) for part in expression.args]
        evaluate = isinstance(expression, _BENT) and all(part.is_Rational for part in parts)
        return expression.func(*parts, evaluate=evaluate)
    if isinstance(expression, ExprCondPair | sp.Tuple) or expression.has(sp.Piecewise, *_BENT):
        return expression.func(*(substituted(part, values) for part in expression.args))
    return expression.xreplace(values)


_BENT = (sp.Abs, sp.Min, sp.Max)
_DECIDED = (Relational, sp.And, sp.Or, sp.Not, sp.Piecewise, *_BENT)


def as_expression(given: object) -> sp.Expr:
    """Return what was given as an expression; numbers become SymPy's own.

    Raises PressError for text: SymPy would run it as a program.

    >>> as_expression(3), as_expression(sp.Symbol("n") + 1)
    (3, n + 1)
    """
    try:
        return sp.sympify(given, strict=True)
    except sp.SympifyError as error:
        raise PressError(
            f"{given!r} is not an expression of letters and numbers",
            mend="write it without quotes, with letters from integers(...)",
        ) from error


@lru_cache(maxsize=4096)
def product_form(expression: sp.Expr, letters: tuple[sp.Symbol, ...] = ()) -> sp.Expr:
    """Return the factored expression, each factor's sign that of its highest term in the letters.

    Factoring is dear, and many lines show the same sizes.

    >>> n = sp.Symbol("n", integer=True)
    >>> product_form(n**2 + n)
    n*(n + 1)
    """
    if expression.has(sp.Piecewise) or not expression.has(sp.Add):
        return expression
    known = letters or tuple(sorted(expression.free_symbols, key=str))
    try:
        polynomial = PolyRing(known, sp.QQ, "lex").from_expr(expression)
    except ValueError:
        try:
            return sp.factor(expression, *letters)
        except sp.PolynomialError:
            return expression
    number, factors = polynomial.factor_list()
    body = sp.Mul(*(factor.as_expr() ** power for factor, power in factors))
    # SymPy would multiply a number into a single sum.
    return sp.Mul(sp.QQ.to_sympy(number), body, evaluate=not body.is_Add or abs(number) == 1)


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


def share(expression: object, whole: object) -> sp.Expr:
    """Return expression / whole, factored, case by case.

    >>> n = sp.Symbol("n", integer=True)
    >>> share(n * (n + 1) / 2, n**2)
    (n + 1)/(2*n)
    """
    return _share(as_expression(expression), as_expression(whole))


@lru_cache(maxsize=256)
def _share(expression: sp.Expr, whole: sp.Expr) -> sp.Expr:
    return each_case(expression, lambda value: sp.factor(sp.cancel(value / whole)))
