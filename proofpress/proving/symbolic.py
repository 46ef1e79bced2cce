"""Proof by algebra: two piecewise quasi-polynomials compared on every region, exactly.

Place in the chain: definition -> derivation -> **proof**. Regions are cut until one polynomial
stands on each side; their difference must vanish at all integer points of the region.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp
from sympy.logic.boolalg import Boolean
from sympy.polys.rings import PolyElement

from proofpress.counting.cardinality import Cases, with_room
from proofpress.counting.deadline import check_deadline
from proofpress.counting.expressions import substituted
from proofpress.counting.polyhedra import System, feasible
from proofpress.counting.predicates import Condition, narrowed, pieces
from proofpress.counting.quasi import normal
from proofpress.counting.regions import Region, regions
from proofpress.counting.spaces import Space
from proofpress.counting.summation import Term
from proofpress.counting.vanishing import vanishes
from proofpress.faults.errors import PressError

Cell = tuple[System, PolyElement | None]


def cells(expression: sp.Expr, space: Space, heads: Sequence[System]) -> list[Cell]:
    """Return disjoint systems, within the heads, each with the polynomial of the expression there.

    None stands where no case of a Piecewise holds. Raises PressError where the expression is no
    piecewise quasi-polynomial.

    >>> n = sp.Symbol("n", integer=True)
    >>> [str(polynomial) for _, polynomial in cells(sp.Abs(n), Space((), (n,)), [()])]
    ['x0', '-x0']
    """
    check_deadline()
    if not heads:
        return []
    outer = next((a for a in sp.preorder_traversal(expression) if isinstance(a, _BENT)), None)
    if outer is None:
        polynomial = space.read_polynomial(expression)
        return [(head, polynomial) for head in heads]
    result: list[Cell] = []
    left = list(heads)
    for value, when in _branches(outer):
        inside = narrowed(when, True, space, left)
        result += cells(substituted(expression, {outer: value}), space, inside)
        left = narrowed(when, False, space, left)
    return result + [(head, None) for head in left]


_BENT = (sp.Piecewise, sp.Abs, sp.Min, sp.Max)


def _branches(bent: sp.Expr) -> list[tuple[sp.Expr, Boolean]]:
    if isinstance(bent, sp.Piecewise):
        return [(value, when) for value, when in bent.args]
    if isinstance(bent, sp.Abs):
        inside = bent.args[0]
        return [
            (inside, sp.Ge(inside, 0, evaluate=False)),
            (-inside, sp.Lt(inside, 0, evaluate=False)),
        ]
    first, *others = bent.args
    rest = bent.func(*others, evaluate=False) if len(others) > 1 else others[0]
    comparison = sp.Le if isinstance(bent, sp.Min) else sp.Ge
    wins = comparison(first, rest, evaluate=False)
    return [(first, wins), (rest, sp.Not(wins))]


def in_regions(expression: sp.Expr, letters: Sequence[sp.Symbol], assuming: Condition) -> sp.Expr:
    """Return a sum or product of Piecewises as a single one, over disjoint regions.

    >>> n = sp.Symbol("n", integer=True)
    >>> in_regions(sp.Max(n, 2) + sp.Max(n, 3), (n,), n >= 3)
    2*n
    """

    def attempt(room: int) -> sp.Expr:
        space = Space((), letters, room)
        found = []
        contexts = pieces(assuming, space)
        for context in contexts:
            terms = []
            for system, polynomial in cells(expression, space, [context]):
                if polynomial is None:
                    raise PressError(
                        f"{expression} has no value where {assuming}",
                        mend="add a case for these letters, or narrow the domain in assuming=",
                    )
                terms.append(Term(system, polynomial))
            for region in regions(space, terms, space.with_floors(context)):
                whole = region.system if len(contexts) == 1 else (*context, *region.system)
                found.append(Region(whole, region.polynomial))
        return Cases(space, tuple(found)).expression

    return with_room(attempt)


def is_zero(
    expression: sp.Expr, letters: Sequence[sp.Symbol], assuming: Condition
) -> System | None:
    """Return None if the expression is zero wherever `assuming` holds, else a system to look at.

    The system is one on which the expression is not shown to vanish, or has no value.

    >>> n = sp.Symbol("n", integer=True)
    >>> is_zero(sp.Max(n, 1) - n, (n,), n >= 1) is None
    True
    """

    def attempt(room: int) -> System | None:
        space = Space((), letters, room)
        for system, polynomial in cells(expression, space, pieces(assuming, space)):
            if polynomial is not None:
                polynomial = normal(space, polynomial)
            known = space.with_floors((*system, *_floors_of(space, polynomial)))
            if polynomial is None:
                if feasible(known):
                    return known
            elif not vanishes(polynomial, known):
                return known
        return None

    return with_room(attempt)


def _floors_of(space: Space, polynomial: PolyElement | None) -> System:
    if polynomial is None:
        return ()
    used = [c for c in space.arguments if polynomial.degree(c) > 0]
    return tuple(row for column in used for row in space.floor_rows(column))
