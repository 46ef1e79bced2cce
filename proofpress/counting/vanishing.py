"""Whether a polynomial is zero at every integer point of a system: decided, not sampled.

Place in the chain: definition -> derivation -> **proof**. A polynomial that is not zero
identically can still vanish on all points of a thin system. A system is thin when one of its rows
stays between 0 and some constant; then the row equals one of finitely many integers, each gives an
equation, and the equation removes a letter. A system that is thin in no direction holds integer
cubes of every size, on which only the zero polynomial vanishes.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd

from sympy.polys.rings import PolyElement

from proofpress.counting.deadline import check_deadline
from proofpress.counting.polyhedra import (
    System,
    combine,
    equality,
    feasible,
    opposite,
    sample,
    substitute,
    tidy,
    upper_limit,
)
from proofpress.counting.summation import at

# A row with more values than this is not cut into equations: the answer is then undecided.
THICKEST = 400


class Undecided(Exception):
    """Raised when the question was not settled; never to be read as a yes."""


def vanishes(polynomial: PolyElement, system: System) -> bool:
    """Return whether the polynomial is zero at all integer points of the system.

    False may also mean that the system has no integer points though it has rational ones; a
    caller that needs a witness looks for one. Raises Undecided where a system is bounded but too
    large to be cut up.

    >>> from proofpress.counting.spaces import Space
    >>> import sympy as sp
    >>> n = sp.Symbol("n", integer=True)
    >>> space = Space((), (n,))
    >>> vanishes(space.read_polynomial((n - 1) * (n - 2)), ((1, -1), (-1, 2)))
    True
    >>> vanishes(space.read_polynomial((n - 1) * (n - 2)), ((1, -1),))
    False
    """
    check_deadline()
    if not polynomial:
        return True
    rows = tidy(system)
    if rows is None or not feasible(rows):
        return True
    columns = range(polynomial.ring.ngens)
    tied = equality(rows, columns)
    if tied is not None:
        return _vanishes_on(polynomial, rows, tied)
    if not rows or not any(polynomial.degree(c) > 0 for c in columns):
        return False
    point = sample(rows)
    if point is not None and value_at(polynomial, point):
        return False
    thinnest = None
    for row in rows:
        limit = upper_limit(row, rows)
        if limit is not None and (thinnest is None or limit < thinnest[0]):
            thinnest = (limit, row)
    if thinnest is None:
        return False
    limit, row = thinnest
    if limit > THICKEST:
        raise Undecided(f"a region is {limit} wide: too wide to cut up, too thin to decide")
    slices = []
    for value in range(limit + 1):
        equal = (*row[:-1], row[-1] - value)
        slices.append((*rows, equal, opposite(equal)))
    return all(vanishes(polynomial, piece) for piece in slices)


def value_at(polynomial: PolyElement, point: Sequence[int]) -> Fraction:
    """Return the polynomial's value at a point, one number for each of its columns."""
    total = Fraction(0)
    for monomial, coefficient in polynomial.terms():
        term = Fraction(int(coefficient.numerator), int(coefficient.denominator))
        for x, power in zip(point, monomial, strict=True):
            term *= x**power
        total += term
    return total


def _vanishes_on(polynomial: PolyElement, rows: System, tied: tuple[int, ...]) -> bool:
    """Return whether the polynomial vanishes where the equation `tied = 0` holds as well."""
    columns = [c for c, factor in enumerate(tied[:-1]) if factor]
    column = min(columns, key=lambda c: abs(tied[c]))
    factor = tied[column]
    if abs(factor) == 1:
        value = combine(-factor, tied, 0, tied)
        value = (*value[:column], 0, *value[column + 1 :])
    else:
        if tied[-1] % gcd(*tied[:-1]):
            return True
        # A unimodular change of one letter makes the other factors smaller (Euclid).
        changed = [0] * len(tied)
        changed[column] = 1
        for other in columns:
            if other != column:
                changed[other] = -(tied[other] // factor)
        value = tuple(changed)
    ring = polynomial.ring
    replacement = ring.from_dict(
        {
            tuple(int(k == c) for k in range(ring.ngens)): ring.domain(entry)
            for c, entry in enumerate(value[:-1])
            if entry
        }
    ) + ring(value[-1])
    following = tuple(substitute(row, column, value) for row in rows)
    return vanishes(at(polynomial, column, replacement), following)
