"""Sums of steps and least values: true on the whole domain, or not proved."""

import pytest

from proofpress import Iteration, Least, PressError, floor, integers
from proofpress.ledger.claims import Verdict

n, k, L, t, q_1 = integers("n k L t q_1")


def iterated(first, step, letters, assuming):
    return Iteration("net.width", "Width", L, first, step, letters, assuming).settle()


def least(quantity, reaches, letters, assuming):
    return Least("net.depth", "Depth", L, quantity, reaches, letters, assuming).settle()


def details(claim):
    return [found.detail for found in claim.evidence if found.verdict is Verdict.UNDECIDED]


@pytest.mark.parametrize(
    ("first", "step", "letters", "assuming", "form"),
    [
        (0, L, (L,), L >= 0, "L**2/2 + L/2"),
        (1, k / 2, (k, L), (k >= 1) & (L >= 0), "L*k/2 + 1"),
        (0, L**2, (L,), L >= 30, "L**3/3 + L**2/2 + L/6"),
        (k / 3, L / 2, (k, L), (k >= -4) & (L >= 1), "L**2/4 + L/4 + k/3"),
        (0, floor(k / 2), (k, L), (k >= 0) & (L >= 0), "L*floor(k/2)"),
    ],
    ids=str,
)
def test_a_sum_of_whole_or_broken_steps_is_proved(first, step, letters, assuming, form):
    claim = iterated(first, step, letters, assuming)
    assert claim.verdict is Verdict.PROVED, details(claim)
    assert str(claim.closed_form.expand()) == form


def test_fewer_than_no_steps_are_not_proved():
    # At L = -2 the sum of nothing is 0, and the form L (L + 1)/2 is 1.
    claim = iterated(0, L, (L,), L >= -5)
    assert claim.verdict is not Verdict.PROVED
    assert details(claim) == ["it is not shown that L is not negative: not so at L = -1"] * 2


def test_fewer_than_no_steps_far_out_are_not_proved():
    claim = iterated(0, L, (L, n), (L <= n) & (L >= n - 50) & (n >= 30))
    assert claim.verdict is not Verdict.PROVED
    assert all("L is not negative: not so at L = " in said for said in details(claim))


def test_a_step_without_a_value_is_not_proved():
    claim = iterated(0, 1 / (k - 37), (k, L), (k >= 0) & (L >= 0))
    assert claim.verdict is not Verdict.PROVED
    assert "it is not shown that 1/(k - 37) has a value" in details(claim)[0]


@pytest.mark.parametrize(
    ("first", "step", "what"),
    [
        (0, 2**L, "is no polynomial in L"),
        (0, floor(L / 2), "is no polynomial in L"),
        (L, 1, "L depends on L"),
        (0, 0.5, "is a floating-point number"),
    ],
    ids=str,
)
def test_a_wrong_step_is_an_error_at_the_authors_line(first, step, what):
    with pytest.raises(PressError, match=what) as told:
        iterated(first, step, (L,), L >= 0)
    assert str(told.value.where).startswith("tests/proving/test_iteration.py:")
    assert told.value.mend


def test_a_letter_that_is_missing_is_asked_for():
    for letters, missing in (((k,), "L"), ((L,), "k"), ((k, L), "t")):
        what = rf"the letter {missing} of net\.width has no value"
        with pytest.raises(PressError, match=what) as told:
            iterated(0, k, letters, (L >= t) & (t >= 0) if missing == "t" else L >= 0)
        assert told.value.mend.startswith(f"add {missing} to letters=")


