"""The LaTeX of closed forms and conditions, letter by letter."""

import pytest
import sympy as sp

from proofpress import Bound, Eq, IntegerSet, Mod, floor, integers
from proofpress.counting.conditions import condition, exclude
from proofpress.counting.latex import formula, inline, polynomial, written
from proofpress.counting.lines import WIDEST, broken, equated, visible
from proofpress.counting.steps import Derivation, set_definition
from proofpress.faults.errors import PressError

n, t, c, h, i, j, w = sp.symbols("n t c h i j w", integer=True)
rows, cols = sp.symbols("rows cols", integer=True)


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


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        # A minus sign before a sum belongs to all of it.
        (-(n + 1) / 2, r"-\dfrac{n + 1}{2}"),
        (-w / 3 - 3, r"-\dfrac{w + 9}{3}"),
        (-(t + w) / (n + 1), r"-\dfrac{t + w}{n + 1}"),
        (-(i + Mod(i, 2)) / 2, r"-\dfrac{i + (i \bmod 2)}{2}"),
        (-n * (n + 1) / 2, r"-\dfrac{n(n + 1)}{2}"),
        # Powers of numbers are factors as others are.
        (-((-1) ** n) * n, "-(-1)^{n} n"),
        (-((-1) ** n), "-(-1)^{n}"),
        (3 * 2**n * t, r"3 \cdot 2^{n} t"),
        (2**n * 3**t, r"2^{n} \cdot 3^{t}"),
        (n**t, "n^{t}"),
        ((n + 1) ** t, "(n + 1)^{t}"),
        (sp.Rational(1, 2) ** n, r"(\tfrac{1}{2})^{n}"),
        (Mod(n, w + 1), r"(n \bmod (w + 1))"),
        (Mod(-n, 2 * w), r"((-n) \bmod (2w))"),
        (Mod(n + 1, 3) ** 2, r"((n + 1) \bmod 3)^{2}"),
        (sp.binomial(n + 1, 2) * t, r"t \binom{n + 1}{2}"),
        (sp.factorial(n), "n!"),
        (sp.factorial(n + 1) ** 2, "((n + 1)!)^{2}"),
        (sp.Abs(n - t) * 2, r"2\lvert n - t \rvert"),
        (sp.Max(n - t, 0, evaluate=False), r"\max(0,\ n - t)"),
        (sp.Min(t + 1, n, evaluate=False), r"\min(n,\ t + 1)"),
        (sp.floor(-(n + 1) / 2), r"\left\lfloor -\dfrac{n + 1}{2} \right\rfloor"),
        (sp.Sum(i * n, (i, 1, n)), r"\sum_{i = 1}^{n} n i"),
        (sp.Product(i + 1, (i, 1, n)), r"\prod_{i = 1}^{n} (i + 1)"),
        (2 * sp.Sum(i, (i, 1, n)), r"2(\sum_{i = 1}^{n} i)"),
        (sp.Mul(n + 1, 3, evaluate=False), "3(n + 1)"),
        (rows * cols, r"\mathrm{cols} \cdot \mathrm{rows}"),
        (sp.oo, r"\infty"),
    ],
)
def test_every_sign_and_factor_is_printed(expression, text):
    assert formula(expression, (n, t, w)) == text


def test_what_cannot_be_printed_is_an_error():
    with pytest.raises(PressError, match="cannot print sqrt"):
        formula(sp.sqrt(n), (n,))
    with pytest.raises(PressError, match="cannot print"):
        formula(sp.oo * sp.sign(t + 1), (t,))
    with pytest.raises(PressError, match="letter ö cannot be printed"):
        formula(sp.Symbol("ö", integer=True))


def test_powers_of_minus_one_in_running_text():
    assert written((-1) ** n / 4 + t / 2, (n, t)) == r"\tfrac{(-1)^{n}}{4} + \tfrac{t}{2}"
    assert inline((-1) ** n * n / 2, (n,)) == r"\tfrac{(-1)^{n} n}{2}"


def test_a_default_case_is_otherwise():
    both = sp.Piecewise((n, n <= t), (t, True))
    assert formula(both, (n, t)) == (
        r"\begin{cases} n & \text{if } n \le t, \\[1.5ex] t & \text{otherwise}. \end{cases}"
    )


def test_a_case_that_others_overlap_says_so():
    three = sp.Piecewise((1, Eq(n, 1)), (n * (n + 1) / 2, n >= 2), (0, n >= 0))
    assert formula(three, (n,)) == (
        r"\begin{cases} 1 & \text{if } n = 1, "
        r"\\[1.5ex] \dfrac{n(n + 1)}{2} & \text{if } n \ge 2, "
        r"\\[1.5ex] 0 & \text{otherwise, if } n \ge 0. \end{cases}"
    )


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (n <= t, n >= t + 1, True),
        (n <= t, n >= t, False),
        (Eq(n, 1), n >= 2, True),
        (Eq(Mod(n, 2), 0), Eq(Mod(n, 2), 1), True),
        ((n >= 2 * t) & (t >= 3), n <= 5, True),
        ((n >= 2 * t) & (t >= 2), n <= 5, False),
        (n * t >= 2, n * t <= 1, True),
    ],
)
def test_which_cases_exclude_each_other(one, other, apart):
    assert exclude(one, other) == exclude(other, one) == apart


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
        # Only between integers is >= 2 + t the same as > 1 + t.
        (i / 2 >= t + 2, (i, t), (), r"\tfrac{1}{2}i \ge t + 2"),
        (n >= t / 2 + sp.Rational(5, 2), (n, t), (), r"n \ge \tfrac{1}{2}t + \tfrac{5}{2}"),
        (
            sp.Ge(floor(n / 2), t + 2, evaluate=False),
            (n, t),
            (),
            r"\left\lfloor \tfrac{n}{2} \right\rfloor > t + 1",
        ),
        (
            (i >= 1) ^ (j >= 1),
            (i, j),
            (),
            r"(i \ge 1,\ j < 1)\text{ or }(i < 1,\ j \ge 1)",
        ),
        (
            sp.Implies(i >= 1, j >= 1),
            (i, j),
            (),
            r"(j \ge 1)\text{ or }(i < 1)",
        ),
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


def test_letters_that_would_be_printed_alike_are_refused():
    n1, n_1 = integers("n1 n_1")
    with pytest.raises(
        PressError, match=r"band: the letters n1 and n_1 are both printed as n_\{1\}"
    ):
        IntegerSet("band", (i,), (1 <= i) & (i <= n1 + n_1))
    with pytest.raises(PressError, match="both printed as"):
        Bound("a.b", "t", n1, n_1, (n1, n_1), (n1 >= 1) & (n_1 >= n1))


def test_a_partial_count_takes_a_name_that_no_letter_has():
    r, R = integers("r R")
    taken = IntegerSet("taken", (i, j), (1 <= i) & (i <= r) & (1 <= j) & (j <= R))
    assert Derivation(taken).name(1) == "g(i)"
