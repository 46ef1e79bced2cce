"""The LaTeX of closed forms and conditions, letter by letter."""

import pytest
import sympy as sp

from proofpress import Eq, IntegerSet, Mod, floor, integers
from proofpress.counting.conditions import condition
from proofpress.counting.latex import formula, polynomial, written
from proofpress.counting.lines import WIDEST, broken, equated, visible
from proofpress.counting.steps import set_definition

n, t, c, h, i, j, w = integers("n t c h i j w")


@pytest.mark.parametrize(
    ("expression", "letters", "text"),
    [
        (n * (n + 1) / 2, (n,), r"\dfrac{n(n + 1)}{2}"),
        (n**2 / 2 + n / 2, (n,), r"\dfrac{n(n + 1)}{2}"),
        ((t + 1) * (2 * n - t) / 2, (n, t), r"\dfrac{(2n - t)(t + 1)}{2}"),
        (-(n - 1) / 2, (n,), r"\dfrac{1 - n}{2}"),
        (h * n**2 * (2 * c + 4 * h - 1), (n, c, h), "n^{2} h(2c + 4h - 1)"),
        (2 * n - 1, (n,), "2n - 1"),
        (1 - n, (n,), "1 - n"),
        (sp.Integer(7), (), "7"),
        ((n + 1) / (2 * n), (n,), r"\dfrac{n + 1}{2n}"),
        ((n + Mod(n, 3)) / 6, (n,), r"\dfrac{n + (n \bmod 3)}{6}"),
        (sp.ceiling((n - 1) / t), (n, t), r"\left\lceil \dfrac{n - 1}{t} \right\rceil"),
    ],
)
def test_formula(expression, letters, text):
    assert formula(expression, letters) == text


def test_cases():
    both = sp.Piecewise((n, n <= t), (t + 1, n >= t + 1))
    assert formula(both, (n, t)) == (
        r"\begin{cases} n & \text{if } n \le t, "
        r"\\[1.5ex] t + 1 & \text{if } n \ge t + 1. \end{cases}"
    )


@pytest.mark.parametrize(
    ("predicate", "letters", "counted", "text"),
    [
        ((n >= 1) & (t >= 0), (n, t), (), r"n \ge 1,\ t \ge 0"),
        ((i >= 1) & (i <= n) & (j >= 1) & (j <= i), (n,), (i, j), r"1 \le i \le n,\ 1 \le j \le i"),
        ((n >= t) & (n <= 2 * t), (n, t), (), r"t \le n \le 2t"),
        (n >= t + 2, (n, t), (), "n > t + 1"),
        (Eq(Mod(n, w), 0), (n, w), (), r"w \mid n"),
        (Eq(floor((i - 1) / w), 2), (i, w), (), r"\left\lfloor \tfrac{i - 1}{w} \right\rfloor = 2"),
        ((i <= 2) | (j <= 2), (i, j), (), r"(i \le 2)\text{ or }(j \le 2)"),
    ],
)
def test_condition(predicate, letters, counted, text):
    assert condition(predicate, letters, counted) == text


def test_what_an_author_wrote_stays_as_it_is():
    assert written((i - 1) * w + j, (i, w, j)) == "w(i - 1) + j"
    assert polynomial((i - 1) * w + j, (i, w, j)) == "i w - w + j"


def test_a_set_with_its_conditions():
    band = IntegerSet("band", (i, j), (i >= 1) & (i <= n) & (j >= 1) & (j <= i) & (i - j <= t))
    assert set_definition(band) == (
        r"\bigl\{ (i, j) : 1 \le i \le n,\ 1 \le j \le i,\ i - j \le t \bigr\}"
    )


def test_no_line_is_wider_than_the_text():
    long = polynomial(sp.expand((n + t + c + h + 1) ** 3), (n, t, c, h))
    assert visible(long) > WIDEST
    for line in broken(long).split(r"\\"):
        assert visible(line) <= WIDEST
    assert equated("a", "b") == "a = b"
    assert equated(long, long).count("&=") == 1
