"""Certificates of sets whose box is not simply bounded by the parameters."""

import pytest

from proofpress import Count, IntegerSet, integers

n, t, i, j = integers("n t i j")


@pytest.mark.parametrize(
    "predicate",
    [
        (i >= t) & (i <= n) & (j >= 0) & (j <= 5),
        (i >= t) & (i <= n) & (j >= i) & (j <= n),
        (i >= 2 * t) & (i <= n) & (j >= n) & (j <= t),
    ],
)
def test_an_interval_that_may_turn_inside_out_is_proved(predicate):
    # Nothing bounds t by n: for t = n + 7 the ends of the interval of i lie far the wrong way.
    assuming = (n >= 0) & (t >= 0)
    counted = IntegerSet("mask", (i, j), predicate, assuming=assuming, parameters=(n, t))
    assert Count("masks.mask", "Mask", counted).settle().verdict == "proved"
