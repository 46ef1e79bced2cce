"""IntegerSet: what it accepts, what it refuses, and in which words."""

import pytest
import sympy as sp

from proofpress import Eq, IntegerSet, Mod, PressError, floor, integers

n, t, i, j = integers("n t i j")
past = (i >= 1) & (i <= n) & (j >= 1) & (j <= i)


def test_one_name_gives_one_symbol():
    assert integers("n") == n
    assert integers("n t") == (n, t)


def test_the_issue_s_example():
    sliding = IntegerSet(
        "sliding",
        (i, j),
        (i >= 1) & (i <= n) & (j >= 1) & (j <= i) & (i - j <= t),
        assuming=(n >= 1) & (t >= 0),
    )
    assert isinstance(sliding.cardinality(), sp.Piecewise)
    assert sliding.count(n=5, t=2) == 12


def test_sets_that_are_empty_for_some_parameters_give_0_there():
    beyond = IntegerSet("beyond", (i,), (i >= 5) & (i <= n), assuming=n >= 0)
    count = beyond.cardinality()
    assert [count.subs(n, value) for value in (0, 4, 5, 9)] == [0, 0, 1, 5]


def test_a_set_without_points_counts_0():
    assert (
        IntegerSet("none", (i,), (i >= 1) & (i <= 0) & (i <= n), assuming=n >= 0).cardinality() == 0
    )


def test_no_parameters_at_all():
    assert IntegerSet("box", (i, j), (i >= 1) & (i <= 3) & (j >= i) & (j <= 4)).cardinality() == 9


@pytest.mark.parametrize(
    ("predicate", "what"),
    [
        (past & (t * i <= j), "the term i*t is not affine in the letters"),
        (past & (i**2 <= n), "the term i**2 is not affine in the letters"),
        (past & Eq(Mod(i, t), 0), "the term Mod(i, t) is not affine in the letters"),
        (past & Eq(floor(i / t), 0), "the term i/t is not affine in the letters"),
        (past & (sp.sqrt(i) <= n), "the term sqrt(i) is not affine in the letters"),
        ((i >= 1) & (j >= 1) & (j <= n), "the set is unbounded: nothing bounds i from above"),
        ((i <= n) & (j >= 1) & (j <= n), "the set is unbounded: nothing bounds i from below"),
        ((i >= 1) & (j >= i) & (i <= n), "the set is unbounded: nothing bounds j from above"),
    ],
)
def test_what_cannot_be_counted_is_named(predicate, what):
    with pytest.raises(PressError) as caught:
        IntegerSet("mask", (i, j), predicate, assuming=n >= 1).cardinality()
    assert caught.value.what == f"mask: {what}"
    assert caught.value.where.startswith("tests/counting/test_sets.py:")
    assert caught.value.mend


def test_names_of_symbols_compared_instead_of_values():
    n, i, j = sp.symbols("n i j", integer=True)
    past = (1 <= j) & (j <= i) & (i <= n)
    with pytest.raises(PressError) as caught:
        IntegerSet("diagonal", (i, j), past & ((i == j) | (j <= 1)), assuming=n >= 1)
    assert "i == j compares the names of letters" in caught.value.what
    assert "Eq(i, j)" in caught.value.mend


def test_a_constant_predicate_is_refused():
    with pytest.raises(PressError, match="the predicate is constantly false"):
        IntegerSet("nothing", (i,), sp.false, assuming=n >= 1)


def test_counted_letters_do_not_belong_into_the_assumption():
    with pytest.raises(PressError, match="the assumption mentions the counted letters i"):
        IntegerSet("mask", (i, j), past, assuming=i >= 1)


def test_parameters_have_to_be_named_all():
    with pytest.raises(PressError, match="the letters t are not among the parameters"):
        IntegerSet("mask", (i, j), past & (i <= t), parameters=(n,))


def test_a_missing_letter_is_named():
    with pytest.raises(PressError, match="the letter n has no value"):
        IntegerSet("mask", (i, j), past).count(t=3)
