"""What is meant, as the reader of formulas would have it: the other side of each comparison.

Place in the chain: expressions -> **trees** <- printed text. Only what SymPy's objects say by
themselves is taken over; nothing is simplified, and nothing of the printer is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import sympy as sp
from sympy.core.relational import Relational

from proofpress.faults.errors import PressError
from proofpress.formulas import tree
from proofpress.formulas.conditions import opposite
from proofpress.latex.meant import Meant, Product, Summed, Together

_NUMBERED = re.compile(r"([A-Za-z]+)(\d+)")
_SIGNS = {"==": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_CALLS: tuple[tuple[type[sp.Basic], str], ...] = (
    (sp.floor, "floor"), (sp.ceiling, "ceiling"), (sp.Abs, "abs"), (sp.Min, "min"),
    (sp.Max, "max"), (sp.Mod, "mod"), (sp.binomial, "binomial"), (sp.factorial, "factorial"),
)  # fmt: skip


@lru_cache(maxsize=1024)
def letter_name(letter: sp.Basic) -> str:
    """Return a letter's name as it is read from the page, where n1 and n_1 are one.

    >>> letter_name(sp.Symbol("n1")), letter_name(sp.Symbol("rows"))
    ('n_1', 'rows')
    """
    return _NUMBERED.sub(r"\1_\2", str(letter)) if _NUMBERED.fullmatch(str(letter)) else str(letter)


def converted(meant: Meant) -> tree.Node:
    """Return the tree of an expression or condition. Raises PressError for what has none.

    >>> n = sp.Symbol("n", integer=True)
    >>> converted(n) == tree.Letter("n")
    True
    """
    match meant:
        case int():
            return _number(meant)
        case Summed(letter, low, high, term):
            ends = converted(low), converted(high)
            return tree.Running("sum", letter_name(letter), *ends, converted(term))
        case Together(parts):
            return _many(tree.Plus, [converted(part) for part in parts])
        case Product(factors):
            return _many(tree.Times, [converted(factor) for factor in factors])
        case sp.Symbol():
            return tree.Letter(letter_name(meant))
        case sp.Integer():
            return _number(int(meant))
        case sp.Rational():
            return tree.Quotient(_number(int(meant.p)), _number(int(meant.q)))
        case sp.Sum() | sp.Product():
            return _running(meant)
        case sp.Piecewise():
            rows = (tree.Case(converted(e), converted(when), True) for e, when in meant.args)
            return tree.Cases(tuple(rows))
        case Relational():
            return tree.Relation(
                (converted(meant.lhs), converted(meant.rhs)), (_SIGNS[meant.rel_op],)
            )
        case _ if meant in (sp.true, sp.false):
            return tree.Truth(bool(meant))
    return _joined(meant)


def _joined(meant: sp.Basic) -> tree.Node:
    """Return the tree of what is made of its arguments."""
    if isinstance(meant, sp.Xor | sp.Implies | sp.Equivalent | sp.ITE):
        return _logic(meant)
    parts = [converted(part) for part in getattr(meant, "args", ())]
    match meant:
        case sp.Add():
            return _many(tree.Plus, parts)
        case sp.Mul():
            return _many(tree.Times, parts)
        case sp.Pow():
            return tree.Power(parts[0], parts[1])
        case sp.And():
            return tree.All(tuple(parts))
        case sp.Or():
            return tree.Any(tuple(parts))
        case sp.Not():
            return tree.Not(parts[0])
    for kind, name in _CALLS:
        if isinstance(meant, kind):
            return tree.Call(name, tuple(parts))
    raise PressError(f"what is printed for {meant} cannot be compared with it")


def _logic(meant: sp.Basic) -> tree.Node:
    """Return what is neither And, Or nor Not by its definition."""
    first, *others = (converted(part) for part in meant.args)
    if isinstance(meant, sp.Implies):
        return tree.Any((opposite(first), others[0]))
    if isinstance(meant, sp.ITE):
        return tree.Any((tree.All((first, others[0])), tree.All((opposite(first), others[1]))))
    if isinstance(meant, sp.Equivalent):
        every = (first, *others)
        return tree.Any((tree.All(every), tree.All(tuple(map(opposite, every)))))
    rest = others[0] if len(others) == 1 else _logic(sp.Xor(*meant.args[1:], evaluate=False))
    return tree.Any((tree.All((first, opposite(rest))), tree.All((rest, opposite(first)))))


def _running(meant: sp.Sum | sp.Product) -> tree.Node:
    term, *limits = meant.args
    made = converted(term)
    sign = "sum" if isinstance(meant, sp.Sum) else "product"
    for limit in limits:
        if len(limit) != 3:
            raise PressError(f"what is printed for {meant} cannot be compared with it")
        letter, low, high = limit
        made = tree.Running(sign, letter_name(letter), converted(low), converted(high), made)
    return made


def _number(size: int) -> tree.Node:
    return tree.Number(size) if size >= 0 else tree.Minus(tree.Number(-size))


def _many(kind: Callable[[tuple[tree.Node, ...]], tree.Node], parts: list[tree.Node]) -> tree.Node:
    return parts[0] if len(parts) == 1 else kind(tuple(parts))
