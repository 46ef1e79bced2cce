"""What is read from LaTeX, its exact value, and what is refused, with the column."""

import subprocess
import sys
from fractions import Fraction

import pytest

from proofpress.formulas import NotRead, read, tree, value
from proofpress.formulas.parser import letters

N, T = tree.Letter("n"), tree.Letter("t")


@pytest.mark.parametrize(
    ("text", "at", "exact"),
    [
        ("12", {}, 12),
        ("-n", {"n": 3}, -3),
        ("n - t - 1", {"n": 7, "t": 2}, 4),
        ("a + -1 \\times b", {"a": 5, "b": 3}, 2),
        ("2n t(n + 1)", {"n": 2, "t": 5}, 60),
        (r"h \times c \cdot 2^{3}", {"h": 3, "c": 5}, 120),
        (r"\dfrac{n(n + 1)}{2}", {"n": 4}, 10),
        (r"-\tfrac{n}{2} + \tfrac{1}{3}", {"n": 1}, Fraction(-1, 6)),
        (r"\dfrac{1}{n}", {"n": 0}, None),
        ("n^{-1}", {"n": 2}, Fraction(1, 2)),
        ("n^{-1}", {"n": 0}, None),
        ("n^{t}", {"n": -1, "t": 10**9}, 1),
        ("n^{t}", {"n": 2, "t": 10**9}, None),
        ("-n^{2}", {"n": 3}, -9),
        ("(-n)^{2}", {"n": 3}, 9),
        ("2(-1)^{n} n", {"n": 3}, -6),
        (r"(n \bmod (w + 1))", {"n": -7, "w": 2}, 2),
        (r"((n + 1) \bmod 3)^{2}", {"n": 7}, 4),
        (r"(2n \bmod n)", {"n": 0}, None),
        (r"\left\lfloor \dfrac{n - 1}{2} \right\rfloor", {"n": 0}, -1),
        (r"\lceil \tfrac{n}{2} \rceil", {"n": 3}, 2),
        (r"\lvert n - 9 \rvert^{2}", {"n": 7}, 4),
        (r"\binom{n + 1}{2}", {"n": 4}, 10),
        (r"\binom{n}{2}", {"n": -1}, 1),
        (r"\binom{n}{t}", {"n": 3, "t": -1}, 0),
        ("n!", {"n": 5}, 120),
        ("2(n + 1)! n!", {"n": 2}, 24),
        ("n!", {"n": -1}, None),
        (r"\max(1,\ n - 3)\min(n,\ t,\ 2)", {"n": 7, "t": 3}, 8),
        (r"\sum_{i = 1}^{n} i^{2} - 1", {"n": 3}, 13),
        (r"\sum_{i = 1}^{n} (i + \sum_{j = 1}^{i} j)", {"n": 2}, 7),
        (r"\prod_{i = 1}^{n} i", {"n": 4}, 24),
        (r"\sum_{i = 1}^{n} i", {"n": 0}, 0),
        (r"\sum_{i = 1}^{n} i", {"n": -5}, None),
        (r"n_{1} + q_{\mathrm{max}} + \alpha + n'^{2}",
         {"n_1": 1, "q_max": 2, "alpha": 3, "n'": 4}, 22),
        (r"\mathrm{rows} \cdot \mathrm{cols}_{2}", {"rows": 4, "cols_2": 5}, 20),
        (r"n_{\mathrm{,2}}", {"n__2": 6}, 6),
        (r"\left( \begin{cases} 1 & \text{if } n > 0 \end{cases} \right) n", {"n": 6}, 6),
        (r"\begin{aligned} &n \\ &\quad + 1 \\ &\quad - t \end{aligned}", {"n": 6, "t": 2}, 5),
        (r"n", {}, None),
        (r"\infty", {}, None),
    ],
)  # fmt: skip
def test_numbers(text: str, at: dict[str, int], exact: int | Fraction | None) -> None:
    assert value(read(text), at) == exact


@pytest.mark.parametrize(
    ("text", "at", "holds"),
    [
        (r"1 \le i < n", {"i": 1, "n": 2}, True),
        (r"1 \le i < n", {"i": 2, "n": 2}, False),
        (r"n \ge 1,\ t \ne 0", {"n": 1, "t": 0}, False),
        (r"w \mid n + 1", {"n": 5, "w": 3}, True),
        (r"w \mid n", {"n": 5, "w": 0}, None),
        (r"w \mid n,\ w \ge 1", {"n": 5, "w": 0}, False),
        (r"(n \le 2)\text{ or }((n + 1)n \ge 6,\ n < 9)", {"n": 3}, True),
        (r"(n \le 2)\text{ or }((n + 1)n \ge 6,\ n < 9)", {"n": 9}, False),
        (r"\text{not } (n \le 2,\ t > 0)", {"n": 1, "t": 0}, True),
        (r"\text{always}", {}, True),
        (r"\text{never}", {}, False),
        (r"((n + 1)) = 3", {"n": 2}, True),
        (r"n = m w,\qquad i = w(k - 1) + a",
         {"n": 6, "m": 2, "w": 3, "i": 4, "k": 2, "a": 1}, True),
    ],
)  # fmt: skip
def test_conditions(text: str, at: dict[str, int], holds: bool | None) -> None:
    assert value(read(text), at) is holds