@pytest.mark.parametrize(
    ("quantity", "reaches", "letters", "assuming", "form"),
    [
        (L * (k - 1) + 1, n, (n, k), (n >= 1) & (k >= 2), "ceiling((n - 1)/(k - 1))"),
        (L / 3, n, (n,), n >= 40, "3*n"),
        (2 * L - 7, n, (n,), n >= -7, "ceiling(n/2 + 7/2)"),
        (2 * L - 7, n, (n,), n >= -8, "ceiling(n/2 + 7/2)"),
        (L, q_1, (q_1,), q_1 >= 0, "q_1"),
    ],
    ids=str,
)
def test_a_least_value_is_proved(quantity, reaches, letters, assuming, form):
    claim = least(quantity, reaches, letters, assuming)
    assert claim.verdict is Verdict.PROVED, details(claim)
    assert str(claim.closed_form.doit()) == form


@pytest.mark.parametrize(
    ("quantity", "reaches", "letters", "assuming"),
    [
        (L + q_1, 20, (q_1,), q_1 >= 0),  # at q_1 = 21 it is 0, and the form -1
        (L * (k - 1) + 1, n, (n, k), (n >= 1) & (k >= 1)),  # at k = 1 nothing grows
        (L * (30 - k), n, (n, k), (n >= 1) & (k >= 1)),  # at k = 30 nothing grows
        (10 - L, 5, (n,), n >= 1),  # it shrinks
        (2 * L - 7, n, (n,), n >= -30),  # at n = -9 it is 0, and the form -1
        (L, n, (n,), (n >= 3) & (n <= 2)),
        (L / (k - 40), n, (n, k), (n >= 1) & (k >= 30)),
    ],
    ids=str,
)
def test_a_wrong_least_value_is_not_proved(quantity, reaches, letters, assuming):
    assert least(quantity, reaches, letters, assuming).verdict is not Verdict.PROVED


def test_what_does_not_grow_is_named_with_a_value():
    claim = least(L * (30 - k), n, (n, k), (n >= 1) & (k >= 1))
    assert details(claim)[0].startswith("it is not shown that L*(30 - k) grows with L: not so at ")


@pytest.mark.parametrize(
    ("quantity", "reaches", "letters", "assuming", "what"),
    [
        (L**2, n, (n,), n >= 1, "is not affine in L"),
        (n, n, (n,), n >= 1, "is not affine in L"),
        (2**L, n, (n,), n >= 1, "is not affine in L"),
        (floor(L / 2), n, (n,), n >= 1, "is not affine in L"),
        (L, n, (n, L), n >= 1, "L is what is sought"),
        (L, n, (n,), (n >= 1) & (L >= 2), "L is what is sought"),
        (L, L, (n,), n >= 1, "L is what is sought"),
        (L * k, n, (n,), n >= 1, "the letter k of net.depth has no value"),
        (L, n, (n,), (n >= 1) & (t >= 1), "the letter t of net.depth has no value"),
    ],
    ids=str,
)
def test_a_wrong_quantity_is_an_error_at_the_authors_line(
    quantity, reaches, letters, assuming, what
):
    with pytest.raises(PressError, match=what) as told:
        least(quantity, reaches, letters, assuming)
    assert str(told.value.where).startswith("tests/proving/test_iteration.py:")
    assert told.value.mend


@pytest.mark.parametrize(
    ("quantity", "reaches", "letters", "assuming", "said"),
    [
        (L * n, 7, (n,), n >= 0, "n = 0: stated no value, counted none"),
        (L * (k - 9) + n, k, (n, k), (n >= 1) & (k >= 1), "n = 1, k = 2: stated 0, counted none"),
        (L / (n - 30), 1, (n,), n >= 1, "n = 1: stated -29, counted none"),
    ],
    ids=str,
)
def test_a_quantity_that_never_reaches_the_size_is_refuted(
    quantity, reaches, letters, assuming, said
):
    claim = least(quantity, reaches, letters, assuming)
    assert claim.verdict is Verdict.REFUTED
    assert said in [found.detail for found in claim.evidence]


def test_a_size_beyond_the_search_is_undecided():
    claim = least(L / 10**30, n, (n,), n >= 1)
    said = {found.method: found for found in claim.evidence}["search"]
    assert said.verdict is Verdict.UNDECIDED
    assert said.detail == f"nothing up to {1000 * 2**63} reaches it"
