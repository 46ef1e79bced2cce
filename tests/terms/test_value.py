"""The two readers of a term, `value` and `compiled`, beside Python's own arithmetic."""

from fractions import Fraction
from itertools import product
from math import ceil, comb, factorial

import pytest

from proofpress import PressError
from proofpress.terms.functions import (
    Abs,
    And,
    Eq,
    Max,
    Min,
    Mod,
    Ne,
    Not,
    Or,
    Piecewise,
    Product,
    Sum,
    Xor,
    ceiling,
    floor,
    sign,
)
from proofpress.terms.functions import binomial as choose
from proofpress.terms.functions import factorial as permutations
from proofpress.terms.tree import Letter
from proofpress.terms.value import NoValue, compiled, value

n, t, k = Letter("n"), Letter("t"), Letter("k")
CASES = list(product((-7, -3, -2, -1, 0, 1, 2, 3, 8), repeat=2))

# What an author writes, and the same in Python; it may refuse a value by an ArithmeticError.
TERMS = [
    (n + 2 * t - 3, lambda n, t: n + 2 * t - 3),
    (-n / 4, lambda n, t: Fraction(-n, 4)),
    (n / t, lambda n, t: Fraction(n, t)),
    (n**2 - t**3, lambda n, t: n**2 - t**3),
    (n**-2, lambda n, t: Fraction(1, n**2)),
    (floor(n / 3) + floor((n + t) / 2), lambda n, t: n // 3 + (n + t) // 2),
    (ceiling(n / 3) - ceiling((t - 1) / 4), lambda n, t: ceil(n / 3) - ceil((t - 1) / 4)),
    (floor(n / t), lambda n, t: n // t),
    (Mod(n, 4) * Mod(t, -3), lambda n, t: n % 4 * (t % -3)),
    (Mod(n, t), lambda n, t: n % t),
    (Abs(n - t) + sign(n), lambda n, t: abs(n - t) + (n > 0) - (n < 0)),
    (Min(n, t, 2) - Max(n, 1), lambda n, t: min(n, t, 2) - max(n, 1)),
    (choose(Abs(n), 2), lambda n, t: comb(abs(n), 2)),
    (choose(Abs(n) + 3, Abs(t)), lambda n, t: comb(abs(n) + 3, abs(t))),
    (permutations(Abs(n)), lambda n, t: factorial(abs(n))),
    (Sum(k * n, (k, t, 4)), lambda n, t: sum(k * n for k in range(t, 5))),
    (Product(k + 9, (k, 1, t)), lambda n, t: factorial(9 + max(t, 0)) // factorial(9)),
    (Piecewise((n, n > t), (t, n > 0), (0, True)), lambda n, t: n if n > t else t * (n > 0)),
    ((n < t) & (n >= 0), lambda n, t: 0 <= n < t),
    ((n <= t) | Eq(t, 2), lambda n, t: n <= t or t == 2),
    (~((n > t) & Ne(n, 3)), lambda n, t: not n > t or n == 3),
    (Xor(n > t, n > 0), lambda n, t: (n > t) != (n > 0)),
    (Xor(n > t, n > 0, t > 0), lambda n, t: (n > t) ^ (n > 0) ^ (t > 0)),
    (Not(Or(n > 1, t > 1)), lambda n, t: n <= 1 and t <= 1),
    (And(n > 1, t > 1), lambda n, t: n > 1 and t > 1),
]


def named(given: object) -> str:
    """Return what a case is called, the same in every process."""
    return getattr(given, "__name__", str(given)[:40])


@pytest.mark.parametrize(("term", "python"), TERMS, ids=named)
def test_both_readers_say_what_python_says(term, python):
    quick = compiled(("n", "t"), term)
    for at in CASES:
        letters = dict(zip("nt", at, strict=True))
        try:
            right = python(*at)
        except ZeroDivisionError:
            for reader in (lambda at=letters: value(term, at), lambda at=at: quick(*at)):
                with pytest.raises(NoValue):
                    reader()
            continue
        assert value(term, letters) == right == quick(*at), at


@pytest.mark.parametrize(
    ("term", "at"),
    [
        (permutations(n), (-1, 0)),
        (choose(n, 2), (-1, 0)),
        (n**t, (0, -1)),
        ((n / 2) ** (t / 2), (-1, 1)),
        (Piecewise((1, n > 0)), (-1, 0)),
        (Mod(n, t), (-1, 0)),
        (1 / t, (-1, 0)),
    ],
    ids=str,
)
def test_what_has_no_value_is_told_by_both(term, at):
    with pytest.raises(NoValue):
        value(term, dict(zip("nt", at, strict=True)))
    with pytest.raises(NoValue):
        compiled(("n", "t"), term)(*at)


def test_a_letter_without_a_value_is_told_by_both():
    with pytest.raises(PressError, match="the letter t has no value"):
        value(n + t, {"n": 1})
    with pytest.raises(PressError, match="the letter t has no value"):
        compiled(("n",), n + t)
