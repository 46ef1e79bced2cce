"""What is meant, as a tree: it has the values of the expression that is meant."""

from itertools import product

import pytest
import sympy as sp

from proofpress import PressError
from proofpress.counting.plain import function
from proofpress.formulas.tree import value
from proofpress.proving.converted import converted

n, t, k = sp.symbols("n t k", integer=True)
POINTS = list(product(range(-3, 6), repeat=2))
big, small, even = n > t, n < 2, sp.Eq(sp.Mod(n, 2), 0)

MEANT = [
    *(n - 2 * t, n * t / 3, -n / 2 - 1, n**3 * t, (n + 9) ** -2, 2 ** sp.Abs(n), (-1) ** n * t),
    *(sp.floor(n / 2), sp.ceiling(n / 3), sp.Mod(n + t, 3), sp.Abs(n - t), sp.Max(n, t, 1)),
    *(sp.Min(n, t), sp.factorial(sp.Abs(n)), sp.binomial(n + 3, 2), sp.binomial(sp.Abs(n), t + 3)),
    *(sp.Piecewise((n, big), (t, small), (0, True)), sp.Piecewise((n, even), (-n, True))),
    *(
        sp.Sum(k * n, (k, t, 7)),
        sp.Product(k + t, (k, 1, n + 3)),
        sp.Sum(k, (k, 1, n), (n, 0, t + 3)),
    ),
    *(big, small, even, n >= t, n <= t, sp.Ne(n, t), sp.true, sp.false),
    *(sp.And(big, small), sp.Or(big, small, even), sp.Not(sp.And(big, even))),
    *(sp.Xor(big, small), sp.Xor(big, small, even), sp.Implies(big, small)),
    *(sp.Equivalent(big, small), sp.Equivalent(big, small, even), sp.ITE(big, small, even)),
]


@pytest.mark.parametrize("meant", MEANT, ids=str)
def test_it_has_the_same_values(meant):
    read, tree = function((n, t), meant), converted(meant)
    for at in POINTS:
        assert value(tree, dict(zip("nt", at, strict=True))) == read(*at), at


@pytest.mark.parametrize("meant", [sp.sin(n), sp.Derivative(n**2, n)], ids=str)
def test_what_has_no_tree_is_refused(meant):
    with pytest.raises(PressError, match="cannot be compared with it"):
        converted(meant)
