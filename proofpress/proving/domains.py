"""Domains: which values a claim's letters may have, where the small ones lie, whether any do.

Place in the chain: definition -> derivation -> **proof**. A claim about no values at all is no
claim, and a method that looks at cases must find some: near the least values that the domain
admits, wherever these are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import product

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.counting.cardinality import with_room
from proofpress.counting.polyhedra import System, feasible, sample
from proofpress.counting.predicates import pieces
from proofpress.counting.spaces import Space
from proofpress.faults.errors import PressError
from proofpress.proving import solver
from proofpress.terms.arithmetic import minus
from proofpress.terms.in_sympy import condition_of, to_sympy
from proofpress.terms.normal import polynomial
from proofpress.terms.tree import OPPOSITE, Condition, Gate, Relation
from proofpress.terms.value import NotRational, NoValue, compiled

Point = tuple[int, ...]
Interval = tuple[int | None, int | None]

# Largest value tried for each letter, by the number of letters.
LARGEST = {0: 0, 1: 12, 2: 6, 3: 4, 4: 3}

# How far to both sides of a found point the cases lie, by the number of letters.
AROUND = {1: 6, 2: 3, 3: 2}

# So many values of a letter are wanted before the window is moved to where the domain lies.
ENOUGH = 3


def written(assuming: Boolean | Condition) -> Condition:
    """Return a condition as a tree, whether it was given as one or as SymPy's.

    >>> written(sp.Symbol("n", integer=True) >= 1)
    n >= 1
    """
    return assuming if isinstance(assuming, Condition) else condition_of(assuming)


def admits(letters: Sequence[object], assuming: Boolean | Condition) -> Callable[..., bool]:
    """Return whether values of the letters, as positional integers, are in the domain.

    Where the condition has no value (a remainder by zero), they are not.

    >>> w, n = sp.symbols("w n", integer=True)
    >>> admits((w, n), sp.Eq(sp.Mod(n, w), 0))(0, 3)
    False
    """
    holds = compiled(tuple(map(str, letters)), written(assuming))

    def admitted(*values: int) -> bool:
        try:
            return bool(holds(*values))
        except (NoValue, NotRational):
            return False

    return admitted


class Cases:
    """The small cases of a domain, and in words where they lie.

    The window of each letter runs from -1 (from 1 where there are many letters) up to a small
    limit. Where a letter's constant bounds leave too little of it, it lies at the least value that
    they admit, or at the greatest; where no case is in the windows, around a point of the domain.

    >>> n, t = sp.symbols("n t", integer=True)
    >>> Cases((n,), n >= 20).scope, Cases((n, t), (n >= 1) & (t >= 0)).scope
    ('20 <= n <= 32', 'n, t <= 6')
    >>> Cases((n, t), (t >= 0) & (n >= t + 40)).scope
    '37 <= n <= 43, -3 <= t <= 3'
    """

    def __init__(
        self,
        letters: Sequence[object],
        assuming: Boolean | Condition,
        largest: int | None = None,
    ) -> None:
        self.letters = tuple(letters)
        self.names = tuple(map(str, self.letters))
        self.assuming = assuming
        self.top = LARGEST.get(len(self.letters), 2) if largest is None else largest
        self._admits = admits(self.letters, assuming)
        # With many letters the grid is large: values that no assumption admits are left out.
        self._least = -1 if len(self.letters) <= 4 else 1
        bounds = limits(written(assuming))
        self._windows = [self._window(*bounds.get(name, (None, None))) for name in self.names]
        self._found: Point | None = None
        if next(self._inside(), None) is None:
            self._look_elsewhere()

    @property
    def usual(self) -> bool:
        """Return whether the cases are those from -1 up to the limit."""
        return all(window == (self._least, self.top, 0) for window in self._windows)

    @property
    def scope(self) -> str:
        """Return in words which cases these are."""
        if not self.letters:
            return "the one case"
        if self.usual:
            return f"{', '.join(self.names)} <= {self.top}"
        return ", ".join(
            f"{low} <= {name} <= {high}"
            for name, (low, high, _) in zip(self.names, self._windows, strict=True)
        )

    def __iter__(self) -> Iterator[Point]:
        return self._inside()

    def _window(self, low: int | None, high: int | None) -> tuple[int, int, int]:
        """Return both ends and the value from which the distance is counted."""
        least, top = self._least, self.top
        left = min(top, top if high is None else high) - max(least, least if low is None else low)
        whole = None if low is None or high is None else high - low
        wanted = ENOUGH - 1 if whole is None else min(ENOUGH - 1, whole)
        if left >= wanted:
            return least, top, 0
        if low is not None and low > least:
            return low, low + top if high is None else min(high, low + top), low
        if high is not None:
            return high - top if low is None else max(low, high - top), high, high
        return least, top, 0

    def _look_elsewhere(self) -> None:
        self._found = a_point(self.letters, self.assuming)
        if self._found is not None:
            reach = AROUND.get(len(self.letters), 1)
            self._windows = [(x - reach, x + reach, x) for x in self._found]

    def _inside(self) -> Iterator[Point]:
        ranges = [range(low, high + 1) for low, high, _ in self._windows]
        bases = [base for *_, base in self._windows]

        def order(values: Point) -> tuple[int, Point]:
            return sum(abs(v - b) for v, b in zip(values, bases, strict=True)), values

        return (values for values in sorted(product(*ranges), key=order) if self._admits(*values))


def limits(condition: Condition, truth: bool = True) -> dict[str, Interval]:
    """Return, for each letter that the condition bounds by numbers, its least and greatest value.

    None stands for an end that is not bounded. No value of the domain lies outside.

    >>> from proofpress.terms.tree import Letter
    >>> n, t = Letter("n"), Letter("t")
    >>> limits((2 * n >= 39) & (n <= 60) & ~(t > 5))
    {'n': (20, 60), 't': (None, 5)}
    >>> limits((n >= 20) | ((n >= 10) & (n <= 12)))
    {'n': (10, None)}
    """
    match condition:
        case Relation():
            return _of_relation(condition, condition.op if truth else OPPOSITE[condition.op])
        case Gate(op="not"):
            return limits(condition.args[0], not truth)
        case Gate(op="and" | "or"):
            parts = [limits(part, truth) for part in condition.args]
            all_hold = (condition.op == "and") == truth
            return _intersected(parts) if all_hold else _hull(parts)
    return {}


def _of_relation(relation: Relation, op: str) -> dict[str, Interval]:
    try:
        form = minus(polynomial(relation.left), polynomial(relation.right))
    except PressError:
        return {}
    slopes = {monomial: c for monomial, c in form.items() if monomial}
    if len(slopes) != 1 or op == "!=":
        return {}
    (monomial, slope), *_ = slopes.items()
    if len(monomial) != 1 or monomial[0][0][0] != "letter" or monomial[0][1] != 1:
        return {}
    name, edge = monomial[0][0][1], -form.get((), Fraction(0)) / slope
    if slope < 0:
        op = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(op, op)
    low: int | None = None
    high: int | None = None
    if op in (">=", ">", "=="):
        low = edge.__floor__() + 1 if op == ">" else edge.__ceil__()
    if op in ("<=", "<", "=="):
        high = edge.__ceil__() - 1 if op == "<" else edge.__floor__()
    return {name: (low, high)}


def _intersected(parts: Sequence[dict[str, Interval]]) -> dict[str, Interval]:
    found: dict[str, Interval] = {}
    for part in parts:
        for name, (low, high) in part.items():
            before = found.get(name, (None, None))
            lows = [x for x in (low, before[0]) if x is not None]
            highs = [x for x in (high, before[1]) if x is not None]
            found[name] = (max(lows, default=None), min(highs, default=None))
    return found


def _hull(parts: Sequence[dict[str, Interval]]) -> dict[str, Interval]:
    # A part that can never hold would not widen the hull, but nothing is lost with it.
    found: dict[str, Interval] = {}
    for name in parts[0] if parts else ():
        if all(name in part for part in parts):
            lows, highs = zip(*(part[name] for part in parts), strict=True)
            found[name] = (
                None if None in lows else min(lows),
                None if None in highs else max(highs),
            )
    return found


def a_point(letters: Sequence[object], assuming: Boolean | Condition) -> Point | None:
    """Return values of the letters in the domain; None where none were found, which says nothing.

    >>> n, t = sp.symbols("n t", integer=True)
    >>> a_point((n, t), (t >= 30) & (n >= 2 * t))
    (60, 30)
    """
    admitted = admits(letters, assuming)
    for system in _systems(letters, assuming) or ():
        point = sample(system)
        if point is not None:
            found = tuple(point[: len(letters)]) or (0,) * len(letters)
            if admitted(*found):
                return found
    _, model = solver.satisfied([written(assuming)], tuple(map(str, letters)))
    if model is not None and admitted(*model):
        return model
    return None


def domain_is_empty(letters: Sequence[object], assuming: Boolean | Condition) -> bool | None:
    """Return whether no integer values of the letters satisfy the assumption; None: not known.

    True is proved, by Fourier and Motzkin's elimination or by the solver; False has a point.

    >>> m = sp.Symbol("m", integer=True)
    >>> domain_is_empty((m,), (m >= 3) & (m <= 2)), domain_is_empty((m,), m >= 300)
    (True, False)
    >>> domain_is_empty((m,), sp.Eq(2 * m, 7, evaluate=False))
    True
    """
    if next(iter(Cases(letters, assuming)), None) is not None:
        return False
    systems = _systems(letters, assuming)
    if systems is not None and not any(map(feasible, systems)):
        return True
    answer, _ = solver.satisfied([written(assuming)], tuple(map(str, letters)))
    return True if answer == "unsat" else None


def _systems(letters: Sequence[object], assuming: Boolean | Condition) -> list[System] | None:
    """Return systems of inequalities whose union is the domain; None where it is not affine."""
    form = to_sympy(written(assuming))
    symbols = tuple(sp.Symbol(str(letter), integer=True) for letter in letters)

    def attempt(room: int) -> list[System]:
        space = Space((), symbols, room)
        return [space.with_floors(piece) for piece in pieces(form, space)]

    try:
        return with_room(attempt)
    except PressError:
        return None
