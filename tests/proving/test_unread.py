"""Terms that no method reads: each kind of claim tells the term, or refutes it, at its line."""

import re

import pytest
import sympy as sp

from proofpress import (
    Bound,
    Count,
    Eq,
    IntegerSet,
    Iteration,
    Least,
    Mod,
    PressError,
    Share,
    Sum,
    Tensor,
    Total,
    factorial,
    integers,
)
from proofpress.deriving.ledger import faults

n, k, L, i, j = integers("n k L i j")
triangle = IntegerSet("triangle", (i, j), (1 <= i) & (i <= n) & (1 <= j) & (j <= i), n >= 1)
log = sp.log(sp.Symbol("k", integer=True))

UNREAD = {
    "exponential": 2**k,
    "factorial": factorial(k),
    "harmonic": Sum(1 / j, (j, 1, k)),
    "power": k**k,
}
KINDS = {
    "bound": lambda term: Bound("a.b", "A", k, term + k, (k,), k >= 1),
    "iteration": lambda term: Iteration("a.b", "A", L, term, L, (L, k), (L >= 0) & (k >= 1)),
    "step": lambda term: Iteration("a.b", "A", L, 0, term * L, (L, k), (L >= 0) & (k >= 1)),
    "least": lambda term: Least("a.b", "A", L, L * n + 1, term, (n, k), (n >= 1) & (k >= 1)),
    "total": lambda term: Total(
        "a.b", "A", (Tensor("W", (term, n)),), (n, k), (n >= 1) & (k >= 1) & (k <= 3)
    ),
    "share": lambda term: Count(
        "a.b", "A", triangle, letters=(n, k), assuming=(n >= 1) & (k >= 1),
        related={"share": Share(term)},
    ),
}  # fmt: skip
# What a set cannot hold is an error before anything is tried.
SETS = {
    "product": i * j <= n,
    "square": i * i <= n,
    "step": (i <= n) & Eq(Mod(i, k), 0),
    "exponential": i <= 2**n,
    "factorial": i <= factorial(n),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("term", UNREAD)
def test_the_term_is_told_at_the_author_s_line(kind, term):
    try:
        claim = KINDS[kind](UNREAD[term]).settle()
    except PressError as error:
        assert error.where and str(UNREAD[term]) in error.what
        return
    told = [e for e in (*claim.evidence, *claim.shown.get("share", ())) if e.verdict == "undecided"]
    assert told
    assert all(not re.match(r"\w+(Error|Affine|Exception): ", found.detail) for found in told)
    fault, *others = faults([claim])
    place = claim.places["share"] if kind == "share" else str(claim.source)
    assert fault.where == place and not others
    # A side that is no whole number is found by counting.
    names = (str(UNREAD[term]), str(sp.sympify(UNREAD[term])), "k = 2")
    assert any(name in fault.what for name in names)


@pytest.mark.parametrize("predicate", SETS)
def test_a_set_that_is_not_affine_is_refused(predicate):
    with pytest.raises(PressError, match="is not affine in the letters") as error:
        known = (n >= 1) & (k >= 1) if predicate == "step" else n >= 1
        s = IntegerSet("s", (i, j), (1 <= i) & (1 <= j) & (j <= n) & SETS[predicate], known)
        Count("a.b", "A", s).settle()
    assert "test_unread.py" in error.value.where


@pytest.mark.parametrize("kind", ["bound", "iteration"])
def test_a_logarithm_is_refused_where_it_is_written(kind):
    with pytest.raises(PressError, match=r"log\(k\) is not an expression") as error:
        KINDS[kind](log)
    assert "test_unread.py" in error.value.where


def test_a_false_bound_of_such_a_term_is_refuted():
    claim = Bound("a.b", "A", 2**k, k**2 + 5, (k,), k >= 0).settle()
    assert claim.verdict == "refuted"
    (fault,) = faults([claim])
    assert fault.what == "a.b is refuted\n  enumeration: k = 5: 32 > 30"
    assert fault.where == str(claim.source)
