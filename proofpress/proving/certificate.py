"""The telescoping certificate of a count: partial counts, and what must hold of them.

Place in the chain: definition -> derivation -> **proof**. For letters v1, ..., vd inside a box,
C_k(v1, ..., vk) is the number of points that agree in the first k-1 letters and have at most vk in
the k-th. Then, with lo_k and hi_k the ends of the box,

    C_k(..., lo_k - 1) = 0                                   (it starts from nothing)
    C_k(..., vk) - C_k(..., vk - 1) = C_{k+1}(..., vk, hi)   (a step adds one row)
    C_{d+1} = 1 where the predicate holds, 0 elsewhere       (a row of one point)
    C_1(hi_1) = closed form

prove by induction that the closed form counts the set. For two letters these are the four
obligations rho(i, 0) = 0, rho(i, j) - rho(i, j-1) = [mask], F(0) = 0, F(i) - F(i-1) = rho(i, n),
and the last line. Where the partial counts came from does not matter to the check.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.counting.cardinality import cardinality_cases, with_room
from proofpress.counting.expressions import substituted
from proofpress.counting.polyhedra import (
    Row,
    System,
    implied,
    opposite,
    shadow,
    upper_limit,
)
from proofpress.counting.predicates import pieces
from proofpress.counting.sets import IntegerSet
from proofpress.counting.spaces import Space


@dataclass(frozen=True)
class Obligation:
    """For all integers: `assuming` implies left = right."""

    name: str
    letters: tuple[sp.Symbol, ...]
    assuming: tuple[Boolean, ...]
    left: sp.Expr
    right: sp.Expr


def obligations(counted: IntegerSet, closed_form: sp.Expr) -> tuple[Obligation, ...]:
    """Return what must hold for `closed_form` to be the cardinality of the set.

    >>> n, i = sp.symbols("n i", integer=True)
    >>> row = IntegerSet("row", (i,), (1 <= i) & (i <= n), assuming=n >= 0)
    >>> [o.name for o in obligations(row, n)]
    ['inside the box', 'box is not inside out', 'start 1', 'step 1', 'total']
    """
    limits = box(counted)
    variables = counted.counted
    letters = (*counted.parameters, *variables)
    one, zero = sp.Integer(1), sp.Integer(0)
    if limits is None:
        inside = (counted.assuming, counted.predicate)
        return (
            Obligation("no points", letters, inside, one, zero),
            Obligation("total", counted.parameters, (counted.assuming,), zero, closed_form),
        )
    mask = sp.Piecewise((1, counted.predicate), (0, True), evaluate=False)
    within = [part for v, ends in zip(variables, limits, strict=True) for part in between(v, ends)]
    outside = (counted.assuming, counted.predicate, sp.Or(*(sp.Not(part) for part in within)))
    result = [Obligation("inside the box", letters, outside, one, zero)]
    for low, high in limits:
        inverted = (counted.assuming, sp.Lt(high, low - 1, evaluate=False))
        result.append(Obligation("box is not inside out", counted.parameters, inverted, one, zero))
    following: sp.Expr = mask
    for level in range(len(variables), 0, -1):
        letter, (low, high) = variables[level - 1], limits[level - 1]
        known = (*counted.parameters, *variables[: level - 1])
        around = (counted.assuming, *within[: 2 * (level - 1)])
        here = (*around, *within[2 * (level - 1) : 2 * level])
        partial = partial_count(counted, level, (*around, *between(letter, (low - 1, high))))
        before = substituted(partial, {letter: letter - 1})
        result += [
            Obligation(
                f"start {level}", known, around, substituted(partial, {letter: low - 1}), zero
            ),
            Obligation(f"step {level}", (*known, letter), here, partial - before, following),
        ]
        following = substituted(partial, {letter: high})
    result.append(
        Obligation("total", counted.parameters, (counted.assuming,), following, closed_form)
    )
    return tuple(result)


def partial_count(counted: IntegerSet, level: int, assuming: tuple[Boolean, ...]) -> sp.Expr:
    """Return C_level as an expression in the parameters and the first `level` letters."""
    letter = counted.counted[level - 1]
    running = sp.Dummy(str(letter), integer=True)
    inner = (running, *counted.counted[level:])
    # Not evaluated, as in `between`: a letter that is new to SymPy takes it longest.
    until = sp.Le(running, letter, evaluate=False)
    predicate = (substituted(counted.predicate, {letter: running}), until)
    known = (*counted.parameters, *counted.counted[:level])
    return cardinality_cases(inner, known, predicate, assuming).multiplied_out


def between(letter: sp.Symbol, ends: tuple[sp.Expr, sp.Expr]) -> tuple[Boolean, Boolean]:
    """Return low <= letter and letter <= high.

    >>> between(sp.Symbol("i", integer=True), (sp.Integer(1), sp.Integer(3)))
    (1 <= i, i <= 3)
    """
    low, high = ends
    # Not evaluated: nothing is to be decided here, and asking SymPy takes longer than a proof.
    return sp.Le(low, letter, evaluate=False), sp.Le(letter, high, evaluate=False)


def box(counted: IntegerSet) -> list[tuple[sp.Expr, sp.Expr]] | None:
    """Return, for each counted letter, ends in the parameters between which all points lie.

    None is returned where there seem to be no points at all. An interval may be empty but not
    turned inside out: high >= low - 1 for all parameters.
    """

    def attempt(room: int) -> list[tuple[sp.Expr, sp.Expr]] | None:
        space = Space(counted.counted, counted.parameters, room)
        contexts = [space.with_floors(c) for c in pieces(counted.assuming, space)]
        systems = [
            space.with_floors((*piece, *context))
            for context in contexts
            for piece in pieces(counted.predicate, space, context)
        ]
        if not systems:
            return None
        return [_ends(space, column, systems, contexts) for column in range(len(counted.counted))]

    return with_room(attempt)


def _ends(
    space: Space, column: int, systems: Sequence[System], contexts: Sequence[System]
) -> tuple[sp.Expr, sp.Expr]:
    """Return a lower and an upper end of one letter that serve for every system."""
    unit = space.unit(column)
    lows, highs = (_common_bounds(space, column, sign, systems, contexts) for sign in (1, -1))
    for low in lows:
        for high in highs:
            room = tuple(h - a for h, a in zip(high, low, strict=True))
            short = [
                upper_limit(opposite(room), space.with_floors((room, *context))[1:])
                for context in contexts
            ]
            if all(s is not None for s in short):
                # Where the interval could turn inside out, its upper end is moved outwards.
                more = max(0, max(s for s in short if s is not None) - 1)
                return space.expression(low), space.expression(high) + more
    if lows and highs:
        # However far the interval turns inside out, its upper end is moved along.
        low = space.expression(lows[0])
        return low, sp.Max(space.expression(highs[0]), low - 1, evaluate=False)
    raise NoCertificate(f"no box around {space.expression(unit)} in the parameters")


class NoCertificate(Exception):
    """Raised for a set whose box cannot be written down; the method is then undecided."""


def _common_bounds(
    space: Space, column: int, sign: int, systems: Sequence[System], contexts: Sequence[System]
) -> list[Row]:
    """Return rows in the parameters that bound the letter in every system, from one side."""
    unit = space.unit(column)
    candidates: dict[Row, None] = {}
    others = [c for c in sorted(space.counted) if c != column]
    for system in systems:
        # The author's own bounds come first: a tightened one may not be seen to be implied.
        written = (row for row in system if not any(row[c] for c in others))
        for row in (*written, *(shadow(system, others) or ())):
            factor = row[column] * sign
            if factor > 0 and not any(row[c] for c in space.arguments if c in space.counted):
                # factor * letter >= -rest, or <= rest for an upper bound, rounded inwards.
                floor = space.floor((*row[:column], 0, *row[column + 1 :]), factor)
                candidates[tuple(-sign * c for c in floor)] = None
    return [
        bound
        for bound in candidates
        if all(
            implied(inside, space.with_floors((inside, *system))[1:])
            for inside in [tuple(sign * (u - b) for u, b in zip(unit, bound, strict=True))]
            for system in systems
        )
    ]
