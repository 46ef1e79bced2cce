"""An author's own closed form: accepted in any right shape, refuted with a counterexample."""

from pathlib import Path

import sympy as sp

from proofpress import Bound, Count, IntegerSet, Sum, binomial, integers
from proofpress.deriving.ledger import faults
from proofpress.ledger.claims import Verdict

n, t, i, j = integers("n t i j")

past = (i >= 1) & (i <= n) & (j >= 1) & (j <= i)
causal = IntegerSet("causal", (i, j), past, assuming=n >= 1)
sliding = IntegerSet(
    "sliding", (i, j), past & (i - j <= t), assuming=(n >= 1) & (t >= 0), parameters=(n, t)
)


def settled(counted, stated):
    return Count("masks.mask", "Mask", counted, stated=stated).settle()


def test_other_shapes_of_the_right_form_are_accepted():
    for stated in (
        n**2 / 2 + n / 2,
        sp.binomial(n + 1, 2),
        sp.Piecewise((1, sp.Eq(n, 1)), (n * (n + 1) / 2, True)),
        sp.Max(n, 1) * (n + 1) / 2,
    ):
        assert settled(causal, stated).verdict is Verdict.PROVED, stated


def test_other_but_equivalent_borders_are_accepted():
    short, long = n * (n + 1) / 2, (t + 1) * n - t * (t + 1) / 2
    for border in (n <= t, n <= t + 1, n < t + 1):
        stated = sp.Piecewise((short, border), (long, True))
        assert settled(sliding, stated).verdict is Verdict.PROVED, border


def test_a_wrong_form_is_refuted_with_the_smallest_counterexample():
    claim = settled(sliding, (t + 1) * (2 * n - t) / 2)
    assert claim.verdict is Verdict.REFUTED
    (fault,) = faults([claim])
    assert fault.what == (
        "the stated closed form of masks.mask is not the count of its definition\n"
        "  n = 1, t = 2: stated 0, counted 1"
    )
    lines = Path(__file__).read_text().splitlines()
    line = next(k for k, text in enumerate(lines, 1) if text.strip().startswith("return Count("))
    assert fault.where == f"tests/proving/test_stated.py:{line}"
    assert fault.mend


def test_a_false_inequality_is_called_false_and_no_closed_form():
    claim = Bound("growth.squares", "Squares", n**2, 2 * n, (n,), n >= 1).settle()
    (fault,) = faults([claim])
    assert fault.what == "growth.squares is refuted\n  bound by z3: n = 3: 9 > 6"
    assert "stated" not in fault.mend


def test_a_form_without_a_value_somewhere_is_refuted():
    claim = settled(sliding, sp.Piecewise((n * (n + 1) / 2, n <= t)))
    assert claim.verdict is Verdict.REFUTED
    assert "stated no value, counted" in claim.evidence[-1].detail


def test_a_form_that_cannot_be_read_is_undecided():
    k = integers("k")
    # The sum of all binomials is 2**n, which the press does not know.
    claim = settled(causal, n * (n + 1) / 2 + Sum(binomial(n, k), (k, 0, n)) - 2**n)
    assert claim.verdict is Verdict.UNDECIDED
    (fault,) = faults([claim])
    assert "undecided" in fault.what
