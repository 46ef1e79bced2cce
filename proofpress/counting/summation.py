"""Sums of a polynomial over the integer points of a system, one letter at a time.

Place in the chain: definition -> **derivation** -> proof. A letter between a binding lower and a
binding upper bound is summed by Faulhaber's formula; ties between bounds are broken strictly, so
the cases are disjoint. What is left are *terms*: a system on the parameters and a polynomial.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb, gcd, lcm

import sympy as sp
from sympy.polys.rings import PolyElement

from proofpress.counting.deadline import check_deadline
from proofpress.counting.polyhedra import (
    Row,
    System,
    combine,
    equality,
    feasible,
    implied,
    opposite,
    substitute,
    tidy,
)
from proofpress.counting.spaces import Space
from proofpress.faults.errors import PressError


class Unbounded(PressError):
    """Raised for a set with infinitely many points; it names a letter without a bound."""


@dataclass(frozen=True)
class Term:
    """A polynomial that counts where its system on the parameters holds, and is zero elsewhere."""

    system: System
    polynomial: PolyElement


@dataclass(frozen=True)
class Summand:
    """A polynomial weight on the points of a system, and the columns still to be summed over."""

    system: System
    weight: PolyElement
    columns: frozenset[int]


def terms(space: Space, summand: Summand, context: System) -> Iterator[Term]:
    """Return the terms of the sum over all of the summand's columns.

    The terms may overlap; their sum is the answer. Raises PressError for an unbounded letter.
    """
    check_deadline()
    rows = tidy(summand.system)
    if (
        not summand.weight
        or rows is None
        or not feasible(space.with_floors((*rows, *context), summed=False))
    ):
        return
    if not summand.columns:
        yield Term(rows, summand.weight)
        return
    summand = Summand(rows, summand.weight, summand.columns)
    tied = equality(rows, summand.columns)
    if tied is not None:
        narrower = [_without_equality(space, summand, tied)]
    else:
        column = min(sorted(summand.columns, reverse=True), key=lambda c: _cost(space, rows, c))
        if all(abs(row[column]) <= 1 for row in rows):
            narrower = list(_between_bounds(space, summand, column, context))
        else:
            narrower = list(_with_whole_bounds(space, summand, column))
    for following in narrower:
        yield from terms(space, following, context)


def _cost(space: Space, rows: System, column: int) -> tuple[int, int]:
    """Return how dear it is to sum over a column: its largest factor, then its cases."""
    lower = [row for row in rows if row[column] > 0]
    upper = [row for row in rows if row[column] < 0]
    if not lower or not upper:
        side = "below" if not lower else "above"
        letter = space.letters[column] if column < len(space.letters) else "a floor"
        raise Unbounded(
            f"the set is unbounded: nothing bounds {letter} from {side}",
            mend=f"add a bound such as {f'1 <= {letter}' if not lower else f'{letter} <= n'}",
        )
    return max(abs(row[column]) for row in (*lower, *upper)), len(lower) * len(upper)


def _between_bounds(
    space: Space, summand: Summand, column: int, context: System
) -> Iterator[Summand]:
    """Return one summand for each choice of the binding bounds of a column with factors 1."""
    rows = list(summand.system)
    for row in summand.system:
        if row[column]:
            others = [other for other in rows if other != row]
            if implied(row, space.with_floors((*others, *context), summed=False)):
                rows = others
    rest = [row for row in rows if not row[column]]
    lower = [opposite(_without(row, column)) for row in rows if row[column] > 0]
    upper = [_without(row, column) for row in rows if row[column] < 0]
    if not lower or not upper:
        _cost(space, tuple(rows), column)
    columns = summand.columns - {column}
    total = _antidifference(summand.weight, column)
    for s, low in enumerate(lower):
        # The first of several equal bounds is the binding one, so that no case is met twice.
        lows = [_at_least(low, other, int(r < s)) for r, other in enumerate(lower) if r != s]
        for t, high in enumerate(upper):
            highs = [_at_least(other, high, int(r < t)) for r, other in enumerate(upper) if r != t]
            # An empty interval whose ends are neighbours sums to zero by the formula itself.
            shortest = 0 if space.strict else -1
            system = (*rest, *lows, *highs, _at_least(high, low, shortest))
            below = (*low[:-1], low[-1] - 1)
            weight = at(total, column, space.polynomial(high)) - at(
                total, column, space.polynomial(below)
            )
            yield Summand(system, weight, columns)


def _with_whole_bounds(space: Space, summand: Summand, column: int) -> Iterator[Summand]:
    """Return summands, one for each residue, in which one column's bounds have factor 1.

    Of the bound b v <= e the other summed letters y are written as y = M y' + r so that b divides
    their factors; what is left of e / b is a floor of parameters.
    """
    moduli: dict[int, int] = {}
    for row in summand.system:
        factor = abs(row[column])
        if factor > 1:
            for other in summand.columns - {column}:
                if row[other] % factor:
                    needed = factor // gcd(factor, row[other])
                    moduli[other] = lcm(moduli.get(other, 1), needed)
    if not moduli:
        yield _floored(space, summand, column)
        return
    other, modulus = min(moduli.items())
    for residue in range(modulus):
        value = list(space.unit(other, modulus))
        value[-1] = residue
        yield _replaced(space, summand, other, tuple(value), summand.columns)


def _floored(space: Space, summand: Summand, column: int) -> Summand:
    """Return the summand with b v <= e written as v <= floor(e / b)."""
    system: list[Row] = []
    for row in summand.system:
        factor = abs(row[column])
        if factor > 1:
            sign = space.unit(column, 1 if row[column] > 0 else -1)
            row = combine(1, space.floor(_without(row, column), factor), 1, sign)
        system.append(row)
    return Summand(tuple(system), summand.weight, summand.columns)


def _without_equality(space: Space, summand: Summand, tied: Row) -> Summand:
    """Return the summand with one letter less, or one step nearer to it, by an equation."""
    columns = [c for c in summand.columns if tied[c]]
    units = [c for c in columns if abs(tied[c]) == 1]
    if units:
        column = max(units)
        value = _without(tied, column)
        if tied[column] > 0:
            value = opposite(value)
        return _replaced(space, summand, column, value, summand.columns - {column})
    content = gcd(*(tied[c] for c in columns))
    if content > 1:
        # content * (counted letters) + (parameters) = 0 asks that content divides the parameters.
        known = tuple(0 if k in columns else c for k, c in enumerate(tied))
        counted = tuple(c // content if k in columns else 0 for k, c in enumerate(tied))
        quotient = space.floor(known, content)
        exact = combine(1, known, -content, quotient)
        smaller = combine(1, counted, 1, quotient)
        kept = [row for row in summand.system if row not in (tied, opposite(tied))]
        system = (*kept, exact, opposite(exact), smaller, opposite(smaller))
        return Summand(system, summand.weight, summand.columns)
    # Euclid: a unimodular change of one letter makes the other factors smaller.
    column = min(columns, key=lambda c: abs(tied[c]))
    value = space.unit(column)
    for other in columns:
        if other != column:
            value = combine(1, value, -(tied[other] // tied[column]), space.unit(other))
    return _replaced(space, summand, column, value, summand.columns)


def _replaced(
    space: Space, summand: Summand, column: int, value: Row, columns: frozenset[int]
) -> Summand:
    system = tuple(substitute(row, column, value) for row in summand.system)
    weight = at(summand.weight, column, space.polynomial(value))
    return Summand(system, weight, columns)


def _without(row: Row, column: int) -> Row:
    return (*row[:column], 0, *row[column + 1 :])


def _at_least(greater: Row, smaller: Row, by: int) -> Row:
    """Return the row of greater >= smaller + by."""
    difference = combine(1, greater, -1, smaller)
    return (*difference[:-1], difference[-1] - by)


def at(polynomial: PolyElement, column: int, value: PolyElement) -> PolyElement:
    """Return the polynomial with a column's letter replaced."""
    if polynomial.degree(column) <= 0:
        return polynomial
    ring = polynomial.ring
    by_power: dict[int, dict[tuple[int, ...], object]] = {}
    for monomial, coefficient in polynomial.terms():
        rest = (*monomial[:column], 0, *monomial[column + 1 :])
        by_power.setdefault(monomial[column], {})[rest] = coefficient
    result = ring.zero
    for power in range(max(by_power), -1, -1):
        result = result * value
        if power in by_power:
            result = result + ring.from_dict(by_power[power])
    return result


