"""Exact arithmetic on integers and fractions, as formulas mean it.

Place in the chain: tree of the formula -> **value at integers**.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

Exact = int | Fraction

_SMALL = 64  # an exponent for which no size has to be looked at
_BITS = 200_000  # of a power or a factorial: powers of powers grow beyond all memory


class Undefined(Exception):
    """Raised where a formula has no value: a division by zero, no case that holds."""


def whole(found: Fraction) -> Exact:
    """Return an int where a fraction is one."""
    return found.numerator if found.denominator == 1 else found


def power(base: Exact, exponent: Exact) -> Exact:
    """Return a power with an integer exponent.

    >>> power(2, -1), power(-1, 3)
    (Fraction(1, 2), -1)
    """
    if exponent != int(exponent) or (base == 0 and exponent < 0):
        raise Undefined
    if isinstance(base, int) and 0 <= exponent <= _SMALL and abs(base) <= _SMALL**8:
        return base ** int(exponent)
    base = Fraction(base)
    digits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if abs(base) not in (0, 1) and digits * abs(int(exponent)) > _BITS:
        raise Undefined
    return whole(base ** int(exponent))


def modulo(dividend: Exact, divisor: Exact) -> Exact:
    """Return what is left of the dividend, with the sign of the divisor.

    >>> modulo(-7, 3)
    2
    """
    if divisor == 0:
        raise Undefined
    return dividend % divisor


def binomial(upper: Exact, lower: Exact) -> Exact:
    """Return upper (upper - 1) ... (upper - lower + 1) / lower!, 0 for a negative lower.

    >>> binomial(5, 2), binomial(-1, 2), binomial(3, 5)
    (10, 1, 0)
    """
    if lower != int(lower) or lower * 64 > _BITS:
        raise Undefined
    if lower < 0:
        return 0
    result = Fraction(1)
    for step in range(int(lower)):
        result *= Fraction(upper - step) / (step + 1)
    return whole(result)


def factorial(of: Exact) -> Exact:
    """Return 1 * 2 * ... * of; a negative number and a fraction have none."""
    if of != int(of) or of < 0 or of * 16 > _BITS:
        raise Undefined
    return math.factorial(int(of))


def _divides(one: Exact, other: Exact) -> bool:
    return modulo(other, one) == 0


FUNCTIONS: dict[str, Callable[..., Exact]] = {
    "floor": math.floor, "ceiling": math.ceil, "abs": abs, "min": min, "max": max,
    "mod": modulo, "binomial": binomial, "factorial": factorial,
}  # fmt: skip

RELATIONS: dict[str, Callable[[Exact, Exact], bool]] = {
    "=": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b, "|": _divides,
}  # fmt: skip
