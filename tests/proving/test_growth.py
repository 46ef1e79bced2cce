"""Proofs of leading terms and limits: the right ones are proved, wrong ones never."""

import pytest
import sympy as sp

from proofpress import Mod, floor, leading, limit
from proofpress.ledger.claims import Verdict
from proofpress.proving.methods.growth import leading_evidence, limit_evidence

n, t = sp.symbols("n t", integer=True)
causal = n * (n + 1) / 2
sliding = sp.Piecewise((causal, n <= t + 1), ((t + 1) * (2 * n - t) / 2, n >= t + 2))
FORMS = [
    (causal, True),
    (sliding, t >= 0),
    (sliding, True),
    (floor((n + 1) / 2), True),
    (n**2 / 4 + Mod(n, 2) * n, True),
    (t * n**2 + n, t >= 1),
    ((n**3 + t) / (2 * n + 1), True),
]
WRONG = [2, sp.Rational(1, 2), -1, n, 1 / n]


@pytest.mark.parametrize(("form", "assuming"), FORMS, ids=str)
def test_the_leading_term_is_proved_and_others_are_refuted(form, assuming):
    term = leading(form, n, assuming=assuming)
    assert leading_evidence(form, term, n, assuming).verdict is Verdict.PROVED
    for factor in WRONG:
        assert leading_evidence(form, term * factor, n, assuming).verdict is Verdict.REFUTED


def test_another_term_of_the_same_growth_is_proved_where_it_is_one():
    assert leading_evidence(causal, n**2 / 2 + 5, n).verdict is Verdict.PROVED
    assert leading_evidence(sliding, n * (t + 1) + 5, n, t >= 0).verdict is Verdict.PROVED
    # At t = -1 the count is zero, and the term 5.
    assert leading_evidence(sliding, n * (t + 1) + 5, n).verdict is Verdict.UNDECIDED


def test_a_term_that_may_vanish_is_undecided():
    assert leading_evidence(t * n**2 + n, t * n**2, n).verdict is Verdict.UNDECIDED
    assert leading_evidence(t * n**2 + n, t * n**2, n, t >= 0).verdict is Verdict.UNDECIDED
    assert leading_evidence(n, sp.Integer(0), n).verdict is Verdict.UNDECIDED
    assert leading_evidence(sp.Integer(0), sp.Integer(0), n).verdict is Verdict.PROVED


def test_a_term_with_a_residue_is_never_proved_by_its_bounds():
    assert leading_evidence(n * Mod(n, 2), n, n).verdict is Verdict.UNDECIDED
    assert leading_evidence(n, n * Mod(n, 2), n).verdict is Verdict.UNDECIDED


@pytest.mark.parametrize(
    ("form", "assuming"),
    [
        (causal / n**2, True),
        (sliding / n, t >= 0),
        (sliding / n**2, True),
        (floor(n / 3) / n, True),
        (n / (t * n + 1), t >= 1),
        (n * (t + 1), t >= 0),
        (-n * (t + 1), t >= 0),
    ],
    ids=str,
)
def test_the_limit_is_proved_and_others_are_refuted(form, assuming):
    value = limit(form, n, assuming=assuming)
    assert limit_evidence(form, value, n, assuming).verdict is Verdict.PROVED
    wrong = [sp.Rational(1, 3) + sp.Rational(1, 7), sp.oo, -sp.oo, n]
    for other in wrong:
        if other != value:
            assert limit_evidence(form, other, n, assuming).verdict is not Verdict.PROVED


def test_the_words_of_the_attack():
    assert leading_evidence(causal, n**3, n).verdict is Verdict.REFUTED
    third = limit_evidence(causal / n**2, sp.Rational(1, 3), n)
    assert third.verdict is Verdict.REFUTED and "degree 1 over degree 1" in third.detail
    assert limit_evidence(Mod(n, 2), sp.Integer(0), n).verdict is Verdict.UNDECIDED
    assert limit_evidence(n, sp.Integer(3), n).verdict is Verdict.REFUTED


@pytest.mark.parametrize("form", [n * t, n * Mod(n, 2), n * (Mod(n, 2) - 1)])
def test_a_limit_whose_sign_is_not_known_is_undecided(form):
    for infinite in (sp.oo, -sp.oo):
        assert limit_evidence(form, infinite, n).verdict is Verdict.UNDECIDED
