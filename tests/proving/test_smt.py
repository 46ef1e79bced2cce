"""The certificates' obligations by z3 and, in tests only, by cvc5."""

import pytest
import sympy as sp

from benchmarks.masks import MASKS
from proofpress.ledger.claims import Verdict
from proofpress.proving.certificate import Obligation, obligations
from proofpress.proving.methods import (
    certificate,
    certificate_by_z3,
    entailments_by_z3,
    products,
)

NAMES = (
    "causal",
    "sliding window",
    "two-sided band",
    "prefix LM",
    "attention sinks",
    "dilated by two",
    "windowed",
    "raster order",
)


def duties(name, change=0):
    mask = next(mask for mask in MASKS if mask.name == name)
    return obligations(mask, mask.cardinality() + change)


@pytest.mark.parametrize("name", NAMES)
def test_both_algebra_and_z3_prove_the_certificate(name):
    assert certificate.find(duties(name)).verdict is Verdict.PROVED
    assert certificate_by_z3.find(duties(name)).verdict is Verdict.PROVED


@pytest.mark.parametrize("name", ["causal", "sliding window", "windowed"])
def test_cvc5_proves_it_too(name):
    cvc5 = pytest.importorskip("cvc5.pythonic")
    assert certificate_by_z3.find(duties(name), cvc5).verdict is Verdict.PROVED


@pytest.mark.parametrize("name", NAMES[:3])
def test_a_wrong_closed_form_leaves_an_obligation_open(name):
    for method in (certificate.find, certificate_by_z3.find):
        found = method(duties(name, change=1))
        assert found.verdict is Verdict.UNDECIDED
        assert "total" in found.detail


def test_a_wrong_partial_count_is_noticed():
    start, *others = (d for d in duties("causal") if d.name.startswith("step"))
    wrong = Obligation(start.name, start.letters, start.assuming, start.left + 1, start.right)
    assert others
    assert certificate.find((wrong,)).verdict is Verdict.UNDECIDED
    assert certificate_by_z3.find((wrong,)).verdict is Verdict.UNDECIDED


def test_products_do_not_prove_what_is_false():
    from proofpress.proving.entailment import Entailment

    k, w = sp.symbols("k w", integer=True)
    false = Entailment("false", (k >= 0) & (w >= 1), k * w >= 1)
    assert products.find((false,)).verdict is Verdict.UNDECIDED
    assert entailments_by_z3.find((false,)).verdict is Verdict.UNDECIDED
