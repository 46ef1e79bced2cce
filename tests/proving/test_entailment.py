"""What follows from what: nothing follows from a division by zero."""

import pytest
import sympy as sp

from proofpress import Eq, Least, Mod, PressError, Rational, floor, integers
from proofpress.ledger.claims import Verdict
from proofpress.proving import smt
from proofpress.proving.entailment import Entailment, plain_steps
from proofpress.proving.methods import entailments_by_z3, products

n, w, k, L, m, q_1 = integers("n w k L m q_1")
METHODS = [products.find, entailments_by_z3.find]


@pytest.mark.parametrize("method", METHODS)
def test_a_divisor_must_be_positive(method):
    # For w = 0 there is no floor, and for w < 0 the inequality is the other way round.
    rounded = w * floor(n / w) <= n
    assert method(plain_steps([Entailment("floor", w >= 1, rounded)])).verdict is Verdict.PROVED
    for known in (w >= 0, w >= -3, w <= 5):
        open_ = method(plain_steps([Entailment("floor", known, rounded)]))
        assert open_.verdict is Verdict.UNDECIDED


def test_a_hypothesis_that_divides_does_not_make_its_own_divisor_positive():
    hypotheses = (w >= 0) & Eq(Mod(n, w), 0)
    open_ = entailments_by_z3.find(plain_steps([Entailment("whole", hypotheses, w >= 1)]))
    assert open_.verdict is Verdict.UNDECIDED


def test_a_quotient_that_vanishes_is_not_proved():
    claim = Least("net.layers", "Layers", L, L * (k - 1) + 1, n, (n, k), (n >= 1) & (k >= 1))
    assert claim.settle().verdict in (Verdict.REFUTED, Verdict.UNDECIDED)


@pytest.mark.parametrize("method", METHODS)
def test_a_letter_of_the_author_never_meets_one_of_the_press(method):
    # floor(m/2) gets a letter; if it were called q_1 as well, q_1 = floor(m/2) would follow.
    for name in ("q_1", "q1", "q_2"):
        own = integers(name)
        step = Entailment("meets", (m >= 0) & (own >= 0), Eq(floor(m / 2), own))
        assert method(plain_steps([step])).verdict is Verdict.UNDECIDED
        assert len({letter.name for letter in step.plain().letters}) == 3


def test_two_symbols_of_one_name_are_two_constants():
    one, other = sp.Symbol("m", integer=True), sp.Symbol("m", integer=True, positive=True)
    step = Entailment("same name", sp.Ge(other, 1), sp.Ge(one, 1))
    assert products.find([step]).verdict is Verdict.UNDECIDED
    assert entailments_by_z3.find([step]).verdict is Verdict.UNDECIDED


def test_only_integers_are_tightened():
    # n = 11 is a counterexample: 11/2 > 5 is no reason for 11/2 >= 6.
    for method in METHODS:
        halves = Entailment("halves", n <= 11, n / 2 <= 5)
        assert method(plain_steps([halves])).verdict is Verdict.UNDECIDED
        whole = Entailment("whole", n <= 10, n / 2 < Rational(11, 2))
        assert method(plain_steps([whole])).verdict is Verdict.PROVED


def test_a_remainder_by_a_negative_number_is_not_handed_to_the_solver():
    below = sp.Mod(sp.Symbol("n", integer=True), -3, evaluate=False)
    with pytest.raises(PressError, match="divides by what is no positive number"):
        smt.Translation(smt.default_solver(), ()).fraction(below)
