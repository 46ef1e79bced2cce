"""Equations between terms: `==` and Eq say the same, and what is constant is no predicate."""

import pytest

from proofpress import Eq, IntegerSet, Mod, Ne, PressError, floor, integers

n, i, j, w = integers("n i j w")


def test_an_equation_of_floors_holds_where_it_should():
    inside = (1 <= i) & (i <= n) & (1 <= j) & (j <= n)
    halves = IntegerSet("halves", (i, j), inside & Eq(floor(i / 2), floor(j / 2)), n >= 1)
    for size in range(1, 7):
        pairs = [(a, b) for a in range(1, size + 1) for b in range(1, size + 1) if a // 2 == b // 2]
        assert list(halves.points(n=size)) == pairs
        assert halves.cardinality().subs(n, size) == len(pairs)


def test_two_equals_signs_make_an_equation():
    square = (1 <= i) & (i <= n) & (1 <= j) & (j <= n)
    diagonal = IntegerSet("diagonal", (i, j), square & (i == j), n >= 1)
    others = IntegerSet("others", (i, j), (i != j) & square, n >= 1)
    assert diagonal.count(n=4) == 4
    assert others.count(n=4) == 12
    assert diagonal.cardinality() == n


def test_a_choice_between_plain_numbers_inside_the_call_is_no_comparison_of_letters():
    size = 3
    low = IntegerSet("low", (i,), (1 <= i) & (i <= (n if size == 3 else 2 * n)), n >= 0)
    assert low.count(n=5) == 5


@pytest.mark.parametrize(
    "constant", [Eq(i, i), Eq(2 * i, 2 * j + 1), Ne(j - 1, j), Eq(Mod(i, 2), Mod(i, 2) + 1)]
)
def test_what_always_or_never_holds_is_refused_as_a_predicate(constant):
    with pytest.raises(PressError, match="constantly"):
        IntegerSet("constant", (i,), constant)


def test_a_text_is_no_side_of_an_equation():
    with pytest.raises(PressError, match="without quotes") as caught:
        Eq("i", j)
    assert "'i'" in caught.value.what


def test_a_question_for_truth_is_refused():
    with pytest.raises(TypeError, match="truth value"):
        bool((i == j) and (i <= n))
