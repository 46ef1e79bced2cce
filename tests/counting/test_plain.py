"""SymPy's expressions as Python source: the values are those of Python's own arithmetic."""

from fractions import Fraction
from math import comb, factorial

import pytest
import sympy as sp

from proofpress import PressError
from proofpress.counting.plain import OutsideDomain, function

n, t, k = sp.symbols("n t k", integer=True)

TERMS = [
    (sp.binomial(n, t), range(0, 9), comb),
    (sp.binomial(n, t), range(-6, 0), lambda n, t: (-1) ** t * comb(t - n - 1, t)),
    (sp.factorial(n) * t, range(0, 9), lambda n, t: factorial(n) * t),
    ((-1) ** n * 3**t, range(-4, 9), lambda n, t: (-1) ** n * 3**t),
    (n / (t + 1), range(-4, 9), lambda n, t: Fraction(n, t + 1)),
    (sp.floor((n - t) / 3), range(-9, 9), lambda n, t: (n - t) // 3),
    (sp.ceiling((n - t) / 3), range(-9, 9), lambda n, t: -((t - n) // 3)),
    (sp.Mod(n + 1, 4) - sp.Abs(n), range(-9, 9), lambda n, t: (n + 1) % 4 - abs(n)),
    (sp.Max(n, t) - sp.Min(n, 2), range(-5, 9), lambda n, t: max(n, t) - min(n, 2)),
    (sp.Sum(k * n, (k, t, 6)), range(-5, 5), lambda n, t: sum(k * n for k in range(t, 7))),
    (sp.Piecewise((n, n > t), (t, True)), range(-5, 5), lambda n, t: n if n > t else t),
    (sp.And(n > t, sp.Not(n < 2)), range(-5, 5), lambda n, t: n > t and not n < 2),
    (sp.Or(n > t, n < 2), range(-5, 5), lambda n, t: n > t or n < 2),
    (sp.Xor(n > t, n < 2), range(-5, 5), lambda n, t: (n > t) != (n < 2)),
]


def named(given: object) -> str:
    """Return what a case is called, the same in every process."""
    return getattr(given, "__name__", str(given)[:40])


@pytest.mark.parametrize(("term", "values", "python"), TERMS, ids=named)
def test_the_values_are_python_s(term, values, python):
    read = function((n, t), term)
    for at in [(x, y) for x in values for y in range(6)]:
        assert read(*at) == python(*at), at


@pytest.mark.parametrize(
    ("term", "at"), [(sp.factorial(n), -1), (2**n, Fraction(1, 2)), (sp.binomial(n, n / 2), 3)]
)
def test_what_has_no_value_is_outside(term, at):
    with pytest.raises(OutsideDomain):
        function((n,), term)(at)


@pytest.mark.parametrize("term", [sp.sin(n), sp.Function("f")(n) + 1, sp.Derivative(n**2, n)])
def test_what_cannot_be_evaluated_is_refused(term):
    with pytest.raises(PressError, match="cannot be evaluated at integers"):
        function((n,), term)
