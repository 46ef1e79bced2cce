"""Counts with one parameter, residue class by residue class, put together again.

Place in the chain: definition -> **derivation** -> proof. Where floors of the parameter n appear
in the conditions of a count, n = M n' + r makes each class r = 0, ..., M - 1 free of floors. The
classes' polynomials become one quasi-polynomial in n and its residue, from the first n on at
which it is right; what lies before that is a polynomial through finitely many values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb

import sympy as sp
from sympy.polys.rings import PolyElement

from proofpress.counting.deadline import check_deadline
from proofpress.counting.polyhedra import System
from proofpress.counting.quasi import interpolation
from proofpress.counting.regions import Region
from proofpress.counting.spaces import NeedsModulus, Space
from proofpress.counting.summation import at
from proofpress.counting.vanishing import value_at
from proofpress.faults.errors import PressError

# A longer period than this is refused: its closed form would fill a page.
LONGEST = 96


@dataclass(frozen=True)
class Class:
    """The count on one residue class, in the column of n' = (n - residue)/modulus."""

    column: int
    regions: Sequence[Region]

    def value(self, quotient: int) -> Fraction:
        """Return the count at one n'."""
        for region in self.regions:
            if all(row[self.column] * quotient + row[-1] >= 0 for row in region.system):
                point = [0] * region.polynomial.ring.ngens
                point[self.column] = quotient
                return value_at(region.polynomial, point)
        raise PressError(f"no region holds at {quotient}: a fault of the press")

    def last(self) -> tuple[int, PolyElement]:
        """Return from which n' on the last region holds, and its polynomial."""
        for region in self.regions:
            if all(row[self.column] > 0 for row in region.system):
                starts = [-(row[-1] // row[self.column]) for row in region.system]
                return max(starts, default=-(10**9)), region.polynomial
        raise PressError("no region holds for all large values: a fault of the press")


def classes(count: Callable[[int, int], Class]) -> list[Class]:
    """Return the count on each class of the first modulus that needs no floors.

    `count(modulus, residue)` counts one class or raises NeedsModulus.
    """
    modulus = 1
    while modulus <= LONGEST:
        check_deadline()
        try:
            return [count(modulus, residue) for residue in range(modulus)]
        except NeedsModulus as needed:
            modulus *= needed.divisor
    raise PressError(
        f"the count repeats with a period beyond {LONGEST}",
        mend="use smaller constants in Mod and floor",
    )


def joined(
    space: Space, column: int, parts: Sequence[Class], first: int, degree: int
) -> list[Region]:
    """Return regions in n, from `first` on, for a count known on each residue class.

    None has a polynomial of a higher degree than the given one in n.
    """
    modulus = len(parts)

    def value(n: int) -> Fraction:
        return parts[n % modulus].value(n // modulus)

    lasts = [part.last() for part in parts]
    start = max(first, *(modulus * begin + r for r, (begin, _) in enumerate(lasts)))
    moved = [_in_n(space, column, part, r, modulus) for r, part in enumerate(parts)]
    polynomial = _quasi(space, column, moved)
    while start > first and value_on(space, column, polynomial, start - 1) == value(start - 1):
        start -= 1
    values = [value(n) for n in range(first, start)]
    before = listed(space, column, first, values, modulus, degree)
    unit = space.unit(column)
    tail = Region(((*unit[:-1], -start),) if start > first else (), polynomial)
    return [tail, *before]


def listed(
    space: Space,
    column: int,
    first: int,
    values: Sequence[Fraction],
    modulus: int,
    degree: int,
) -> list[Region]:
    """Return regions with the given values at first, first + 1, ...; the longest at each start.

    A period of more than 1 is believed only where more values speak for it than it could take.
    """
    regions = []
    position = 0
    while position < len(values):
        check_deadline()
        left = values[position:]
        tried = [
            (length, -period * (power + 1), period)
            for period in sp.divisors(modulus)
            for power in range(degree + 1)
            for length in [_fitting(left, period, power)]
            if period == 1 or length > period * (power + 1)
        ]
        start = first + position
        highest = space.monomial(column, degree)
        for length, _, period in sorted(tried, reverse=True):
            fitted = [
                _fitted(space, column, start + r, left[r:length:period], period)
                for r in range(min(period, length))
            ]
            # One that turned with the residue would be of a higher degree together with it.
            if len({part.get(highest, sp.QQ(0)) for part in fitted}) == 1:
                break
        end = start + length - 1
        turned = [fitted[(r - start) % period] for r in range(period)]
        unit = space.unit(column)
        upper = (*(-c for c in unit[:-1]), end)
        lower = ((*unit[:-1], -start),) if position else ()
        regions.append(Region((*lower, upper), _quasi(space, column, turned)))
        position += length
    return regions


def _fitting(values: Sequence[Fraction], period: int, power: int) -> int:
    """Return how many of the values, from the first on, are a quasi-polynomial's.

    >>> _fitting([0, 0, 1, 1, 2, 2, 7], 2, 1)
    6
    """
    signs = [(-1) ** k * comb(power + 1, k) for k in range(power + 2)]
    free = period * (power + 1)
    for n in range(free, len(values)):
        if sum(sign * values[n - k * period] for k, sign in enumerate(signs)):
            return n
    return len(values)


def _fitted(
    space: Space, column: int, start: int, values: Sequence[Fraction], period: int
) -> PolyElement:
    """Return the polynomial of least degree with the values at start, start + period, ..."""
    moved = space.polynomial((*space.unit(column)[:-1], -start)) * sp.QQ(1, period)
    total = space.ring.zero
    for coefficient in reversed(interpolation(tuple(values))):
        total = total * moved + coefficient
    return total


def least(
    space: Space, column: int, polynomial: PolyElement, values: range, degree: int
) -> PolyElement:
    """Return a polynomial without floors that is equal at the values, where there is one of at
    most the given degree; else what is given.

    >>> n = sp.Symbol("n", integer=True)
    >>> space = Space((), (n,), room=1)
    >>> half = space.read_polynomial(sp.floor(n / 2))
    >>> [str(least(space, 0, half, range(end), 1)) for end in (2, 3)]
    ['0', 'x1']
    """
    told = [value_on(space, column, polynomial, n) for n in values]
    if not told or _fitting(told, 1, degree) < len(told):
        return polynomial
    return _fitted(space, column, values[0], told, 1)


def _in_n(space: Space, column: int, part: Class, residue: int, modulus: int) -> PolyElement:
    """Return the polynomial of a class's last region in n, by n' = (n - residue)/modulus."""
    moved = space.ring.from_dict(
        {space.monomial(column, m[part.column]): c for m, c in part.last()[1].terms()}
    )
    letter = space.polynomial((*space.unit(column)[:-1], -residue))
    return at(moved, column, letter * sp.QQ(1, modulus))


def _quasi(space: Space, column: int, parts: Sequence[PolyElement]) -> PolyElement:
    """Return one polynomial in n and its residue for polynomials that repeat with a period."""
    modulus = len(parts)
    period = next(
        d
        for d in range(1, modulus + 1)
        if modulus % d == 0 and all(parts[r] == parts[r % d] for r in range(modulus))
    )
    if period == 1:
        return parts[0]
    floor = space.floor(space.unit(column), period)
    rest = space.polynomial(
        tuple(u - period * f for u, f in zip(space.unit(column), floor, strict=True))
    )
    total = space.ring.zero
    for power in range(max(part.degree(column) for part in parts) + 1):
        monomial = space.monomial(column, power)
        coefficients = tuple(part.get(monomial, sp.QQ(0)) for part in parts[:period])
        varying = space.ring.zero
        for coefficient in reversed(interpolation(coefficients)):
            varying = varying * rest + coefficient
        total = total + varying * space.ring.from_dict({monomial: sp.QQ(1)})
    return total


def value_on(space: Space, column: int, polynomial: PolyElement, n: int) -> Fraction:
    """Return a quasi-polynomial's value at one n (see `point_on`).

    >>> n = sp.Symbol("n", integer=True)
    >>> space = Space((), (n,), room=3)
    >>> nested = space.read_polynomial(sp.floor((sp.floor(n / 2) + sp.floor(n / 3)) / 2))
    >>> value_on(space, 0, nested, 3)
    Fraction(1, 1)
    """
    return value_at(polynomial, point_on(space, column, n))


def point_on(space: Space, column: int, n: int) -> list[int]:
    """Return n and the values of all floors of it, each in its column."""
    point = [0] * space.width
    point[column] = n
    # A floor's column is made after those of the floors inside it, so that these are known by now.
    for floor, (row, divisor) in space.arguments.items():
        if floor not in space.counted and not any(row[k] for k in space.counted):
            inside = sum(factor * point[k] for k, factor in enumerate(row[:-1]) if factor)
            point[floor] = (inside + row[-1]) // divisor
    return point


def bounds(column: int, system: System) -> tuple[int | None, int | None]:
    """Return the least and the greatest value of a column that stands alone in its rows.

    >>> bounds(0, ((1, -2), (-1, 7)))
    (2, 7)
    """
    lows = [-(row[-1] // row[column]) for row in system if row[column] > 0]
    highs = [row[-1] // -row[column] for row in system if row[column] < 0]
    return max(lows, default=None), min(highs, default=None)
