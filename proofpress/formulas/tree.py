"""What a formula says: a small tree of plain objects, each of which has an exact value.

Place in the chain: ledger's LaTeX -> **tree** -> value at integers. A number is an int or a
Fraction; a condition is a bool. What has no value raises Undefined inside, and is None outside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from fractions import Fraction

from proofpress.formulas.arithmetic import FUNCTIONS, RELATIONS, Exact, Undefined, power, whole

At = Mapping[str, int]

_LONGEST = 20_000  # terms of a sum


class Node:
    """A part of a formula."""

    __slots__ = ()

    def value(self, at: At) -> Exact | bool:
        """Return the value at integers by name; raises Undefined where there is none."""
        raise Undefined

    def parts(self) -> Iterator[Node]:
        """Return the node and all nodes below it."""
        yield self
        for one in fields(self):  # type: ignore[arg-type]
            found = getattr(self, one.name)
            for child in found if isinstance(found, tuple) else (found,):
                if isinstance(child, Node):
                    yield from child.parts()


def value(node: Node, at: At) -> Exact | bool | None:
    """Return the exact value of a formula at integers, None where it has none.

    >>> value(Quotient(Letter("n"), Number(2)), {"n": 7}), value(Letter("n"), {})
    (Fraction(7, 2), None)
    """
    try:
        return node.value(at)
    except (Undefined, RecursionError, OverflowError, MemoryError):
        return None


def number(node: Node, at: At) -> Exact:
    """Return the value of a formula that is a number; a condition is none."""
    found = node.value(at)
    if isinstance(found, bool):
        raise Undefined
    return found


def truth(node: Node, at: At) -> bool:
    """Return whether a condition holds; a number is none."""
    found = node.value(at)
    if not isinstance(found, bool):
        raise Undefined
    return found


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A numeral."""

    size: int

    def value(self, at: At) -> Exact:
        """Return the number itself."""
        return self.size


@dataclass(frozen=True, slots=True)
class Infinity(Node):
    """The sign of infinity, which is no number and has no value."""


@dataclass(frozen=True, slots=True)
class Letter(Node):
    """A letter by its name: n, alpha, n_1, q_max, rows, n'."""

    name: str

    def value(self, at: At) -> Exact:
        """Return what the letter stands for."""
        try:
            return at[self.name]
        except KeyError:
            raise Undefined from None


@dataclass(frozen=True, slots=True)
class Plus(Node):
    """A sum of at least two terms."""

    terms: tuple[Node, ...]

    def value(self, at: At) -> Exact:
        """Return the sum."""
        return sum(number(term, at) for term in self.terms)


@dataclass(frozen=True, slots=True)
class Minus(Node):
    """A term with its sign turned."""

    term: Node

    def value(self, at: At) -> Exact:
        """Return the opposite number."""
        return -number(self.term, at)


@dataclass(frozen=True, slots=True)
class Times(Node):
    """A product of at least two factors."""

    factors: tuple[Node, ...]

    def value(self, at: At) -> Exact:
        """Return the product; it has a value only where all factors have."""
        result: Exact = 1
        for factor in self.factors:
            result *= number(factor, at)
        return result


@dataclass(frozen=True, slots=True)
class Quotient(Node):
    """A fraction."""

    top: Node
    bottom: Node

    def value(self, at: At) -> Exact:
        """Return the quotient, which division by zero has not."""
        top, bottom = number(self.top, at), number(self.bottom, at)
        if bottom == 0:
            raise Undefined
        return whole(Fraction(top) / bottom)


@dataclass(frozen=True, slots=True)
class Power(Node):
    """A power; it has a value for integer exponents, and 0 to a negative power has none."""

    base: Node
    exponent: Node

    def value(self, at: At) -> Exact:
        """Return the power."""
        return power(number(self.base, at), number(self.exponent, at))


@dataclass(frozen=True, slots=True)
class Call(Node):
    """One of FUNCTIONS at its arguments."""

    name: str
    arguments: tuple[Node, ...]

    def value(self, at: At) -> Exact:
        """Return the function's value."""
        return FUNCTIONS[self.name](*(number(argument, at) for argument in self.arguments))


