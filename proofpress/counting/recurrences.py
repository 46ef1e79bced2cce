"""A recurrence on a grid of units, and what it costs: parameters, operations, depth, reach.

Place in the chain: **definition** -> derivation -> proof. A unit's new state is an activation of a
sum of matrix-vector products, one for each term of the recurrence. The matrix shapes and the
units that have the term's neighbour give the operations; running the recurrence with numbers that
count gives them again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sympy as sp

from proofpress.counting.expressions import as_expression, each_case
from proofpress.counting.given import matrix_terms
from proofpress.counting.letters import author_source
from proofpress.counting.plain import function
from proofpress.counting.sets import IntegerSet
from proofpress.counting.tensors import Tensor
from proofpress.faults.errors import PressError
from proofpress.terms import normal
from proofpress.terms.functions import Or
from proofpress.terms.in_sympy import as_symbol
from proofpress.terms.tree import Letter, Term
from proofpress.terms.walk import put

Unit = tuple[int, ...]


@dataclass(frozen=True)
class MatrixTerm:
    """One matrix-vector product of a recurrence: the matrix and where its vector comes from.

    `offset` leads from the unit to the neighbour whose state is multiplied; None means the
    unit's own input.
    """

    matrix: Tensor
    offset: Unit | None = None


@dataclass(frozen=True)
class Part:
    """So many scalar operations at each point of a set."""

    label: str
    weight: sp.Expr
    where: IntegerSet
    # What must not be negative for the operations to be so many: sides of matrices, as written.
    sides: tuple[Term, ...] = ()

    @property
    def factors(self) -> tuple[sp.Expr, ...]:
        """Return the operations at one point, and the number of points."""
        return (self.weight, self.where.cardinality())

    @property
    def size(self) -> sp.Expr:
        """Return the operations at all points of the set."""
        return each_case(self.where.cardinality(), lambda points: self.weight * points)

    def count(self, values: Mapping[sp.Symbol, int]) -> int:
        """Return the operations at given letters, the points counted by enumeration."""
        weight = function(tuple(values), self.weight)(*values.values())
        return int(weight) * self.where.count(**{str(p): values[p] for p in self.where.parameters})


class Recurrence:
    """state(unit) = activation(sum over terms of matrix * vector), without biases.

    `grid` is the IntegerSet of units. With padding, a neighbour outside the grid is a vector of
    zeros and is multiplied like any other; without, its term is left out.
    """

    def __init__(self, name: str, grid: IntegerSet, terms: Sequence[MatrixTerm]) -> None:
        self.name = name
        self.grid = grid
        self.source = author_source(name)
        self.terms: tuple[MatrixTerm, ...] = matrix_terms(name, grid, terms, str(self.source))
        self._refuse_misfits()
        self._having: dict[MatrixTerm, IntegerSet] = {}

    def _refuse_misfits(self) -> None:
        """Raise PressError for terms whose products cannot be added up."""
        rows = self.terms[0].matrix.written[0]
        for term in self.terms:
            matrix, (tall, wide) = term.matrix, term.matrix.written
            if matrix.copies != 1:
                what = f"multiplies with {matrix.name}, of which there are {matrix.copies}"
                raise self._error(what, "write a term for each of them")
            if normal.key(tall) != normal.key(rows):
                what = f"adds vectors of {rows} and of {tall} numbers"
                raise self._error(what, "give all matrices as many rows")
            if term.offset is not None and normal.key(wide) != normal.key(rows):
                what = (
                    f"multiplies {matrix.name}, of {wide} columns, with a state of {rows} numbers"
                )
                raise self._error(what, "give a matrix with an offset as many columns as rows")

    def _error(self, what: str, mend: str) -> PressError:
        return PressError(f"the recurrence {self.name} {what}", str(self.source), mend)

    @property
    def tensors(self) -> tuple[Tensor, ...]:
        """Return the matrices, shared by all units."""
        return tuple(term.matrix for term in self.terms)

    def having(self, term: MatrixTerm) -> IntegerSet:
        """Return the units that have the term's neighbour inside the grid."""
        if term.offset is None:
            return self.grid
        if term not in self._having:
            self._having[term] = self._neighboured(term, term.offset)
        return self._having[term]

    def _neighboured(self, term: MatrixTerm, offset: Unit) -> IntegerSet:
        shift = {
            str(letter): Letter(str(letter)) + step
            for letter, step in zip(self.grid.counted, offset, strict=True)
        }
        predicate = self.grid.written & put(self.grid.written, shift)
        return IntegerSet(
            f"units with a neighbour for {term.matrix.name}",
            self.grid.counted,
            predicate,
            assuming=self.grid.assumed,
            parameters=self.grid.parameters,
            source=self.source,
        )

    def multiplies(self, padded: bool) -> tuple[Part, ...]:
        """Return the scalar multiplications, term by term: rows times columns at each unit."""
        return tuple(
            Part(
                f"{term.matrix.name}, multiplications",
                sp.Mul(*term.matrix.shape),
                self._where(term, padded),
                term.matrix.written,
            )
            for term in self.terms
        )

    def adds(self, padded: bool) -> tuple[Part, ...]:
        """Return the scalar additions.

        A product with a matrix of s rows and u columns takes s (u - 1) of them; joining the
        products of a unit takes s more for every product but one. Where some term is there for
        all units, that one is it; else one is taken off wherever a unit has any product.
        """
        there = (k for k, term in enumerate(self.terms) if padded or term.offset is None)
        always = next(there, None)
        parts = []
        for k, term in enumerate(self.terms):
            rows, columns = term.matrix.shape
            weight = rows * (columns - 1) if k == always else rows * columns
            tall, wide = term.matrix.written
            # Without a column there is nothing to add, and nothing to join.
            sides = (tall, wide - 1)
            label = f"{term.matrix.name}, additions"
            parts.append(Part(label, weight, self._where(term, padded), sides))
        if always is None:
            rows = self.terms[0].matrix.shape[0]
            parts.append(Part("joined once less, additions", -rows, self._having_any()))
        return tuple(parts)

    def _having_any(self) -> IntegerSet:
        """Return the units that have the neighbour of at least one term."""
        return IntegerSet(
            "units with a neighbour",
            self.grid.counted,
            Or(*(self.having(term).written for term in self.terms)),
            assuming=self.grid.assumed,
            parameters=self.grid.parameters,
            source=self.source,
        )

    @property
    def farthest(self) -> int:
        """Return how far the farthest neighbour of a unit lies along one letter."""
        return max((abs(step) for term in self.terms for step in term.offset or ()), default=0)

    def activations(self) -> tuple[Part, ...]:
        """Return the evaluations of the activation: one for each number of a state."""
        matrix = self.terms[0].matrix
        return (Part("activations", matrix.shape[0], self.grid, matrix.written[:1]),)

    def _where(self, term: MatrixTerm, padded: bool) -> IntegerSet:
        return self.grid if padded else self.having(term)