CASES = (
    r"\begin{cases} 1 & \text{if } n = 1, \\[1.5ex] n! & \text{if } 2 \le n,\ n \le t, "
    r"\\[1.5ex] 7 & \text{otherwise, if } n > 0, \\ 0 & \text{otherwise}. \end{cases}"
)


@pytest.mark.parametrize(
    ("n", "t", "exact"), [(1, 5, 1), (3, 5, 6), (3, 2, 7), (0, 2, 0), (-4, 0, 0)]
)
def test_cases(n: int, t: int, exact: int) -> None:
    assert value(read(CASES), {"n": n, "t": t}) == exact


def test_cases_that_hold_at_once_have_no_value_unless_it_is_one() -> None:
    both = read(r"\begin{cases} n & \text{if } n \ge 0, \\ n^{2} & \text{if } n \ge 1 \end{cases}")
    assert [value(both, {"n": n}) for n in (-1, 0, 1, 2)] == [None, 0, 1, None]


def test_sets_tables_and_other_lines() -> None:
    found = read(r"\bigl\{ (i, j) : 1 \le i \le n,\ j = i \bigr\}")
    assert isinstance(found, tree.Points)
    assert found.letters == ("i", "j")
    least = read(r"\min \bigl\{ L \ge 0 : L(k - 1) \ge n \bigr\}")
    assert isinstance(least, tree.Least)
    both = read(r"2L \ge n\quad\text{exactly when}\quad L \ge \dfrac{n}{2}")
    assert isinstance(both, tree.Exactly)
    rows = read(
        r"\begin{aligned} W_{\mathrm{in}}\text{, additions} :\quad & h \times c &&= c h "
        r"\\ \text{feed-forward, up} :\quad & h &&= h \end{aligned}"
    )
    assert isinstance(rows, tree.Table)
    assert [row.label for row in rows.rows] == ["W_in, additions", "feed-forward, up"]
    assert read(r"\#\,\text{pooler}") == tree.Amount("pooler")
    named = read("r(i, j) = i", functions="r")
    assert isinstance(named, tree.Relation)
    assert named.sides[0] == tree.Named("r", (tree.Letter("i"), tree.Letter("j")))
    assert read("r(i)") == tree.Times((tree.Letter("r"), tree.Letter("i")))
    assert read(r"\sum_{i} r(i)", "r") == tree.Running(
        "sum", "i", None, None, tree.Named("r", (tree.Letter("i"),))
    )


def test_the_letters_of_a_formula() -> None:
    assert letters(read(r"\sum_{i = 1}^{n} i k + \alpha_{1}")) == {"n", "k", "alpha_1"}


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("", 1),
        ("n +", 4),
        ("(n", 3),
        ("n)", 2),
        ("n 2", 3),
        (r"2\tfrac{1}{2}", 2),
        (r"\veebar", 1),
        (r"n + \sqrt{n}", 5),
        ("n^2", 3),
        ("n^{2}^{3}", 6),
        ("n_i", 3),
        ("n!!", 3),
        (r"(n + 1 \bmod 3)", 8),
        (r"(-n \bmod 3)", 5),
        (r"(n \bmod w + 1)", 12),
        (r"n \bmod w", 3),
        (r"a \mid b \mid c", 16),
        (r"n \ge 1, t", 11),
        (r"\begin{aligned} a \\ b \end{aligned}", 22),
        (r"\begin{aligned} a", 1),
        (r"\begin{cases} n & \text{when } n > 1 \end{cases}", 19),
        (r"\begin{cases} n & \text{otherwise} \\ 1 & \text{if } n > 1 \end{cases}", 71),
        (r"\text{if} n", 1),
        (r"\mathrm{n}", 11),
        (r"\left\lfloor n \right\rceil", 22),
        (r"\text{not } n", 13),
        (r"\bigl\{ i : n \bigr\}", 15),
        ("1" * 5000, 1),
        ("(" * 100 + "n" + ")" * 100, 62),
        ("n" * 1_000_001, 1),
    ],
)
def test_what_is_refused(text: str, column: int) -> None:
    with pytest.raises(NotRead) as refused:
        read(text)
    assert refused.value.column == column
    assert f"in column {column} of the formula" in refused.value.what
    assert refused.value.mend


def test_many_brackets_take_no_time_that_doubles_with_each() -> None:
    """Each pair could hold a condition or a number, which is not known before its end."""
    assert value(read("(" * 50 + "n" + ")" * 50 + r" \ge 1"), {"n": 1}) is True


def test_nothing_of_sympy_or_the_printer_is_imported() -> None:
    code = (
        "import sys; import proofpress.formulas, proofpress.formulas.normal, "
        "proofpress.formulas.conditions; "
        "sys.exit('sympy' in sys.modules or 'proofpress.counting' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
