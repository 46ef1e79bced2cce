"""Equations between terms: what stays as the author wrote it, and what is decided at once."""

import pytest
import sympy as sp

from proofpress import Eq, IntegerSet, Mod, Ne, PressError, ceiling, floor, integers

n, i, j, w = integers("n i j w")


@pytest.mark.parametrize(
    ("left", "right"),
    [(Mod(i, 2), floor(j / 2)), (floor(i / w), floor(j / w)), (ceiling(i / 2), 3), (i, j + 1)],
)
def test_an_equation_stays_as_it_is_written(left, right):
    assert Eq(left, right) == sp.Eq(left, right, evaluate=False)
    assert Ne(left, right) == sp.Ne(left, right, evaluate=False)


def test_an_equation_of_floors_holds_where_it_should():
    inside = (1 <= i) & (i <= n) & (1 <= j) & (j <= n)
    halves = IntegerSet("halves", (i, j), inside & Eq(floor(i / 2), floor(j / 2)), n >= 1)
    for size in range(1, 7):
        pairs = [(a, b) for a in range(1, size + 1) for b in range(1, size + 1) if a // 2 == b // 2]
        assert list(halves.points(n=size)) == pairs
        assert halves.cardinality().subs(n, size) == len(pairs)


@pytest.mark.parametrize(
    "constant", [Eq(i, i), Eq(2 * i, 2 * j + 1), Ne(j - 1, j), Eq(Mod(i, 2), Mod(i, 2) + 1)]
)
def test_what_always_or_never_holds_is_refused_as_a_predicate(constant):
    assert constant in (sp.true, sp.false)
    with pytest.raises(PressError, match="constantly"):
        IntegerSet("constant", (i,), constant)


def test_a_text_is_no_side_of_an_equation():
    with pytest.raises(PressError, match="without quotes") as caught:
        Eq("i", j)
    assert "'i'" in caught.value.what
