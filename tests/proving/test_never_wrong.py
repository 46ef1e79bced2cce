"""Forms and situations that tempt a prover: none of them gets the verdict proved."""

import pytest
import sympy as sp

from proofpress import Bound, Count, IntegerSet, PressError, integers
from proofpress.counting.deadline import check_deadline
from proofpress.ledger.claims import Evidence, Verdict, conclusion
from proofpress.proving import smt
from proofpress.proving.certificate import Obligation
from proofpress.proving.method import Finding, attempt
from proofpress.proving.methods import certificate_by_z3
from proofpress.proving.tries import compared

n, t, i, j = integers("n t i j")
past = (i >= 1) & (i <= n) & (j >= 1) & (j <= i)


def verdict(predicate, assuming, stated, parameters=(n,)):
    counted = IntegerSet("mask", (i, j), predicate, assuming=assuming, parameters=parameters)
    return Count("masks.mask", "Mask", counted, stated=stated).settle().verdict


def test_wrong_only_at_n_0():
    assert (
        verdict(past, n >= 0, sp.Piecewise((1, sp.Eq(n, 0)), (n * (n + 1) / 2, True))) == "refuted"
    )


def test_wrong_only_at_n_1():
    assert (
        verdict(past, n >= 1, sp.Piecewise((2, sp.Eq(n, 1)), (n * (n + 1) / 2, True))) == "refuted"
    )


def test_wrong_only_where_t_is_n_minus_1():
    right = sp.Piecewise((n * (n + 1) / 2, n <= t), ((t + 1) * (2 * n - t) / 2, True))
    wrong = sp.Piecewise((0, sp.Eq(t, n - 1)), (right, True))
    window = past & (i - j <= t)
    assert verdict(window, (n >= 1) & (t >= 0), wrong, (n, t)) == "refuted"


def test_wrong_only_far_out():
    spike = sp.Piecewise((1, sp.Eq(n, 1000)), (0, True))
    assert verdict(past, n >= 0, n * (n + 1) / 2 + spike) != "proved"


def test_right_up_to_twenty_is_not_right():
    far = sp.prod([n - k for k in range(21)])
    assert verdict(past, n >= 0, n * (n + 1) / 2 + far) == "refuted"


def test_an_alternating_sum_that_is_wrong_at_n_0():
    # sum of (-1)**k binomial(n, k) over k is 0 for n >= 1 and 1 for n = 0; SymPy says 0 always.
    k = sp.Symbol("k", integer=True)
    alternating = sp.Sum((-1) ** k * sp.binomial(n, k), (k, 0, n))
    assert alternating.doit() == 0
    assert verdict(past, n >= 0, n * (n + 1) / 2 + alternating) == "refuted"
    assert verdict(past, n >= 1, n * (n + 1) / 2 + alternating) == "undecided"
    assert (
        verdict(past, n >= 0, n * (n + 1) / 2 + sp.Piecewise((1, sp.Eq(n, 0)), (0, True)))
        == "refuted"
    )


def test_alternating_signs_are_read_exactly():
    assert verdict(past, n >= 0, n * (n + 1) / 2 + (1 - (-1) ** n)) == "refuted"
    # n**2 + n is always even.
    assert verdict(past, n >= 0, n * (n + 1) / 2 + (1 - (-1) ** (n**2 + n))) == "proved"
    assert verdict(past, n >= 0, n * (n + 1) / 2 + (1 - (-1) ** (n**2 + 1))) == "refuted"


def test_an_empty_domain_is_an_error_that_says_so():
    counted = IntegerSet("mask", (i, j), past, assuming=(n >= 3) & (n <= 2), parameters=(n,))
    with pytest.raises(PressError, match="no parameters satisfy the assumption"):
        counted.cardinality()


def test_no_small_case_is_not_a_pass():
    found = compared((n,), (n >= 3) & (n <= 2), n, lambda case: 0)
    assert found.verdict is Verdict.UNDECIDED
    assert found.detail == "no values of the letters satisfy assuming="


def test_a_time_limit_hit_is_undecided():
    def endless():
        while True:
            check_deadline()

    found = attempt("endless", endless, seconds=0.05)
    assert found.verdict is Verdict.UNDECIDED
    assert found.detail == "no answer within 0.05 s"


def test_an_exception_is_undecided():
    def broken():
        raise MemoryError("no room")

    assert attempt("broken", broken).verdict is Verdict.UNDECIDED


def test_an_unknown_of_the_solver_is_undecided(monkeypatch):
    monkeypatch.setattr(smt, "EFFORT", 1)
    a, b, c = sp.symbols("a b c", integer=True)
    fermat = Obligation("cubes", (a, b, c), (a >= 1, b >= 1), a**3 + b**3 + c**3, sp.Integer(42))
    assert certificate_by_z3.find((fermat,)).verdict is Verdict.UNDECIDED


def test_a_false_obligation_is_not_proved():
    x = sp.Symbol("n", integer=True)
    wrong = Obligation("wrong", (x,), (x >= 0,), x * (x + 1) / 2, x**2)
    assert certificate_by_z3.find((wrong,)).verdict is Verdict.UNDECIDED


def test_a_false_bound_is_refuted():
    claim = Bound("growth.wrong", "Wrong", n**2, 5 * n, (n,), n >= 1).settle()
    assert claim.verdict is Verdict.REFUTED


@pytest.mark.parametrize("silent", [Verdict.UNDECIDED, Verdict.REFUTED])
def test_one_doubt_is_not_outvoted(silent):
    sure = [Evidence(method, Verdict.PROVED, "all") for method in ("one", "two", "three")]
    assert conclusion([*sure, Evidence("four", silent, "all")]) is silent


def test_cases_alone_never_prove():
    looked = [Evidence(method, Verdict.CHECKED, "n <= 9") for method in ("one", "two")]
    assert conclusion(looked) is Verdict.CHECKED
    assert conclusion([]) is Verdict.UNDECIDED
    assert attempt("none", lambda: Finding(Verdict.ASSUMED)).verdict is Verdict.ASSUMED
