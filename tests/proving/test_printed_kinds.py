"""Each shape that the lines of bounds and totals can take reads back as what it is meant to say."""

from collections.abc import Sequence

import pytest

from proofpress import (
    Abs,
    Bound,
    Eq,
    Group,
    IntegerSet,
    MatrixTerm,
    Max,
    Recurrence,
    Tensor,
    Total,
    integers,
)
from proofpress.proving.printed import misprints

n, t, m, h, i, j = integers("n t m h i j")
LETTERS = (n, t, m)
# The second is met by all integers, and read as two cases.
ALL, TWO = n >= -7, (n >= -5) | (n <= 3)
BOX = (t >= 0) & (t <= 3) & (n >= 0) & (n <= 5) & (m >= 0) & (m <= 1)

# What the last line begins with: its name and text.
BOUNDS = {
    "square above -1": (n, n**2, ALL, "sum", "By completing squares it is a whole number"),
    "such a square from zero": (n, n**2, n >= 0, "sum", "By completing squares it is"),
    "twice such a square": (0, (n**2 - n) / 2, ALL, "sum", "By completing squares 2 times it"),
    "two such squares": (0, t**2 - t + n**2 - n, ALL, "sum", "By completing squares it is"),
    "such a square of a square": (n**2, n**4, ALL, "sum", "By completing squares it is"),
    "square of a sum": (2 * n * t, n**2 + t**2, ALL, "sum", "which is not negative"),
    "squares": (n * t, n**2 + t**2, ALL, "sum", "Completing squares,"),
    "products": (n * t, 5 * n, (n >= 0) & (n <= 5) & (t <= n), "sum", "On the domain"),
    "half of products": (n * t / 2, n * m / 2, (n >= 0) & (t <= m), "sum", "On the domain"),
    "contradiction": (0, n, (n * t >= 1) & (t >= 1), "sum", "Were it negative"),
    "excess": (n + t, n * t, (n >= 2) & (t >= 2), "excess", "Write $n = n' + 2"),
    "excess below": (n, n**2, n <= 0, "excess", "Write $n = -n'$"),
    "number": (n, n + 2, n >= 1, "excess", "Write"),
    "cases": (n, n**2, TWO, "cases", "Products of inequalities show, in each of 2 cases"),
    "cases of an absolute value": (Abs(n), n**2, ALL, "cases", ""),
    "cases of a maximum": (Max(n, t), n + t, (n >= 0) & (t >= 0), "cases", "Signs"),
    "floors": (n // 2, n, n >= 0, "cases", "Products of inequalities show, with letters for"),
    "remainders": (n % 3, 2, n >= 0, "cases", "Products"),
    "divisor": (1 / n, n, n >= 1, "cases", "Signs of coefficients show, times a positive"),
    "all values": (0, (n - 1) * (n - 2) * t, BOX, "all values", "Of all 48 values"),
}


@pytest.mark.parametrize("given", BOUNDS.values(), ids=BOUNDS)
def test_the_lines_of_bounds_read_back(given: tuple) -> None:
    smaller, greater, domain, name, text = given
    claim = Bound("a.b", "Bound", smaller, greater, LETTERS, domain).settle()
    assert claim.verdict.value == "proved"
    assert claim.derivation[-1].name == name
    assert claim.derivation[-1].text.startswith(text)
    assert misprints(claim) == []


def test_a_bound_without_letters_reads_back() -> None:
    claim = Bound("a.b", "Bound", 3, 5, (), Eq(1, 1)).settle()
    assert claim.verdict.value == "proved"
    assert misprints(claim) == []


SIDES = (h, h + 1, 3)
OFFSETS = ([(-1, 0), (0, -1)], [(-1, 0)], [(-1, -1), (0, -2)], [(-1, 0), None])
DOMAIN = (n >= 2) & (m >= 2) & (h >= 1)


@pytest.mark.parametrize("side", SIDES, ids=str)
@pytest.mark.parametrize("offsets", OFFSETS, ids=str)
def test_additions_of_a_recurrence_read_back(side: object, offsets: Sequence) -> None:
    inside = (1 <= i) & (i <= n) & (1 <= j) & (j <= m)
    grid = IntegerSet("grid", (i, j), inside, assuming=(n >= 2) & (m >= 2))
    terms = [MatrixTerm(Tensor("W", (side, side)), offset) for offset in offsets]
    parts = Recurrence("net", grid, terms).adds(padded=False)
    claim = Total("a.b", "Additions", parts, (n, m, h), DOMAIN).settle()
    assert claim.verdict.value == "proved"
    assert "+ -" not in claim.definition
    assert misprints(claim) == []


@pytest.mark.parametrize("copies", [-1, -2, -n, 1 - n, -n * h], ids=str)
@pytest.mark.parametrize("first", [True, False])
def test_parts_that_are_taken_off_read_back(copies: object, first: bool) -> None:
    parts = [Tensor("W", (h, n)), Tensor("b", (h,), copies=copies), Tensor("d", (n + 1,), copies)]
    for given in (parts[:: -1 if first else 1], [Group("layer", parts), Tensor("x", (n,))]):
        claim = Total("a.b", "Sum", given, (n, m, h), DOMAIN).settle()
        assert claim.verdict.value == "proved"
        assert "+ -" not in claim.definition
        assert misprints(claim) == []
