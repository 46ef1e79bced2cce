"""Intervals of a letter, and sums over them, as the derivation shows them.

Place in the chain: definition -> **derivation** -> proof -> template.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.counting.cardinality import with_room
from proofpress.counting.expressions import product_form
from proofpress.counting.latex import formula, polynomial
from proofpress.counting.lines import is_sum
from proofpress.counting.polyhedra import System, feasible, irredundant
from proofpress.counting.predicates import Condition, pieces
from proofpress.counting.spaces import NotAffine, Space
from proofpress.counting.summation import power_sum
from proofpress.latex.meant import Meant, Summed
from proofpress.latex.names import letter_latex

Ends = tuple[list[sp.Expr], list[sp.Expr]]
# The lower ends with "max" and the upper ends with "min".
Interval = tuple[tuple[list[sp.Expr], str], tuple[list[sp.Expr], str]]


@dataclass(frozen=True)
class Range:
    """A sum of `term` over low <= letter <= high."""

    letter: sp.Symbol
    low: sp.Expr
    high: sp.Expr
    term: sp.Expr

    @property
    def value(self) -> sp.Expr:
        """Return the sum by Faulhaber's formula, for high >= low - 1.

        >>> n, i = sp.symbols("n i", integer=True)
        >>> Range(i, sp.Integer(1), n, i).value
        n**2/2 + n/2
        """
        total = sp.Integer(0)
        for (power,), coefficient in sp.Poly(self.term, self.letter).terms():
            for k, c in enumerate(power_sum(power)):
                step = self.high**k - (self.low - 1) ** k
                total += coefficient * sp.Rational(c.numerator, c.denominator) * step
        return sp.expand(total)

    @property
    def meaning(self) -> Meant:
        """Return what the sum's LaTeX is meant to say."""
        if self.low == self.high:
            return self.value
        return Summed(self.letter, self.low, self.high, self.term)

    def latex(self, letters: Sequence[sp.Symbol]) -> str:
        """Return the sum with its sign of summation."""
        if self.low == self.high:
            return formula(self.value, letters)
        low, high = polynomial(self.low, letters), polynomial(self.high, letters)
        term = formula(self.term, letters)
        if is_sum(term):
            term = f"({term})"
        return rf"\sum_{{{letter_latex(self.letter)} = {low}}}^{{{high}}} {term}"

    def value_latex(self, letters: Sequence[sp.Symbol]) -> str:
        """Return the value of the sum, factored."""
        return formula(product_form(self.value), letters)


def interval(
    letter: sp.Symbol, predicate: Boolean, context: Condition, others: Sequence[sp.Symbol]
) -> Interval | None:
    """Return the lower ends with "max" and the upper ends with "min" of a letter's values.

    None where the values have gaps or fall into several intervals.
    """

    def attempt(room: int) -> Interval | None:
        space = Space((letter,), others, room)
        around = pieces(context, space)
        if len(around) != 1:
            return None
        systems = pieces(predicate, space, around[0])
        if len(systems) != 1:
            return None
        ends = _ends(space, 0, systems[0], around[0])
        return None if ends is None else ((ends[0], "max"), (ends[1], "min"))

    return with_room(attempt)


def _ends(space: Space, column: int, system: System, context: System) -> Ends | None:
    """Return the lower and upper ends of a column that are not implied by others."""
    if any(row[c] for row in system for c in space.arguments):
        return None
    binding = [row for row in irredundant(system, context) if row[column]]
    if any(abs(row[column]) != 1 for row in binding):
        return None
    ends: Ends = ([], [])
    for row in binding:
        rest = (*row[:column], 0, *row[column + 1 :])
        if row[column] > 0:
            ends[0].append(-space.expression(rest))
        else:
            ends[1].append(space.expression(rest))
    return ends if ends[0] and ends[1] else None


def extremes(ends: Sequence[sp.Expr], name: str, letters: Sequence[sp.Symbol]) -> str:
    """Return one end as it is, several as their maximum or minimum.

    >>> i, t = sp.symbols("i t", integer=True)
    >>> extremes((sp.Integer(1), i - t), "max", (i, t))
    '\\\\max(1,\\\\ i - t)'
    """
    texts = [polynomial(end, letters) for end in ends]
    joined = r",\ ".join(texts)
    return texts[0] if len(texts) == 1 else rf"\{name}({joined})"


def extreme(ends: Sequence[sp.Expr], name: str) -> sp.Expr:
    """Return what `extremes` is meant to say.

    >>> i, t = sp.symbols("i t", integer=True)
    >>> extreme((sp.Integer(1), i - t), "max")
    Max(1, i - t)
    """
    kind = sp.Max if name == "max" else sp.Min
    return ends[0] if len(ends) == 1 else kind(*ends, evaluate=False)


def summed(
    letter: sp.Symbol,
    terms: Sequence[tuple[sp.Expr, Boolean]],
    around: Boolean,
    known: Condition,
    value: sp.Expr,
    letters: Sequence[sp.Symbol],
) -> list[Range] | None:
    """Return the sums, over intervals of `letter`, that make up `value` where `known` holds.

    `terms` are the cases of what is added, within `around`. None where they are no such sums, or
    where they do not add up to `value` as polynomials: nothing is shown that is not so.
    """

    def attempt(room: int) -> list[Range] | None:
        space = Space((), (letter, *(x for x in letters if x != letter)), room)
        context = pieces(known, space)
        if len(context) != 1:
            return None
        ranges = []
        for term, when in terms:
            for system in pieces((around, when), space, context[0]):
                if term == 0 or not feasible((*system, *context[0])):
                    continue
                ends = _ends(space, 0, system, context[0])
                if ends is None or len(ends[0]) != 1 or len(ends[1]) != 1:
                    return None
                ranges.append(Range(letter, ends[0][0], ends[1][0], term))
        return ranges

    try:
        ranges = with_room(attempt)
        if ranges is None or sp.expand(sp.Add(*(r.value for r in ranges)) - value) != 0:
            return None
    except (NotAffine, sp.PolynomialError):
        return None
    return sorted(ranges, key=lambda r: str(r.low) != "1")
