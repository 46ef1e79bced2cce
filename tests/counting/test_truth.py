"""A condition of several comparisons that is asked whether it is true says no word."""

import pytest
import sympy as sp

from proofpress.counting.truth import refused

n = sp.Symbol("n", integer=True)
both = sp.And(n >= 1, n <= 5)


def test_it_refuses_in_the_line_that_asks():
    with refused(), pytest.raises(TypeError, match="cannot determine truth value of"):
        assert both
    assert both


@pytest.mark.parametrize("asking", ["sympy.logic.boolalg", "proofpress.counting.sets"])
def test_sympy_and_the_press_may_ask_whether_there_is_one(asking):
    with refused():
        assert eval("bool(both)", {"__name__": asking, "both": both}) is True
