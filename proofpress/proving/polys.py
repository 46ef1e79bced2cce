"""Polynomials in integer variables with rational coefficients: what values on a cell are made of.

Place in the chain: definition -> derivation -> **proof**. Variables are numbers that the proof
gives out (`proving.cells`), so that none can be mistaken for an author's letter. Nothing here
comes from SymPy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import comb, gcd, lcm
from typing import TypeAlias

from proofpress.counting.deadline import check_deadline

Number: TypeAlias = int | Fraction
Monomial: TypeAlias = tuple[tuple[int, int], ...]

# A product that would have more terms than this is not multiplied out.
MOST_TERMS = 4000


class TooLarge(Exception):
    """Raised for a polynomial with too many terms; the caller leaves the question open."""


class Poly:
    """A polynomial: coefficients, none of them zero, by monomials of (variable, exponent).

    >>> x = variable(0)
    >>> (x + 1) * (x - 1) == x * x - 1
    True
    """

    __slots__ = ("_hash", "terms")

    def __init__(self, terms: Mapping[Monomial, Number]) -> None:
        self.terms = {monomial: c for monomial, c in terms.items() if c}
        self._hash: int | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Poly) and self.terms == other.terms

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self.terms.items()))
        return self._hash

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __add__(self, other: Poly | Number) -> Poly:
        total = dict(self.terms)
        for monomial, c in _poly(other).terms.items():
            total[monomial] = total.get(monomial, 0) + c
        return Poly(total)

    def __sub__(self, other: Poly | Number) -> Poly:
        return self + -_poly(other)

    def __neg__(self) -> Poly:
        return Poly({monomial: -c for monomial, c in self.terms.items()})

    def __mul__(self, other: Poly | Number) -> Poly:
        right = _poly(other).terms
        if len(self.terms) * len(right) > MOST_TERMS:
            raise TooLarge(f"a product of {len(self.terms)} and {len(right)} terms")
        total: dict[Monomial, Number] = {}
        for one, a in self.terms.items():
            for two, b in right.items():
                monomial = _times(one, two)
                total[monomial] = total.get(monomial, 0) + a * b
        return Poly(total)

    def __pow__(self, exponent: int) -> Poly:
        result = constant(1)
        for _ in range(exponent):
            result = result * self
        return result

    def __repr__(self) -> str:
        shown = (
            "*".join([str(c), *(f"x{v}^{e}" for v, e in monomial)])
            for monomial, c in sorted(self.terms.items())
        )
        return " + ".join(shown) or "0"

    @property
    def number(self) -> Number | None:
        """Return the value of a polynomial without variables, None for any other."""
        if not self.terms:
            return 0
        return self.terms[()] if self.terms.keys() == {()} else None

    @property
    def tail(self) -> Number:
        """Return the constant term."""
        return self.terms.get((), 0)

    @property
    def variables(self) -> frozenset[int]:
        """Return the variables that occur."""
        return frozenset(v for monomial in self.terms for v, _ in monomial)

    @property
    def affine(self) -> bool:
        """Return whether no variable is multiplied by another or by itself."""
        return all(sum(e for _, e in monomial) <= 1 for monomial in self.terms)

    def free(self) -> Poly:
        """Return the polynomial without its constant term."""
        return Poly({monomial: c for monomial, c in self.terms.items() if monomial})

    def put(self, values: Mapping[int, Poly]) -> Poly:
        """Return the polynomial with variables replaced.

        >>> x = variable(0)
        >>> (x * x).put({0: x + 1}) == x * x + x * 2 + 1
        True
        """
        if not (self.variables & values.keys()):
            return self
        powers: dict[tuple[int, int], Poly] = {}
        total = Poly({})
        for monomial, c in self.terms.items():
            part = Poly({tuple((v, e) for v, e in monomial if v not in values): c})
            for v, e in monomial:
                if v in values:
                    if (v, e) not in powers:
                        powers[v, e] = values[v] ** e
                    part = part * powers[v, e]
            total = total + part
        return total

    def at(self, point: Mapping[int, int]) -> Number:
        """Return the value at integers; a variable without one is zero."""
        total: Number = 0
        for monomial, c in self.terms.items():
            for v, e in monomial:
                c = c * point.get(v, 0) ** e
            total += c
        return total

    def by_powers(self, v: int) -> dict[int, Poly]:
        """Return the coefficients, free of one variable, by its powers.

        >>> x, y = variable(0), variable(1)
        >>> (x * x * y + x + 2).by_powers(0)
        {2: 1*x1^1, 1: 1, 0: 2}
        """
        found: dict[int, dict[Monomial, Number]] = {}
        for monomial, c in self.terms.items():
            power = next((e for u, e in monomial if u == v), 0)
            found.setdefault(power, {})[tuple(p for p in monomial if p[0] != v)] = c
        return {power: Poly(terms) for power, terms in found.items()}


def _poly(given: Poly | Number) -> Poly:
    return given if isinstance(given, Poly) else constant(given)


@lru_cache(maxsize=65536)
def _times(one: Monomial, two: Monomial) -> Monomial:
    if not one or not two:
        return one or two
    powers = dict(one)
    for v, e in two:
        powers[v] = powers.get(v, 0) + e
    return tuple(sorted(powers.items()))


def constant(number: Number) -> Poly:
    """Return a number as a polynomial."""
    return Poly({(): number})


def variable(number: int) -> Poly:
    """Return a variable as a polynomial."""
    return Poly({((number, 1),): 1})


def tightened(poly: Poly) -> Poly:
    """Return the least polynomial with whole coefficients that is >= 0 at the same integers.

    >>> x = variable(0)
    >>> tightened(x * 2 - 3), tightened(x * Fraction(1, 2) + Fraction(1, 3))
    (-2 + 1*x0^1, 1*x0^1)
    """
    factors = [c for monomial, c in poly.terms.items() if monomial]
    if not factors:
        return constant(-1 if poly.tail < 0 else 0)
    below = lcm(*(c.denominator for c in factors))
    content = Fraction(gcd(*(int(c * below) for c in factors)), below)
    whole = {monomial: int(c / content) for monomial, c in poly.terms.items() if monomial}
    return Poly({**whole, (): (Fraction(poly.tail) / content).__floor__()})


def denied(poly: Poly) -> Poly:
    """Return, for whole coefficients, the polynomial that is >= 0 where this one is negative."""
    return -poly - 1


def quotient(above: Poly, below: Poly) -> Poly | None:
    """Return above / below where that is a polynomial, else None.

    >>> x = variable(0)
    >>> quotient(x * x - 1, x - 1)
    1 + 1*x0^1
    """
    if below.number is not None:
        return above * (Fraction(1) / below.number)
    order = sorted(above.variables | below.variables)

    def rank(monomial: Monomial) -> tuple[int, ...]:
        powers = dict(monomial)
        return tuple(powers.get(v, 0) for v in order)

    lead = max(below.terms, key=rank)
    result: dict[Monomial, Number] = {}
    left = above
    while left:
        top = max(left.terms, key=rank)
        powers = dict(top)
        for v, e in lead:
            powers[v] = powers.get(v, 0) - e
        if min(powers.values(), default=0) < 0:
            return None
        monomial = tuple(sorted((v, e) for v, e in powers.items() if e))
        factor = Fraction(left.terms[top]) / below.terms[lead]
        result[monomial] = factor
        left = left - below * Poly({monomial: factor})
    return Poly(result)


def summed(poly: Poly, v: int, low: Poly, high: Poly) -> Poly:
    """Return the sum over a variable from low to high, right wherever high >= low - 1.

    >>> k, n = variable(0), variable(1)
    >>> summed(k, 0, constant(1), n) == (n * n + n) * Fraction(1, 2)
    True
    """
    total = Poly({})
    for power, factor in poly.by_powers(v).items():
        up_to = Poly({((v, e),) if e else (): c for e, c in enumerate(_powers(power)) if c})
        total = total + factor * (up_to.put({v: high}) - up_to.put({v: low - 1}))
    return total


@lru_cache(maxsize=128)
def _powers(power: int) -> Sequence[Fraction]:
    """Return the coefficients of 1**p + 2**p + ... + x**p as a polynomial in x.

    They follow from (x + 1)**(p + 1) - 1, which is the sum of all differences of k**(p + 1).

    >>> _powers(1)
    [Fraction(0, 1), Fraction(1, 2), Fraction(1, 2)]
    """
    total = [Fraction(comb(power + 1, e)) for e in range(power + 2)]
    total[0] -= 1
    for lower in range(power):
        for e, c in enumerate(_powers(lower)):
            total[e] -= comb(power + 1, lower) * c
    return [c / (power + 1) for c in total]


def cuts(poly: Poly) -> Sequence[int]:
    """Return, for one variable, the integers after which `poly >= 0` turns true or false.

    >>> x = variable(0)
    >>> cuts((x - 3) * (x - 5)), cuts(x * x)
    ([3, 4], [])
    """
    (v,) = poly.variables
    powers = poly.by_powers(v)
    factors = (powers[e].tail if e in powers else 0 for e in range(max(powers) + 1))
    return _cuts(tuple(map(Fraction, factors)))


@lru_cache(maxsize=4096)
def _cuts(factors: tuple[Fraction, ...]) -> Sequence[int]:
    check_deadline()
    if len(factors) == 1:
        return []

    def value(x: int) -> Fraction:
        total = Fraction(0)
        for factor in reversed(factors):
            total = total * x + factor
        return total

    # Between two cuts of its difference value(x + 1) - value(x) the polynomial is monotone.
    difference = [Fraction(0)] * (len(factors) - 1)
    for e, factor in enumerate(factors):
        for lower in range(e):
            difference[lower] += factor * comb(e, lower)
    ends = [c + 1 for c in _cuts(tuple(difference))]
    found = set()
    for low, high in zip([None, *ends], [*ends, None], strict=True):
        found |= _turn(value, low, high)
    return sorted(found)


def _turn(value: Callable[[int], Fraction], low: int | None, high: int | None) -> set[int]:
    """Return after which integer a monotone function's sign turns between two ends."""
    start = low if low is not None else high if high is not None else 0
    left = _far(value, start, -1) if low is None else low
    right = _far(value, start, 1) if high is None else high
    known = value(left) >= 0
    if known == (value(right) >= 0):
        return set()
    while right - left > 1:
        middle = (left + right) // 2
        left, right = (middle, right) if (value(middle) >= 0) == known else (left, middle)
    return {left}


