"""Points at which a stated closed form may differ, and what is told of one that does.

Place in the chain: definition -> derivation -> **proof**. Values are those of the author's own
term, worked out exactly; the truth is the enumeration, or the derived form where that would take
too long.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product

import sympy as sp

from proofpress.counting.deadline import OutOfTime, check_deadline, time_limit
from proofpress.counting.plain import exact
from proofpress.ledger.claims import Verdict
from proofpress.proving.cells import Cell
from proofpress.proving.method import Finding
from proofpress.proving.tries import Values
from proofpress.terms.tree import Apply, Condition, Node, Number, Series, Term
from proofpress.terms.value import NotRational, NoValue, compiled
from proofpress.terms.walk import parts

Point = tuple[int, ...]

# Least and largest value of the grid of small points, by the number of letters.
NEAR = {0: (0, 0), 1: (-40, 40), 2: (-8, 16), 3: (-3, 7), 4: (-2, 4)}
# How far from a point of a cell the search goes.
STEPS = (1, 2, 3, 5, 8, 13, 40, 200, 1000, 30_000, 1_000_000)
# The largest letters at which sums are worked out, by how deep they are nested, and factorials
# and exponentials: what they cost grows with the letters.
SUMS = {0: 10**9, 1: 100, 2: 16}
GROWING = 1000
# A point of a cell that is not settled is worth so many times as much.
WORTH = 30
# Enumeration is asked for up to this count, and for so many seconds.
COUNTABLE, SECONDS = 100_000, 2.0
# ... or, where the derived form has no value, for letters up to this.
FARTHEST = 100
SEED = 1729


class Comparison:
    """A stated and a derived form of one number, on one domain, with a way to count it."""

    def __init__(
        self,
        stated: Term,
        derived: Term,
        letters: tuple[sp.Symbol, ...],
        assumed: Condition,
        counted: Callable[[Values], object],
        sure: bool = True,
    ) -> None:
        self.stated, self.derived, self.letters = stated, derived, letters
        self.assumed, self.counted = assumed, counted
        # Whether the derived form is proved: only then it refutes where nothing can be counted.
        self.sure = sure
        names = tuple(map(str, letters))
        self._stated, self._derived = compiled(names, stated), compiled(names, derived)
        self._admits = compiled(names, assumed)
        self._values: dict[tuple[object, Point], object] = {}

    @cached_property
    def largest(self) -> int:
        """Return the largest letters at which the forms are worked out."""
        nodes = (self.stated, self.derived)
        sums = SUMS.get(max(map(_depth, nodes)), 8)
        return min(sums, GROWING) if any(map(_grows, nodes)) else sums

    def admits(self, point: Point) -> bool:
        """Return whether a point is in the domain."""
        try:
            return bool(self._admits(*point))
        except (NoValue, NotRational):
            # "w divides n" says nothing for w = 0.
            return False

    def stated_at(self, point: Point) -> object:
        """Return the stated form's value at a point, None for none. Raises NotRational."""
        return self._value(self._stated, point)

    def _value(self, function: Callable[..., object], point: Point) -> object:
        known = self._values.get((function, point), self)
        if known is self:
            try:
                known = exact(function(*point))  # type: ignore[arg-type]
            except NoValue:
                known = None
            except NotRational as error:
                known = error
            self._values[function, point] = known
        if isinstance(known, NotRational):
            raise known
        return known

    def differs(self, point: Point, worth: int = 1) -> Finding | None:
        """Return what is found at a point of the domain where the values differ, else None.

        It is *refuted* where the stated value is not the counted one. Where it is, and only the
        derived value differs, nothing is said of the stated form: undecided.
        """
        check_deadline()
        if max(map(abs, point), default=0) > worth * self.largest or not self.admits(point):
            return None
        try:
            stated = self.stated_at(point)
            derived = self._value(self._derived, point)
        except NotRational:
            return None
        if stated == derived and stated is not None:
            return None
        at = ", ".join(f"{letter} = {x}" for letter, x in zip(self.letters, point, strict=True))
        before = f"{at}: " if at else ""
        at = at or "the one case"
        said = "no value" if stated is None else stated
        truth = self._count(point, derived)
        if truth is None and derived is None:
            return None
        if truth is None:
            what = f"{before}stated {said}, derived {derived}"
            if self.sure:
                return Finding(Verdict.REFUTED, at, what)
            return Finding(Verdict.UNDECIDED, at, f"{what}, which is not proved")
        if stated == truth:
            what = f"{before}stated and counted {truth}, but the derived form gives {derived}"
            return Finding(Verdict.UNDECIDED, at, what)
        return Finding(Verdict.REFUTED, at, f"{before}stated {said}, counted {truth}")

    def _count(self, point: Point, derived: object) -> object:
        """Return the enumerated number, None where that would take too long."""
        if derived is None and max(map(abs, point), default=0) > FARTHEST:
            return None
        if isinstance(derived, int) and abs(derived) > COUNTABLE:
            return None
        try:
            with time_limit(SECONDS):
                return self.counted(dict(zip(self.letters, point, strict=True)))
        except OutOfTime:
            check_deadline()
            return None


