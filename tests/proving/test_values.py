"""Values on cells held against the author's own term: random terms, at points of each cell."""

import random
from fractions import Fraction

import pytest

from proofpress import (
    Abs,
    Eq,
    Max,
    Min,
    Mod,
    Piecewise,
    Product,
    Sum,
    binomial,
    ceiling,
    factorial,
    floor,
    integers,
    sign,
)
from proofpress.counting.deadline import OutOfTime, time_limit
from proofpress.proving.cells import Cell, Names, Open
from proofpress.proving.methods.stated_form import explored
from proofpress.proving.polys import TooLarge, variable
from proofpress.terms.tree import Letter, as_term
from proofpress.terms.value import NotRational, NoValue, value

n, t = integers("n t")
SEEDS, TERMS = 6, 150


def random_term(chance, letters, depth):
    """Return a term of random operations, some of which have no value in places."""

    def part():
        return random_term(chance, letters, depth - 1)

    def number(*choices):
        return as_term(chance.choice(choices))

    if depth <= 0:
        return chance.choice([*letters, number(-3, -2, -1, 0, 1, 2, 3, 4)])
    running = Letter(f"k{depth}")
    inside = random_term(chance, [*letters, running], depth - 1)
    made = [
        lambda: part() + part(),
        lambda: part() - part(),
        lambda: part() * part(),
        lambda: part() * part(),
        lambda: part() / number(2, 3, 4, -2),
        lambda: part() / part(),
        lambda: floor(part() / number(2, 3, 5)),
        lambda: ceiling(part() / part()),
        lambda: Mod(part(), number(2, 3, -3)),
        lambda: Mod(part(), part()),
        lambda: chance.choice([Abs, sign])(part()),
        lambda: chance.choice([Min, Max])(part(), part()),
        lambda: Piecewise((part(), part() <= part()), (part(), Eq(part(), part()))),
        lambda: Piecewise((part(), (part() < part()) ^ (part() >= 0)), (part(), True)),
        lambda: binomial(part(), part()),
        lambda: factorial(part()) / factorial(part()),
        lambda: number(-1, 0, 2) ** part(),
        lambda: part() ** number(-1, 0, 2, 3),
        lambda: Sum(inside, (running, part(), part())),
        lambda: Product(inside, (running, part(), part())),
    ]
    return chance.choice(made)()


def worked_out(term, at):
    """Return the author's value; None for none, NotRational where it is not worked out."""
    try:
        return value(term, at)
    except NoValue:
        return None
    except NotRational:
        return NotRational


def compared(chance, term, letters):
    """Return at how many points the cells of a term were compared with its values."""
    names = Names()
    cell = Cell(names, {str(letter): variable(names.fresh()) for letter in letters})
    count = 0
    try:
        with time_limit(3):
            parts = list(explored(cell, lambda reader: (reader, reader.value(term)), 200))
    except (Open, TooLarge, OutOfTime):
        return 0
    for part, found in parts:
        if isinstance(found, Open | TooLarge | NotRational):
            continue
        known = part if isinstance(found, NoValue) else found[0].cell
        start = known.point()
        forms = list(known.letters.values()) + list(known.solved.values())
        used = {v for form in (*known.polys(), *forms) for v in form.variables}
        # What stands for a floor or a factorial has no value of its own choice.
        if not isinstance(found, NoValue):
            used = used.union(*(side.variables for side in found[1]))
        if start is None or any(map(names.is_atom, used | known.solved.keys())):
            continue
        for reach in (0, 1, 2, 4, 8):
            at = {v: start.get(v, 0) + chance.randint(-reach, reach) for v in used}
            point = known.at(at)
            if point is None or max(map(abs, point.values())) > 40:
                continue
            true = worked_out(term, point)
            if true is NotRational:
                continue
            if isinstance(found, NoValue):
                assert true is None, (term, point)
            else:
                above, below = (side.put(known.solved).at(at) for side in found[1])
                assert below != 0, (term, point)
                assert true == Fraction(above) / below, (term, point)
            count += 1
    return count


@pytest.mark.parametrize("seed", range(SEEDS))
def test_values_on_cells_are_the_values_of_the_term(seed):
    chance = random.Random(seed)
    count = 0
    for _ in range(TERMS):
        letters = chance.choice([(n,), (n, t)])
        count += compared(chance, random_term(chance, letters, chance.choice([1, 2, 2])), letters)
    assert count > 600


@pytest.mark.parametrize(
    "term",
    [
        *(1 / (n + 9) + 1 / (t + 9), 1 / n - 2 / t, n / (t + 1) + t / 3, 2 / n + 3 / n - 1 / n),
        *((n + 1) / (t + 9) * (t / (n - 5)), (n / t) / (t / (n + 2)), 1 / (n / 3 - t / 2)),
        *(Max(1 / n, 1 / t), Min(n / 3, t / 2), Abs(n / (t + 1)), sign(n - t) / (t - 4)),
        *(floor(n / (t + 9)), Mod(n, t + 9), ceiling(n / 3) / 2 - floor(t / -2), (n / t) ** -2),
        Piecewise((1 / n, n > t), (t / (n - 1), n / t < 2), (n, True)),
    ],
    ids=str,
)
def test_quotients_on_cells_are_the_quotients_of_the_term(term):
    assert compared(random.Random(1), term, (n, t)) > 0


@pytest.mark.parametrize(
    ("series", "why"),
    [
        (Product(Letter("k") + factorial(Letter("k")), (Letter("k"), 1, n)), "a product of fact"),
        (Product(Letter("k") + 2 ** Letter("k"), (Letter("k"), 1, n)), "a product of fact"),
        (Product(Letter("k") ** 2 + 1, (Letter("k"), 1, n)), "a product whose factors"),
        (Product(2 * Letter("k") + 1, (Letter("k"), 1, n)), "a product of fractions"),
        (Sum(Letter("k") * 2 ** Letter("k"), (Letter("k"), 1, n)), "a sum of factorials"),
        (Sum(1 / (Letter("k") + 9), (Letter("k"), 1, n)), "a sum of quotients"),
    ],
    ids=str,
)
def test_a_series_of_an_unknown_kind_is_open(series, why):
    cell = Cell(names := Names(), {"n": variable(names.fresh())})
    *_, (_, found) = explored(cell, lambda reader: reader.value(series), 200)
    assert isinstance(found, Open) and str(found).startswith(why)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        *((2**n >= n + 1, True), (2**n <= 1, False), (2**n > 1, True), (4**n > 2**n, True)),
        *((2**-n < 1, True), (2**-n >= 1, False), (4**n <= 2**n, False), (2 ** (3 * n) > 7, True)),
        *(((2 ** (n + 1) <= 3), False), (6**n > 1, True), (2 ** (1 - n) > 1, False)),
    ],
    ids=str,
)
def test_powers_of_a_positive_letter_are_compared(condition, holds):
    cell = Cell(names := Names(), {"n": (letter := variable(names.fresh()))}).narrowed(letter - 1)
    found = [found for _, found in explored(cell, lambda reader: reader.truth(condition), 200)]
    assert found == [holds] * len(found) and found
