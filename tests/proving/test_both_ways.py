"""Algebra alone proves that two writings of one term are each at most the other, and no more."""

from fractions import Fraction

import pytest

from proofpress import Abs, Bound, Max, Min, binomial, ceiling, floor, integers
from proofpress.ledger.claims import Verdict
from proofpress.proving.polynomials import way
from proofpress.terms.arithmetic import number
from proofpress.terms.tree import as_term

n, t, w = integers("n t w")
DOMAIN = (n >= 3) & (t >= 0) & (w >= 1)

SAME = [
    (binomial(n, 2), n * (n - 1) / 2),
    (binomial(n, 3), n * (n - 1) * (n - 2) / 6),
    (binomial(n + t, 1), n + t),
    (binomial(n, 0), n**0),
    (floor((2 * n + 1) / 2), n),
    (ceiling((2 * n - 1) / 2), n),
    (Abs(-n - t), n + t),
    (Max(n, -t), n),
    (Min(n, -t), -t),
    (n / w * w, n),
    (n / as_term(-2), -n / 2),
    (n / (-w) * w, -n),
    (1 / (-n), -(1 / n)),
    ((n + t) ** 2, n**2 + 2 * n * t + t**2),
]


def algebra(smaller, greater):
    """Return the verdict of the method that is no solver."""
    first, *_ = Bound("x.a", "A bound", smaller, greater, (n, t, w), DOMAIN).settle().evidence
    return first.verdict


@pytest.mark.parametrize(("one", "other"), SAME, ids=str)
def test_each_is_at_most_the_other_and_not_less(one, other):
    assert algebra(one, other) is algebra(other, one) is Verdict.PROVED
    assert algebra(one + Fraction(1, 6), other) is not Verdict.PROVED
    assert algebra(other + Fraction(1, 6), one) is not Verdict.PROVED


def test_a_number_is_its_own_reason():
    assert way([], number(3)).parts == ((Fraction(1), (number(3),)),)
    assert way([], number(-1)) is None
