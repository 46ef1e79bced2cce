"""Systems of affine inequalities over the integers: feasible, implied, tight, sampled.

Place in the chain: definition -> **derivation** -> proof. A *row* is a tuple of integers, one
for each column (letter) and the constant last; it stands for `row . (x, 1) >= 0`. A *system* is
a collection of rows that hold together. Everything is exact integer arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from math import gcd

from proofpress.counting.deadline import check_deadline

Row = tuple[int, ...]
System = tuple[Row, ...]


def negation(row: Row) -> Row:
    """Return the row that holds at exactly the integer points where `row` fails.

    >>> negation((1, -3))  # x - 3 >= 0 fails where 2 - x >= 0
    (-1, 2)
    """
    return (*(-c for c in row[:-1]), -row[-1] - 1)


def opposite(row: Row) -> Row:
    """Return the row of the opposite sign: both together say `row = 0`.

    >>> opposite((1, -3))
    (-1, 3)
    """
    return tuple(-c for c in row)


def combine(first: int, one: Sequence[int], second: int, other: Sequence[int]) -> Row:
    """Return `first * one + second * other`.

    >>> combine(2, (1, 0, 3), -1, (0, 1, 1))
    (2, -1, 5)
    """
    return tuple(first * a + second * b for a, b in zip(one, other, strict=True))


def substitute(row: Row, column: int, value: Row) -> Row:
    """Return `row` with the column's letter replaced by the affine form `value`.

    >>> substitute((1, 2, 0), 0, (0, 3, 1))  # x + 2y at x = 3y + 1
    (0, 5, 1)
    """
    factor = row[column]
    if not factor:
        return row
    kept = (*row[:column], 0, *row[column + 1 :])
    return combine(1, kept, factor, value)


def tidy(rows: Iterable[Row]) -> System | None:
    """Return the system with each row divided by its content and dominated rows dropped.

    None when two parallel rows, or a constant one, contradict each other. Dividing rounds the
    constant down, which loses no integer point.

    >>> tidy([(2, -3), (1, -1)])  # 2x >= 3 and x >= 1 over the integers: x >= 2
    ((1, -2),)
    >>> tidy([(1, -2), (-1, 1)]) is None
    True
    """
    tightest: dict[Row, int] = {}
    for row in rows:
        content = gcd(*row[:-1])
        if content == 0:
            if row[-1] < 0:
                return None
            continue
        key, constant = row[:-1], row[-1]
        if content > 1:
            key, constant = tuple(c // content for c in key), constant // content
        known = tightest.get(key)
        if known is None or constant < known:
            tightest[key] = constant
    for key, constant in tightest.items():
        mirror = tightest.get(tuple(-c for c in key))
        if mirror is not None and constant + mirror < 0:
            return None
    return tuple((*key, constant) for key, constant in tightest.items())


def equality(rows: System, columns: Iterable[int] | None = None) -> Row | None:
    """Return a row whose opposite is in the (tidy) system too, so that it equals zero.

    With `columns`, only one that has a letter among them. None when there is none.

    >>> equality(((1, -2), (-1, 2)))
    (1, -2)
    """
    wanted = None if columns is None else tuple(columns)
    present = set(rows)
    for row in rows:
        if opposite(row) in present and (wanted is None or any(row[c] for c in wanted)):
            return row
    return None


def feasible(rows: Iterable[Row]) -> bool:
    """Return False only if no integer point satisfies the system.

    True is exact over the rationals; a system with rational but no integer points may pass, and
    then costs its user an empty region, never a wrong count.

    >>> feasible([(1, -1), (-1, 3)]), feasible([(1, -4), (-1, 3)])
    (True, False)
    """
    system = tidy(rows)
    return system is not None and _feasible(frozenset(system))


@lru_cache(maxsize=200_000)
def _feasible(system: frozenset[Row]) -> bool:
    rows: System | None = tuple(system)
    while rows:
        column = _cheapest_column(rows)
        if column is None:
            return True
        rows = _eliminate(rows, column)
    return rows is not None


def clear_memory() -> None:
    """Return None after forgetting which systems are feasible; only a benchmark needs that.

    >>> clear_memory()
    """
    _feasible.cache_clear()


def implied(row: Row, rows: Iterable[Row]) -> bool:
    """Return True if every integer point of the system satisfies `row`.

    >>> implied((1, 0), [(1, -2)])  # x >= 2 implies x >= 0
    True
    """
    return not feasible((*rows, negation(row)))


def irredundant(rows: Iterable[Row], context: System = ()) -> System:
    """Return the rows that neither the context nor the other rows imply.

    >>> irredundant([(1, -2), (1, 0)])
    ((1, -2),)
    """
    kept = list(tidy(rows) or ())
    for row in tuple(kept):
        others = [other for other in kept if other != row]
        if implied(row, (*others, *context)):
            kept = others
    return tuple(kept)


def upper_limit(row: Row, rows: System) -> int | None:
    """Return the largest value of `row` over the system, None where nothing bounds it.

    The value is the rational maximum rounded down.

    >>> upper_limit((2, 0), ((1, 0), (-1, 3)))
    6
    """
    # A last column z with z = row survives when all others are eliminated.
    widened: System | None = tuple((*r[:-1], 0, r[-1]) for r in rows)
    value = (*row[:-1], -1, row[-1])
    widened = tidy((*(widened or ()), value, opposite(value)))
    last = len(row) - 1
    while widened:
        column = _cheapest_column(widened, keep=last)
        if column is None:
            break
        widened = _eliminate(widened, column)
    if widened is None:
        return -1
    tops = [Fraction(r[-1], -r[last]) for r in widened if r[last] < 0]
    return None if not tops else min(tops).__floor__()


def shadow(rows: Iterable[Row], columns: Iterable[int]) -> System | None:
    """Return rows without the given columns that every point of the system satisfies.

    None for a system without points.

    >>> shadow([(1, -1, 0), (0, 1, -2)], [1])  # x >= y and y >= 2
    ((1, 0, -2),)
    """
    system = tidy(rows)
    for column in columns:
        if system is None:
            return None
        system = _eliminate(system, column)
    return system


def sample(rows: Iterable[Row]) -> tuple[int, ...] | None:
    """Return an integer point of the system, or None when the search ends without one.

    None proves nothing: the search rounds a rational point upwards and does not branch.

    >>> sample([(1, 0, -2), (-1, 1, 0)])  # x >= 2, y >= x
    (2, 2)
    """
    system = tidy(rows)
    if system is None:
        return None
    width = len(system[0]) - 1 if system else 0
    stages: list[tuple[int, System]] = []
    while True:
        column = _cheapest_column(system)
        if column is None:
            break
        stages.append((column, system))
        following = _eliminate(system, column)
        if following is None:
            return None
        system = following
    point = [0] * width
    for column, stage in reversed(stages):
        low, high = None, None
        for row in stage:
            factor = row[column]
            rest = sum(c * x for c, x in zip(row, point, strict=False)) - factor * point[column]
            bound = rest + row[-1]
            if factor > 0:
                limit = -(bound // factor)
                low = limit if low is None else max(low, limit)
            elif factor < 0:
                limit = bound // -factor
                high = limit if high is None else min(high, limit)
        if low is not None and high is not None and low > high:
            return None
        point[column] = low if low is not None else min(0, high if high is not None else 0)
    return tuple(point)


def _cheapest_column(rows: System, keep: int = -1) -> int | None:
    """Return the column whose elimination makes the fewest new rows; None when none is left."""
    best, cost = None, 0
    for column in range(len(rows[0]) - 1 if rows else 0):
        if column == keep:
            continue
        positive = negative = 0
        for row in rows:
            if row[column] > 0:
                positive += 1
            elif row[column] < 0:
                negative += 1
        if positive or negative:
            new = positive * negative - positive - negative
            if best is None or new < cost:
                best, cost = column, new
    return best


def _eliminate(rows: System, column: int) -> System | None:
    """Return the shadow of the system along one column (Fourier-Motzkin)."""
    check_deadline()
    lower = [row for row in rows if row[column] > 0]
    upper = [row for row in rows if row[column] < 0]
    free = [row for row in rows if not row[column]]
    for low in lower:
        for high in upper:
            free.append(combine(-high[column], low, low[column], high))
    return tidy(free)
