"""What an author gives in a wrong kind is told: what, the author's line, and how to mend it."""

from collections.abc import Callable

import pytest
import sympy as sp

from proofpress import (
    Bound,
    Coordinates,
    Count,
    Eq,
    Group,
    IntegerSet,
    MatrixTerm,
    Mod,
    Piecewise,
    Rational,
    Recurrence,
    Sum,
    Tensor,
    Total,
    binomial,
    ceiling,
    factorial,
    floor,
    integers,
)
from proofpress.counting.plain import function
from proofpress.deriving.examples import values_at
from proofpress.faults.errors import PressError
from proofpress.proving.printed import misprints

n, t, i, j, a = integers("n t i j a")
LINE = (1 <= i) & (i <= n)
line = IntegerSet("line", (i,), LINE, assuming=n >= 1)
grid = IntegerSet("grid", (i, j), LINE & (1 <= j) & (j <= n), assuming=n >= 1)
W = Tensor("W", (2, 2))


def counted(**options: object) -> object:
    return Count("a.b", "Points", line, **options).settle()


def total(*parts: object) -> object:
    return Total("a.b", "Sum", parts, (n,), n >= 1).settle()


def run(*terms: object, on: object = grid) -> object:
    return Recurrence("net", on, terms)


def bound(smaller: object, greater: object, letters: object = (n,), domain: object = n >= 1):
    return Bound("a.b", "Bound", smaller, greater, letters, domain).settle()


REFUSED: dict[str, Callable[[], object]] = {
    "no parts": lambda: total(),
    "an empty group": lambda: total(Group("layer", ())),
    "a text as a part": lambda: total("W"),
    "a text in a group": lambda: total(Group("layer", ("W",))),
    "a text for all parts": lambda: Total("a.b", "Sum", "W", (n,), n >= 1),
    "a tensor without sides": lambda: total(Tensor("W", ())),
    "a percent sign in a label": lambda: total(Tensor("W%", (n,))),
    "dollars in a label": lambda: total(Tensor("$x$", (n,))),
    "a command for a label": lambda: total(Tensor(r"\alpha", (n,))),
    "two indices of a label": lambda: total(Tensor("W_a_b", (n,))),
    "a number for a label": lambda: total(Tensor(5, (n,))),
    "no label": lambda: total(Tensor("", (n,))),
    "a side without a default": lambda: total(Tensor("W", (Piecewise((n, n >= 5)), 2))),
    "copies without a default": lambda: total(Tensor("W", (n,), copies=Piecewise((n, n >= 5)))),
    "a letter twice": lambda: bound(n, n**2, (n, n)),
    "a counted letter twice": lambda: IntegerSet("line", (i, i), LINE),
    "no counted letter": lambda: IntegerSet("line", (), n >= 1),
    "a number for coordinates": lambda: counted(through=5),
    "a list of what follows": lambda: counted(related=[1]),
    "a number for functions": lambda: counted(also=5),
    "a number for a function": lambda: counted(also={"by hand": 5}),
    "a number for a mask": lambda: counted(oracles={"theirs": 5}),
    "a number put": lambda: counted(put=5),
    "a letter put that is not there": lambda: counted(put={t: 5}),
    "too many words": lambda: counted(called=("row", "column")),
    "no set": lambda: Count("a.b", "Points", None),
    "a number for a name": lambda: Bound(5, "Bound", n, n, (n,), n >= 1),
    "a number for a title": lambda: Bound("a.b", 5, n, n, (n,), n >= 1),
    "a number of 5001 digits": lambda: counted(stated=10**5000),
    "such a number in a term": lambda: counted(stated=n + 10**5000),
    "a sum over its own end": lambda: counted(stated=Sum(n, (n, 1, n))),
    "no terms": lambda: run(),
    "a number for a term": lambda: run(5),
    "no grid": lambda: run(MatrixTerm(W), on=5),
    "a text for a matrix": lambda: run(MatrixTerm("W", (-1, 0))),
    "a short offset": lambda: run(MatrixTerm(W, (-1,))),
    "a text for an offset": lambda: run(MatrixTerm(W, "ab")),
    "three sides": lambda: run(MatrixTerm(Tensor("W", (2, 2, 2)), (-1, 0))),
    "a remainder by zero in a domain": lambda: IntegerSet("s", (i,), LINE, Eq(Mod(n, 0), 0)),
    "a remainder by zero in a set": lambda: IntegerSet("s", (i,), LINE & Eq(Mod(i, 0), 0)),
    "a remainder by zero in a bound": lambda: bound(Mod(n, 0), n),
    "a remainder of numbers by zero": lambda: Mod(5, 0),
    "a binomial of a negative number": lambda: binomial(-3, 2),
    "a factorial of a negative number": lambda: factorial(-1),
    "a factorial of a fraction": lambda: factorial(Rational(1, 2)),
    "a factorial too large": lambda: factorial(10**9),
    "a fraction by zero": lambda: Rational(1, 0),
    "a fraction of a float": lambda: Rational(0.1),
    "a fraction of a text": lambda: Rational("1/2"),
    "a fraction of a letter": lambda: Rational(n),
    "the floor of a float": lambda: floor(0.1 * 3 * 10),
    "the floor of a whole float": lambda: floor(2.0),
    "the ceiling of a float": lambda: ceiling(0.3),
    "the floor of infinity": lambda: floor(float("inf")),
    "the floor of no number": lambda: floor(float("nan")),
    "no letters": lambda: integers(None),
    "a list of letters": lambda: integers(["n", "t"]),
    "an underscore": lambda: integers("_"),
    "an underscore behind": lambda: integers("n_"),
    "underscores before": lambda: integers("n __t"),
    "SymPy's letter with one": lambda: bound(sp.Symbol("n_", integer=True), 5, (sp.Symbol("n_"),)),
    "a fraction for a letter": lambda: line.count(n=2.5),
    "a float for a letter": lambda: line.count(n=2.0),
    "a text for a letter": lambda: line.count(n="2"),
    "a set without a bound": lambda: IntegerSet("ray", (i,), i >= n, assuming=n >= 1).count(n=2),
}