def _depth(node: Node) -> int:
    inner = max(map(_depth, parts(node)), default=0)
    return inner + isinstance(node, Series)


def _grows(node: Node) -> bool:
    """Return whether a factorial, a binomial or a power with letters above is in a node."""
    if isinstance(node, Apply):
        base, *exponent = node.args
        small = isinstance(base, Number) and abs(base.value) <= 1
        high = node.op == "**" and not small and not isinstance(exponent[0], Number)
        if high or node.op in ("factorial", "binomial"):
            return True
    return any(map(_grows, parts(node)))


def near(comparison: Comparison) -> Iterator[Point]:
    """Return the small points of the domain, the smallest first."""
    count = len(comparison.letters)
    low, high = NEAR.get(count, (0, 2))
    low, high = max(low, -comparison.largest), min(high, comparison.largest)
    grid = product(range(low, high + 1), repeat=count)
    for point in sorted(grid, key=lambda v: (sum(map(abs, v)), v)):
        if comparison.admits(point):
            yield point


def through(cell: Cell, comparison: Comparison) -> Iterator[Point]:
    """Return points of a cell: one of them, and others on lines through it."""
    start = cell.point()
    if start is None:
        return
    names = [str(letter) for letter in comparison.letters]
    columns = sorted(frozenset(start).union(*(form.variables for form in cell.letters.values())))
    directions = [{v: 1} for v in columns] + [dict.fromkeys(columns, 1)]
    moves = [{}, *(dict.fromkeys(d, s * k) for k in STEPS for d in directions for s in (1, -1))]
    for move in moves:
        at = cell.at({v: start.get(v, 0) + move.get(v, 0) for v in columns})
        if at is not None:
            yield tuple(at[name] for name in names)


def far(comparison: Comparison, domain: Iterable[Cell]) -> Iterator[Point]:
    """Return points of the domain all over it, the same in every run."""
    chance = random.Random(SEED)
    cells = list(domain)
    starts = [(cell, start) for cell in cells[:40] if (start := cell.point()) is not None]
    names = [str(letter) for letter in comparison.letters]
    reaches = [reach for reach in (4, 30, 250, 10_000, 10**6) if reach <= comparison.largest]
    for _ in range(max(6, 160 // max(1, len(starts)))):
        for cell, start in starts:
            columns = sorted(
                frozenset(start).union(*(form.variables for form in cell.letters.values()))
            )
            for reach in reaches:
                at = cell.at(_moved(chance, columns, start, reach))
                if at is not None:
                    yield tuple(at[name] for name in names)


def _moved(
    chance: random.Random, columns: Sequence[int], start: Mapping[int, int], reach: int
) -> dict[int, int]:
    """Return a point near a point, in most cases to one side of it."""
    side = chance.choice((-1, 0, 1, 1))
    low, high = (-reach if side <= 0 else 0), (reach if side >= 0 else 0)
    return {v: start.get(v, 0) + chance.randint(low, high) for v in columns}
