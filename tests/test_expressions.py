from fractions import Fraction

import pytest

from proofpress.faults.errors import PressError
from proofpress.ledger.expressions import value


@pytest.mark.parametrize(
    ("text", "letters", "expected"),
    [
        ("7", {}, 7),
        ("n*(n + 1)/2", {"n": 12}, 78),
        ("-n**2 + 3", {"n": 4}, -13),
        ("(n + 1)/(2*n)", {"n": 12}, Fraction(13, 24)),
        ("2**(-n)", {"n": 3}, Fraction(1, 8)),
        ("floor(n/w) + Mod(n, w)", {"n": 11, "w": 4}, 5),
        ("ceiling((n - 1)/(k/2 - 1/2))", {"n": 32, "k": 3}, 31),
        ("Min(n, t + 1) + Max(n, t)", {"n": 12, "t": 3}, 16),
        ("Piecewise((1, (n <= t) & ~(n < 2)), (2, n > t))", {"n": 2, "t": 3}, 1),
        ("Piecewise((1, And(n <= t, Ne(n, 2))), (2, Or(Eq(n, 2), n > t)))", {"n": 2, "t": 3}, 2),
        ("Piecewise((1/n, n > 0), (0, True))", {"n": 0}, 0),
        ("Piecewise((s, n >= s), (2*n - s, n <= s - 1))", {"n": 32, "s": 40}, 24),
    ],
)
def test_values_are_exact(text, letters, expected):
    assert value(text, letters) == expected


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("n*m", "the letter m has no value"),
        ("1/(n - 3)", "Fraction"),
        ("Piecewise((1, n > 3))", "no condition"),
        ("Piecewise(1)", "not a pair"),
        ("n <= 3", "true or false"),
        ("n +", "invalid syntax"),
        ("__import__('os').system('x')", "not understood"),
        ("n.real", "not understood"),
        ("[n]", "not understood"),
        ("n**(1/2)", "not a small integer"),
        ("9**9**9**9", "not a small integer"),
        ("((9**9999)**9999)**9999", "a power in it is too large"),
        ("1.5", "not understood"),
        ("-" * 20000 + "n", ""),
        ("n" * 200_000, "too long"),
    ],
)
def test_what_has_no_value_is_refused(text, complaint):
    with pytest.raises(PressError) as caught:
        value(text, {"n": 3})
    assert complaint in caught.value.what
