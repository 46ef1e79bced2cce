"""A set's source text for isl, and its count by barvinok: generating functions, not sums.

Needs the test extra islpy-barvinok. The text is read by Python's parser and written in isl's
language; nothing of the press is used. Terms that are no quasi-affine ones stand outside of isl's
fragment: Outside is raised, and the case has one witness less.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from math import lcm

import islpy as isl

from .grammar import SetCase

# isl counts its own steps; a set that wants more of them to be read has no answer from it.
# barvinok itself cannot be stopped (it dies where isl stops it): it only gets what is small.
MOST_OPERATIONS = 40_000
MOST_PIECES = 5
MOST_FLOORS = 3


class Outside(Exception):
    """Raised for a text that isl cannot take, or that it takes too long for."""


@dataclass(frozen=True)
class Term:
    """A quasi-affine term over a positive denominator; `number` is its numerator if constant."""

    top: str
    bottom: int = 1
    number: int | None = None


def counter(case: SetCase) -> Callable[[dict[str, int]], int]:
    """Return a function from values of the parameters to barvinok's number of points.

    Raises Outside for a set beyond isl's fragment.

    >>> squares = SetCase(("i",), ("n",), ("1 <= i", "i <= n"), ("Eq(i % 2, 0)",), (), ("n >= 0",))
    >>> counter(squares)({"n": 7})
    3
    """
    names = {letter: f"p{k}" for k, letter in enumerate(case.parameters)}
    names |= {letter: f"x{k}" for k, letter in enumerate(case.counted)}
    where = translated(case.predicate, names)
    given = ", ".join(names[letter] for letter in case.parameters)
    inner = ", ".join(names[letter] for letter in case.counted)
    # The domain is not told: the count is that of the predicate for all parameters.
    count = _small(f"[{given}] -> {{ [{inner}] : {where} }}").card()
    space = count.get_domain_space()
    places = {
        letter: space.find_dim_by_name(isl.dim_type.param, names[letter])
        for letter in case.parameters
    }

    def number(values: dict[str, int]) -> int:
        point = isl.Point.zero(space)
        for letter, place in places.items():
            if place >= 0:
                value = isl.Val(values[letter])
                point = point.set_coordinate_val(isl.dim_type.param, place, value)
        return int(count.eval(point).to_str())

    return number


def _small(text: str) -> isl.Set:
    """Return a set that barvinok counts in a moment. Raises Outside for a larger one."""
    context = isl.DEFAULT_CONTEXT
    context.reset_operations()  # what was counted before belongs to other sets
    context.set_max_operations(MOST_OPERATIONS)
    try:
        found = isl.Set(text).coalesce()
        pieces = found.get_basic_sets()
    except isl.Error as error:
        raise Outside(str(error)) from error
    finally:
        context.set_max_operations(0)
    floors = sum(piece.dim(isl.dim_type.div) for piece in pieces)
    if len(pieces) > MOST_PIECES or floors > MOST_FLOORS:
        raise Outside(f"{len(pieces)} pieces with {floors} floors")
    return found


def translated(text: str, names: dict[str, str]) -> str:
    """Return isl's notation of a condition, its letters renamed.

    >>> translated("(floor(i/2) >= 2) & ~(Abs(i) < j)", {"i": "x0", "j": "x1"})
    '((floor((x0)/2)) >= (2)) and (not ((max(x0, -(x0))) < (x1)))'
    """
    return _Reader(names).condition(ast.parse(text, mode="eval").body)


class _Reader:
    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def condition(self, node: ast.expr) -> str:
        if isinstance(node, ast.Constant) and isinstance(node.value, bool):
            return "1 = 1" if node.value else "1 = 0"
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
            return f"not ({self.condition(node.operand)})"
        if isinstance(node, ast.BinOp):
            one, other = self.condition(node.left), self.condition(node.right)
            return _joined(type(node.op).__name__, one, other)
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            signs = {"Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">="}
            sign = signs.get(type(node.ops[0]).__name__)
            if sign:
                return self._compared(node.left, sign, node.comparators[0])
        name, arguments = _call(node)
        if name in ("Eq", "Ne"):
            return self._compared(arguments[0], "=" if name == "Eq" else "!=", arguments[1])
        if name == "Not":
            return f"not ({self.condition(arguments[0])})"
        if name in ("And", "Or", "Xor"):
            whole, *others = (self.condition(argument) for argument in arguments)
            for other in others:
                whole = _joined(name, whole, other)
            return whole
        raise Outside(ast.unparse(node))

    def _compared(self, left: ast.expr, sign: str, right: ast.expr) -> str:
        one, other = self.term(left), self.term(right)
        bottom = lcm(one.bottom, other.bottom)
        return f"({_over(one, bottom)}) {sign} ({_over(other, bottom)})"

    def term(self, node: ast.expr) -> Term:
        if isinstance(node, ast.Constant) and isinstance(node.value, int):
            return Term(str(node.value), 1, node.value)
        if isinstance(node, ast.Name):
            return Term(self.names[node.id])
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return _times(self.term(node.operand), -1)
        if isinstance(node, ast.BinOp):
            return self._operation(node)
        name, arguments = _call(node)
        terms = [self.term(argument) for argument in arguments]
        if name == "Mod":
            return _remainder(*terms)
        if name in ("floor", "ceiling"):
            return _floor(*terms) if name == "floor" else _times(_floor(_times(terms[0], -1)), -1)
        if name in ("Abs", "Min", "Max"):
            parts = terms if name != "Abs" else [terms[0], _times(terms[0], -1)]
            bottom = lcm(*(part.bottom for part in parts))
            whole = _over(parts[0], bottom)
            for part in parts[1:]:
                whole = f"{'min' if name == 'Min' else 'max'}({whole}, {_over(part, bottom)})"
            return Term(whole, bottom)
        raise Outside(ast.unparse(node))

    def _operation(self, node: ast.BinOp) -> Term:
        one, other = self.term(node.left), self.term(node.right)
        match node.op:
            case ast.Add() | ast.Sub():
                bottom = lcm(one.bottom, other.bottom)
                sign = "+" if isinstance(node.op, ast.Add) else "-"
                return Term(f"({_over(one, bottom)} {sign} ({_over(other, bottom)}))", bottom)
            case ast.Mult():
                if one.number is None:
                    one, other = other, one
                if one.number is None:
                    raise Outside(ast.unparse(node))
                return _times(Term(other.top, other.bottom * one.bottom, other.number), one.number)
            case ast.Div():
                return _divided(one, other)
            case ast.FloorDiv():
                return _floor(_divided(one, other))
            case ast.Mod():
                return _remainder(one, other)
        raise Outside(ast.unparse(node))


def _call(node: ast.expr) -> tuple[str, list[ast.expr]]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id, node.args
    raise Outside(ast.unparse(node))


def _joined(operator: str, one: str, other: str) -> str:
    if operator in ("BitXor", "Xor"):
        return f"((({one}) and not ({other})) or (({other}) and not ({one})))"
    word = {"BitAnd": "and", "And": "and", "BitOr": "or", "Or": "or"}[operator]
    return f"({one}) {word} ({other})"


def _over(term: Term, bottom: int) -> str:
    """Return the numerator of a term over a larger denominator."""
    return _times(term, bottom // term.bottom).top


def _times(term: Term, factor: int) -> Term:
    if factor == 1:
        return term
    number = None if term.number is None else factor * term.number
    top = f"-({term.top})" if factor == -1 else f"{factor}*({term.top})"
    return Term(top if number is None else str(number), term.bottom, number)


def _divided(term: Term, by: Term) -> Term:
    if by.number is None or by.bottom != 1 or by.number == 0:
        raise Outside("a divisor that is no whole number")
    moved = _times(term, -1) if by.number < 0 else term
    return Term(moved.top, moved.bottom * abs(by.number), moved.number)


def _floor(term: Term) -> Term:
    if term.bottom == 1:
        return term
    return Term(f"floor(({term.top})/{term.bottom})")


def _remainder(value: Term, modulus: Term) -> Term:
    if modulus.number is not None and modulus.number > 0 and modulus.bottom == 1:
        return Term(f"(({value.top}) mod {modulus.number * value.bottom})", value.bottom)
    whole = _floor(_divided(value, modulus))
    bottom = value.bottom
    lost = _times(whole, (modulus.number or 0) * bottom)
    return Term(f"({value.top} - ({lost.top}))", bottom)
