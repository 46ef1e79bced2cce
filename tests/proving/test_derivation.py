"""A wrong step of a printed derivation is caught, whoever made it."""

from dataclasses import replace

import pytest
import sympy as sp

from benchmarks.masks import MASKS
from derivations import attention
from proofpress import Count, Eq, IntegerSet, MatrixTerm, Mod, Recurrence, Tensor, Total, integers
from proofpress.counting import steps as engine
from proofpress.counting.steps import Derivation
from proofpress.ledger.claims import Verdict
from proofpress.proving.method import attempt
from proofpress.proving.methods import sizes
from proofpress.proving.methods.derivation import find
from proofpress.proving.statements import total

n, t, h, i, j = integers("n t h i j")
SLIDING = attention.sliding


def found(derivation):
    return attempt("derivation", lambda: find(derivation))


def shifted(cases):
    """Return cases with a one added to the last."""
    *others, last = cases.regions
    return replace(cases, regions=(*others, replace(last, polynomial=last.polynomial + 1)))


@pytest.mark.parametrize("mask", MASKS, ids=lambda mask: mask.name)
def test_every_mask_has_a_derivation_that_holds(mask):
    assert found(Derivation(mask)).verdict in (Verdict.PROVED, Verdict.CHECKED)


def test_the_steps_of_the_report_are_proved():
    for counted in (attention.causal, SLIDING, attention.windowed_blocks, attention.prefix_blocks):
        assert found(Derivation(counted)).verdict is Verdict.PROVED


def test_a_wrong_row_count_is_caught():
    derivation = Derivation(SLIDING)
    derivation._counts[1] = shifted(derivation.counts(1))
    assert found(derivation).detail == "the step 'row count' is open"


def test_a_wrong_row_count_without_an_interval_is_caught():
    even = (i >= 1) & (i <= n) & (j >= 1) & (j <= i) & Eq(Mod(i - j, 2), 0)
    derivation = Derivation(IntegerSet("even", (i, j), even, assuming=n >= 0))
    assert found(derivation).verdict is Verdict.CHECKED
    derivation._counts[1] = shifted(derivation.counts(1))
    assert found(derivation).verdict is Verdict.UNDECIDED


def test_a_wrong_row_interval_is_caught(monkeypatch):
    right = engine.interval

    def wrong(*arguments):
        (lows, least), highs = right(*arguments)
        return ([*lows, sp.Integer(2)], least), highs

    monkeypatch.setattr(engine, "interval", wrong)
    assert found(Derivation(SLIDING)).detail == "the step 'row interval' is open"


@pytest.mark.parametrize(
    ("change", "step"),
    [
        (lambda r: replace(r, low=r.low + 1), "sum over the rows"),
        (lambda r: replace(r, high=r.high + 1), "sum over the rows"),
        (lambda r: replace(r, term=r.term + 1), "sum over the rows"),
    ],
)
def test_a_wrong_sum_is_caught(monkeypatch, change, step):
    right = engine.summed

    def wrong(*arguments):
        first, *others = right(*arguments)
        return [change(first), *others]

    monkeypatch.setattr(engine, "summed", wrong)
    assert found(Derivation(SLIDING)).detail == f"the step '{step}' is open"


def test_a_wrong_power_sum_is_caught(monkeypatch):
    def wrong(power):
        return (0, 1) if power == 0 else (0, 0, sp.Rational(1, 2))

    monkeypatch.setattr("proofpress.counting.ranges.power_sum", wrong)
    monkeypatch.setattr(
        "proofpress.counting.steps.summed",
        lambda letter, *_: [engine.Range(letter, sp.Integer(1), n, letter)],
    )
    assert found(Derivation(attention.causal)).detail == "the step 'step of a sum' is open"


def test_a_wrong_value_of_the_sums_is_caught():
    derivation = Derivation(attention.causal)
    [one] = derivation.sums[1]
    derivation.sums[1] = [replace(one, value=one.value + 1)]
    assert found(derivation).detail == "the step 'value of the sums' is open"


def test_a_wrong_step_leaves_the_claim_undecided(monkeypatch):
    monkeypatch.setattr(engine, "summed", lambda *_: [engine.Range(i, sp.Integer(1), n, i - 1)])
    # Its own domain: the derivation of a set that was proved before is not made again.
    rows = IntegerSet("rows", (i, j), (1 <= i) & (i <= n) & (1 <= j) & (j <= i), assuming=n >= 7)
    claim = Count("masks.causal", "Causal", rows).settle()
    assert claim.verdict is Verdict.UNDECIDED


def test_a_wrong_factorisation_is_caught(monkeypatch):
    right = total.product_form
    for module in (total, sizes):
        monkeypatch.setattr(module, "product_form", lambda e, *letters: right(e + 1, *letters))
    claim = Total("head.size", "Size", (Tensor("weight", (h, h - 1)),), (h,), h >= 1).settle()
    assert claim.evidence[0].detail == "the size of weight is open"


def test_a_total_in_several_regions_holds():
    grid = IntegerSet("grid", (i, j), (i >= 1) & (i <= n) & (j >= 1) & (j <= n), assuming=n >= 1)
    far = MatrixTerm(Tensor("W", (h, h)), offset=(0, -3))
    here = MatrixTerm(Tensor("U", (h, h)))
    reach = Recurrence("reach", grid, (here, far))
    parts = reach.multiplies(padded=False)
    claim = Total(
        "reach.multiplies",
        "Far",
        parts,
        (n, h),
        (n >= 1) & (h >= 1),
        ran=(reach, "multiplies", False),
    ).settle()
    assert claim.verdict is Verdict.PROVED
