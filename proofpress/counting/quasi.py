"""One form for equal quasi-polynomials: a single residue for each period.

Place in the chain: definition -> **derivation** -> proof. floor(n/4), floor(-n/4) and
floor((n+3)/4) all follow from n and its residue mod 4. Writing them so, with the residue to a
degree below the period, gives equal quasi-polynomials equal polynomials.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from math import gcd, lcm

import sympy as sp
from sympy.polys.rings import PolyElement

from proofpress.counting.deadline import check_deadline
from proofpress.counting.polyhedra import Row
from proofpress.counting.spaces import Space
from proofpress.counting.summation import at

# Beyond this period the residue's polynomial would be longer than what it replaces.
LONGEST_PERIOD = 64


def normal(space: Space, polynomial: PolyElement) -> PolyElement:
    """Return the same quasi-polynomial with one floor for each direction of its floors.

    >>> n = sp.Symbol("n", integer=True)
    >>> space = Space((), (n,), room=3)
    >>> both = space.read_polynomial(sp.floor(n / 2) + sp.floor((n + 1) / 2))
    >>> space.polynomial_expression(normal(space, both))
    n
    """
    groups: dict[Row, dict[int, int]] = {}
    for column, (row, divisor) in space.arguments.items():
        if polynomial.degree(column) > 0 and not any(row[k] for k in space.arguments):
            direction, multiple = primitive(row)
            groups.setdefault(direction, {})[column] = divisor // gcd(multiple, divisor)
    for direction, periods in sorted(groups.items()):
        check_deadline()
        period = lcm(*periods.values())
        if period <= LONGEST_PERIOD:
            polynomial = _with_one_floor(space, polynomial, direction, tuple(periods), period)
    return polynomial


def primitive(row: Row) -> tuple[Row, int]:
    """Return the direction of a row's letters, without its constant, and its multiple of that.

    >>> primitive((-4, 2, 5))
    ((2, -1, 0), -2)
    """
    content = gcd(*row[:-1])
    if next(c for c in row if c) < 0:
        content = -content
    return (*(c // content for c in row[:-1]), 0), content


def _with_one_floor(
    space: Space, polynomial: PolyElement, direction: Row, columns: tuple[int, ...], period: int
) -> PolyElement:
    """Return the polynomial with floor(direction / period) in place of the columns' floors."""
    floor = space.floor(direction, period)
    base = next(column for column in space.arguments if floor[column])
    if columns == (base,) and polynomial.degree(base) < period:
        return polynomial
    # For a while the base column means the residue, direction - period * floor.
    along, residue = space.polynomial(direction), space.polynomial(space.unit(base))
    polynomial = at(polynomial, base, (along - residue) * sp.QQ(1, period))
    for column in columns:
        if column != base:
            row, divisor = space.arguments[column]
            multiple = primitive(row)[1]
            # floor(e/d) = (e - e mod d)/d, and e mod d depends on the residue alone.
            rests = tuple((multiple * r + row[-1]) % divisor for r in range(period))
            rest = _horner(interpolation(rests), residue)
            polynomial = at(polynomial, column, (space.polynomial(row) - rest) * sp.QQ(1, divisor))
    reduced = _reduced(polynomial, base, period)
    return at(reduced, base, along - residue * period)


def _horner(coefficients: tuple[object, ...], value: PolyElement) -> PolyElement:
    total = value.ring.zero
    for coefficient in reversed(coefficients):
        total = total * value + coefficient
    return total


def _reduced(polynomial: PolyElement, column: int, period: int) -> PolyElement:
    """Return the polynomial of degree below the period that agrees at the residues 0, 1, ..."""
    result = polynomial.ring.zero
    for monomial, coefficient in polynomial.terms():
        power = monomial[column]
        rest = (*monomial[:column], 0, *monomial[column + 1 :])
        if power < period:
            result[monomial] = result.get(monomial, 0) + coefficient
        else:
            for k, factor in enumerate(interpolation(tuple(r**power for r in range(period)))):
                key = (*rest[:column], k, *rest[column + 1 :])
                result[key] = result.get(key, 0) + coefficient * factor
    result.strip_zero()
    return result


@lru_cache(maxsize=512)
def interpolation(values: tuple[int, ...]) -> tuple[object, ...]:
    """Return, lowest power first, the polynomial with the given values at 0, 1, 2, ...

    >>> [str(c) for c in interpolation((0, 1, 4))]
    ['0', '0', '1']
    """
    # Newton's forward differences; the basis polynomial r (r-1) ... (r-k+1) / k! grows along.
    differences = [sp.QQ(value.numerator, value.denominator) for value in values]
    total = [sp.QQ(0)] * len(values)
    basis = [sp.QQ(1)]
    for k in range(len(values)):
        for power, factor in enumerate(basis):
            total[power] += factor * differences[0]
        differences = [b - a for a, b in pairwise(differences)]
        shifted = [sp.QQ(0), *basis]
        for power, factor in enumerate(basis):
            shifted[power] -= k * factor
        basis = [factor / (k + 1) for factor in shifted]
    return tuple(total)


def factored(space: Space, polynomial: PolyElement) -> sp.Expr:
    """Return the factored SymPy expression, with Mod(e, d) in place of floor(e/d).

    >>> n = sp.Symbol("n", integer=True)
    >>> space = Space((), (n,), room=1)
    >>> factored(space, space.read_polynomial(sp.floor(n / 2)))
    n/2 - Mod(n, 2)/2
    """
    names = {column: space.letter(column) for column in range(len(space.letters))}
    for column, (row, divisor) in space.arguments.items():
        # A floor of several floors has no short residue: it stays as it is.
        if polynomial.degree(column) > 0 and not any(row[k] for k in space.arguments):
            residue = space.polynomial(space.unit(column))
            quotient = (space.polynomial(row) - residue) * sp.QQ(1, divisor)
            polynomial = at(polynomial, column, quotient)
            names[column] = sp.Mod(space.expression(row), divisor, evaluate=False)
    coefficient, factors = polynomial.factor_list()
    number = sp.Rational(int(coefficient.numerator), int(coefficient.denominator))
    return sp.Mul(number, *(_named(factor, names) ** power for factor, power in factors))


def _named(polynomial: PolyElement, names: Mapping[int, sp.Expr]) -> sp.Expr:
    """Return the SymPy expression of a polynomial whose columns have the given names."""
    terms = []
    for monomial, coefficient in polynomial.terms():
        number = sp.Rational(int(coefficient.numerator), int(coefficient.denominator))
        powers = (names[k] ** e for k, e in enumerate(monomial) if e)
        terms.append(sp.Mul(number, *powers))
    return sp.Add(*terms)
