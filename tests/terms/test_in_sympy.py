"""Where SymPy's own rules are wrong, the press has SymPy leave an expression as it is."""

import pytest
import sympy as sp

from proofpress import Abs, Count, IntegerSet, ceiling, floor, integers
from proofpress.counting.cardinality import cardinality_cases

n, i = sp.symbols("n i", integer=True)


@pytest.mark.parametrize(
    "even",
    [sp.Abs(2 * n), (2 * n - 2) ** 2, sp.Symbol("e", even=True), 2 * n * sp.Abs(4 * n - 2 * i)],
)
@pytest.mark.parametrize("odd", [3, 5, 9])
def test_an_even_number_over_an_odd_one_may_be_whole(even: sp.Expr, odd: int) -> None:
    assert (even / odd).is_integer is not False
    assert (even / odd).is_zero is not False


def test_what_is_no_whole_number_is_known_as_before() -> None:
    odd = sp.Symbol("o", odd=True)
    assert (odd / 2).is_integer is False
    assert (sp.Integer(4) / 3).is_integer is False
    assert sp.Symbol("e", even=True) / 2 in sp.S.Integers


def test_a_residue_class_is_counted_although_sympy_decides_its_conditions() -> None:
    """Counted to 0 once: SymPy took Abs(6*m - 2*i)/3 for no whole number, so for positive."""
    near = (i >= 1) & (i <= n + 2) & sp.Lt(sp.ceiling(sp.Abs(3 * n - 2 * i) / 3), 1, evaluate=False)
    form = cardinality_cases((i,), (n,), near, n >= 1).expression
    assert [form.subs(n, value) for value in range(1, 9)] == [0, 1, 0, 1, 0, 0, 0, 0]


def test_the_set_that_was_miscounted_is_proved() -> None:
    row, first, last = integers("row first last")
    near = -1 * (-1 * Abs(-2 * last + 3 * row) // 3) < 1
    inside = (first > -1) & (row >= first) & (1 <= last) & (last <= row + 2) & near
    counted = IntegerSet("near", (first, last), inside, assuming=row >= 1)
    claim = Count("test.near", "Near", counted).settle()
    assert claim.verdict == "proved"
    assert [counted.count(row=value) for value in (1, 2, 3, 4)] == [0, 3, 0, 5]


@pytest.mark.parametrize("made", [lambda x: ceiling(x / 3) <= 0, lambda x: floor(-x / 3) >= 0])
def test_abs_over_three(made: object) -> None:
    m, k = integers("m k")
    counted = IntegerSet(
        "zero", (k,), (0 <= k) & (k <= m) & made(Abs(2 * m - 4 * k)), assuming=m >= 0
    )
    form = counted.cardinality()
    symbol = next(iter(form.free_symbols))
    assert [form.subs(symbol, value) for value in range(9)] == [
        counted.count(m=value) for value in range(9)
    ]


def test_an_even_number_is_no_multiple_of_six() -> None:
    """Mod(Abs(n), 6) was 0 for every even n: SymPy looked at the powers of two only."""
    even = sp.Symbol("e", even=True)
    assert (even / 6).is_integer is None
    assert sp.Mod(even, 6) != 0
