"""Domains: the small cases lie where the domain lies, and an empty one is told."""

import pytest

from proofpress import Bound, Eq, Mod, integers
from proofpress.ledger.claims import Verdict
from proofpress.proving import tries
from proofpress.proving.domains import Cases, domain_is_empty, limits
from proofpress.proving.tries import compared

n, t, m, w = integers("n t m w")


@pytest.mark.parametrize(
    ("letters", "assuming", "scope", "first", "count"),
    [
        ((n,), n >= 1, "n <= 12", (1,), 12),
        ((n,), n >= 10, "n <= 12", (10,), 3),
        ((n,), n >= 20, "20 <= n <= 32", (20,), 13),
        ((n,), n >= 100, "100 <= n <= 112", (100,), 13),
        ((n,), n <= -2, "-14 <= n <= -2", (-2,), 13),
        ((n,), (n >= 40) & (n <= 60), "40 <= n <= 52", (40,), 13),
        ((n,), ~(n < 39), "39 <= n <= 51", (39,), 13),
        ((n, t), (n >= 30) & (t >= 0), "30 <= n <= 36, -1 <= t <= 6", (30, 0), 49),
        ((n, t), (t >= 0) & (n >= t + 40), "37 <= n <= 43, -3 <= t <= 3", (40, 0), 10),
        ((n,), Eq(n * n, 1764) & (n >= 0), "36 <= n <= 48", (42,), 1),
    ],
    ids=str,
)
def test_cases_lie_where_the_domain_lies(letters, assuming, scope, first, count):
    cases = Cases(letters, assuming)
    found = list(cases)
    assert (cases.scope, found[0], len(found)) == (scope, first, count)


@pytest.mark.parametrize(
    ("assuming", "empty"),
    [
        ((m >= 3) & (m <= 2), True),
        (Eq(2 * m, 7), True),
        (Eq(Mod(m, 2), 0) & Eq(Mod(m, 4), 1), True),
        (Eq(m * m, 5), True),
        ((w >= 1) & Eq(Mod(m, w), w), True),
        (m >= 10**6, False),
        (Eq(m * m, 10**6), False),
        ((m >= 0) & (w >= m + 10**3), False),
    ],
    ids=str,
)
def test_an_empty_domain_is_known(assuming, empty):
    assert domain_is_empty((m, w), assuming) is empty


def test_what_nobody_can_decide_is_not_called_empty():
    a, b, c = integers("a b c")
    # Whether 114 is a sum of three cubes is not known.
    assert domain_is_empty((a, b, c), Eq(a**3 + b**3 + c**3, 114)) is None


def test_a_constant_bound_never_leaves_out_a_value():
    either = ((n >= 3) & (n <= 5)) | ((2 * n >= 19) & (n < 30))
    assert limits(either) == {"n": (3, 29)}
    assert limits((n >= 3) | (t >= 3)) == {}
    assert limits(Eq(3 * n, 10)) == {"n": (4, 3)}


def test_no_case_and_an_empty_domain_are_undecided():
    found = compared((m,), (m >= 3) & (m <= 2), m, lambda case: 0)
    assert (found.verdict, found.detail) == (
        Verdict.UNDECIDED,
        "no values of the letters satisfy assuming=",
    )


@pytest.mark.parametrize("assuming", [n >= 20, n >= 100, (n >= 40) & (n <= 60)], ids=str)
def test_a_claim_about_far_values_is_proved(assuming):
    assert Bound("far.bound", "Far", n, n**2, (n,), assuming).settle().verdict == "proved"


def test_what_may_have_values_is_not_called_empty(monkeypatch):
    monkeypatch.setattr(tries, "domain_is_empty", lambda *_: False)
    assert tries.no_case((n,), n >= 1).detail == "no case to look at"
    monkeypatch.setattr(tries, "domain_is_empty", lambda *_: True)
    assert tries.no_case((n,), n >= 1).detail == "no values of the letters satisfy assuming="