@dataclass
class Tally:
    """Scalar operations that were really carried out, noted by the scalars themselves."""

    multiplies: int = 0
    adds: int = 0
    activations: int = 0


class Scalar:
    """A number that writes down in its tally every addition and multiplication it takes part in.

    >>> tally = Tally()
    >>> _ = Scalar(2, tally) * Scalar(3, tally) + Scalar(1, tally)
    >>> tally.multiplies, tally.adds
    (1, 1)
    """

    __slots__ = ("tally", "value")

    def __init__(self, value: int, tally: Tally) -> None:
        self.value = value
        self.tally = tally

    def __mul__(self, other: Scalar) -> Scalar:
        self.tally.multiplies += 1
        return Scalar(self.value * other.value, self.tally)

    def __add__(self, other: Scalar) -> Scalar:
        self.tally.adds += 1
        return Scalar(self.value + other.value, self.tally)

    def activated(self) -> Scalar:
        """Return an activation of the number, noted in the tally."""
        self.tally.activations += 1
        return Scalar(self.value % 7, self.tally)


def run(recurrence: Recurrence, values: Mapping[Any, int], padded: bool) -> Tally:
    """Return the operations that a real run of the recurrence carries out at given letters.

    The units are computed in an order in which each finds its neighbours ready. A letter that
    has no value does not matter to the caller and is taken as 1. Several claims look at one run.
    """
    known = {as_symbol(letter): value for letter, value in values.items()}
    return _run(recurrence, tuple(known.items()), padded)


