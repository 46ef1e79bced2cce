"""That a polynomial is not negative where others are not: signs, squares and products.

Place in the chain: definition -> derivation -> **proof**. The letters are integers and so are all
coefficients, so that more than -1 is enough. A way that is found is an identity, and is checked by
multiplying out. Sources: Handelman, Pacific J. Math. 132, 1988 (products of inequalities); Lagrange
(completed squares). The method never says no.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, combinations_with_replacement
from math import lcm

from proofpress.proving.simplex import multiples
from proofpress.terms.arithmetic import (
    MOST_TERMS,
    ONE,
    Atom,
    Monomial,
    Polynomial,
    added,
    minus,
    multiplied,
    number,
    scaled,
    variable,
)

# More products than this are not tried, nor products of more factors.
MOST_PRODUCTS = 160
MOST_FACTORS = 4


@dataclass(frozen=True)
class Way:
    """Why a polynomial is not negative: a kind, and factor * (product of polynomials), added up.

    `kind` is "signs", "squares" or "products" for polynomial = sum, and "contradiction" where the
    sum is a negative number although no part of it is.
    """

    kind: str
    parts: tuple[tuple[Fraction, tuple[Polynomial, ...]], ...]


def times(one: Polynomial, other: Polynomial) -> Polynomial:
    """Return the product of two polynomials. Raises OverflowError for one that is too large."""
    if len(one) * len(other) > MOST_TERMS:
        raise OverflowError("a polynomial of too many terms")
    return multiplied(one, other)


def whole(form: Polynomial) -> Polynomial:
    """Return the least multiple with whole coefficients: an integer wherever the letters are.

    >>> whole({(): Fraction(1, 2)})
    {(): Fraction(1, 1)}
    """
    return scaled(form, Fraction(lcm(*(c.denominator for c in form.values()))))


def degree(form: Polynomial) -> int:
    """Return the highest sum of exponents of a monomial."""
    return max((sum(power for _, power in monomial) for monomial in form), default=0)


def atoms(form: Polynomial) -> list[Atom]:
    """Return the letters of a polynomial, in the order in which they stand."""
    return list(dict.fromkeys(atom for monomial in form for atom, _ in monomial))


def way(facts: Sequence[Polynomial], goal: Polynomial) -> Way | None:
    """Return why goal >= 0 for all integers where facts >= 0; None where no way was found.

    All have whole coefficients.

    >>> from proofpress.terms.arithmetic import letter
    >>> n = letter("n")
    >>> way([minus(n, number(2))], minus(times(n, n), number(4))).kind
    'signs'
    >>> way([], added(minus(times(n, n), scaled(n, Fraction(30))), number(225))).kind
    'squares'
    >>> way([n, minus(number(10), n)], minus(scaled(n, Fraction(10)), times(n, n))).kind
    'products'
    >>> way([n], minus(n, number(1))) is None
    True
    """
    if not goal.keys() - {()}:
        if goal.get((), Fraction(0)) >= 0:
            return Way("signs", ((Fraction(1), (goal,)),))
    else:
        found = by_signs(facts, goal) or by_squares(goal)
        if found is not None:
            return found
    return _by_products(facts, goal)


def contradictory(facts: Sequence[Polynomial]) -> bool:
    """Return whether facts >= 0 are shown to have no common integers, by their sums alone."""
    return multiples([*facts, ONE], number(-1)) is not None


def by_signs(facts: Sequence[Polynomial], goal: Polynomial) -> Way | None:
    """Return a way by letters written as a bound plus an excess: no coefficient is negative."""
    moved, excess = shifted(facts, goal)
    if any(c < 0 for c in moved.values()):
        return None
    parts = tuple(
        (c, tuple(excess[atom] for atom, power in monomial for _ in range(power)))
        for monomial, c in moved.items()
    )
    return Way("signs", parts) if _adds_up(parts, goal) else None


def shifted(
    facts: Sequence[Polynomial], goal: Polynomial
) -> tuple[Polynomial, dict[Atom, Polynomial]]:
    """Return the goal in excesses over the letters' bounds, and what each excess is.

    A letter without a bound becomes negative: what holds it has no known sign.
    """
    excess: dict[Atom, Polynomial] = {}
    inside: dict[Atom, Polynomial] = {}
    for atom in atoms(goal):
        own = variable(atom)
        low, high = bounds(facts, atom)
        if low is not None:
            excess[atom], inside[atom] = minus(own, number(low)), added(own, number(low))
        elif high is not None:
            excess[atom], inside[atom] = minus(number(high), own), minus(number(high), own)
        else:
            return number(-1), {}
    return replaced(goal, inside), excess


def bounds(facts: Iterable[Polynomial], atom: Atom) -> tuple[int | None, int | None]:
    """Return the least and the greatest value of a letter that a single fact gives."""
    lows, highs = [], []
    for fact in facts:
        slope = fact.get(((atom, 1),), Fraction(0))
        if slope and set(fact) <= {(), ((atom, 1),)}:
            edge = -fact.get((), Fraction(0)) / slope
            if slope > 0:
                lows.append(edge.__ceil__())
            else:
                highs.append(edge.__floor__())
    return max(lows, default=None), min(highs, default=None)


def replaced(form: Polynomial, values: Mapping[Atom, Polynomial]) -> Polynomial:
    """Return a polynomial with polynomials in the place of letters."""
    total: Polynomial = {}
    for monomial, coefficient in form.items():
        term = number(coefficient)
        for atom, power in monomial:
            for _ in range(power):
                term = times(term, values.get(atom, variable(atom)))
        total = added(total, term)
    return total


def by_squares(goal: Polynomial) -> Way | None:
    """Return a way by completing squares, for a form of degree two in letters or their squares.

    >>> from proofpress.terms.arithmetic import letter
    >>> a, b = letter("a"), letter("b")
    >>> square = times(minus(a, b), minus(a, b))
    >>> len(by_squares(square).parts), by_squares(minus(square, ONE)) is None
    (1, True)
    """
    halved = _roots(goal)
    if degree({tuple((a, p // halved[a]) for a, p in m): c for m, c in goal.items()}) > 2:
        return None
    parts: list[tuple[Fraction, tuple[Polynomial, ...]]] = []
    left = goal
    for atom in atoms(goal):
        root = ((atom, halved[atom]),)
        lead = left.get(((atom, 2 * halved[atom]),), Fraction(0))
        mixed = {m: c for m, c in left.items() if _divided(m, root) is not None}
        if not mixed:
            continue
        if lead <= 0:
            return None
        line: Polynomial = {root: Fraction(1)}
        for monomial, coefficient in mixed.items():
            rest = _divided(monomial, root)
            if rest is not None and rest != root:
                line = added(line, {rest: coefficient / (2 * lead)})
        parts.append((lead, (line, line)))
        left = minus(left, scaled(times(line, line), lead))
    # What is left is a number; all coefficients of the goal are whole.
    rest_value = left.get((), Fraction(0))
    if left.keys() - {()} or rest_value <= -1:
        return None
    if rest_value:
        parts.append((Fraction(1), (number(rest_value),)))
    return Way("squares", tuple(parts)) if _adds_up(parts, goal) else None


def _roots(goal: Polynomial) -> dict[Atom, int]:
    """Return 2 for letters of which only even powers stand, 1 for the others."""
    powers: dict[Atom, set[int]] = {}
    for monomial in goal:
        for atom, power in monomial:
            powers.setdefault(atom, set()).add(power)
    high = max((p for found in powers.values() for p in found), default=0)
    even = {atom: all(p % 2 == 0 for p in found) for atom, found in powers.items()}
    return {atom: 2 if even[atom] and high > 2 else 1 for atom in powers}


def _divided(monomial: Monomial, root: Monomial) -> Monomial | None:
    """Return monomial / root, None where it does not divide."""
    ((atom, power),) = root
    powers = dict(monomial)
    if powers.get(atom, 0) < power:
        return None
    powers[atom] -= power
    return tuple((a, powers[a]) for a, _ in monomial if powers[a])


def _by_products(facts: Sequence[Polynomial], goal: Polynomial) -> Way | None:
    """Return a way by products of facts, and squares, with multiples that are found exactly."""
    try:
        direct = _products(facts, goal, degree(goal))
        found = _multiples(direct, goal)
        if found is not None:
            return Way("products", found)
        # If the goal failed, goal <= -1: that and the facts are to contradict each other.
        denied = minus(number(-1), goal)
        high = max(map(degree, (*facts, goal)), default=0)
        against = _products([denied, *facts], goal, max(2, high))
        found = _multiples(against, number(-1))
        return None if found is None else Way("contradiction", found)
    except OverflowError:
        return None


def _products(
    facts: Sequence[Polynomial], goal: Polynomial, high: int
) -> list[tuple[Polynomial, ...]]:
    """Return products of facts, and of squares, whose degree is not above that of what is shown."""
    straight = [f for f in facts if degree(f) == 1]
    names = list(dict.fromkeys(a for form in (*facts, goal) for a in atoms(form)))
    own = [variable(atom) for atom in names]
    found: list[tuple[Polynomial, ...]] = [(ONE,), *((fact,) for fact in facts)]
    if high >= 2:
        lines = [*own, *(minus(a, b) for a, b in combinations(own, 2))]
        squares: list[tuple[Polynomial, ...]] = [(line, line) for line in lines]
        found += squares
        found += list(combinations_with_replacement(straight, 2))
        curved = [f for f in facts if 2 <= degree(f) <= 3]
        found += [(size, fact) for fact in curved for size in straight if len(size) <= 2]
        for factors in range(3, min(high, MOST_FACTORS) + 1):
            found += [
                (*square, *rest)
                for square in squares
                for rest in combinations_with_replacement(straight, factors - 2)
            ]
            found += list(combinations_with_replacement(straight, factors))
            if len(found) > MOST_PRODUCTS:
                break
    return found[:MOST_PRODUCTS]


def _multiples(
    products: Sequence[tuple[Polynomial, ...]], wanted: Polynomial
) -> tuple[tuple[Fraction, tuple[Polynomial, ...]], ...] | None:
    found = multiples([_product(factors) for factors in products], wanted)
    if found is None:
        return None
    parts = tuple((factor, products[place]) for place, factor in sorted(found.items()))
    return parts if _adds_up(parts, wanted) else None


def _product(factors: Iterable[Polynomial]) -> Polynomial:
    result: Polynomial = ONE
    for factor in factors:
        result = times(result, factor)
    return result


def _adds_up(parts: Iterable[tuple[Fraction, tuple[Polynomial, ...]]], wanted: Polynomial) -> bool:
    total: Polynomial = {}
    for factor, factors in parts:
        total = added(total, scaled(_product(factors), factor))
    return not minus(total, wanted)