@pytest.mark.parametrize("given", REFUSED.values(), ids=REFUSED)
def test_what_is_of_a_wrong_kind_is_told(given: Callable[[], object]) -> None:
    with pytest.raises(PressError) as caught:
        given()
    for error in caught.value.each():
        assert error.what
        assert (error.where or "").startswith("tests/proving/test_options.py:"), error
        assert error.mend
        assert "fault of the press" not in str(error)


def test_labels_in_words_are_printed() -> None:
    tensors = [Tensor(name, (n, 2)) for name in ("W", "W_in", "head weight", "W_in, padded", "2nd")]
    claim = Total("a.b", "Sum", [*tensors, Group("last layer", (W,))], (n,), n >= 1).settle()
    assert claim.verdict.value == "proved"
    assert misprints(claim) == []


@pytest.mark.parametrize("name", ["a__b", "n__2", "a_b_c", "a__b_c"])
def test_underscores_inside_a_name_are_printed(name: str) -> None:
    letter = integers(name)
    claim = Bound("a.b", "Bound", letter, letter**2, (letter,), letter >= 1).settle()
    assert claim.verdict.value == "proved"
    assert misprints(claim) == []


def test_a_map_has_no_value_at_letters_of_an_example() -> None:
    blocks = IntegerSet("blocks", (a,), (1 <= a) & (a <= n), assuming=n >= 1)
    claim = Coordinates("co.b", "Map", line, blocks, {i: a}, {a: i}, {}).settle()
    assert claim.verdict.value == "proved"
    assert values_at(claim, {"small": {"n": 3}}) == {}
    assert values_at(counted(), {"small": {"n": 3}}) == {
        "small": {"letters": {"n": 3}, "value": 3},
    }


@pytest.mark.parametrize("at", range(6))
def test_the_ends_of_sympy_s_sums_are_those_that_stand_there(at: int) -> None:
    m, k, p = sp.symbols("m k p", integer=True)
    plain = range(1, at + 1)
    cases = {
        sp.Sum(m, (m, 1, m)): sum(plain),
        sp.Sum(k * p, (k, 1, p), (p, 1, m)): sum(x * y for y in plain for x in range(1, y + 1)),
        sp.Sum(sp.Sum(k, (k, 1, p)), (p, 1, m)): sum(sum(range(y + 1)) for y in plain),
    }
    for expression, value in cases.items():
        assert function((m,), expression)(at) == value
