"""The points of a set by looking: the author's own predicate tried at every point of a box.

Place in the chain: **definition** -> enumeration -> proof, figure. Nothing is summed and no
formula is used; only the box comes from the predicate's bounds, and the predicate decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.counting.cardinality import with_room
from proofpress.counting.deadline import check_deadline
from proofpress.counting.polyhedra import System, shadow
from proofpress.counting.predicates import pieces
from proofpress.counting.spaces import NotAffine, Space
from proofpress.faults.errors import PressError
from proofpress.terms.tree import Condition
from proofpress.terms.value import NoValue, compiled

# One more on every side of the box than the bounds ask for: a point found there would show
# that the box is wrong.
MARGIN = 1

Interval = tuple[int, int]


def points(
    counted: Sequence[sp.Symbol],
    written: Condition,
    predicate: Boolean,
    values: Mapping[sp.Symbol, int],
) -> Iterator[tuple[int, ...]]:
    """Return the points where the predicate holds at the given parameters, in order.

    The condition decides as it was `written`; only the box is taken from SymPy's form of it, the
    `predicate`. Raises PressError for a set that is not bounded there.

    >>> from proofpress.terms.in_sympy import to_sympy
    >>> from proofpress.terms.tree import Letter
    >>> i, n = Letter("i"), Letter("n")
    >>> low = (1 <= i) & (i <= n)
    >>> list(points(sp.symbols("i,", integer=True), low, to_sympy(low), {to_sympy(n): 2}))
    [(1,), (2,)]
    """
    letters = tuple(values)
    holds = compiled((*map(str, letters), *map(str, counted)), written)
    given = tuple(values[letter] for letter in letters)
    limits = box(counted, predicate, values)
    ranges = [range(low - MARGIN, high + MARGIN + 1) for low, high in limits]
    for point in product(*ranges):
        try:
            inside = holds(*given, *point)
        except NoValue as error:
            at = ", ".join(map("{} = {}".format, (*letters, *counted), (*given, *point)))
            raise PressError(
                f"the condition has no value at {at}: {error}",
                mend="exclude these letters in assuming=, or in the predicate before it",
            ) from error
        if inside:
            check_deadline()
            if any(not low <= x <= high for x, (low, high) in zip(point, limits, strict=True)):
                raise PressError(f"the box {limits} misses the point {point}: a fault of the press")
            yield point


def box(
    counted: Sequence[sp.Symbol], predicate: Boolean, values: Mapping[sp.Symbol, int]
) -> list[Interval]:
    """Return a lower and an upper limit for each counted letter, at the given parameters.

    >>> i, n = sp.symbols("i n", integer=True)
    >>> box((i,), (1 <= i) & (2 * i <= n), {n: 7})
    [(1, 3)]
    """
    return _limits(tuple(counted), tuple(values), predicate).at(values)


class Limits:
    """Bounds of each counted letter, for each piece of a predicate, in terms of the parameters."""

    def __init__(self, space: Space, counted: int, systems: Sequence[System]) -> None:
        self.space = space
        # For each piece, and in it for each counted letter, the rows with no other such letter.
        self.shadows: list[list[System]] = []
        for system in systems:
            bounds = []
            for column in range(counted):
                others = [c for c in sorted(space.counted) if c != column]
                rows = shadow(system, others)
                if rows is None:
                    break
                bounds.append(rows)
                self._refuse_unbounded(column, rows)
            else:
                self.shadows.append(bounds)
        self.counted = counted

    def _refuse_unbounded(self, column: int, rows: System) -> None:
        for sign, side in ((1, "below"), (-1, "above")):
            if not any(row[column] * sign > 0 for row in rows):
                letter = self.space.letters[column]
                raise PressError(
                    f"the set is unbounded: nothing bounds {letter} from {side}",
                    mend=f"bound {letter} from {side} in the predicate",
                )

    def at(self, values: Mapping[sp.Symbol, int]) -> list[Interval]:
        """Return the smallest box that holds all pieces, (1, 0) for no points at all."""
        known = self._columns(values)
        boxes = [
            [self._interval(column, rows, known) for column, rows in enumerate(bounds)]
            for bounds in self.shadows
        ]
        filled = [b for b in boxes if all(low <= high for low, high in b)]
        if not filled:
            return [(1, 0)] * self.counted
        return [
            (min(b[c][0] for b in filled), max(b[c][1] for b in filled))
            for c in range(self.counted)
        ]

    def _columns(self, values: Mapping[sp.Symbol, int]) -> list[int]:
        """Return a number for every column; those of counted letters do not matter."""
        known = [values.get(letter, 0) for letter in self.space.letters]
        for column, (row, divisor) in self.space.arguments.items():
            inside = sum(c * x for c, x in zip(row, known, strict=False) if c) + row[-1]
            known[column] = inside // divisor
        return known

    def _interval(self, column: int, rows: System, known: Sequence[int]) -> Interval:
        lows, highs = [], []
        for row in rows:
            factor = row[column]
            rest = row[-1] + sum(
                c * x for k, (c, x) in enumerate(zip(row, known, strict=False)) if k != column
            )
            if factor > 0:
                lows.append(-(rest // factor))
            elif factor < 0:
                highs.append(rest // -factor)
        return max(lows), min(highs)


@lru_cache(maxsize=1024)
def _limits(
    counted: tuple[sp.Symbol, ...], letters: tuple[sp.Symbol, ...], predicate: Boolean
) -> Limits:
    def attempt(room: int) -> Limits:
        space = Space(counted, letters, room)
        try:
            found = pieces(predicate, space)
        except NotAffine:
            # Without its parts that are not affine the predicate only gets wider, and so the box.
            parts = sp.And.make_args(predicate)
            found = pieces(sp.And(*(part for part in parts if _is_affine(part, space))), space)
        return Limits(space, len(counted), [space.with_floors(piece) for piece in found])

    return with_room(attempt)


def _is_affine(predicate: Boolean, space: Space) -> bool:
    try:
        pieces(predicate, space)
    except NotAffine:
        return False
    return True
