"""Bounds: true ones of many shapes are proved, false ones refuted, and nothing else is said."""

import pytest
import sympy as sp

from proofpress import (
    Abs,
    Bound,
    Eq,
    Max,
    Min,
    Mod,
    Piecewise,
    PressError,
    binomial,
    ceiling,
    floor,
    integers,
)
from proofpress.ledger.claims import Verdict
from proofpress.proving import solver

n, t, a, b, c, w, k = integers("n t a b c w k")


def settled(smaller, greater, letters, assuming):
    return Bound("growth.bound", "Growth", smaller, greater, letters, assuming).settle()


TRUE = [
    (4 * a * b, (a + b) ** 2, (a, b), (a >= 0) & (b >= 0)),
    (4 * a * b, (a + b) ** 2, (a, b), (a >= -(10**6)) & (b >= -(10**6))),
    (30 * n, n**2 + 225, (n,), n >= 0),
    (n**2, 10 * n, (n,), (n >= 0) & (n <= 10)),
    (100 * n, n**2, (n,), n >= 100),
    (floor(n / 2), n, (n,), n >= 0),
    ((n + 1) / (2 * n), 1, (n,), n >= 1),
    (n, n**2, (n,), n >= -50),
    (0, n**2 + n, (n,), n <= 12),
    (w * floor(n / w), n, (n, w), (n >= 0) & (w >= 1)),
    (n, w * ceiling(n / w), (n, w), (n >= 0) & (w >= 1)),
    (Mod(n, w), w - 1, (n, w), (n >= 0) & (w >= 1)),
    (Mod(2 * Mod(n, 3), 3), 2, (n,), n >= 0),
    (n, Abs(n), (n,), n >= -5),
    (Abs(a + b), Abs(a) + Abs(b), (a, b), (a >= -9) & (b <= 9)),
    (Min(a, b) ** 2, a * b, (a, b), (a >= 0) & (b >= 0)),
    (a + b, 2 * Max(a, b), (a, b), (a >= 0) & (b >= 0)),
    (3 * a * b * c, a**3 + b**3 + c**3, (a, b, c), (a >= 0) & (b >= 0) & (c >= 0)),
    (a * b + b * c + a * c, a**2 + b**2 + c**2, (a, b, c), (a >= -3) & (b >= -3) & (c >= -3)),
    (n**2 * a**2, n**4 + a**4, (n, a), (n >= 0) & (a >= 0)),
    (t * (2 * n - t + 1) / 2, n * (n + 1) / 2, (n, t), (n >= t) & (t >= 0)),
    (n / w, n, (n, w), (n >= 0) & (w >= 1)),
    (1 / (n - 37), 1, (n,), n >= 38),
    (Piecewise((n, n <= t), (t, True)), n, (n, t), (n >= 1) & (t >= 0)),
    (binomial(n, 2), n**2 / 2, (n,), n >= 0),
]


@pytest.mark.parametrize("given", TRUE, ids=str)
def test_a_true_bound_is_proved(given):
    claim = settled(*given)
    assert claim.verdict is Verdict.PROVED, [found.detail for found in claim.evidence]
    assert all(line.formula for line in claim.derivation)


FALSE = [
    (n**2, 40 * n, (n,), n >= 0, "n = 41: 1681 > 1640"),
    (30 * n, n**2 + 224, (n,), n >= 0, "n = 15: 450 > 449"),
    (1 / (n - 37), 1, (n,), n >= 20, "n = 37: the left side has no value"),
    (0, Mod(n, n - 30), (n,), n >= 29, "n = 30: the right side has no value"),
    (n**2, 5 * n, (n,), n >= 1, "n = 6: 36 > 30"),
    (3, 2, (), True, "3 > 2"),
    (2 * floor(n / 2), n - 1, (n,), n >= 20, "n = 20: 20 > 19"),
    (n * (n - 61), 0, (n,), (n >= 1) & (n <= 62), "n = 62: 62 > 0"),
    (Piecewise((n, n <= 80)), n, (n,), n >= 1, "n = 81: the left side has no value"),
]


@pytest.mark.parametrize("given", FALSE, ids=str)
def test_a_false_bound_is_refuted_by_values_however_far(given):
    *bound, said = given
    claim = settled(*bound)
    assert claim.verdict is Verdict.REFUTED
    assert said in [found.detail for found in claim.evidence if found.verdict is Verdict.REFUTED]


