"""The value of an author's term on a cell: a quotient of polynomials, or none at all.

Place in the chain: definition -> derivation -> **proof**. It follows `terms.value` node by node,
with polynomials for numbers: a division asks whether its divisor is zero, a Piecewise which row is
the first that holds. A question that the cell does not answer cuts the cell (Fork, Split), and the
reading begins anew on each part; so a term is only given a value where it has one.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import factorial, lcm
from typing import NamedTuple

from proofpress.proving.cells import Cell, Fork, Open, Split
from proofpress.proving.polys import (
    Poly,
    constant,
    cuts,
    quotient,
    tightened,
    variable,
    whole_after,
)
from proofpress.terms.tree import (
    Apply,
    Cases,
    Condition,
    Gate,
    Letter,
    Number,
    Relation,
    Series,
    Term,
    Truth,
)
from proofpress.terms.value import NotRational, NoValue, apply

# More residue classes than this are not told apart: a floor then becomes a variable of its own.
MOST_CLASSES = 400
# Longer products of neighbours, and higher powers, are not multiplied out.
LONGEST = 48

ONE = constant(1)


class Empty(Exception):
    """Raised where a cell turns out to hold no point."""


class Value(NamedTuple):
    """A quotient of polynomials whose divisor is nowhere zero on the cell."""

    above: Poly
    below: Poly = ONE

    @property
    def number(self) -> int | Fraction | None:
        """Return the value where it is the same on the whole cell and shown to be."""
        return self.above.number if self.below == ONE else None


def plain(number: int | Fraction) -> Value:
    """Return a number as a value."""
    return Value(constant(number))


def reduced(above: Poly, below: Poly) -> Value:
    """Return above / below, without what divides both and is seen at once.

    >>> x = variable(0)
    >>> reduced(x * x - 1, x - 1)
    Value(above=1 + 1*x0^1, below=1)
    """
    whole = quotient(above, below)
    if whole is not None:
        return Value(whole)
    shared = _shared(above, below)
    if shared:
        monomial = Poly({tuple(sorted(shared.items())): 1})
        above, below = quotient(above, monomial) or above, quotient(below, monomial) or below
    return Value(above, below)


def _shared(*polys: Poly) -> dict[int, int]:
    """Return the variables, with their powers, that divide every term."""
    shared: dict[int, int] | None = None
    for poly in polys:
        for monomial in poly.terms:
            powers = dict(monomial)
            if shared is None:
                shared = powers
            else:
                shared = {v: min(e, powers[v]) for v, e in shared.items() if v in powers}
    return shared or {}


class Reader:
    """Reads terms and conditions on one cell, which gains what is known of floors on the way.

    >>> from proofpress.proving.cells import Names
    >>> n = Letter("n")
    >>> cell = Cell(Names(), {"n": variable(1)}).narrowed(variable(1) - 1)
    >>> Reader(cell).value(n * (n + 1) / n)
    Value(above=1 + 1*x1^1, below=1)
    """

    def __init__(self, cell: Cell, offsets: dict[Poly, int | Fraction] | None = None) -> None:
        self.cell = cell
        self.offsets = {} if offsets is None else offsets

    # Questions.

    def decide(self, poly: Poly) -> bool:
        """Return whether a polynomial is >= 0 on the cell. Raises Fork where it depends."""
        poly = tightened(poly.put(self.cell.solved))
        known = self.cell.knows(poly)
        if known is not None:
            return known
        if len(poly.variables) == 1 and not poly.affine:
            (v,) = poly.variables
            last = -1
            for last in cuts(poly):
                if self.decide(constant(last) - variable(v)):
                    return poly.at({v: last}) >= 0
            return poly.at({v: last + 1}) >= 0
        raise Fork(poly, self.cell)

    def sign(self, poly: Poly) -> int:
        """Return the sign of a polynomial on the cell: 1, 0 or -1. Raises Fork."""
        poly = poly.put(self.cell.solved)
        if not poly:
            return 0
        shared = _shared(poly)
        result = 1
        for v, power in shared.items():
            once = self._sign(variable(v))
            result *= once if power % 2 else once * once
        if shared:
            poly = quotient(poly, Poly({tuple(sorted(shared.items())): 1})) or poly
        return result * self._sign(poly) if result else 0

    def _sign(self, poly: Poly) -> int:
        if poly.number is not None:
            return (poly.number > 0) - (poly.number < 0)
        poly = poly * lcm(*(c.denominator for c in poly.terms.values()))
        if self.decide(poly - 1):
            return 1
        return -1 if self.decide(-poly - 1) else 0

    def signed(self, value: Value) -> int:
        """Return the sign of a value."""
        sign = self.sign(value.above)
        return sign and sign * self.sign(value.below)

    def equal(self, one: Value, other: Value) -> bool:
        """Return whether two values are the same on the whole cell, or nowhere on it."""
        return self.sign(one.above * other.below - other.above * one.below) == 0

    def learn(self, *facts: Poly) -> None:
        """Take in polynomials that are known to be >= 0. Raises Empty where they cannot be."""
        cell = self.cell.narrowed(*facts)
        if cell is None:
            raise Empty
        self.cell = cell

    # Terms.

    def value(self, term: Term) -> Value:
        """Return the value of a term. Raises NoValue, NotRational, Open, Fork or Split."""
        match term:
            case Number():
                return plain(term.value)
            case Letter():
                if term.name not in self.cell.letters:
                    raise Open(f"the letter {term.name} is not among the claim's")
                return Value(self.cell.letters[term.name])
            case Apply():
                return self._operation(term.op, [self.value(part) for part in term.args])
            case Cases():
                for value, when in term.rows:
                    if self.truth(when):
                        return self.value(value)
                raise NoValue("no case holds")
            case Series():
                from proofpress.proving.series import series

                return series(self, term)
        raise AssertionError(f"no such term: {type(term)}")

    def truth(self, condition: Condition) -> bool:
        """Return whether a condition holds on the cell, its parts asked for in their order."""
        match condition:
            case Truth():
                return condition.value
            case Relation():
                left, right = self.value(condition.left), self.value(condition.right)
                return self._compared(condition.op, self.minus(left, right))
            case Gate(op="and"):
                return all(self.truth(part) for part in condition.args)
            case Gate(op="or"):
                return any(self.truth(part) for part in condition.args)
            case Gate(op="not"):
                return not self.truth(condition.args[0])
            case Gate():
                return sum([self.truth(part) for part in condition.args]) % 2 == 1
        raise AssertionError(f"no such condition: {type(condition)}")

    def _compared(self, op: str, value: Value) -> bool:
        """Return whether value < 0, <= 0, ... holds."""
        above = value.above
        if op in ("==", "!="):
            return (self.sign(above) == 0) == (op == "==")
        if value.below != ONE and self.sign(value.below) < 0:
            above = -above
        above = above * lcm(1, *(c.denominator for c in above.terms.values()))
        match op:
            case ">=":
                return self.decide(above)
            case ">":
                return self.decide(above - 1)
            case "<=":
                return self.decide(-above)
        return self.decide(-above - 1)

    def minus(self, one: Value, other: Value) -> Value:
        """Return the difference of two values."""
        return self.plus(one, Value(-other.above, other.below))

    def plus(self, one: Value, other: Value) -> Value:
        """Return the sum of two values."""
        if one.below == other.below:
            total = one.above + other.above
            return Value(total) if one.below == ONE else reduced(total, one.below)
        above = one.above * other.below + other.above * one.below
        return reduced(above, one.below * other.below)

    def times(self, one: Value, other: Value) -> Value:
        """Return the product of two values."""
        above, below = one.above * other.above, one.below * other.below
        return Value(above) if below == ONE else reduced(above, below)

    def over(self, one: Value, other: Value) -> Value:
        """Return the quotient of two values. Raises NoValue where the divisor is zero."""
        if self.sign(other.above) == 0:
            raise NoValue("a division by zero")
        return reduced(one.above * other.below, one.below * other.above)

    def _operation(self, op: str, args: Sequence[Value]) -> Value:
        numbers = [value.number for value in args]
        if None not in numbers:
            return plain(apply(op, numbers))
        match op:
            case "+":
                return self.plus(*args)
            case "-":
                return self.minus(*args)
            case "neg":
                return Value(-args[0].above, args[0].below)
            case "*":
                return self.times(*args)
            case "/":
                return self.over(*args)
            case "**":
                from proofpress.proving.powers import power

                return power(self, *args)
            case "floor":
                return Value(self.floor(args[0]))
            case "ceiling":
                return Value(-self.floor(Value(-args[0].above, args[0].below)))
            case "Mod":
                if self.sign(args[1].above) == 0:
                    raise NoValue("a remainder by zero")
                parts = Value(self.floor(self.over(*args)))
                return self.minus(args[0], self.times(args[1], parts))
            case "Abs":
                negative = self._compared("<", args[0])
                return Value(-args[0].above, args[0].below) if negative else args[0]
            case "sign":
                return plain(self.signed(args[0]))
            case "Min" | "Max":
                best = args[0]
                for other in args[1:]:
                    wins = "<=" if op == "Min" else ">="
                    best = best if self._compared(wins, self.minus(best, other)) else other
                return best
            case "binomial":
                return self._binomial(*args)
            case "factorial":
                return self.factorial(self._whole(args[0], "factorial"))
        raise Open(f"the operation {op}")

    # Whole numbers.

    def floor(self, value: Value) -> Poly:
        """Return the greatest integer below a value: a polynomial, or a variable with its facts."""
        above, below = value.above.put(self.cell.solved), value.below.put(self.cell.solved)
        if below != ONE:
            return self._floor_of_quotient(above, below)
        wanted = whole_after(above)
        if wanted is None:
            return above - Fraction(above.tail) % 1
        names, modulus = wanted
        if self.cell.classes * modulus ** len(names) <= MOST_CLASSES:
            raise Split(names, modulus, self.cell)
        inner = {m: Fraction(c) % 1 for m, c in above.terms.items() if c.denominator > 1}
        rest = Poly(inner)
        divisor = lcm(*(c.denominator for c in rest.terms.values()))
        return above - rest + self._floor_of_quotient(rest * divisor, constant(divisor))

    def _floor_of_quotient(self, above: Poly, below: Poly) -> Poly:
        if self.sign(below) < 0:
            above, below = -above, -below
        parts = [*above.terms.values(), *below.terms.values()]
        clear = lcm(*(c.denominator for c in parts))
        above, below = above * clear, below * clear
        inside = above.variables | below.variables
        v = self.cell.names.atom(("floor", above, below), inside)
        whole = self.cell.read(v)
        self.learn(above - below * whole, below * whole + below - above - 1)
        return whole

    def whole(self, value: Value) -> Poly | None:
        """Return a value as a polynomial with integer values, None where it is a fraction."""
        floor = self.floor(value)
        difference = value.above - value.below * floor
        return floor if self.sign(difference) == 0 else None

    def _whole(self, value: Value, op: str) -> Poly:
        found = self.whole(value)
        if found is None:
            raise NotRational(f"a {op} of a fraction")
        return found

    def factorial(self, whole: Poly) -> Value:
        """Return a factorial, told by one variable times or divided by neighbouring factors."""
        if not self.decide(whole):
            raise NoValue("a factorial of a negative number")
        if whole.number is not None:
            return plain(apply("factorial", [whole.number]))
        free = whole.free()
        first = self.offsets.setdefault(free, whole.tail)
        v = self.cell.names.atom(("factorial", free, first), free.variables)
        known = self.cell.read(v)
        self.learn(known - 1, known - free - first)
        steps = int(whole.tail - first)
        if abs(steps) > LONGEST:
            raise Open("factorials that are far apart")
        if steps >= 0:
            return Value(known * _falling(whole, steps))
        return reduced(known, _falling(free + first, -steps))

    def _binomial(self, upper: Value, lower: Value) -> Value:
        above, below = self._whole(upper, "binomial"), self._whole(lower, "binomial")
        if not self.decide(above):
            raise NoValue("a binomial of a negative number")
        if not self.decide(below):
            return plain(0)
        if below.number is not None:
            return _chosen(above, int(below.number))
        rest = above - below
        if not self.decide(rest):
            return plain(0)
        if rest.number is not None:
            return _chosen(above, int(rest.number))
        parts = self.times(self.factorial(below), self.factorial(rest))
        return self.over(self.factorial(above), parts)


def _chosen(above: Poly, below: int) -> Value:
    if below > LONGEST:
        raise Open("a binomial of large numbers")
    return Value(_falling(above, below) * Fraction(1, factorial(below)))


def _falling(poly: Poly, steps: int) -> Poly:
    """Return poly (poly - 1) ... with so many factors."""
    result = ONE
    for k in range(steps):
        result = result * (poly - k)
    return result
