"""Why one term is at most another on a whole domain: by algebra, or by all of its values.

Place in the chain: definition -> derivation -> **proof**. What is shown is that the right side
minus the left side has a value everywhere, and that this value is not negative.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import lcm, prod

from proofpress.counting.deadline import check_deadline
from proofpress.ledger.claims import Verdict
from proofpress.proving.domains import Interval, admits, limits
from proofpress.proving.method import Finding
from proofpress.proving.polynomials import Way, contradictory, way, whole
from proofpress.proving.readings import Facts, NotShown, Reading
from proofpress.terms.arithmetic import ONE, Polynomial, minus, scaled
from proofpress.terms.tree import Apply, Condition, Term
from proofpress.terms.value import NotRational, NoValue, compiled

# A domain of at most so many values is gone through whole.
MOST_VALUES = 3000

METHODS = {
    "signs": "signs of coefficients",
    "squares": "completed squares",
    "products": "products of inequalities",
    "contradiction": "products of inequalities",
}
_COUNTED = {
    "signs": "{} coefficients, none negative",
    "squares": "{} squares",
    "products": "{} products",
    "contradiction": "{} products",
}


@dataclass(frozen=True)
class Part:
    """A case of the domain: where facts >= 0, multiple * difference = goal / below >= 0."""

    facts: Facts
    goal: Polynomial
    below: Polynomial
    multiple: Fraction
    way: Way


@dataclass(frozen=True)
class Argument:
    """What shows the difference not to be negative: cases with a way each, or all values.

    `floors` is how many letters stand for floors, `least` is the least difference of all values,
    and where it is met.
    """

    parts: tuple[Part, ...] = ()
    floors: int = 0
    values: int = 0
    least: tuple[Fraction, Mapping[str, int]] | None = None

    @property
    def method(self) -> str:
        """Return the name of the method, as evidence names it."""
        if not self.parts:
            return "all values of the domain"
        kinds = {METHODS[part.way.kind] for part in self.parts}
        return kinds.pop() if len(kinds) == 1 else METHODS["products"]

    @property
    def finding(self) -> Finding:
        """Return what was found: *proved*, or *refuted* by one of all values."""
        if not self.parts:
            return Finding(Verdict.PROVED, "all", f"{self.values} values")
        if len(self.parts) > 1:
            return Finding(Verdict.PROVED, "all", f"{len(self.parts)} cases")
        (part,) = self.parts
        detail = _COUNTED[part.way.kind].format(len(part.way.parts))
        return Finding(Verdict.PROVED, "all", detail)


def argument(
    assuming: Condition, smaller: Term, greater: Term, names: Sequence[str], strict: bool = False
) -> Argument:
    """Return why smaller <= greater (< where strict) on the domain.

    Raises NotShown, with what stands in the way.

    >>> from proofpress.terms.tree import Letter
    >>> n = Letter("n")
    >>> argument(n >= 0, 30 * n, n**2 + 225, ("n",)).method
    'completed squares'
    >>> argument((n >= 0) & (n <= 9), n, 2**n, ("n",)).method
    'all values of the domain'
    """
    try:
        return by_signs(assuming, smaller, greater, strict)
    except NotShown:
        found = by_values(assuming, smaller, greater, names, strict)
        if found is None:
            raise
        return found


def by_signs(assuming: Condition, smaller: Term, greater: Term, strict: bool = False) -> Argument:
    """Return why smaller <= greater (< where strict), by squares and products.

    Raises NotShown, with what stands in the way.
    """
    try:
        parts, floors = _parts(assuming, Apply("-", (greater, smaller)), strict)
    except OverflowError as error:
        raise NotShown(str(error)) from error
    return Argument(tuple(parts), floors)


def by_values(
    assuming: Condition, smaller: Term, greater: Term, names: Sequence[str], strict: bool = False
) -> Argument | None:
    """Return why smaller <= greater (< where strict), by all values of a small domain; else None.

    >>> from proofpress.terms.tree import Letter
    >>> n = Letter("n")
    >>> by_values((n >= 0) & (n <= 9), n, 2**n, ("n",)).values
    10
    """
    bounded = limits(assuming)
    found = _by_values(assuming, smaller, greater, [(n, bounded.get(n)) for n in names])
    if found is None or (strict and found.least is not None and not found.least[0]):
        return None
    return found


def _parts(assuming: Condition, difference: Term, strict: bool) -> tuple[list[Part], int]:
    """Return the cases, and how many letters for floors there are."""
    reading = Reading()
    cases = [facts for facts in reading.domain(assuming) if not contradictory(facts)]
    if not cases:
        raise NotShown("no values of the letters satisfy assuming=")
    found = []
    for facts in cases:
        for value in reading.term(difference, facts):
            above, below = value.above, value.below
            if set(below) == {()}:
                above, below = scaled(above, 1 / below[()]), ONE
            # A whole number above zero is at least one.
            goal = minus(whole(above), ONE) if strict else whole(above)
            shown = way(value.facts, goal)
            if shown is None:
                raise NotShown("no squares or products of inequalities were found that show it")
            multiple = Fraction(lcm(*(c.denominator for c in above.values())))
            found.append(Part(value.facts, goal, below, multiple, shown))
    return found, len(reading.floors)


def _by_values(
    assuming: Condition,
    smaller: Term,
    greater: Term,
    bounded: Sequence[tuple[str, Interval | None]],
) -> Argument | None:
    """Return the argument of all values; None for a domain that is not small, or a false bound."""
    ranges = []
    for _, ends in bounded:
        if ends is None or ends[0] is None or ends[1] is None:
            return None
        ranges.append(range(ends[0], ends[1] + 1))
    if prod(map(len, ranges)) > MOST_VALUES:
        return None
    names = tuple(name for name, _ in bounded)
    inside = admits(names, assuming)
    difference = compiled(names, Apply("-", (greater, smaller)))
    number, least = 0, None
    for values in product(*ranges):
        check_deadline()
        if not inside(*values):
            continue
        try:
            found = Fraction(difference(*values))
        except (NoValue, NotRational):
            return None
        number += 1
        if least is None or found < least[0]:
            least = found, dict(zip(names, values, strict=True))
    return Argument((), 0, number, least) if least is not None and least[0] >= 0 else None
