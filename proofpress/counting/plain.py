"""SymPy expressions as plain Python arithmetic on exact integers, for enumeration.

Place in the chain: **definition** -> enumeration. SymPy's own printers turn floor(i/3 - 1/3) into
floating point; here all quotients are exact fractions, so nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import Any

import sympy as sp
from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanFunction

from proofpress.errors import PressError

Names = Mapping[sp.Basic, str]

_CALLS = ((sp.Abs, "abs"), (sp.Min, "min"), (sp.Max, "max"))


class OutsideDomain(Exception):
    """Raised when a Piecewise is evaluated where none of its conditions holds."""


def plain(expression: sp.Basic, names: Names | None = None) -> str:
    """Return Python source of the same value for integer letters, some of them renamed.

    >>> i = sp.Symbol("i", integer=True)
    >>> plain(sp.floor((i - 1) / 3))
    '(((-1) + i) // 3)'
    """
    if names and expression in names:
        return names[expression]
    if expression in (sp.true, sp.false):
        return str(bool(expression))
    if expression.is_Symbol or expression.is_Integer:
        return f"({expression})" if expression.could_extract_minus_sign() else str(expression)
    if expression.is_Rational:
        return f"Fraction({expression.p}, {expression.q})"
    if isinstance(expression, sp.floor):
        return _floor(expression.args[0], names)
    if isinstance(expression, sp.ceiling):
        return f"(-{_floor(-expression.args[0], names)})"
    if isinstance(expression, sp.Piecewise):
        cases = (f"{plain(e, names)} if {plain(when, names)} else " for e, when in expression.args)
        return f"({''.join(cases)}outside())"
    arguments = [plain(argument, names) for argument in expression.args]
    if isinstance(expression, sp.Tuple):
        return f"({', '.join(arguments)},)"
    if isinstance(expression, Relational):
        return f"({arguments[0]} {expression.rel_op} {arguments[1]})"
    if isinstance(expression, sp.Not):
        return f"(not {arguments[0]})"
    for kind, sign in ((sp.And, "and"), (sp.Or, "or"), (sp.Add, "+"), (sp.Mul, "*"), (sp.Mod, "%")):
        if isinstance(expression, kind):
            return f"({f' {sign} '.join(arguments)})"
    if isinstance(expression, BooleanFunction):
        return plain(sp.to_nnf(expression, simplify=False), names)
    if expression.is_Pow and expression.exp.is_Integer:
        if expression.exp < 0:
            return f"(Fraction(1) / {plain(expression.base, names)} ** {-expression.exp})"
        return f"({arguments[0]} ** {arguments[1]})"
    for kind, name in _CALLS:
        if isinstance(expression, kind):
            return f"{name}({', '.join(arguments)})"
    raise PressError(f"the term {expression} cannot be evaluated at integers")


def _floor(argument: sp.Expr, names: Names | None) -> str:
    """Return the source of a floor, as a division of integers where that is possible."""
    numerator, denominator = argument.as_numer_denom()
    if denominator.is_Integer:
        return f"({plain(numerator, names)} // {denominator})"
    return f"floor({plain(argument, names)})"


def function(letters: Sequence[sp.Symbol], expression: sp.Basic) -> Callable[..., Any]:
    """Return a Python function of the letters (as positional integers) with exact results.

    It raises OutsideDomain where a Piecewise has no case.

    >>> n = sp.Symbol("n", integer=True)
    >>> exact(function((n,), n * (n + 1) / 2)(4))
    10
    """
    return _function(tuple(letters), expression)


@lru_cache(maxsize=4096)
def _function(letters: tuple[sp.Symbol, ...], expression: sp.Basic) -> Callable[..., Any]:
    names = {letter: f"v{k}" for k, letter in enumerate(letters)}
    source = f"lambda {', '.join(names.values())}: {plain(expression, names)}"
    return eval(source, {"Fraction": Fraction, "floor": floor, "outside": _outside})


def _outside() -> int:
    raise OutsideDomain


def exact(value: int | Fraction) -> int | Fraction:
    """Return an int where the value is whole, a Fraction otherwise.

    >>> exact(Fraction(4, 2))
    2
    """
    return int(value) if value == int(value) else Fraction(value)
