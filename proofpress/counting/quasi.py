"""One form for equal quasi-polynomials: a single residue for each period.

Place in the chain: definition -> **derivation** -> proof. floor(n/4), floor(-n/4) and
floor((n+3)/4) all follow from n and its residue mod 4. Writing them so, with the residue to a
degree below the period, gives equal quasi-polynomials equal polynomials.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import gcd, lcm

import sympy as sp
from sympy.polys.rings import PolyElement, PolyRing

from proofpress.counting.deadline import check_deadline
from proofpress.counting.polyhedra import Row
from proofpress.counting.spaces import Space
from proofpress.counting.summation import at

# Beyond this period the residue's polynomial would be longer than what it replaces.
LONGEST_PERIOD = 64
# SymPy may take hours to factor what has more letters or terms than this.
MOST_NAMES = 6
MOST_TERMS = 60


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


def written(space: Space, polynomial: PolyElement, degree: int | None = None) -> sp.Expr:
    """Return the SymPy expression, a sum of monomials of at most the given degree.

    A count of d letters needs no higher degree than d, but one residue for a whole period may
    bring one up to the period: it is then told by residues of shifted terms, each to the first
    power. Where nothing is to be lowered the floors stay.

    >>> n = sp.Symbol("n", integer=True)
    >>> space = Space((), (n,), room=2)
    >>> third = normal(space, space.read_polynomial(sp.floor((n + 2) / 3)))
    >>> written(space, third, 1)
    n/3 - Mod(n + 2, 3)/3 + 2/3
    """
    found = _Residues.of(space, polynomial)
    if _total(found.polynomial) <= found.allowed(degree):
        return space.polynomial_expression(polynomial)
    return found.lowered(degree).expression()


def height(space: Space, polynomial: PolyElement, degree: int) -> int:
    """Return the degree of what is written where none above the given one is wanted."""
    return _total(_Residues.of(space, polynomial).lowered(degree).polynomial)


def factored(space: Space, polynomial: PolyElement, degree: int | None = None) -> sp.Expr:
    """Return the factored SymPy expression, with Mod(e, d) in place of floor(e/d).

    >>> n = sp.Symbol("n", integer=True)
    >>> space = Space((), (n,), room=1)
    >>> factored(space, space.read_polynomial(sp.floor(n / 2)))
    n/2 - Mod(n, 2)/2
    """
    found = _Residues.of(space, polynomial).lowered(degree)
    used = sum(found.polynomial.degree(column) > 0 for column in found.names)
    if used > MOST_NAMES or len(found.polynomial) > MOST_TERMS:
        return found.expression()
    coefficient, factors = found.polynomial.factor_list()
    number = sp.Rational(int(coefficient.numerator), int(coefficient.denominator))
    return sp.Mul(number, *(_named(factor, found.names) ** power for factor, power in factors))


@dataclass(frozen=True)
class _Residues:
    """A quasi-polynomial in letters and residues: what each generator stands for."""

    polynomial: PolyElement
    names: Mapping[int, sp.Expr]
    # The generators that stand for a residue of (row mod divisor), as SymPy has the row.
    arguments: Mapping[int, tuple[sp.Expr, int]]

    @classmethod
    def of(cls, space: Space, polynomial: PolyElement) -> _Residues:
        """Return a polynomial of the space with a residue in place of each plain floor."""
        names = {column: space.letter(column) for column in range(len(space.letters))}
        arguments = {}
        for column, (row, divisor) in space.arguments.items():
            # A floor of several floors has no short residue: it stays as it is.
            if polynomial.degree(column) > 0 and not any(row[k] for k in space.arguments):
                residue = space.polynomial(space.unit(column))
                quotient = (space.polynomial(row) - residue) * sp.QQ(1, divisor)
                polynomial = at(polynomial, column, quotient)
                arguments[column] = space.expression(row), divisor
                names[column] = sp.Mod(*arguments[column], evaluate=False)
        return cls(polynomial, names, arguments)

    def allowed(self, degree: int | None) -> int:
        """Return the degree given, or, where it is not known, that in the letters, at least 2."""
        if degree is not None:
            return degree
        letters = [column for column in self.names if column not in self.arguments]
        return max(2, *(sum(m[c] for c in letters) for m in self.polynomial.monoms()), 0)

    def lowered(self, degree: int | None) -> _Residues:
        """Return the same with residues to the first power where the degree is too high."""
        found = self
        for column in self.arguments:
            if _total(found.polynomial) > self.allowed(degree):
                check_deadline()
                found = found._linear(column)
        return found

    def _linear(self, column: int) -> _Residues:
        """Return the same with one residue replaced by residues to the first power.

        Every function c of r = e mod p is a constant and a sum of multiples of (e + s) mod p: that
        grows by 1 from each r to the next, except where it falls back to 0.
        """
        if self.polynomial.degree(column) < 2:
            return self
        argument, period = self.arguments[column]
        by_rest: dict[tuple[int, ...], dict[int, Fraction]] = {}
        for monomial, coefficient in self.polynomial.terms():
            rest = (*monomial[:column], 0, *monomial[column + 1 :])
            number = Fraction(int(coefficient.numerator), int(coefficient.denominator))
            by_rest.setdefault(rest, {})[monomial[column]] = number
        sums = {
            rest: _shifted(
                tuple(sum(c * r**power for power, c in powers.items()) for r in range(period))
            )
            for rest, powers in by_rest.items()
        }
        shifts = sorted({shift for _, found in sums.values() for shift in found})
        ring = self.polynomial.ring
        wider = PolyRing([f"x{k}" for k in range(ring.ngens + len(shifts))], sp.QQ, "lex")
        place = {shift: ring.ngens + k for k, shift in enumerate(shifts)}
        names = dict(self.names)
        for (by, shift), generator in place.items():
            names[generator] = sp.Mod(argument + shift, by, evaluate=False)
        terms: dict[tuple[int, ...], object] = {}
        for rest, (constant, found) in sums.items():
            longer = (*rest, *(0 for _ in shifts))
            terms[longer] = sp.QQ(constant.numerator, constant.denominator)
            for one, factor in found.items():
                key = tuple(int(k == place[one]) or power for k, power in enumerate(longer))
                terms[key] = sp.QQ(factor.numerator, factor.denominator)
        polynomial = wider.from_dict({key: value for key, value in terms.items() if value})
        left = {other: known for other, known in self.arguments.items() if other != column}
        return _Residues(polynomial, names, left)

    def expression(self) -> sp.Expr:
        """Return the SymPy expression, multiplied out."""
        return _named(self.polynomial, self.names)


def _total(polynomial: PolyElement) -> int:
    return max((sum(monomial) for monomial in polynomial.monoms()), default=0)


# By period and shift: the factor of (e + shift) mod period.
Shifts = dict[tuple[int, int], Fraction]


def _shifted(values: tuple[Fraction, ...]) -> tuple[Fraction, Shifts]:
    """Return a constant and multiples of shifted residues that give the values at e = 0, 1, ...

    The fewer of two ways is taken: residues of the whole period, or of the powers of its primes.

    >>> _shifted((Fraction(0), Fraction(2, 3), Fraction(1, 3)))
    (Fraction(2, 3), {(3, 2): Fraction(-1, 3)})
    """
    whole = _of_one_period(values)
    parts = _parted(values)
    if parts is None:
        return whole
    constant, shifts = Fraction(0), Shifts()
    for part in parts:
        more, found = _of_one_period(part)
        constant, shifts = constant + more, {**shifts, **found}
    return (constant, shifts) if len(shifts) <= len(whole[1]) else whole


def _of_one_period(values: tuple[Fraction, ...]) -> tuple[Fraction, Shifts]:
    period = len(values)
    steps = [Fraction(values[(r + 1) % period] - values[r]) for r in range(period)]
    usual = max(steps, key=lambda step: (steps.count(step), -abs(step), step))
    shifts = {
        (period, period - 1 - r): (usual - step) / period
        for r, step in enumerate(steps)
        if step != usual
    }
    start = sum((factor * shift for (_, shift), factor in shifts.items()), Fraction(0))
    return Fraction(values[0]) - start, shifts


def _parted(values: tuple[Fraction, ...]) -> list[tuple[Fraction, ...]] | None:
    """Return functions of the residues by the powers of the period's primes that add up to the
    values; None where there are none or only one such power."""
    period = len(values)
    powers = [prime**power for prime, power in sp.factorint(period).items()]
    if len(powers) < 2:
        return None
    mean = sum(values, Fraction(0)) / period
    parts = []
    for by in powers:
        means = [sum(values[r::by], Fraction(0)) * by / period - mean for r in range(by)]
        parts.append(tuple(means))
    for r, value in enumerate(values):
        if mean + sum(part[r % len(part)] for part in parts) != value:
            return None
    parts[0] = tuple(value + mean for value in parts[0])
    return parts


def _named(polynomial: PolyElement, names: Mapping[int, sp.Expr]) -> sp.Expr:
    """Return the SymPy expression of a polynomial whose columns have the given names."""
    terms = []
    for monomial, coefficient in polynomial.terms():
        number = sp.Rational(int(coefficient.numerator), int(coefficient.denominator))
        powers = (names[k] ** e for k, e in enumerate(monomial) if e)
        terms.append(sp.Mul(number, *powers))
    return sp.Add(*terms)
