"""Columns for letters: how SymPy's affine expressions become rows of integers and back.

Place in the chain: **definition** -> derivation -> proof. `floor` and `Mod` by integer constants
get a column of their own: q = floor(e/d) is the one integer with d q <= e <= d q + d - 1, so
naming it changes no count, and everything that follows is affine.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import gcd, lcm

import sympy as sp
from sympy.polys.rings import PolyElement, PolyRing

from proofpress.counting.polyhedra import Row, System, combine
from proofpress.faults.errors import PressError

# Most coefficients are whole, and Python's integers are many times as fast as its fractions.
Affine = dict[int, int | Fraction]
CONSTANT = -1

ACCEPTED = (
    "accepted are sums of letters times integer constants, compared by <, <=, >, >=, Eq, Ne, "
    "with floor, ceiling and Mod by positive integer constants, Abs, Min and Max"
)


class NotAffine(PressError):
    """Raised for a term that is not affine in the letters; it names the term."""


class NeedsModulus(Exception):
    """Raised for a floor of parameters, by this divisor, in a space that takes none."""

    def __init__(self, divisor: int) -> None:
        super().__init__(divisor)
        self.divisor = divisor


class OutOfColumns(Exception):
    """Raised when more floors turn up than a space has columns for; ask for a wider one."""


class Space:
    """Columns: first the counted letters, then the parameters, then room for floors.

    `counted` holds the columns that are summed over; a floor joins them when its argument holds
    one of them. Without `floors_of_parameters` a floor of parameters alone is refused by
    NeedsModulus, and the caller cuts the parameters into residue classes.
    """

    def __init__(
        self,
        counted: Iterable[sp.Symbol],
        parameters: Iterable[sp.Symbol],
        room: int = 0,
        floors_of_parameters: bool = True,
    ) -> None:
        variables = tuple(counted)
        self.letters: list[sp.Symbol] = [*variables, *parameters]
        self.width = len(self.letters) + room
        self.counted = set(range(len(variables)))
        self.column = {letter: k for k, letter in enumerate(self.letters)}
        self.floors: dict[tuple[Row, int], int] = {}
        self.arguments: dict[int, tuple[Row, int]] = {}
        self.ring = PolyRing([f"x{k}" for k in range(self.width)], sp.QQ, "lex")
        self.floors_of_parameters = floors_of_parameters
        self._differences: dict[tuple[sp.Expr, sp.Expr], Row] = {}
        # Whether empty intervals are kept out of sums; they are harmless but not always bounded.
        self.strict = False

    # From SymPy.

    def affine(self, expression: sp.Expr) -> Affine:
        """Return the coefficients by column (and CONSTANT) of an affine expression.

        Raises PressError that names the term which is not affine.
        """
        if expression.is_Rational:
            return {CONSTANT: _number(expression)}
        if expression in self.column:
            return {self.column[expression]: 1}
        if expression.is_Symbol:
            raise PressError(
                f"the letter {expression} is neither counted nor a parameter",
                mend=f"add {expression} to the counted letters, or to parameters=",
            )
        if expression.is_Add:
            total: Affine = {}
            for term in expression.args:
                _add(total, self.affine(term), 1)
            return total
        if expression.is_Mul:
            factor, rest = expression.as_coeff_Mul()
            if factor.is_Rational and factor != 1:
                scaled: Affine = {}
                _add(scaled, self.affine(rest), _number(factor))
                return scaled
            expanded = sp.expand(expression)
            if expanded != expression:
                return self.affine(expanded)
        if isinstance(expression, sp.floor):
            return self._floor(self.affine(expression.args[0]))
        if isinstance(expression, sp.ceiling):
            below: Affine = {}
            _add(below, self.affine(expression.args[0]), -1)
            result: Affine = {}
            _add(result, self._floor(below), -1)
            return result
        if isinstance(expression, sp.Mod):
            dividend, divisor = expression.args
            if divisor.is_Integer and divisor > 0:
                value = self.affine(dividend)
                quotient: Affine = {k: Fraction(c, int(divisor)) for k, c in value.items()}
                _add(value, self._floor(quotient), -int(divisor))
                return value
        raise NotAffine(f"the term {expression} is not affine in the letters", mend=ACCEPTED)

    def row(self, expression: sp.Expr) -> Row:
        """Return the integer row of an affine expression with its denominators cleared."""
        return self.cleared(self.affine(expression))[0]

    def difference(self, greater: sp.Expr, smaller: sp.Expr) -> Row:
        """Return the integer row of greater - smaller with its denominators cleared."""
        # A proof by cases asks for the same few comparisons again and again.
        known = self._differences.get((greater, smaller))
        if known is None:
            total = self.affine(greater)
            _add(total, self.affine(smaller), -1)
            known = self._differences[greater, smaller] = self.cleared(total)[0]
        return known

    def cleared(self, affine: Affine) -> tuple[Row, int]:
        """Return an integer row and the positive divisor that make up the affine form."""
        divisor = lcm(1, *(c.denominator for c in affine.values()))
        row = [0] * (self.width + 1)
        for column, coefficient in affine.items():
            row[column] = int(coefficient * divisor)
        return tuple(row), divisor

    def _floor(self, affine: Affine) -> Affine:
        row = self.floor(*self.cleared(affine))
        return {k if k < self.width else CONSTANT: c for k, c in enumerate(row) if c}

    def floor(self, row: Row, divisor: int) -> Row:
        """Return the row of floor(row / divisor), with a new column where it needs one.

        Equal floors get one column: whole multiples and common factors are taken out, a floor of
        a floor becomes one, and the first letter's factor is made positive, since
        floor(-e/d) = -floor((e + d - 1)/d).
        """
        row, divisor = self._flattened(row, divisor)
        whole, rest = divided(row, divisor)
        common = gcd(divisor, *rest[:-1])
        if common == divisor:
            return whole
        rest, divisor = tuple(c // common for c in rest), divisor // common
        if next(c for c in rest if c) < 0:
            mirrored = (*(-c for c in rest[:-1]), divisor - 1 - rest[-1])
            return combine(1, whole, -1, self.floor(mirrored, divisor))
        return combine(1, whole, 1, self.unit(self._column(rest, divisor)))

    def _column(self, row: Row, divisor: int) -> int:
        """Return the column of floor(row / divisor) in its least form, made when it is new."""
        key = (row, divisor)
        if key not in self.floors:
            summed = any(row[k] for k in self.counted)
            if not summed and not self.floors_of_parameters:
                raise NeedsModulus(divisor)
            column = len(self.letters)
            if column == self.width:
                raise OutOfColumns
            self.letters.append(sp.Dummy(f"q{column}", integer=True))
            self.floors[key] = column
            self.arguments[column] = key
            if summed:
                self.counted.add(column)
        return self.floors[key]

    def _flattened(self, row: Row, divisor: int) -> tuple[Row, int]:
        """Return floor((floor(e/d) + f)/b) as floor((e + d f)/(b d)): one floor instead of two.

        The negative of a floor is one too: -floor(e/d) = floor((d - 1 - e)/d).
        """
        inside = [k for k in self.arguments if row[k]]
        if len(inside) != 1 or abs(row[inside[0]]) != 1:
            return row, divisor
        column = inside[0]
        inner, by = self.arguments[column]
        if row[column] < 0:
            inner = (*(-c for c in inner[:-1]), by - 1 - inner[-1])
        rest = (*row[:column], 0, *row[column + 1 :])
        return self._flattened(combine(1, inner, by, rest), divisor * by)

    def unfloored(self, row: Row) -> Row:
        """Return a row without its floor where it has one alone: floor(e/d) >= f is e >= d f.

        >>> n, t = sp.symbols("n t", integer=True)
        >>> space = Space((), (n, t), room=1)
        >>> half = space.row(sp.floor(n / 2) - t)
        >>> space.expression(space.unfloored(half))
        n - 2*t
        """
        inside = [k for k in self.arguments if row[k]]
        if len(inside) != 1 or abs(row[inside[0]]) != 1:
            return row
        column = inside[0]
        inner, by = self.arguments[column]
        rest = (*row[:column], 0, *row[column + 1 :])
        if row[column] > 0:
            return self.unfloored(combine(1, inner, by, rest))
        below = combine(-1, inner, by, rest)
        return self.unfloored((*below[:-1], below[-1] + by - 1))

    # What the columns mean.

    def floor_rows(self, column: int) -> System:
        """Return the two rows that tie a floor's column to its argument."""
        return self.tied(column, *self.arguments[column])

    def tied(self, column: int, row: Row, divisor: int) -> System:
        """Return the rows that say that the column's letter is floor(row / divisor)."""
        multiple = self.unit(column, divisor)
        above = combine(1, row, -1, multiple)
        below = combine(1, multiple, -1, row)
        return above, (*below[:-1], below[-1] + divisor - 1)

    def with_floors(self, rows: Iterable[Row], summed: bool = True) -> System:
        """Return the rows with those of every floor they use, floors of floors included.

        Without `summed`, only floors of parameters: those of counted letters lose their meaning
        once a letter in them has been summed over.
        """
        result = list(rows)
        if not self.arguments:
            return tuple(result)
        seen: set[int] = set()
        pending = list(result)
        while pending:
            row = pending.pop()
            for column in self.arguments:
                if row[column] and column not in seen and (summed or column not in self.counted):
                    seen.add(column)
                    tied = self.floor_rows(column)
                    result.extend(tied)
                    pending.extend(tied)
        return tuple(result)

    def unit(self, column: int, factor: int = 1) -> Row:
        """Return the row that is `factor` times one letter."""
        return tuple(factor if k == column else 0 for k in range(self.width + 1))

    def monomial(self, column: int, power: int) -> tuple[int, ...]:
        """Return the exponents of one letter's power."""
        return tuple(power if k == column else 0 for k in range(self.width))

    # Polynomials.

    def polynomial(self, row: Row) -> PolyElement:
        """Return the affine form of a row as an element of the space's polynomial ring."""
        terms = {}
        for column in range(self.width):
            if row[column]:
                monomial = tuple(int(k == column) for k in range(self.width))
                terms[monomial] = sp.QQ(row[column])
        if row[-1]:
            terms[(0,) * self.width] = sp.QQ(row[-1])
        return self.ring.from_dict(terms)

    def read_polynomial(self, expression: sp.Expr) -> PolyElement:
        """Return a polynomial expression in the letters and their floors as a ring element."""
        if expression.is_Rational:
            return self.ring(sp.QQ(int(expression.p), int(expression.q)))
        if expression.is_Add:
            return sum((self.read_polynomial(a) for a in expression.args), self.ring.zero)
        if expression.is_Mul:
            product = self.ring.one
            for argument in expression.args:
                product = product * self.read_polynomial(argument)
            return product
        if expression.is_Pow and expression.exp.is_Integer and expression.exp >= 0:
            return self.read_polynomial(expression.base) ** int(expression.exp)
        row, divisor = self.cleared(self.affine(expression))
        return self.polynomial(row) * sp.QQ(1, divisor)

    # Back to SymPy.

    def letter(self, column: int) -> sp.Expr:
        """Return the letter of a column; a floor's column gives its floor expression."""
        if column not in self.arguments:
            return self.letters[column]
        row, divisor = self.arguments[column]
        return sp.floor(self.expression(row) / divisor)

    def expression(self, row: Row) -> sp.Expr:
        """Return the affine SymPy expression of a row."""
        return sp.Add(
            *(c * self.letter(k) for k, c in enumerate(row[:-1]) if c), sp.Integer(row[-1])
        )

    def polynomial_expression(self, polynomial: PolyElement) -> sp.Expr:
        """Return the SymPy expression of a ring element."""
        letters = [self.letter(k) for k in range(len(self.letters))]
        terms = []
        for monomial, coefficient in polynomial.terms():
            factors = [x**e for x, e in zip(letters, monomial, strict=False) if e]
            terms.append(
                sp.Mul(sp.Rational(coefficient.numerator, coefficient.denominator), *factors)
            )
        return sp.Add(*terms)


def divided(row: Row, divisor: int) -> tuple[Row, Row]:
    """Return quotient and remainder, entry by entry: row = divisor * quotient + remainder.

    A letter's remainder is the one nearest to zero, which keeps the factors of what follows
    small; the constant's lies between 0 and divisor - 1.

    >>> divided((5, -1, 4), 3)
    ((2, 0, 1), (-1, -1, 1))
    """
    half = (divisor - 1) // 2
    letters = tuple((c + half) // divisor for c in row[:-1])
    whole = (*letters, row[-1] // divisor)
    return whole, combine(1, row, -divisor, whole)


def _number(rational: sp.Rational) -> int | Fraction:
    return int(rational.p) if rational.q == 1 else Fraction(int(rational.p), int(rational.q))


def _add(total: Affine, other: Affine, factor: int | Fraction) -> None:
    for key, coefficient in other.items():
        total[key] = total.get(key, 0) + factor * coefficient
