"""Leading terms and limits: right at all large values, or refused with what is in the way."""

from fractions import Fraction

import pytest
import sympy as sp

from proofpress import Eq, IntegerSet, Mod, PressError, ceiling, floor, integers, leading, limit
from proofpress.counting.plain import function

n, t, w, i, j = integers("n t w i j")
sliding = sp.Piecewise(
    (n * (n + 1) / 2, n <= t + 1), ((t + 1) * (2 * n - t) / 2, n >= t + 2), evaluate=False
)
even = Eq(Mod(n, 2), 0)

LEADING = [
    (n * (n + 1) / 2, True, "n**2/2"),
    (sliding, True, "n*(t + 1)"),
    (sliding, t >= 0, "n*(t + 1)"),
    (floor((n + 1) / 2), True, "n/2"),
    (ceiling(n / 8) * n + Mod(n, 7), True, "n**2/8"),
    (floor((floor(n / 2) + floor(n / 3)) / 2), True, "5*n/12"),
    (floor(n**2 / 4), True, "n**2/4"),
    (t * n**2 + n, t >= 1, "n**2*t"),
    (-t * n**2 + n, t >= 1, "-n**2*t"),
    (t * n**2 + n, t <= -1, "n**2*t"),
    (sp.Max(n, t) * n, True, "n**2"),
    (sp.Min(n, t) * n, t >= 1, "n*t"),
    (sp.Abs(t - n), True, "n"),
    (n * (t / 2 - Mod(t, 2) / 2 + 1), t >= 0, "n*(t - Mod(t, 2) + 2)/2"),
    ((n**2 + t) / (2 * n + 1), True, "n/2"),
    (sp.Integer(5), True, "5"),
    (sp.Integer(0), True, "0"),
]
LIMITS = [
    ((n + 1) / (2 * n), True, "1/2"),
    ((t + 1) / n, True, "0"),
    (n / (t * n + 1), t >= 1, "1/t"),
    (n / (t * n + 1), t <= -1, "1/t"),
    (n * (t + 1), t >= 0, "oo"),
    (-n * (t + 1), (n >= 1) & (t >= 0), "-oo"),
    (n**2 / ((t**2 + 1) * n), t >= 0, "oo"),
    (floor(n / 2) / n, True, "1/2"),
    (Mod(n, 3) / n, True, "0"),
    ((n + Mod(n, 2)) / (3 * n - Mod(n, 5)), True, "1/3"),
    (sliding / n, t >= 0, "t + 1"),
    (sp.Integer(2), True, "2"),
]
REFUSED = [
    (leading, t * n**2 + n, True, "coefficient t, which may be zero", "of t: assuming="),
    (leading, t * n**2 + n, t >= 0, "coefficient t, which may be zero", "of t: assuming="),
    (leading, n * (1 - Mod(n, 2)), True, "1 - Mod(n, 2), which may be zero", "residue class"),
    (leading, Mod(n, 3), True, "Mod(n, 3), which may be zero", "residue class"),
    (leading, 2**n, True, "the term 2**n has no known growth in n", "accepted are"),
    (leading, sp.factorial(n), True, "the term factorial(n) has no known", "accepted are"),
    (leading, n + Mod(t, n), True, "Mod(t, n) has no known growth", "accepted are"),
    (leading, sp.sqrt(n), True, "sqrt(n) has no known growth", "accepted are"),
    (leading, sp.Piecewise((n, even), (0, True)), True, "not decided by large values", "leave"),
    (leading, sp.Piecewise((n, t <= 3), (0, t >= 4)), True, "does not depend on n", "restrict"),
    (leading, sp.Piecewise((n, n <= 3)), True, "no case of", ""),
    (leading, n * t, n <= t, "n cannot grow beyond all bounds where n <= t", "take a letter"),
    (limit, n / (t * n + 1), True, "the highest coefficient t, which may be zero", "of t: assum"),
    (limit, n / (t * n + 1), t >= 0, "the highest coefficient t, which may be zero", "of t: ass"),
    (limit, n * (t + 1), True, "depends on the sign of t + 1", "of t: assuming="),
    (limit, n * t, t >= 0, "depends on the sign of t", "of t: assuming="),
    (limit, Mod(n, 2), True, "keeps going up and down with Mod(n, 2)", "residue class"),
    (limit, (-1) ** n * n, True, "keeps going up and down with (-1)**n", "residue class"),
    (limit, (t * n + t) / (t * n), True, "highest coefficient t", "of t: assuming="),
]


def near(expression, at: int, others: int) -> Fraction:
    return Fraction(function((n, t), expression)(at, others))


@pytest.mark.parametrize(
    ("expression", "assuming", "expected"),
    LEADING,
    ids=lambda part: getattr(part, "__name__", str(part)),
)
def test_leading_terms(expression, assuming, expected):
    term = leading(expression, n, assuming=assuming)
    assert str(term) == expected
    for other in (-4, -1, 0, 3, 8):
        if sp.S(assuming).subs(t, other) == sp.true and expected != "0":
            whole, part = (near(form, 10**9 + 7, other) for form in (expression, term))
            # Where the term is zero the expression is.
            assert whole == 0 if part == 0 else abs(whole / part - 1) < Fraction(1, 10**6)


@pytest.mark.parametrize(
    ("expression", "assuming", "expected"),
    LIMITS,
    ids=lambda part: getattr(part, "__name__", str(part)),
)
def test_limits(expression, assuming, expected):
    assert str(limit(expression, n, assuming=assuming)) == expected


@pytest.mark.parametrize(
    ("function", "expression", "assuming", "what", "mend"),
    REFUSED,
    ids=lambda part: getattr(part, "__name__", str(part)),
)
def test_what_is_not_known_is_refused(function, expression, assuming, what, mend):
    with pytest.raises(PressError) as caught:
        function(expression, n, assuming=assuming)
    assert what in caught.value.what
    assert mend in (caught.value.mend or "")


def test_a_count_that_is_zero_at_every_other_value_has_no_leading_term():
    inside = (i >= 0) & Eq(2 * i, n + t) & (j >= 1) & (j <= n)
    points = IntegerSet("l", (i, j), inside, assuming=(n >= 0) & (t >= 0), parameters=(n, t))
    with pytest.raises(PressError, match="is not decided by large values of n"):
        leading(points.cardinality(), n)


def test_alternating_signs_are_bounded():
    assert str(leading(n + (-1) ** n, n)) == "n"
    assert limit((-1) ** n / n, n) == 0


def test_a_case_that_the_assumption_decides():
    cases = sp.Piecewise((n, t <= 3), (t * n**2, t >= 4))
    assert str(leading(cases, n, assuming=t >= 4)) == "n**2*t"
    assert str(leading(cases, n, assuming=t <= 3)) == "n"


@pytest.mark.parametrize("when", [t >= 1, t > 0, t <= 0, t < 1])
def test_a_case_that_the_assumption_leaves_open_is_refused(when):
    with pytest.raises(PressError, match="does not depend on n"):
        leading(sp.Piecewise((n, when), (n**2, True)), n, assuming=t >= 0)


@pytest.mark.parametrize(
    ("when", "expected"),
    [(t >= 0, "n"), (t > -1, "n"), (t < 0, "n**2"), (t <= -1, "n**2"), (t >= -3, "n")],
)
def test_a_case_at_the_edge_of_the_assumption_is_decided(when, expected):
    cases = sp.Piecewise((n, when), (n**2, True))
    assert str(leading(cases, n, assuming=t >= 0)) == expected
