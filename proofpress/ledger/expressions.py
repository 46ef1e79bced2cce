"""The exact value of a closed form as the ledger writes it, without SymPy.

Place in the chain: ledger -> **value** -> figure. The text is SymPy's own (`str(expression)`);
it is read as Python's grammar reads it and walked, never evaluated as code.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from proofpress.faults.errors import PressError

Value = Fraction | bool

_LONGEST = 100_000  # characters of a closed form
_LARGEST_POWER = 1_000_000  # bits of a power: powers of powers grow beyond all memory
_HIGHEST_POWER = 10_000  # a larger exponent would fill the memory, not a page
_LAMBDA = "lambda_"  # no letter ends in an underscore
_REFUSED = (ValueError, TypeError, SyntaxError, ZeroDivisionError)
_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


def _binomial(upper: Fraction, lower: Fraction) -> Fraction:
    """upper (upper - 1) ... (upper - lower + 1) / lower!, 0 for a negative lower."""
    if lower.denominator != 1 or lower > _HIGHEST_POWER:
        raise ValueError(f"{lower} below in a binomial is not a small integer")
    result = Fraction(1 if lower >= 0 else 0)
    for step in range(int(lower)):
        result *= Fraction(upper - step, step + 1)
    return result


def _factorial(of: Fraction) -> int:
    if of.denominator != 1 or not 0 <= of <= _HIGHEST_POWER:
        raise ValueError(f"the factorial of {of}")
    return math.factorial(int(of))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "floor": lambda x: Fraction(math.floor(x)),
    "ceiling": lambda x: Fraction(math.ceil(x)),
    "Mod": lambda x, y: x % y,
    "Min": min,
    "Max": max,
    "Abs": abs,
    "binomial": lambda upper, lower: Fraction(_binomial(upper, lower)),
    "factorial": lambda of: Fraction(_factorial(of)),
    "And": lambda *parts: all(parts),
    "Or": lambda *parts: any(parts),
    "Not": operator.not_,
    "Eq": operator.eq,
    "Ne": operator.ne,
}


def value(closed_form: str, letters: Mapping[str, int]) -> Fraction:
    """Return the value of a closed form at integers.

    Domain: the four operations, powers with integer exponents, floor, ceiling, Mod, Min, Max,
    Abs, binomial, factorial, Piecewise, comparisons, And, Or and Not. Raises PressError for
    anything else, for a letter without a value, a division by zero, and a Piecewise none of
    whose conditions holds.

    >>> value("n*(n + 1)/2", {"n": 12})
    Fraction(78, 1)
    >>> value("Piecewise((n**2, n <= t), (t*(2*n - t), True))", {"n": 12, "t": 4})
    Fraction(80, 1)
    """
    try:
        if len(closed_form) > _LONGEST:
            raise ValueError("it is too long")
        result = _walk(_parsed(closed_form), letters)
        if isinstance(result, bool):
            raise ValueError("it is true or false, not a number")
    except (*_REFUSED, RecursionError, MemoryError) as error:
        at = ", ".join(f"{letter} = {number}" for letter, number in letters.items())
        raise PressError(
            f"the closed form {closed_form[:80]} has no value at {at or 'no letters'}: {error}",
            "the ledger",
            "give every letter a value inside the claim's domain",
        ) from error
    return result


def holds(condition: str, letters: Mapping[str, int]) -> bool:
    """Return whether a condition is true at integers; where it has no value it is not.

    >>> holds("(n >= 1) & (t >= 0)", {"n": 3, "t": 0}), holds("Eq(Mod(n, 2), 0)", {"n": 3})
    (True, False)
    """
    try:
        return bool(_walk(_parsed(condition), letters))
    except (*_REFUSED, RecursionError, MemoryError):
        return False


@lru_cache(256)
def _parsed(text: str) -> ast.expr:
    # The one letter that has the name of a keyword of Python's.
    return ast.parse(re.sub(r"\blambda\b", _LAMBDA, text.strip()), mode="eval").body


def _walk(node: ast.expr, letters: Mapping[str, int]) -> Value:
    match node:
        case ast.Constant(value=bool() as truth):
            return truth
        case ast.Constant(value=int() as number):
            return Fraction(number)
        case ast.Name(id=name) if name == _LAMBDA and "lambda" in letters:
            return Fraction(letters["lambda"])
        case ast.Name(id=name) if name in letters:
            return Fraction(letters[name])
        case ast.Name(id=name):
            raise ValueError(f"the letter {name} has no value")
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -Fraction(_walk(inner, letters))
        case ast.UnaryOp(op=ast.Invert(), operand=inner):
            return not _walk(inner, letters)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return _power(_walk(left, letters), _walk(right, letters))
        case ast.BinOp(left=left, op=ast.BitAnd(), right=right):
            return bool(_walk(left, letters)) and bool(_walk(right, letters))
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return bool(_walk(left, letters)) or bool(_walk(right, letters))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            result: Fraction = _BINARY[type(op)](_walk(left, letters), _walk(right, letters))
            return result
        case ast.Compare(left=left, ops=ops, comparators=others):
            values = [_walk(part, letters) for part in (left, *others)]
            pairs = zip(ops, values, values[1:], strict=False)
            return all(_COMPARE[type(op)](a, b) for op, a, b in pairs)
        case ast.Call(func=ast.Name(id="Piecewise"), args=pieces, keywords=[]):
            return _piecewise(pieces, letters)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS:
            called: Value = FUNCTIONS[name](*(_walk(argument, letters) for argument in args))
            return called
    raise ValueError(f"{ast.unparse(node)[:60]} is not understood here")


def _piecewise(pieces: list[ast.expr], letters: Mapping[str, int]) -> Value:
    """Return the first piece whose condition holds; the others need not have a value."""
    for piece in pieces:
        if not isinstance(piece, ast.Tuple) or len(piece.elts) != 2:
            raise ValueError("a piece is not a pair of value and condition")
        expression, condition = piece.elts
        if _walk(condition, letters):
            return _walk(expression, letters)
    raise ValueError("no condition of the Piecewise holds")


def _power(base: Value, given: Value) -> Fraction:
    exponent = Fraction(given)
    if exponent.denominator != 1 or abs(exponent) > _HIGHEST_POWER:
        raise ValueError(f"the exponent {exponent} is not a small integer")
    known = Fraction(base)
    digits = max(known.numerator.bit_length(), known.denominator.bit_length())
    if digits * abs(exponent) > _LARGEST_POWER:
        raise ValueError("a power in it is too large")
    return known ** int(exponent)
