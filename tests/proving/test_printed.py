"""A printer with a fault: nothing that it misprints gets into the ledger."""

import dataclasses
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sympy as sp

from proofpress import (
    Bound,
    Coordinates,
    Count,
    Eq,
    Group,
    IntegerSet,
    Iteration,
    Least,
    Mod,
    Tensor,
    Total,
    floor,
    integers,
)
from proofpress import (
    Named as Name,
)
from proofpress.counting import conditions, latex, parts, ranges, steps
from proofpress.deriving.ledger import ledger_document
from proofpress.faults.errors import PressError
from proofpress.latex.meant import Equal, Named
from proofpress.latex.names import letter_latex
from proofpress.ledger.claims import Line
from proofpress.proving.printed import misprints
from proofpress.proving.statements import count, statement

n, t, w, k, L, m, i, j, a, b, c, h = integers("n t w k L m i j a b c h")
near = IntegerSet(
    "near",
    (i, j),
    (1 <= i) & (i <= n) & (1 <= j) & (j <= i) & (i - j <= t),
    assuming=(n >= 1) & (t >= 0),
    parameters=(n, t),
)
causal = IntegerSet("causal", (i, j), (1 <= i) & (i <= n) & (1 <= j) & (j <= i), assuming=n >= 1)
even = IntegerSet("even", (i,), (1 <= i) & (i <= n) & Eq(Mod(i + 1, 2), 1), assuming=n >= 1)
far = IntegerSet("far", (i,), (1 <= i) & (i <= n) & (i / 2 >= t + 2), assuming=(n >= 1) & (t >= 0))
blocks = IntegerSet(
    "blocks", (k, a), (1 <= k) & (k <= m) & (1 <= a) & (a <= w), assuming=(m >= 1) & (w >= 1)
)
line = IntegerSet(
    "line",
    (i,),
    (1 <= i) & (i <= n),
    assuming=(n >= 1) & (w >= 1) & Eq(Mod(n, w), 0),
    parameters=(n, w),
)
through = Coordinates(
    "a.map",
    "Blocks of a line",
    line,
    blocks,
    mapping={i: (k - 1) * w + a},
    inverse={k: floor((i - 1) / w) + 1, a: i - w * floor((i - 1) / w)},
    where={n: m * w},
)
STATEMENTS = (
    Count("a.near", "Near pairs", near, called=("query", "key")),
    Count("a.even", "Even numbers", even),
    Count("a.far", "Far ones", far),
    Count("a.binomial", "Pairs", causal, stated=sp.binomial(n + 1, 2), related={"all": Name(n**2)}),
    Count(
        "a.overlap",
        "Pairs",
        causal,
        stated=sp.Piecewise((1, Eq(n, 1)), (n * (n + 1) / 2, n >= 2), (0, n >= 0)),
    ),
    through,
    Count("a.line", "A line", blocks, through=through),
    Bound("a.bound", "Below nothing", -(n + 1) / 2, 0, (n,), n >= 0),
    Least("a.least", "Layers", L, L * (k - 1) + 1, n, (n, k), (n >= 1) & (k >= 2)),
    Iteration("a.sum", "Width", L, 1, k - 1, (k, L), (k >= 1) & (L >= 0)),
    Total("a.total", "Weights", (Tensor("W_in", (h, c)), Tensor("W_top", (h, h - 1))), (c, h),
          (c >= 1) & (h >= 1)),
    Total("a.groups", "Weights", (Group("one", (Tensor("W", (h, c)),)),), (c, h),
          (c >= 1) & (h >= 1), by_terms=True),
)  # fmt: skip


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """What was printed before is kept nowhere."""

    def forget() -> None:
        latex._fraction.cache_clear()
        letter_latex.cache_clear()

    forget()
    yield
    forget()


def refused() -> set[str]:
    """The names of the claims that cannot be written into the ledger, for what they print."""
    names = set()
    for each in STATEMENTS:
        try:
            ledger_document([each.settle()], {})
        except PressError as error:
            assert "does not say what was proved" in str(error) or "read back" in str(error)
            names.add(each.name)
    return names


def test_what_the_printer_writes_is_in_the_ledger() -> None:
    assert refused() == set()