@dataclass(frozen=True, slots=True)
class Named(Node):
    """A function without a definition of its own, as r in r(i) = ..., at its letters."""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Case(Node):
    """A row of cases: `when` is None for "otherwise"; `after` says that no row above may hold."""

    term: Node
    when: Node | None
    after: bool


@dataclass(frozen=True, slots=True)
class Cases(Node):
    """Cases. Rows that hold at once, and none above them excluded, must have one value."""

    rows: tuple[Case, ...]

    def value(self, at: At) -> Exact:
        """Return the value of the row that holds."""
        found: set[Exact] = set()
        for row in self.rows:
            if row.after and found:
                continue
            if row.when is None or truth(row.when, at):
                found.add(number(row.term, at))
        if len(found) != 1:
            raise Undefined
        return found.pop()


@dataclass(frozen=True, slots=True)
class Running(Node):
    """A sum or product (`sign`) over low <= letter <= high; without ends it has no value."""

    sign: str
    letter: str
    low: Node | None
    high: Node | None
    term: Node

    def value(self, at: At) -> Exact:
        """Return the sum or product, that of nothing where high = low - 1, none below that."""
        if self.low is None or self.high is None:
            raise Undefined
        low, high = number(self.low, at), number(self.high, at)
        if low != int(low) or high != int(high) or not low - 1 <= high <= low + _LONGEST:
            raise Undefined
        result: Exact = 0 if self.sign == "sum" else 1
        for step in range(int(low), int(high) + 1):
            term = number(self.term, {**at, self.letter: step})
            if self.sign == "sum":
                result += term
            else:
                result *= term
        return result


@dataclass(frozen=True, slots=True)
class Relation(Node):
    """A chain a <= b <= c; the sign | says that a number divides another."""

    sides: tuple[Node, ...]
    signs: tuple[str, ...]

    def value(self, at: At) -> bool:
        """Return whether all of the chain holds; all sides need a value."""
        known = [number(side, at) for side in self.sides]
        return all(
            RELATIONS[sign](one, other)
            for sign, one, other in zip(self.signs, known, known[1:], strict=False)
        )


@dataclass(frozen=True, slots=True)
class All(Node):
    """Conditions that hold together; one that does not decides, in whatever order they stand."""

    conditions: tuple[Node, ...]

    def value(self, at: At) -> bool:
        """Return whether all hold."""
        return _decided(self.conditions, at, False)


@dataclass(frozen=True, slots=True)
class Any(Node):
    """Conditions of which one holds at least."""

    conditions: tuple[Node, ...]

    def value(self, at: At) -> bool:
        """Return whether one holds."""
        return _decided(self.conditions, at, True)


@dataclass(frozen=True, slots=True)
class Not(Node):
    """The opposite of a condition."""

    condition: Node

    def value(self, at: At) -> bool:
        """Return whether the condition does not hold."""
        return not truth(self.condition, at)


@dataclass(frozen=True, slots=True)
class Truth(Node):
    """ "always" or "never"."""

    holds: bool

    def value(self, at: At) -> bool:
        """Return the truth value."""
        return self.holds


@dataclass(frozen=True, slots=True)
class Points(Node):
    """The set { (i, j) : condition }."""

    letters: tuple[str, ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class Least(Node):
    """min { L >= 0 : condition }: `bound` is the relation that stands before the colon."""

    bound: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Exactly(Node):
    """Two conditions of which each holds exactly when the other does."""

    first: Node
    second: Node


@dataclass(frozen=True, slots=True)
class Amount(Node):
    """The number of what a label names."""

    label: str


@dataclass(frozen=True, slots=True)
class Row(Node):
    """A row of a table of parts: its label, and what equals what."""

    label: str
    says: Node


@dataclass(frozen=True, slots=True)
class Table(Node):
    """The rows of a table of parts."""

    rows: tuple[Row, ...]


def _decided(conditions: tuple[Node, ...], at: At, decisive: bool) -> bool:
    """Return `decisive` where one of the conditions is so; all must have a value where none is."""
    found = [value(one, at) for one in conditions]
    if decisive in [one for one in found if isinstance(one, bool)]:
        return decisive
    if not all(isinstance(one, bool) for one in found):
        raise Undefined
    return not decisive
