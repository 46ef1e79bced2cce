"""SymPy's form of what is written is looked at where it may differ."""

import pytest
import sympy as sp

from proofpress.terms.reading import difference
from proofpress.terms.tree import Letter

n, t = sp.symbols("n t", integer=True)
written = Letter("n") - Letter("t")


@pytest.mark.parametrize("when", [n < 0, t < -1, n > 3, sp.Eq(n, t), n < t - 50, n > t + 50])
def test_a_form_that_differs_somewhere_is_noticed(when):
    assert difference(written, sp.Piecewise((n - t + 1, when), (n - t, True))) is not None


def test_the_same_form_has_no_difference():
    assert difference(written, n - t) is None
