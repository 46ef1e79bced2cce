"""What follows from what: nothing follows from a division by zero."""

import pytest

from proofpress import Eq, Least, Mod, floor, integers
from proofpress.claims import Verdict
from proofpress.proving import products, smt
from proofpress.proving.entailment import Entailment, plain_steps

n, w, k, L = integers("n w k L")
METHODS = [products.checked, smt.entailed]


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
    open_ = smt.entailed(plain_steps([Entailment("whole", hypotheses, w >= 1)]))
    assert open_.verdict is Verdict.UNDECIDED


def test_a_quotient_that_vanishes_is_not_proved():
    claim = Least("net.layers", "Layers", L, L * (k - 1) + 1, n, (n, k), (n >= 1) & (k >= 1))
    assert claim.settle().verdict in (Verdict.REFUTED, Verdict.UNDECIDED)
