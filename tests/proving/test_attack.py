"""False statements that a fresh attack got proved once, each for its kind: none is proved."""

import pytest
import sympy as sp

from proofpress import (
    Bound,
    Coordinates,
    Count,
    Eq,
    IntegerSet,
    Iteration,
    Least,
    MatrixTerm,
    Mod,
    Piecewise,
    PressError,
    Recurrence,
    Tensor,
    Total,
    integers,
)

n, t, k, i, j, a, b, h, c, L = integers("n t k i j a b h c L")

line = IntegerSet("line", (i,), (1 <= i) & (i <= n), assuming=n >= 1)
blocks = IntegerSet("blocks", (a,), (1 <= a) & (a <= n), assuming=n >= 1)
hole = IntegerSet("hole", (a,), (1 <= a) & (a <= n) & (a != 40), assuming=n >= 1)
same = Coordinates("x.same", "Line and blocks", line, blocks, {i: a}, {a: i}, {})

corner = IntegerSet("corner", (i, j), (0 <= i) & (0 <= j) & (i + j <= n), assuming=n >= 0)
cone = (0 <= a) & (a <= n) & (-a <= b) & (b <= a)
even = IntegerSet("even", (a, b), cone & Eq(Mod(a - b, 2), 0), assuming=n >= 0)
odd_far = IntegerSet("odd far", (a, b), cone & (Eq(Mod(a - b, 2), 0) | (a >= 40)), assuming=n >= 0)
square = IntegerSet("square", (i, j), (1 <= i) & (i <= n) & (1 <= j) & (j <= n), assuming=n >= 1)
sizes = (n >= 1) & (h >= 1)


def turned(into: IntegerSet) -> Coordinates:
    ways = {i: (a + b) / 2, j: (a - b) / 2}, {a: i + j, b: i - j}
    return Coordinates("x.turned", "Turned by an eighth", corner, into, *ways, {})


def costs(matrix: Tensor, kind: str) -> Total:
    recurrence = Recurrence("r", square, (MatrixTerm(matrix),))
    parts = {"activations": recurrence.activations(), "multiplies": recurrence.multiplies(True)}
    domain = sizes & (c >= 1)
    ran = (recurrence, kind, True)
    return Total("x.costs", "Costs", parts[kind], (n, h, c), domain, ran=ran)


FALSE = {
    "a map between the integers": lambda: turned(odd_far),
    "a pole on the way to the least": lambda: Least(
        "x.l", "Least", L, L * (L - 40) / (L - 40), n, (n,), n >= 0
    ),
    "no case on the way to the least": lambda: Least(
        "x.l", "Least", L, L + 0 * Piecewise((1, L <= 40)), n, (n,), n >= 0
    ),
    "a step without a value": lambda: Iteration(
        "x.i", "Sum", L, 0, L * (L - 25) / (L - 25), (L,), (L >= 0) & (L != 25)
    ),
    "negative evaluations": lambda: costs(Tensor("W", (20 - h, c)), "activations"),
    "negative multiplications": lambda: costs(Tensor("W", (20 - h, c)), "multiplies"),
    "a side with a pole": lambda: costs(Tensor("W", (h * (c - 30) / (c - 30), c)), "multiplies"),
    "copies with a pole": lambda: Total(
        "x.t", "Entries", (Tensor("W", (n, h), copies=n * (n - 25) / (n - 25)),), (n, h), sizes
    ),
    "copies with a pole, multiplied": lambda: Total(
        "x.t", "Entries", (Tensor("W", (n, h)).times(n * (n - 25) / (n - 25)),), (n, h), sizes
    ),
}


@pytest.mark.parametrize("statement", FALSE.values(), ids=FALSE.keys())
def test_what_has_no_value_or_no_integer_somewhere_is_not_proved(statement) -> None:
    assert statement().settle().verdict.value in ("undecided", "refuted")


def test_its_true_neighbours_are_proved() -> None:
    assert turned(even).settle().verdict.value == "proved"
    assert Count("x.c", "Blocks", blocks, through=same).settle().verdict.value == "proved"
    least = Least("x.l", "Least", L, L * k + 1, n, (n, k), (n >= 1) & (k >= 1))
    assert least.settle().verdict.value == "proved"
    assert costs(Tensor("W", (h, c)), "activations").settle().verdict.value == "proved"


def test_only_the_blocks_themselves_are_counted_through_their_coordinates() -> None:
    with pytest.raises(PressError, match="counts hole, but its coordinates are those of blocks"):
        Count("x.c", "Hole", hole, through=same)


def test_a_matrix_that_stands_twice_is_added_twice() -> None:
    twice = MatrixTerm(Tensor("A", (h, h)), offset=(-1, 0))
    sums = Recurrence("r", square, (twice, twice)).adds(True)
    claim = Total("x.t", "Additions", sums, (n, h), sizes).settle()
    assert claim.verdict.value == "proved"
    assert sp.expand(claim.closed_form - sp.sympify(h * n**2 * (2 * h - 1))) == 0


@pytest.mark.parametrize(
    ("terms", "what"),
    [
        ((), "has no terms"),
        ((Tensor("A", (h, h)), Tensor("B", (2 * h, h))), "adds vectors of h and of 2\\*h numbers"),
        ((Tensor("A", (h, h, h)),), "3 sides, not two"),
        ((Tensor("A", (h, h), copies=3),), "of which there are 3"),
    ],
)
def test_products_that_cannot_be_added_up_are_refused(terms, what: str) -> None:
    with pytest.raises(PressError, match=what):
        Recurrence("r", square, tuple(map(MatrixTerm, terms)))


@pytest.mark.parametrize(
    "written",
    [
        lambda: (n >= 5) | (sp.Integer(3) == n),
        lambda: (n >= 5) & (sp.Symbol("n", integer=True) != n + 1),
        lambda: (n >= 5) & (n != None),  # noqa: E711
        lambda: (n >= 5) & True,
    ],
)
def test_a_comparison_that_python_decides_is_no_condition(written) -> None:
    with pytest.raises(PressError, match="a comparison was decided at once"):
        written()


def test_conditions_are_not_compared_by_name() -> None:
    with pytest.raises(TypeError, match="truth value"):
        Bound("x.b", "Bound", 5, n, (n, t), (n >= 5) | ((n <= 3) == (t <= 3)))
