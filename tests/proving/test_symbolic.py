"""Sums and products of cases as a single one: right at every point of the domain."""

from itertools import product

import pytest
import sympy as sp

from proofpress.counting.plain import function
from proofpress.proving.symbolic import in_regions, is_zero

n, t = sp.symbols("n t", integer=True)
bent = sp.Piecewise((n, n <= t), (t, True))

DOMAINS = [
    n >= 1,
    sp.Or(n <= -5, n >= 5),
    sp.Or(n <= -2, sp.And(n >= 1, t >= 3)),
    sp.Or(sp.Eq(n, -4), sp.Eq(t, 2), n >= 6),
]
EXPRESSIONS = [sp.Abs(n), sp.Max(n, t) + sp.Max(n, 3), bent * bent, bent - sp.Min(n, 2) * t]


@pytest.mark.parametrize("assuming", DOMAINS, ids=str)
@pytest.mark.parametrize("expression", EXPRESSIONS, ids=str)
def test_one_form_has_the_values_of_the_sum(expression, assuming):
    right, inside = function((n, t), expression), function((n, t), assuming)
    one = function((n, t), in_regions(expression, (n, t), assuming))
    for at in product(range(-8, 9), repeat=2):
        if inside(*at):
            assert one(*at) == right(*at), at


@pytest.mark.parametrize("assuming", DOMAINS, ids=str)
@pytest.mark.parametrize("expression", EXPRESSIONS, ids=str)
def test_it_vanishes_only_where_it_is_zero(expression, assuming):
    assert is_zero(expression - expression.rewrite(sp.Piecewise), (n, t), assuming) is None
    assert is_zero(expression - 1, (n, t), assuming) is not None