@lru_cache(maxsize=4096)
def _run(recurrence: Recurrence, pairs: tuple[tuple[sp.Symbol, int], ...], padded: bool) -> Tally:
    values = dict(pairs)
    tally = Tally()
    sizes = {
        term: tuple(_size(side, values) for side in term.matrix.shape) for term in recurrence.terms
    }
    letters = {str(letter): values[letter] for letter in recurrence.grid.parameters}
    units = list(recurrence.grid.points(**letters))
    states: dict[Unit, list[Scalar]] = {}
    for unit in in_order(recurrence, units):
        total: list[Scalar] | None = None
        rows = 0
        for term in recurrence.terms:
            rows, columns = sizes[term]
            vector = _vector(unit, term, columns, states, padded, tally)
            if vector is None:
                continue
            product = [
                _dot([Scalar(r + k, tally) for k in range(columns)], vector) for r in range(rows)
            ]
            total = (
                product if total is None else [a + b for a, b in zip(total, product, strict=True)]
            )
        # A unit none of whose neighbours is there has nothing to add: its state is that of zeros.
        states[unit] = [s.activated() for s in total or [Scalar(0, tally) for _ in range(rows)]]
    return tally


def _size(side: sp.Expr, values: Mapping[sp.Symbol, int]) -> int:
    letters = tuple(as_expression(side).free_symbols)
    return int(function(letters, as_expression(side))(*(values.get(x, 1) for x in letters)))


def _vector(
    unit: Unit,
    term: MatrixTerm,
    size: int,
    states: Mapping[Unit, list[Scalar]],
    padded: bool,
    tally: Tally,
) -> list[Scalar] | None:
    """Return what the term's matrix is multiplied with, None where the term is left out."""
    if term.offset is None:
        return [Scalar(sum(unit) + k, tally) for k in range(size)]
    neighbour = tuple(x + step for x, step in zip(unit, term.offset, strict=True))
    if neighbour in states:
        return states[neighbour]
    return [Scalar(0, tally) for _ in range(size)] if padded else None


def _dot(row: Sequence[Scalar], column: Sequence[Scalar]) -> Scalar:
    first, *others = (a * b for a, b in zip(row, column, strict=True))
    for other in others:
        first = first + other
    return first


def ancestors(recurrence: Recurrence, unit: Unit, values: Mapping[str, int]) -> set[Unit]:
    """Return the units whose input can change the state of `unit`, itself included."""
    inside = set(recurrence.grid.points(**values))
    found, pending = {unit}, [unit]
    while pending:
        here = pending.pop()
        for neighbour in neighbours(recurrence, here):
            if neighbour in inside and neighbour not in found:
                found.add(neighbour)
                pending.append(neighbour)
    return found


def longest_chain(recurrence: Recurrence, values: Mapping[str, int]) -> int:
    """Return the number of units on a longest chain of dependencies: the sequential depth."""
    length: dict[Unit, int] = {}
    for unit in in_order(recurrence, list(recurrence.grid.points(**values))):
        length[unit] = 1 + max((length.get(n, 0) for n in neighbours(recurrence, unit)), default=0)
    return max(length.values(), default=0)


def in_order(recurrence: Recurrence, units: Sequence[Unit]) -> list[Unit]:
    """Return the units so that each comes after its neighbours.

    Raises PressError where units wait for each other.
    """
    inside, done, order = set(units), set[Unit](), list[Unit]()
    waiting = list(units)
    while waiting:
        ready = [
            unit
            for unit in waiting
            if all(n in done for n in neighbours(recurrence, unit) if n in inside)
        ]
        if not ready:
            raise PressError(
                f"the recurrence {recurrence.name} has no order: {waiting[0]} waits for itself",
                where=str(recurrence.source),
                mend="correct the offsets of its terms",
            )
        order += ready
        done.update(ready)
        waiting = [unit for unit in waiting if unit not in done]
    return order


def neighbours(recurrence: Recurrence, unit: Unit) -> Iterator[Unit]:
    """Return the units whose state enters this unit, inside the grid or not."""
    for term in recurrence.terms:
        if term.offset is not None:
            yield tuple(x + step for x, step in zip(unit, term.offset, strict=True))
