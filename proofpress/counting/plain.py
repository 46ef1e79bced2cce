"""SymPy expressions as plain Python arithmetic on exact integers, for enumeration.

Place in the chain: **definition** -> enumeration. SymPy's own printers turn floor(i/3 - 1/3) into
floating point; here all quotients are exact fractions, so nothing is rounded.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from math import factorial, floor
from typing import Any

import sympy as sp
from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanFunction

from proofpress.counting.expressions import as_expression
from proofpress.faults.errors import PressError
from proofpress.terms.in_sympy import as_symbols

Names = Mapping[sp.Basic, str]

_CALLS = (
    (sp.Abs, "abs"), (sp.Min, "min"), (sp.Max, "max"),
    (sp.binomial, "binomial"), (sp.factorial, "factorial"),
)  # fmt: skip


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
    if isinstance(expression, sp.Sum | sp.Product):
        return _running(expression, names)
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
    if expression.is_Pow and expression.exp.is_integer:
        return f"power({arguments[0]}, {arguments[1]})"
    for kind, name in _CALLS:
        if isinstance(expression, kind):
            return f"{name}({', '.join(arguments)})"
    raise PressError(f"the term {expression} cannot be evaluated at integers")


def _running(expression: sp.Sum | sp.Product, names: Names | None) -> str:
    """Return the source of a sum or product, added up step by step."""
    term, *limits = expression.args
    if any(len(limit) != 3 for limit in limits):
        raise PressError(f"the term {expression} cannot be evaluated at integers")
    depth = len(names or ())
    # The first letter runs innermost; an end may hold the letters that run outside of it.
    around = [dict(names or {})]
    for k, limit in reversed(list(enumerate(limits))):
        around.append({**around[-1], limit[0]: f"s{depth}_{k}"})
    source = plain(term, around.pop())
    sign = "add" if isinstance(expression, sp.Sum) else "multiply"
    for k, (_, low, high) in enumerate(limits):
        outside = around.pop()
        ends = plain(low, outside), plain(high, outside)
        source = f"run({sign}, lambda s{depth}_{k}: {source}, {ends[0]}, {ends[1]})"
    return source


def _floor(argument: sp.Expr, names: Names | None) -> str:
    """Return the source of a floor, as a division of integers where that is possible."""
    numerator, denominator = argument.as_numer_denom()
    if denominator.is_Integer:
        return f"({plain(numerator, names)} // {denominator})"
    return f"floor({plain(argument, names)})"


def function(letters: Iterable[object], expression: object) -> Callable[..., Any]:
    """Return a Python function of the letters (as positional integers) with exact results.

    It raises OutsideDomain where a Piecewise has no case.

    >>> n = sp.Symbol("n", integer=True)
    >>> exact(function((n,), n * (n + 1) / 2)(4))
    10
    """
    return _function(as_symbols(letters), as_expression(expression))


@lru_cache(maxsize=4096)
def _function(letters: tuple[sp.Symbol, ...], expression: sp.Basic) -> Callable[..., Any]:
    names = {letter: f"v{k}" for k, letter in enumerate(letters)}
    source = f"lambda {', '.join(names.values())}: {plain(expression, names)}"
    return eval(source, dict(_KNOWN))


def _outside() -> int:
    raise OutsideDomain


def _power(base: int | Fraction, exponent: int | Fraction) -> int | Fraction:
    if exponent != int(exponent) or abs(int(exponent)) > _HIGHEST:
        raise OutsideDomain
    return exact(Fraction(base) ** int(exponent))


def _binomial(upper: int | Fraction, lower: int | Fraction) -> int | Fraction:
    """upper (upper - 1) ... (upper - lower + 1) / lower!, 0 for a negative lower."""
    if lower != int(lower) or lower > _HIGHEST:
        raise OutsideDomain
    result = Fraction(1 if lower >= 0 else 0)
    for step in range(int(lower)):
        result *= Fraction(upper - step) / (step + 1)
    return exact(result)


def _factorial(of: int | Fraction) -> int:
    if of != int(of) or not 0 <= of <= _HIGHEST:
        raise OutsideDomain
    return factorial(int(of))


def _run(
    join: Callable[[Any, Any], Any], term: Callable[[int], Any], low: int, high: int
) -> int | Fraction:
    if low != int(low) or high != int(high) or not low - 1 <= high <= low + _HIGHEST:
        raise OutsideDomain
    result: int | Fraction = 0 if join is operator.add else 1
    for step in range(int(low), int(high) + 1):
        result = join(result, term(step))
    return result


_HIGHEST = 100_000  # of an exponent: a larger one would fill the memory
_KNOWN = {
    "Fraction": Fraction, "floor": floor, "outside": _outside, "power": _power,
    "binomial": _binomial, "factorial": _factorial, "run": _run, "add": operator.add,
    "multiply": operator.mul,
}  # fmt: skip


def exact(value: int | Fraction) -> int | Fraction:
    """Return an int where the value is whole, a Fraction otherwise.

    >>> exact(Fraction(4, 2))
    2
    """
    return int(value) if value == int(value) else Fraction(value)
