"""From a predicate to the number of its points: a quasi-polynomial on each of disjoint regions.

Place in the chain: definition -> **derivation** -> proof. Joins predicates, sums and regions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from operator import mul
from typing import TypeVar

import sympy as sp
from sympy.logic.boolalg import Boolean
from sympy.polys.rings import PolyElement

from proofpress.counting.expressions import substituted
from proofpress.counting.polyhedra import (
    Row,
    System,
    equality,
    feasible,
    implied,
    irredundant,
    opposite,
    substitute,
    tidy,
)
from proofpress.counting.predicates import Condition, pieces
from proofpress.counting.quasi import factored, height, written
from proofpress.counting.regions import Region, regions
from proofpress.counting.residues import (
    Class,
    bounds,
    classes,
    joined,
    least,
    listed,
    point_on,
    value_on,
)
from proofpress.counting.spaces import OutOfColumns, Space
from proofpress.counting.summation import Summand, Term, Unbounded, at, terms
from proofpress.faults.errors import PressError

T = TypeVar("T")

# A bounded region of one parameter with no more values than this is tried for a plain polynomial.
FEW = 40
# Its values are tried for quasi-polynomials whose period divides this.
PERIOD = 12


@dataclass(frozen=True)
class Cases:
    """Disjoint regions of a space's parameters, each with a polynomial in its letters.

    What is written has no higher `degree` than the number of counted letters, where that is known.
    """

    space: Space
    regions: tuple[Region, ...]
    degree: int | None = None

    @cached_property
    def parts(self) -> tuple[tuple[sp.Expr, Boolean], ...]:
        """Return (expression, condition) for each region, in SymPy."""
        return self._parts(factored)

    @cached_property
    def expression(self) -> sp.Expr:
        """Return one expression, or a Piecewise whose conditions are disjoint."""
        return _joined(self.parts)

    @property
    def multiplied_out(self) -> sp.Expr:
        """Return the same as a sum of monomials in each case, which takes less time to write."""
        return _joined(self._parts(written))

    def _parts(
        self, shown: Callable[[Space, PolyElement, int | None], sp.Expr]
    ) -> tuple[tuple[sp.Expr, Boolean], ...]:
        return tuple(
            (
                shown(self.space, region.polynomial, self.degree),
                condition(self.space, region.system),
            )
            for region in self.regions
        )


def _joined(parts: Sequence[tuple[sp.Expr, Boolean]]) -> sp.Expr:
    return parts[0][0] if len(parts) == 1 else sp.Piecewise(*parts, evaluate=False)


def cardinality_cases(
    counted: Iterable[sp.Symbol],
    parameters: Iterable[sp.Symbol],
    predicate: Condition,
    assuming: Condition = sp.true,
) -> Cases:
    """Return the number of points of the predicate for all parameters that `assuming` admits.

    Raises PressError where the predicate is not affine or the set is unbounded, and where no
    parameters satisfy the assumption.

    >>> n, i, j = sp.symbols("n i j", integer=True)
    >>> inside = (j >= 1) & (j <= i) & (i <= n)
    >>> cardinality_cases((i, j), (n,), inside, n >= 0).expression
    n*(n + 1)/2
    """
    variables, letters = tuple(counted), tuple(parameters)

    def attempt(room: int) -> Cases:
        return _cases(Space(variables, letters, room), predicate, assuming)

    try:
        return with_room(attempt)
    except Tangled:
        return _by_residues(variables, letters[0], predicate, assuming)


def with_room(attempt: Callable[[int], T]) -> T:
    """Return the attempt's result, tried with more and more columns for floors.

    >>> with_room(lambda room: room)
    0
    """
    for room in (0, 6, 24):
        try:
            return attempt(room)
        except OutOfColumns:
            continue
    raise PressError(
        "the set needs more floors than the engine keeps track of",
        mend="use fewer or smaller constants in Mod and floor",
    )


class Tangled(Exception):
    """Raised for a count of one parameter that is better cut into residue classes."""


def _cases(space: Space, predicate: Condition, assuming: Condition) -> Cases:
    """Return the cases; raises Tangled as soon as a term shows that residue classes are better."""
    assumed = [p for p in pieces(assuming, space) if feasible(space.with_floors(p))]
    contexts = [space.with_floors(piece) for piece in assumed]
    if not assumed:
        raise PressError(
            f"no parameters satisfy the assumption {assuming}", mend="correct assuming="
        )
    degree = sum(column not in space.arguments for column in space.counted)
    divisible = len(_parameters(space)) == 1 and _from(space, contexts) is not None
    found: list[Region] = []
    for piece, context in zip(assumed, contexts, strict=True):
        for region in regions(space, _terms(space, predicate, context, divisible), context):
            whole = region.system
            if len(assumed) > 1:
                rows = (*piece, *region.system)
                whole = irredundant(rows, space.with_floors(rows)[len(rows) :])
            least_form = _least(space, region, context, degree)
            known = (*region.system, *context)
            found.append(Region(whole, _without_known_remainders(space, least_form, known)))
    return _listed(Cases(space, tuple(found), degree), contexts)


def _without_known_remainders(space: Space, polynomial: PolyElement, known: System) -> PolyElement:
    """Return the polynomial without the floors whose remainder is one number on the system.

    Where 2 divides n, floor(n/2) is n/2.
    """
    if not any(row[column] for row in known for column in space.arguments):
        return polynomial
    for column in reversed(list(space.arguments)):
        if polynomial.degree(column) < 1:
            continue
        row, divisor = space.arguments[column]
        ties = space.floor_rows(column)
        remainder, system = _solved(ties[0], space.with_floors((*known, *ties)))
        for number in range(divisor):
            same = (*remainder[:-1], remainder[-1] - number)
            if implied(same, system) and implied(opposite(same), system):
                whole = (space.polynomial(row) - number) * sp.QQ(1, divisor)
                polynomial = at(polynomial, column, whole)
                break
    return polynomial


def _solved(row: Row, system: System) -> tuple[Row, System]:
    """Return a row and a system in which letters are replaced by what equations say they are.

    Only then are the other rows rounded as they can be: for n = 6 q + 5, floor(n/2) is 3 q + 2.
    """
    rows = tidy(system) or ()
    while (found := equality(rows)) is not None:
        column = next((c for c, factor in enumerate(found[:-1]) if abs(factor) == 1), None)
        if column is None:
            break
        value = tuple(-found[column] * c for c in found)
        value = (*value[:column], 0, *value[column + 1 :])
        row = substitute(row, column, value)
        rows = tidy(substitute(one, column, value) for one in rows) or ()
    return row, rows


def _listed(cases: Cases, contexts: Sequence[System]) -> Cases:
    """Return the cases, or, where a bounded domain of one parameter has made some of them of too
    high a degree, others through its values."""
    space, degree = cases.space, cases.degree
    parameters = _parameters(space)
    if len(parameters) != 1 or len(contexts) != 1 or degree is None:
        return cases
    (column,) = parameters
    low, high = bounds(column, tuple(r for r in contexts[0] if r[column] and _alone(r, column)))
    if low is None or high is None or not 0 <= high - low < FEW:
        return cases
    if all(height(space, region.polynomial, degree) <= degree for region in cases.regions):
        return cases
    values = []
    for n in range(low, high + 1):
        point = point_on(space, column, n)
        # A value that the assumption leaves out stands in no region; any will do.
        values += [
            value_on(space, column, region.polynomial, n)
            for region in cases.regions
            if all(sum(map(mul, row, point)) + row[-1] >= 0 for row in region.system)
        ][:1] or [Fraction(0)]
    plain = Space((), (space.letters[column],), sp.divisor_count(PERIOD))
    return Cases(plain, tuple(listed(plain, 0, low, values, PERIOD, degree)), degree)


def _alone(row: Row, column: int) -> bool:
    return not any(factor for c, factor in enumerate(row[:-1]) if c != column)


def _terms(
    space: Space, predicate: Condition, context: System, divisible: bool = False
) -> list[Term]:
    """Return the terms of the count of a predicate within a context.

    Where the single parameter is `divisible` into residue classes, the first term whose
    conditions hold floors of it raises Tangled: the others would be worked out in vain.
    """

    def collected() -> list[Term]:
        found = []
        for term in _sum(space, predicate, context):
            if divisible and _tangled(space, term):
                raise Tangled
            found.append(term)
        return found

    try:
        return collected()
    except Unbounded:
        # Empty intervals, harmless in a sum, can reach to infinity where the set itself does not.
        space.strict = True
        return collected()


def _sum(space: Space, predicate: Condition, context: System) -> Iterator[Term]:
    columns = frozenset(c for c in space.counted if c not in space.arguments)
    for piece in pieces(predicate, space, context):
        system = space.with_floors(piece)
        inner = {c for c in space.arguments if c in space.counted and any(r[c] for r in system)}
        yield from terms(space, Summand(system, space.ring.one, columns | inner), context)


def _tangled(space: Space, term: Term) -> bool:
    """Return whether the conditions of a term hold floors."""
    return any(space.unfloored(row)[column] for row in term.system for column in space.arguments)


def _parameters(space: Space) -> list[int]:
    known = range(len(space.letters))
    return [c for c in known if c not in space.counted and c not in space.arguments]


def _from(space: Space, contexts: Sequence[System]) -> int | None:
    """Return the first value of a single parameter that is only bounded from below."""
    if len(contexts) != 1:
        return None
    rows, (column,) = contexts[0], _parameters(space)
    others = any(factor for row in rows for c, factor in enumerate(row[:-1]) if c != column)
    low, high = bounds(column, rows)
    return None if others or high is not None else low


def _by_residues(
    variables: Sequence[sp.Symbol], letter: sp.Symbol, predicate: Condition, assuming: Condition
) -> Cases:
    """Return the cases of a count of one parameter, each residue class counted by itself."""

    def count(modulus: int, residue: int) -> Class:
        moved = {letter: modulus * letter + residue}

        def attempt(room: int) -> Class:
            space = Space(variables, (letter,), room, floors_of_parameters=False)
            context = pieces(_moved(assuming, moved), space)[0]
            found = regions(space, _terms(space, _moved(predicate, moved), context), context)
            return Class(space.column[letter], found)

        return with_room(attempt)

    parts = classes(count)
    # Room for a floor by each divisor of the modulus.
    space = Space((), (letter,), sp.divisor_count(len(parts)))
    first = _from(space, pieces(assuming, space))
    if first is None:
        raise PressError(f"{assuming} does not bound {letter} from below alone")
    degree = len(variables)
    return Cases(space, tuple(joined(space, 0, parts, first, degree)), degree)


def _moved(condition: Condition, moved: Mapping[sp.Symbol, sp.Expr]) -> Condition:
    if isinstance(condition, tuple):
        return tuple(substituted(part, moved) for part in condition)
    changed: Condition = substituted(condition, moved)
    return changed


def _least(space: Space, region: Region, context: System, degree: int) -> PolyElement:
    """Return a region's polynomial, or a plain one without floors where it has few values."""
    parameters = _parameters(space)
    if len(parameters) == 1:
        rows = (*region.system, *context)
        column = parameters[0]
        plain = [r for r in rows if not any(r[c] for c in range(space.width) if c != column)]
        low, high = bounds(column, tuple(plain))
        if low is not None and high is not None and high - low < FEW:
            return least(space, column, region.polynomial, range(low, high + 1), degree)
    return region.polynomial


def condition(space: Space, system: System) -> Boolean:
    """Return the SymPy condition of a system, each row with its first letter on the left.

    >>> n, t = sp.symbols("n t", integer=True)
    >>> condition(Space((), (n, t)), ((-1, 1, 1),))
    n <= t + 1
    """
    return sp.And(*(comparison(space, row) for row in system))


def comparison(space: Space, row: Row) -> Boolean:
    """Return a row as a comparison with its first letter alone on the left.

    >>> n, t = sp.symbols("n t", integer=True)
    >>> comparison(Space((), (n, t)), (2, 1, -3))
    2*n >= 3 - t
    """
    lead = next(c for c, factor in enumerate(row[:-1]) if factor)
    factor = row[lead]
    left = abs(factor) * space.letter(lead)
    rest = space.expression((*row[:lead], 0, *row[lead + 1 :]))
    return sp.Ge(left, -rest, evaluate=False) if factor > 0 else sp.Le(left, rest, evaluate=False)