def changed(of: Callable[..., str], old: str, new: str) -> Callable[..., str]:
    """A function whose text has a slip, at the first place where it can be."""
    return lambda *given, **named: re.sub(old, new, of(*given, **named), count=1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("where", "name", "fault", "noticed"),
    [
        (latex, "_side_by_side", (r"^-", ""), {"a.bound"}),
        (latex, "joined", (r" - ", " + "), {"a.near", "a.far", "a.least", "a.sum", "a.total"}),
        (latex, "polynomial", (r"\+ 1", ""), {"a.binomial", "a.overlap", "a.near"}),
        (latex, "_exponent", (r"\^", "_"), {"a.binomial"}),
        (latex, "_fraction", (r"^-", ""), {"a.bound"}),
        (latex, "_fraction", (r"dfrac\{(.*)\}\{2\}", r"dfrac{\1}{3}"), {"a.near", "a.bound"}),
        (latex, "_atom", (r"binom\{(.*)\}\{(.*)\}", r"binom{\2}{\1}"), {"a.binomial"}),
        (latex, "_atom", (r"bmod 2", r"bmod 3"), {"a.even"}),
        (latex, "_atom", (r"lfloor", r"lceil"), {"a.map"}),
        (conditions, "_side", (r"2$", "3"), {"a.far"}),
        (conditions, "_side", (r"^i$", "j"), {"a.near"}),
        (steps, "formula", (r"n", "t"), {"a.near"}),
        (steps, "latex_condition", (r"\\le n", r"\\le n + 1"), {"a.near", "a.even", "a.binomial"}),
        (steps, "latex_condition", (r",\\ 1 \\le j", r",\\ j"), {"a.near"}),
        (steps, "extremes", (r"max", r"min"), {"a.near"}),
        (ranges, "polynomial", (r"^n$", r"n - 1"), {"a.near", "a.binomial"}),
        (parts, "formula", (r"h", r"c"), {"a.total", "a.groups"}),
        (parts, "_label", (r"in", r"out"), {"a.total"}),
        (count, "formula", (r"w", r"m"), {"a.line"}),
        (count, "letter_latex", (r"m", r"k"), {"a.line"}),
        (statement, "condition", (r"1", r"0"), {"a.near", "a.even"}),
        (statement, "formula", (r"n", r"n^{2}"), {"a.near", "a.even", "a.far", "a.least"}),
    ],
)  # fmt: skip
def test_a_slip_of_the_printer_is_refused(
    monkeypatch: pytest.MonkeyPatch,
    where: Any,
    name: str,
    fault: tuple[str, str],
    noticed: set[str],
) -> None:
    monkeypatch.setattr(where, name, changed(getattr(where, name), *fault))
    assert noticed <= refused()


def test_a_wrong_relation_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(conditions._RELATIONS, ">=", ">")
    assert {"a.near", "a.even", "a.far", "a.map", "a.total"} <= refused()


def test_lost_brackets_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(latex, "is_sum", lambda text: False)
    monkeypatch.setattr(ranges, "is_sum", lambda text: False)
    monkeypatch.setattr(steps, "is_sum", lambda text: False)
    assert {"a.near", "a.total"} <= refused()


def test_cases_that_overlap_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conditions, "exclude", lambda *given: True)
    assert refused() == {"a.overlap"}


def test_the_whole_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statement, "formula", lambda *given: r"\dfrac{n(n - 1)}{2}")
    claim = Count("a.pairs", "Pairs", causal).settle()
    with pytest.raises(PressError) as error:
        ledger_document([claim], {})
    what, at, printed, where, mend = str(error.value).splitlines()
    assert what == "the printed formula of a.pairs does not say what was proved"
    assert re.fullmatch(r"  n = \d+: printed \d+, proved \d+", at)
    assert printed == r"  printed: \dfrac{n(n - 1)}{2}"
    assert where.startswith("  test_printed.py:") or where.startswith("  tests/proving/")
    assert "fault of the press's printer" in mend


def test_a_text_without_a_meaning_is_refused() -> None:
    claim = Count("a.pairs", "Pairs", causal).settle()
    assert misprints(claim) == []
    silent = dataclasses.replace(claim, derivation=(Line("sum", "Adding gives", "n"),))
    (fault,) = misprints(silent)
    assert "nothing says what it is meant to say" in fault.what
    inside = dataclasses.replace(claim, derivation=(Line("sum", "For $n$ it is", "n", n),))
    with pytest.raises(PressError, match="1 formulas in its text, of which 0 have a meaning"):
        misprints(inside)


def test_a_sum_without_ends_is_compared_by_its_names() -> None:
    claim = Count("a.pairs", "Pairs", causal).settle()
    letter = sp.Symbol("i", integer=True)
    meant = Equal((Named("r", (letter,)), letter))
    for text, good in (("r(i) = i", True), ("R(i) = i", False), ("r(j) = i", False)):
        told = dataclasses.replace(claim, derivation=(Line("row count", "", text, meant),))
        assert (misprints(told) == []) is good


def test_a_form_that_cannot_be_printed_is_undecided_and_in_no_ledger() -> None:
    root = sp.Piecewise((sp.sqrt(n), n < 0), (n * (n + 1) / 2, True))
    claim = Count("a.rooted", "Pairs", causal, stated=root).settle()
    assert claim.verdict.value == "undecided"
    assert "cannot print sqrt" in claim.evidence[-1].detail
    with pytest.raises(PressError, match=r"printed formula of a\.rooted cannot be read back"):
        ledger_document([claim], {})
    wrong = Count("a.root", "Pairs", causal, related={"root": Name(sp.sqrt(n))}).settle()
    with pytest.raises(PressError, match=r"related expression root of a\.root: the press cannot"):
        ledger_document([wrong], {})


def test_letters_of_a_set_and_of_its_blocks_that_are_printed_alike_are_refused() -> None:
    """Each set by itself has letters that differ on the page."""
    n_1, n1 = integers("n_1 n1")
    there = IntegerSet("there", (i,), (1 <= i) & (i <= n_1), assuming=n_1 >= 1)
    here = IntegerSet("here", (a,), (1 <= a) & (a <= n1), assuming=n1 >= 1)
    same = Coordinates("a.same", "The same", there, here, {i: a}, {a: i}, {n_1: n1})
    with pytest.raises(PressError, match="the letters n1 and n_1 are both printed as"):
        ledger_document([same.settle()], {})