@pytest.mark.parametrize(
    ("smaller", "greater", "assuming"),
    [
        (n, n**2, (n >= 3) & (n <= 2)),
        (n, n**2, Eq(2 * n, 7)),
        (n, n**2, Eq(Mod(n, 2), 0) & Eq(Mod(n, 4), 1)),
    ],
    ids=str,
)
def test_an_empty_domain_is_told_and_nothing_is_proved(smaller, greater, assuming):
    claim = settled(smaller, greater, (n,), assuming)
    assert claim.verdict is Verdict.UNDECIDED
    assert claim.evidence[-1].detail == "no values of the letters satisfy assuming="


def test_a_part_of_the_domain_that_cannot_be_read_hides_no_pole():
    # Read as far as it can be, the domain must not say of the pole that it lies outside.
    names, assuming = ("n",), (n >= 9) | (2**n >= 1)
    answers = solver.refuted(assuming, 1 / (n - 20) <= 1, names)
    assert [answer.word for answer in answers] == ["sat", "sat"]
    assert answers[0].model == (20,)
    assert settled(1 / (n - 20), 1, (n,), assuming & (n >= 0)).verdict is Verdict.REFUTED


def test_one_method_alone_does_not_prove():
    claim = settled(n, 2**n, (n,), (n >= 0) & (n <= 9))
    assert claim.evidence[0].method == "all values of the domain"
    assert [found.verdict for found in claim.evidence] == ["proved", "undecided", "checked"]
    assert claim.verdict is Verdict.UNDECIDED


def test_what_the_methods_cannot_read_is_undecided_and_named():
    claim = settled(n, 2**n, (n,), n >= 0)
    assert claim.verdict is Verdict.UNDECIDED
    assert [found.detail for found in claim.evidence[:2]] == [
        "the term 2**n has an exponent that is no whole number up to 40",
        "the term 2**n has no form for the solver",
    ]


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (sp.log(sp.Symbol("n", integer=True)), "is not an expression of integer letters"),
        (sp.oo, "is not an expression of integer letters"),
        (0.5 * sp.Symbol("n", integer=True), "is not an expression of integer letters"),
        (0.5, "is a floating-point number"),
        ("n", "is not an expression"),
        (n >= 1, "is a condition, not a number"),
        (k, "the letter k of growth.bound has no value"),
    ],
    ids=str,
)
def test_a_wrong_side_is_an_error_at_the_authors_line(wrong, what):
    with pytest.raises(PressError, match=what) as told:
        settled(n, wrong, (n,), n >= 1)
    assert str(told.value.where).startswith("tests/proving/test_bound.py:")
    assert told.value.mend


def printed(*given):
    first, second = settled(*given).derivation
    return first.formula, second.text, second.formula


def test_the_argument_is_printed():
    square = (a - b) ** 2
    assert printed(4 * a * b, (a + b) ** 2, (a, b), (a >= 0) & (b >= 0) & (a + b >= 1)) == (
        "(a - b)^{2}",
        "which is not negative on the domain:",
        r"(a - b)^{2} \ge 0",
    )
    assert printed(0, square + b**2, (a, b), a + b >= 0)[2] == (
        r"a^{2} - 2a b + 2b^{2} = (a - b)^{2} + b^{2}"
    )
    assert printed(0, n * (n - 1), (n,), n >= -9)[1:] == (
        "By completing squares it is a whole number above $-1$, so not negative:",
        r"n(n - 1) = (n - \tfrac{1}{2})^{2} - \dfrac{1}{4}",
    )
    assert printed(0, n * (n - 1) / 2, (n,), n >= -9)[1].startswith("By completing squares 2 times")
    assert printed(n**2, 10 * n, (n,), (n >= 0) & (n <= 10)) == (
        "-n(n - 10)",
        "On the domain no term of this sum is negative:",
        "-n(n - 10) = n(10 - n)",
    )
    assert printed(w * floor(n / w), n, (n, w), (n >= 0) & (w >= 1))[1] == (
        "Products of inequalities show, with letters for floors and remainders and what defines "
        "them, that this is not negative:"
    )
    assert printed(1, 2**n, (n,), (n >= 0) & (n <= 9))[1:] == (
        "Of all 10 values of the domain the least difference, at $n = 0$, is",
        "0",
    )
