"""The generated Coq file: its text always, Coq's own word where coqc is installed."""

import pytest
import sympy as sp

from benchmarks.masks import MASKS
from proofpress.faults.errors import PressError
from proofpress.ledger.claims import Verdict
from proofpress.proving.certificate import Obligation, obligations
from proofpress.proving.methods import coq as kernel


def mask(name):
    return next(mask for mask in MASKS if mask.name == name)


def test_every_obligation_becomes_lemmas_that_are_asked_for_axioms():
    counted = mask("sliding window")
    duties = obligations(counted, counted.cardinality())
    text, lemmas = kernel.source(duties)
    assert text.count("\nLemma ") == text.count("Print Assumptions") == lemmas >= len(duties)
    assert "Admitted" not in text
    assert "Axiom" not in text


def test_a_missing_coqc_is_said_clearly(monkeypatch):
    monkeypatch.setattr(kernel, "coqc", lambda: None)
    found = kernel.check_kernel(mask("causal"), mask("causal").cardinality())
    assert found.verdict is Verdict.UNDECIDED
    assert found.detail == "coqc is not installed: nothing was checked"


needs_coq = pytest.mark.skipif(kernel.coqc() is None, reason="coqc is not installed")


@needs_coq
@pytest.mark.slow
@pytest.mark.parametrize("name", ["causal", "sliding window", "dilated by two", "windowed"])
def test_coq_proves_the_certificate(name):
    found = kernel.check_kernel(mask(name), mask(name).cardinality())
    assert found.verdict is Verdict.PROVED, found.detail


@needs_coq
@pytest.mark.slow
def test_coq_does_not_prove_a_wrong_form():
    found = kernel.check_kernel(mask("causal"), mask("causal").cardinality() + 1)
    assert found.verdict is Verdict.UNDECIDED


def test_the_names_of_letters_never_meet_those_of_coq():
    forall, l1, z = sp.symbols("forall l1 Z", integer=True)
    duty = Obligation("names", (forall, l1, z), (forall >= l1,), forall + z, z + forall)
    text, _ = kernel.source([duty])
    assert "Lemma l1 : forall v_forall v_l1 v_Z : Z, (v_forall >= v_l1) -> " in text


def test_two_letters_of_one_name_are_refused():
    one, other = sp.Symbol("n", integer=True), sp.Symbol("n", integer=True, positive=True)
    with pytest.raises(PressError, match="have one name"):
        kernel.source([Obligation("same", (one, other), (), one, other)])
