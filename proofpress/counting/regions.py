"""Overlapping terms made into disjoint regions, each with one polynomial.

Place in the chain: definition -> **derivation** -> proof. The parameter space is cut by the rows
of the terms; in every cell the polynomials of the terms that hold there are added; neighbours
whose polynomials agree are merged again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy.polys.rings import PolyElement

from proofpress.counting.deadline import check_deadline
from proofpress.counting.polyhedra import (
    Row,
    System,
    feasible,
    implied,
    irredundant,
    negation,
    upper_limit,
)
from proofpress.counting.quasi import normal
from proofpress.counting.spaces import Space
from proofpress.counting.summation import Term
from proofpress.counting.vanishing import Undecided, vanishes

# Regions at most this wide are tried for the polynomial of a neighbour.
THIN = 40


@dataclass(frozen=True)
class Region:
    """A system on the parameters (beyond what is assumed) and the polynomial that holds there."""

    system: System
    polynomial: PolyElement


def regions(space: Space, parts: Sequence[Term], context: System) -> list[Region]:
    """Return disjoint regions that cover the context; where no term holds the answer is zero."""
    plain = [
        Term(tuple(space.unfloored(row) for row in part.system), part.polynomial) for part in parts
    ]
    arrangement = _Arrangement(space, context)
    cells = [
        Region(cell.system, normal(space, cell.polynomial))
        for cell in arrangement.cells(plain, (), space.ring.zero)
    ]
    return [
        Region(irredundant(cell.system, arrangement.known(cell.system)), cell.polynomial)
        for cell in arrangement.merged(cells)
    ]


class _Arrangement:
    """The cells into which rows cut a context, with what is known of the floors they use."""

    def __init__(self, space: Space, context: System) -> None:
        self.space = space
        self.context = context

    def known(self, rows: Sequence[Row]) -> System:
        """Return the context, and the rows that define the floors of it and of `rows`."""
        everything = (*rows, *self.context)
        return (*self.context, *self.space.with_floors(everything)[len(everything) :])

    def implied(self, row: Row, rows: System) -> bool:
        return implied(row, (*rows, *self.known((row, *rows))))

    def possible(self, rows: System) -> bool:
        return feasible((*rows, *self.known(rows)))

    def cells(self, parts: list[Term], inside: System, total: PolyElement) -> list[Region]:
        """Return the cells of the arrangement of all rows of the terms, each with its sum."""
        check_deadline()
        open_parts: list[Term] = []
        verdicts: dict[Row, bool | None] = {}
        for part in parts:
            left = []
            for row in part.system:
                if row not in verdicts:
                    verdicts[row] = self._verdict(row, inside)
                if verdicts[row] is False:
                    break
                if verdicts[row] is None:
                    left.append(row)
            else:
                if left:
                    open_parts.append(Term(tuple(left), part.polynomial))
                else:
                    total = total + part.polynomial
        if not open_parts:
            return [Region(inside, total)]
        uses: dict[Row, int] = {}
        for part in open_parts:
            for row in part.system:
                uses[row] = uses.get(row, 0) + 1
        cut = max(uses, key=lambda row: uses[row])
        return [
            cell
            for row in (cut, negation(cut))
            for cell in self.cells(open_parts, (*inside, row), total)
        ]

    def _verdict(self, row: Row, inside: System) -> bool | None:
        """Return whether a row holds on a whole cell, nowhere on it, or (None) on a part."""
        if self.implied(row, inside):
            return True
        return None if self.possible((row, *inside)) else False

    def merged(self, cells: list[Region]) -> list[Region]:
        """Return the cells with neighbours joined where one polynomial serves both."""
        position = 0
        while position < len(cells):
            first = cells[position]
            for second in cells[position + 1 :]:
                union = self._union(first, second)
                if union is not None:
                    cells = [
                        union if cell is first else cell for cell in cells if cell is not second
                    ]
                    # A larger cell may now fit with one that was passed before.
                    position = -1
                    break
            position += 1
        return cells

    def _union(self, first: Region, second: Region) -> Region | None:
        """Return one region for both, if their union is convex and one polynomial holds on it."""
        hull = tuple(
            row
            for row in dict.fromkeys((*first.system, *second.system))
            if self.implied(row, first.system) and self.implied(row, second.system)
        )
        for one in first.system:
            for other in second.system:
                if self.possible((*hull, negation(one), negation(other))):
                    return None
        polynomial = self._common(first, second)
        if polynomial is None:
            return None
        return Region(irredundant(hull, self.known(hull)), polynomial)

    def _common(self, first: Region, second: Region) -> PolyElement | None:
        """Return the polynomial of one region that also holds on the other, if there is one."""
        difference = first.polynomial - second.polynomial
        if not difference:
            return first.polynomial
        # A wide region's polynomial is its own, and serves a thin neighbour if it vanishes there.
        # Two thin ones are left apart: a polynomial through few points would say nothing.
        thin = self._thin(first.system), self._thin(second.system)
        if thin[0] == thin[1]:
            return None
        keeper, other = (second, first) if thin[0] else (first, second)
        return keeper.polynomial if self._vanishes(difference, other.system) else None

    def _thin(self, system: System) -> bool:
        """Return whether some row of a region takes few values: else its polynomial is its own."""
        around = (*system, *self.known(system))
        limits = (upper_limit(row, around) for row in system)
        return any(limit is not None and limit <= THIN for limit in limits)

    def _vanishes(self, polynomial: PolyElement, system: System) -> bool:
        floors = [
            row
            for column in self.space.arguments
            if polynomial.degree(column) > 0
            for row in self.space.floor_rows(column)
        ]
        everything = self.space.with_floors((*system, *self.context, *floors))
        try:
            return vanishes(polynomial, everything)
        except Undecided:
            return False
