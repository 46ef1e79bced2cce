"""Which non-negative multiples of given vectors add up to another: exact linear programming.

Place in the chain: definition -> derivation -> **proof**. The caller checks the answer by adding
up: how it was found does not matter. (Source: Chvatal, Linear Programming, 1983, chapters 2 and 3;
Bland's rule, so that it ends.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from proofpress.counting.deadline import check_deadline

Vector = Mapping[Any, Fraction]
Row = dict[int, Fraction]

# After so many steps the search is given up, and nothing is said.
MOST_STEPS = 2000


def multiples(vectors: Sequence[Vector], wanted: Vector) -> dict[int, Fraction] | None:
    """Return positive multiples of some vectors, by place, that add up to the wanted one.

    None where there are none, or where the search was given up.

    >>> one, two = Fraction(1), Fraction(2)
    >>> multiples([{"x": one, "y": -one}, {"y": two}], {"x": two, "y": two})
    {0: Fraction(2, 1), 1: Fraction(2, 1)}
    >>> multiples([{"x": one}], {"x": -one}) is None
    True
    """
    rows, right = _tableau(vectors, wanted)
    if rows is None:
        return None
    width = len(vectors)
    # Each row begins with a variable of its own, which the search drives out.
    basis = [width + k for k in range(len(rows))]
    cost: Row = {}
    for row in rows:
        for column, factor in row.items():
            cost[column] = cost.get(column, Fraction(0)) + factor
    short = sum(right, Fraction(0))
    for _ in range(MOST_STEPS):
        check_deadline()
        if short == 0:
            return {
                column: right[k] for k, column in enumerate(basis) if column < width and right[k]
            }
        entering = min((c for c, gain in cost.items() if gain > 0), default=None)
        if entering is None:
            return None
        leaving = _leaving(rows, right, basis, entering)
        pivot = rows[leaving].pop(entering)
        rows[leaving] = {c: f / pivot for c, f in rows[leaving].items()}
        right[leaving] /= pivot
        for k, row in enumerate(rows):
            if k != leaving and entering in row:
                factor = row.pop(entering)
                _subtract(row, factor, rows[leaving])
                right[k] -= factor * right[leaving]
        factor = cost.pop(entering)
        _subtract(cost, factor, rows[leaving])
        short -= factor * right[leaving]
        basis[leaving] = entering
    return None


def _tableau(vectors: Sequence[Vector], wanted: Vector) -> tuple[list[Row] | None, list[Fraction]]:
    """Return one row for each coordinate, with a right side that is not negative.

    None where a coordinate is wanted that no vector has.
    """
    places: dict[Any, Row] = {}
    for column, vector in enumerate(vectors):
        for coordinate, factor in vector.items():
            places.setdefault(coordinate, {})[column] = factor
    if any(value and coordinate not in places for coordinate, value in wanted.items()):
        return None, []
    rows, right = [], []
    for coordinate, row in places.items():
        value = wanted.get(coordinate, Fraction(0))
        rows.append({c: -f for c, f in row.items()} if value < 0 else dict(row))
        right.append(abs(value))
    return rows, right


def _leaving(
    rows: Sequence[Row], right: Sequence[Fraction], basis: Sequence[int], entering: int
) -> int:
    """Return the row whose variable reaches zero first; of equal ones that of the first variable.

    There is one: what still is to be driven out shrinks along with the entering variable.
    """
    ratios = [
        (right[k] / row[entering], basis[k], k)
        for k, row in enumerate(rows)
        if row.get(entering, 0) > 0
    ]
    return min(ratios)[2]


def _subtract(row: Row, factor: Fraction, other: Row) -> None:
    for column, value in other.items():
        changed = row.get(column, Fraction(0)) - factor * value
        if changed:
            row[column] = changed
        else:
            row.pop(column, None)
