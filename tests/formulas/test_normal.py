"""Which formulas are equal as rational functions, and which conditions are joined alike."""

import pytest

from proofpress.formulas import read
from proofpress.formulas.conditions import at_points, shape
from proofpress.formulas.normal import equal


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("n(n + 1)", "n^{2} + n", True),
        (r"\dfrac{n^{2} - 1}{n + 1}", "n - 1", True),
        (r"\dfrac{n}{w} + \dfrac{1}{w}", r"\dfrac{n + 1}{w}", True),
        ("(n - t)^{3}", "-(t - n)^{3}", True),
        ("n^{-1}", r"\dfrac{1}{n}", True),
        ("n(n + 1)", "n^{2} - n", False),
        (r"\dfrac{n}{w}", r"\dfrac{n}{w + 1}", False),
        (r"\left\lfloor \tfrac{n + n}{4} \right\rfloor", r"\lfloor \tfrac{n}{2} \rfloor", True),
        (r"\max(n,\ t)", r"\max(t,\ n)", True),
        ("2^{n} n", r"n \cdot 2^{n}", True),
        (r"(n \bmod 2)", r"(n \bmod 3)", None),
        (r"\sum_{i = 1}^{n} i(i + 1)", r"\sum_{i = 1}^{n} (i^{2} + i)", True),
        (r"(n + t + c + h + 1)^{12}", "n", None),
    ],
)
def test_equal(one: str, other: str, same: bool | None) -> None:
    assert equal(read(one), read(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (r"1 \le i \le n", r"n \ge i,\ i > 0", True),
        (r"\tfrac{1}{2}i \ge t", r"i \ge 2t", True),
        (r"\tfrac{1}{2}i > t + 1", r"\tfrac{1}{2}i \ge t + 2", False),
        (r"i = n", r"i \ge n,\ i \le n", True),
        (r"2 \mid n", r"(n \bmod 2) = 0", True),
        (r"\text{not } (2 \mid n)", r"(n \bmod 2) \ne 0", True),
        (r"\text{not } (i \ge 1,\ j \ge 1)", r"(i < 1)\text{ or }(0 \ge j)", True),
        (r"(i \ge 1)\text{ or }(j \ge 1)", r"i \ge 1,\ j \ge 1", False),
        (r"i \ge 1", r"i \ge 1,\ j \ge 1", False),
        (r"\text{always}", r"i \ge i + 1", False),
    ],
)
def test_shapes(one: str, other: str, same: bool) -> None:
    assert (shape(read(one)) == shape(read(other))) is same
    places = [
        {"i": i, "j": j, "n": n, "t": 1} for i in range(-1, 9) for j in (0, 2) for n in (0, 3)
    ]
    leaf = at_points(places)
    assert (shape(read(one), leaf) == shape(read(other), leaf)) is same
