"""Counts with one parameter whose conditions hold floors of floors, against enumeration."""

import random

import pytest

from proofpress import IntegerSet, Mod, floor, integers
from proofpress.counting.plain import function

n, i = integers("n i")


def test_floors_inside_floors_are_evaluated():
    points = IntegerSet(
        "nested",
        (i,),
        (i >= 0) & (2 * i <= floor(n / 2) + floor(n / 3)),
        assuming=(n >= 0) & (n <= 10),
    )
    value = function((n,), points.cardinality())
    assert [value(k) for k in range(11)] == [1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5]


def _bent(draw, depth, inner):
    """Return a random sum of floors and Mods of `inner`, floors of floors among them."""
    if depth == 0:
        return draw.choice((1, 1, 2, -1)) * inner + draw.randint(-2, 3)
    term = _bent(draw, depth - 1, inner)
    divisor = draw.randint(2, 4)
    kind = draw.choice(("floor", "floor", "both", "Mod"))
    if kind == "floor":
        return floor(term / divisor)
    if kind == "both":
        return floor(term / divisor) + floor((inner + draw.randint(0, 2)) / draw.randint(2, 3))
    return Mod(term, divisor)


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(k, marks=pytest.mark.slow) for k in range(1, 30))]
)
def test_random_bent_bounds_equal_enumeration(seed):
    draw = random.Random(seed)
    high = _bent(draw, draw.randint(1, 3), n)
    low = draw.choice((0, 1, -_bent(draw, 1, n)))
    factor = draw.choice((1, 2, 3))
    inside = (i >= low) & (factor * i <= high) & (i <= n + 5) & (i >= -n - 5)
    if draw.random() < 0.3:
        inside = inside & (floor(_bent(draw, 1, i) / 2) <= high)
    most = draw.choice((7, 12, 30))
    bounded = draw.random() < 0.7
    assuming = (n >= 0) & (n <= most) if bounded else n >= 0
    points = IntegerSet("random", (i,), inside, assuming=assuming, parameters=(n,))
    value = function((n,), points.cardinality())
    cases = range(most + 1)
    assert [value(k) for k in cases] == [points.count(n=k) for k in cases], inside
