"""The solver's form of a written condition holds where the condition holds."""

from itertools import product

import pytest
import z3

from proofpress import Abs, Eq, Max, Min, Mod, Ne, Piecewise, Xor, ceiling, floor, integers, sign
from proofpress.proving.as_written import Formula
from proofpress.terms.value import value

n, t = integers("n t")
POINTS = list(product((-7, -3, -2, -1, 0, 1, 2, 5), repeat=2))

CONDITIONS = [
    *(n >= t, n > t, n <= t, n < t, Eq(n, t), Ne(n, t), ~(n > t), 3 * n - t / 2 >= 1),
    *((n > 0) & (t > 0), (n > 0) | (t > 0), Xor(n > 0, t > 0), Xor(n > 0, t > 0, n > 1)),
    *(floor(n / 2) >= t, ceiling(n / 3) <= t, floor((n + t) / -2) > 0, Mod(n, 3) >= 1),
    *(Mod(n - t, -3) < 0, Mod(n / 2, 2) > t, Abs(n - t) <= 2, Abs(n / 2) < t, sign(n - t) >= t),
    *(sign(n) + sign(t) > 1, sign(n) < t, Min(n, t) > 0, Max(n / 2, t / 3) > 1, Min(n, 2, t) >= t),
    *(n**2 >= t + 4, n * t > 2, -n > t, n / 2 + t / 3 >= 1, n / 4 - t / 6 > 0, ceiling(n) / 2 > t),
    *(Piecewise((n, n > t), (t / 2, True)) > 0, Piecewise((1, n > 0), (t, t > 1), (n, True)) >= 1),
]


@pytest.mark.parametrize("condition", CONDITIONS, ids=str)
def test_it_holds_at_the_same_points(condition):
    letters = {"n": z3.Int("n"), "t": z3.Int("t")}
    formula = Formula(z3, letters).condition(condition)
    for at in POINTS:
        there = [(letters[name], z3.IntVal(x)) for name, x in zip("nt", at, strict=True)]
        holds = z3.is_true(z3.simplify(z3.substitute(formula, *there)))
        assert holds == value(condition, dict(zip("nt", at, strict=True))), at
