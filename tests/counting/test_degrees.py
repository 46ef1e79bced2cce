"""No closed form has a higher degree than its set has counted letters; all are exactly right."""

import random

import pytest
import sympy as sp

from proofpress import Count, Eq, IntegerSet, Mod, floor, integers
from proofpress.counting.plain import function

n, t, i, j = integers("n t i j")
square = (1 <= i) & (i <= n) & (1 <= j) & (j <= n)


def degree(form) -> int:
    """Return the total degree in the letters and their floors and residues."""
    bent = form.atoms(sp.Mod, sp.floor)
    plain = form.xreplace({term: sp.Dummy() for term in bent if not _inner(term, bent)})
    values = [value for value, _ in plain.args] if isinstance(plain, sp.Piecewise) else [plain]
    return max(
        sp.Poly(value, *value.free_symbols).total_degree() if value.free_symbols else 0
        for value in values
    )


def _inner(term, others) -> bool:
    return any(other is not term and other.has(term) for other in others)


SETS = {
    "a multiple beside a floor": (square & Eq(2 * j, i) & (floor(j / 2) <= 2), n >= 0),
    "three times beside a floor": (square & Eq(3 * j, i) & (floor(j / 2) <= 4), n >= 0),
    "larger constants": (square & Eq(5 * j, i) & (floor(j / 3) <= 9), n >= 0),
    "the other way round": (square & Eq(i, 7 * j) & (floor((j + 1) / 4) <= 6), n >= 0),
    "every eighth": ((0 <= i) & (i < n) & Eq(Mod(i, 8), 0), n >= 0),
    "every sixtieth": ((0 <= i) & (i < n) & Eq(Mod(i, 60), 7), n >= 0),
    "bounded": ((i >= 0) & (2 * i <= floor(n / 2) + floor(n / 3)), (n >= 0) & (n <= 10)),
    "bounded, longer": ((i >= 0) & (2 * i <= floor(n / 2) + floor(n / 3)), (n >= 0) & (n <= 39)),
    "coins": ((i >= 0) & (j >= 0) & (2 * i + 5 * j <= n), n >= 0),
    "bounded by floors": (
        square & (i <= floor(n / 2)) & (j <= floor((i + n) / 2)),
        (n >= 0) & (n <= 13),
    ),
    "a residue at the highest power": (
        square & (2 * i <= floor(n / 2) + floor((floor((n + 1) / 2) + 2) / 2)) & (j < 24),
        n >= 0,
    ),
    "residues of two": (square & Eq(Mod(i, 4), 1) & Eq(Mod(j, 5), 0), n >= 0),
    "of a window": (square & (j <= i) & (i - j <= t) & Eq(Mod(j, 5), 2), (n >= 1) & (t >= 0)),
}


ONE = ("bounded", "bounded, longer")


def made(name: str) -> IntegerSet:
    predicate, assuming = SETS[name]
    counted = (i,) if name in ("every eighth", "every sixtieth") or name in ONE else (i, j)
    parameters = (n, t) if name == "of a window" else (n,)
    return IntegerSet(name, counted, predicate, assuming=assuming, parameters=parameters)


@pytest.mark.parametrize("name", SETS)
def test_the_degree_is_that_of_the_set(name):
    points = made(name)
    form = points.cardinality()
    assert degree(form) <= len(points.counted)
    value = function(points.parameters, form)
    if len(points.parameters) == 2:
        cases = [{"n": a, "t": b} for a in range(1, 13) for b in range(13)]
    else:
        cases = [{"n": a} for a in range({"bounded": 11, "bounded by floors": 14}.get(name, 40))]
    assert [value(*case.values()) for case in cases] == [points.count(**case) for case in cases]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("every eighth", "n/8 - Mod(n + 7, 8)/8 + 7/8"),
        ("a multiple beside a floor", "Piecewise((n/2 - Mod(n, 2)/2, n <= 11), (5, n >= 12))"),
    ],
)
def test_a_reader_sees_the_short_form(name, expected):
    assert str(made(name).cardinality()) == expected


@pytest.mark.parametrize("name", ["a multiple beside a floor", "every eighth", "coins"])
def test_they_stay_proved(name):
    assert Count("a.claim", "A claim", made(name)).settle().verdict.value == "proved"


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(k, marks=pytest.mark.slow) for k in range(1, 12))]
)
def test_random_sets_of_one_parameter(seed):
    draw = random.Random(seed)
    period, more = draw.randint(2, 6), draw.randint(2, 5)
    choices = [
        Eq(Mod(i + draw.randint(0, 3) * j, period), draw.randint(0, period - 1)),
        Eq(draw.randint(2, 5) * j, i + draw.randint(-2, 2)),
        floor(j / more) <= draw.randint(1, 6),
        (j <= draw.randint(1, 9)) | Eq(Mod(i, more), 0),
    ]
    first, second = draw.sample(choices, 2)
    points = IntegerSet("random", (i, j), square & first & second, assuming=n >= 0)
    form = points.cardinality()
    assert degree(form) <= 2
    value = function((n,), form)
    assert [value(k) for k in range(26)] == [points.count(n=k) for k in range(26)]


halves = (1 <= i) & (i <= n) & Eq(Mod(i, 2), 0)
dilated = square & (j <= i) & Eq(Mod(i - j, 2), 0)
N = sp.Symbol("n", integer=True)


@pytest.mark.parametrize(
    ("predicate", "assuming", "expected"),
    [
        (dilated, (n >= 1) & Eq(Mod(n, 2), 0), N * (N + 2) / 4),
        (dilated, (n >= 1) & Eq(Mod(n, 2), 1), (N + 1) ** 2 / 4),
        (dilated, (n >= 1) & Eq(Mod(n, 4), 2), N * (N + 2) / 4),
        (halves, (n >= 1) & Eq(Mod(n, 6), 5), (N - 1) / 2),
        (halves, (n >= 1) & Eq(Mod(n - t, 2), 0) & Eq(Mod(t, 2), 1), (N - 1) / 2),
    ],
)
def test_what_the_domain_says_of_residues_is_used(predicate, assuming, expected):
    counted = IntegerSet("counted", (i, j) if predicate is dilated else (i,), predicate, assuming)
    claim = Count("masks.residues", "Residues", counted).settle()
    assert claim.verdict == "proved"
    assert not claim.closed_form.atoms(sp.Mod, sp.floor)
    assert sp.expand(claim.closed_form - expected) == 0


def test_a_residue_that_the_domain_leaves_open_stays():
    known = (n >= 1) & Eq(Mod(n, 3), 0)
    claim = Count("masks.open", "Open", IntegerSet("open", (i,), halves, known)).settle()
    assert claim.verdict == "proved"
    assert claim.closed_form.atoms(sp.Mod, sp.floor)