def _far(value: Callable[[int], Fraction], start: int, side: int) -> int:
    """Return where a polynomial that is monotone on this side has its last sign."""
    step, origin = side, value(start)
    while True:
        far = value(start + step)
        if (far > origin and far > 0) or (far < origin and far < 0):
            return start + step
        step *= 2


def whole_after(poly: Poly) -> tuple[frozenset[int], int] | None:
    """Return None if the polynomial's fractional part is the same at all integers.

    Else the variables, and the modulus, by whose residues it is.

    >>> n = variable(0)
    >>> whole_after((n + 1) ** 2 * Fraction(1, 4)), whole_after(n * 3 + Fraction(1, 2))
    ((frozenset({0}), 2), None)
    """
    broken = {m: c for m, c in poly.terms.items() if m and c.denominator > 1}
    if not broken:
        return None
    names = frozenset(v for monomial in broken for v, _ in monomial)
    return names, _modulus(Poly(broken), tuple(sorted(names)))


@lru_cache(maxsize=4096)
def _modulus(poly: Poly, names: Sequence[int]) -> int:
    top = lcm(*(c.denominator for c in poly.terms.values()))
    for modulus in range(2, top):
        if top % modulus == 0 and modulus ** len(names) <= 36:
            moved = _moved(poly, names, modulus)
            if all(c.denominator == 1 for p in moved for m, c in p.terms.items() if m):
                return modulus
    return top


def _moved(poly: Poly, names: Sequence[int], modulus: int) -> Iterable[Poly]:
    for residues in product(range(modulus), repeat=len(names)):
        put = {v: variable(v) * modulus + r for v, r in zip(names, residues, strict=True)}
        yield poly.put(put)