def _antidifference(polynomial: PolyElement, column: int) -> PolyElement:
    """Return S with S(v) - S(v - 1) = polynomial in the column's letter v, and S(0) = 0."""
    result: dict[tuple[int, ...], object] = {}
    for monomial, coefficient in polynomial.terms():
        for power, factor in enumerate(power_sum(monomial[column])):
            if factor:
                key = (*monomial[:column], power, *monomial[column + 1 :])
                value = coefficient * sp.QQ(factor.numerator, factor.denominator)
                result[key] = result.get(key, sp.QQ(0)) + value
    return polynomial.ring.from_dict({k: c for k, c in result.items() if c})


@lru_cache(maxsize=64)
def power_sum(power: int) -> tuple[Fraction, ...]:
    """Return the coefficients, lowest first, of 1**p + 2**p + ... + v**p as a polynomial in v.

    Source: Faulhaber; derived here from the telescoping sum of (v + 1)**(p + 1) - v**(p + 1).

    >>> power_sum(1)
    (Fraction(0, 1), Fraction(1, 2), Fraction(1, 2))
    """
    # (v+1)**(p+1) - 1 is the sum over q <= p of binomial(p+1, q) times the power sum of q.
    total = [Fraction(comb(power + 1, k)) for k in range(power + 2)]
    total[0] -= 1
    for lower in range(power):
        earlier = power_sum(lower)
        for k, c in enumerate(earlier):
            total[k] -= comb(power + 1, lower) * c
    return tuple(c / (power + 1) for c in total)
