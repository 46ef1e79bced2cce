"""LaTeX of conditions, with letters in the author's order.

Place in the chain: definition -> derivation -> proof -> **figure, template**.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import sympy as sp
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from proofpress.counting.expressions import as_expression
from proofpress.counting.latex import polynomial, rank, written
from proofpress.faults.errors import PressError
from proofpress.latex.names import letter_latex
from proofpress.terms.in_sympy import as_symbols

_RELATIONS = {"==": "=", "!=": r"\ne", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge"}
_MIRROR = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def condition(given: object, letters: Iterable[object] = (), counted: Iterable[object] = ()) -> str:
    """Return the LaTeX of a predicate; bounds of one letter are chained, counted ones first.

    A counted letter is bounded by parameters and by those counted before it.

    >>> i, n = sp.symbols("i n", integer=True)
    >>> condition((1 <= i) & (i <= n), (n,), (i,))
    '1 \\\\le i \\\\le n'
    """
    predicate = as_expression(given)
    letters, counted = as_symbols(letters), as_symbols(counted)
    if predicate == sp.true:
        return r"\text{always}"
    # Not SymPy's make_args: that is a set, whose order is not the same in every process.
    parts = list(predicate.args if isinstance(predicate, sp.And) else [predicate])
    order = (*counted, *(letter for letter in letters if letter not in counted))
    texts = []
    for position, letter in enumerate(order):
        later = set(counted[position + 1 :]) if letter in counted else set()
        low = _bound(parts, letter, later, ">=")
        high = _bound(parts, letter, later, "<=")
        if low is not None and high is not None:
            parts = [p for p in parts if p not in (low[0], high[0])]
            shown = letter_latex(letter)
            if low[1] == high[1]:
                texts.append(f"{shown} = {polynomial(low[1], order)}")
            else:
                ends = polynomial(low[1], order), polynomial(high[1], order)
                texts.append(rf"{ends[0]} \le {shown} \le {ends[1]}")
    parts.sort(key=lambda part: (not isinstance(part, Relational), rank(part, order)[1:]))
    return r",\ ".join([*texts, *(_part(p, order) for p in parts)])


def _bound(
    parts: Iterable[Boolean], letter: sp.Symbol, later: set[sp.Symbol], sign: str
) -> tuple[Boolean, sp.Expr] | None:
    for part in parts:
        if isinstance(part, Relational):
            for left, op, right in (
                (part.lhs, part.rel_op, part.rhs),
                (part.rhs, _MIRROR[part.rel_op], part.lhs),
            ):
                forbidden = right.free_symbols & (later | {letter})
                if left == letter and op == sign and _is_polynomial(right) and not forbidden:
                    return part, right
    return None


def _is_polynomial(expression: sp.Expr) -> bool:
    return bool(expression.is_polynomial()) and not expression.atoms(sp.Function, sp.Mod)


def _part(part: Boolean, letters: Sequence[sp.Symbol]) -> str:
    if part in (sp.true, sp.false):
        return r"\text{always}" if part == sp.true else r"\text{never}"
    if isinstance(part, sp.Or):
        return r"\text{ or }".join(f"({condition(a, letters)})" for a in part.args)
    if isinstance(part, sp.And):
        return condition(part, letters)
    if isinstance(part, sp.Not):
        return rf"\text{{not }} ({condition(part.args[0], letters)})"
    if isinstance(part, Relational):
        left, sign, right = part.lhs, part.rel_op, part.rhs
        if isinstance(part, sp.Eq) and isinstance(left, sp.Mod) and right == 0:
            return rf"{written(left.args[1], letters)} \mid {polynomial(left.args[0], letters)}"
        whole = left.is_integer and right.is_integer and not right.is_number
        if sign == ">=" and whole and right.as_coeff_Add()[0] >= 2:
            sign, right = ">", right - 1
        return f"{_side(left, letters)} {_RELATIONS[sign]} {_side(right, letters)}"
    return _part(opened(part), letters)


def _side(expression: sp.Expr, letters: Sequence[sp.Symbol]) -> str:
    if _is_polynomial(expression):
        return polynomial(expression, letters)
    return written(expression, letters)


def opened(part: Boolean) -> Boolean:
    """Return Xor, Implies, Equivalent and ITE as alternatives. Raises PressError for others.

    >>> a, b = sp.symbols("a b", integer=True)
    >>> opened(sp.Xor(a >= 1, b >= 1, evaluate=False))
    ((a >= 1) & (b < 1)) | ((b >= 1) & (a < 1))
    """
    match part:
        case sp.Xor(args=(first, *others)):
            rest = others[0] if len(others) == 1 else opened(sp.Xor(*others, evaluate=False))
            pairs = ((first, rest), (sp.Not(first), sp.Not(rest)))
            one, other = pairs[0], pairs[1]
            return _either((one[0], other[1]), (other[0], one[1]))
        case sp.Implies(args=(first, second)):
            return sp.Or(sp.Not(first), second, evaluate=False)
        case sp.Equivalent(args=(first, *others)):
            return _either((first, *others), tuple(sp.Not(one) for one in part.args))
        case sp.ITE(args=(first, second, third)):
            return _either((first, second), (sp.Not(first), third))
    raise PressError(
        f"the press cannot print the condition {part}",
        mend="write it with comparisons, And, Or and Not",
    )


def _either(one: Sequence[Boolean], other: Sequence[Boolean]) -> Boolean:
    return sp.Or(sp.And(*one, evaluate=False), sp.And(*other, evaluate=False), evaluate=False)


def exclude(one: Boolean, other: Boolean, thoroughly: bool = True) -> bool:
    """Return whether two conditions are seen never to hold together, for integer letters.

    Without `thoroughly` only pairs of bounds are looked at.

    >>> n, t = sp.symbols("n t", integer=True)
    >>> exclude(n <= t, n >= t + 1), exclude(n <= t, n >= t)
    (True, False)
    """
    mine, theirs = _bounds(one), _bounds(other)
    if any(least + theirs.get(-body, -least) < 0 for body, least in mine.items()):
        return True
    return thoroughly and _nowhere(sp.And(one, other, evaluate=False))


@lru_cache(maxsize=4096)
def _bounds(when: Boolean) -> dict[sp.Expr, sp.Rational]:
    """Return sums without their number, and the least number with which they are not negative."""
    found: dict[sp.Expr, sp.Rational] = {}
    for part in when.args if isinstance(when, sp.And) else (when,):
        if isinstance(part, sp.Eq):
            gaps = [sp.expand(part.lhs - part.rhs), sp.expand(part.rhs - part.lhs)]
        elif isinstance(part, sp.Ge | sp.Gt | sp.Le | sp.Lt):
            gap = sp.expand(part.gts - part.lts)
            gaps = [gap - 1 if isinstance(part, sp.Gt | sp.Lt) and gap.is_integer else gap]
        else:
            continue
        for gap in gaps:
            number, body = gap.as_coeff_Add()
            if number.is_Rational:
                found[body] = min(number, found.get(body, number))
    return found


def _nowhere(when: Boolean) -> bool:
    """Return whether a condition holds at no rational point, as far as the engine can tell."""
    from proofpress.counting.cardinality import with_room
    from proofpress.counting.polyhedra import feasible
    from proofpress.counting.predicates import pieces
    from proofpress.counting.spaces import NeedsModulus, OutOfColumns, Space

    def attempt(room: int) -> bool:
        space = Space((), tuple(sorted(when.free_symbols, key=str)), room)
        return not any(feasible(system) for system in pieces(when, space))

    try:
        return bool(with_room(attempt))
    except (PressError, OutOfColumns, NeedsModulus, sp.PolynomialError, TypeError):
        return False
