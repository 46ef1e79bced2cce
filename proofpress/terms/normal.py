"""Normal forms: two readings of one expression are the same when theirs are.

Place in the chain: definition -> reading -> **is it what was written?** A term becomes a sum of
monomials with rational coefficients; what is no sum or product (a floor, a quotient by a sum, a
binomial) is an atom of its own, made of normal forms. Nothing here comes from SymPy. Equal forms
mean equal values wherever both sides have one; different forms mean nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import Any, TypeAlias

from proofpress.terms.tree import (
    OPPOSITE,
    Apply,
    Cases,
    Condition,
    Gate,
    Letter,
    Number,
    Relation,
    Series,
    Term,
    Truth,
)
from proofpress.terms.value import RELATIONS
from proofpress.terms.walk import one_of_two

Atom: TypeAlias = tuple[Any, ...]
Monomial: TypeAlias = tuple[tuple[Atom, int], ...]
Polynomial: TypeAlias = Mapping[Monomial, Fraction]

# A power of a sum with a higher exponent, or with more terms, stays an atom.
HIGHEST_POWER = 12
MOST_TERMS = 2000

ONE: Polynomial = {(): Fraction(1)}


@lru_cache(maxsize=16384)
def polynomial(term: Term) -> Polynomial:
    """Return a term as coefficients of monomials; exponents of atoms may be negative.

    >>> n = Letter("n")
    >>> polynomial((n + 1) * (n - 1)) == polynomial(n * n - 1)
    True
    """
    match term:
        case Number():
            return {(): term.value} if term.value else {}
        case Letter():
            return _atom(("letter", term.name))
        case Apply():
            return _operation(term)
        case Cases():
            rows = tuple((key(value), condition(when)) for value, when in term.rows)
            return _atom(("cases", rows))
        case Series():
            ends = key(term.low), key(term.high)
            return _atom((term.kind, term.letter.name, key(term.body), ends))
    raise AssertionError(f"no such term: {type(term)}")


def key(term: Term) -> Atom:
    """Return the normal form of a term as one value that can be compared.

    >>> n = Letter("n")
    >>> key(n / 2 + n / 2) == key(n + 0)
    True
    """
    return _frozen(polynomial(term))


def _frozen(form: Polynomial) -> Atom:
    return tuple(sorted(form.items(), key=repr))


def _atom(atom: Atom, power: int = 1) -> Polynomial:
    return {((atom, power),): Fraction(1)}


def _operation(term: Apply) -> Polynomial:
    parts = [polynomial(part) for part in term.args]
    match term.op:
        case "+":
            return added(parts[0], parts[1])
        case "-":
            return added(parts[0], scaled(parts[1], Fraction(-1)))
        case "neg":
            return scaled(parts[0], Fraction(-1))
        case "*":
            return multiplied(parts[0], parts[1])
        case "/":
            return multiplied(parts[0], inverse(parts[1]))
        case "**":
            return _power(parts[0], parts[1])
        case "floor":
            return _floor(parts[0])
        case "ceiling":
            return scaled(_floor(scaled(parts[0], Fraction(-1))), Fraction(-1))
        case "Mod":
            quotient = _floor(multiplied(parts[0], inverse(parts[1])))
            return added(parts[0], scaled(multiplied(parts[1], quotient), Fraction(-1)))
        case "Min":
            # The least is the opposite of the greatest of the opposites.
            return scaled(_greatest([scaled(p, Fraction(-1)) for p in parts]), Fraction(-1))
        case "Max":
            return _greatest(parts)
        case "Abs":
            return _greatest([parts[0], scaled(parts[0], Fraction(-1))])
    return _atom((term.op, *map(_frozen, parts)))


def added(one: Polynomial, other: Polynomial) -> Polynomial:
    """Return the sum of two forms.

    >>> added(ONE, scaled(ONE, Fraction(-1)))
    {}
    """
    total = dict(one)
    for monomial, coefficient in other.items():
        total[monomial] = total.get(monomial, Fraction(0)) + coefficient
    return {monomial: c for monomial, c in total.items() if c}


def scaled(form: Polynomial, factor: Fraction) -> Polynomial:
    """Return a form times a number."""
    return {monomial: c * factor for monomial, c in form.items()} if factor else {}


def multiplied(one: Polynomial, other: Polynomial) -> Polynomial:
    """Return the product of two forms."""
    if len(one) * len(other) > MOST_TERMS:
        return _atom(("product", frozenset((_frozen(one), _frozen(other)))))
    total: dict[Monomial, Fraction] = {}
    for first, a in one.items():
        for second, b in other.items():
            monomial = _times(first, second)
            total[monomial] = total.get(monomial, Fraction(0)) + a * b
    return {monomial: c for monomial, c in total.items() if c}


def _times(one: Monomial, other: Monomial) -> Monomial:
    powers = dict(one)
    for atom, power in other:
        powers[atom] = powers.get(atom, 0) + power
    return tuple(sorted(((a, p) for a, p in powers.items() if p), key=repr))


def inverse(form: Polynomial) -> Polynomial:
    """Return 1/form: of a single monomial with its powers turned, else as an atom."""
    if len(form) == 1:
        ((monomial, coefficient),) = form.items()
        return {tuple((atom, -power) for atom, power in monomial): 1 / coefficient}
    if not form:
        return _atom(("nothing",))
    content, primitive = primitive_part(form)
    return scaled(_atom(("sum", _frozen(primitive)), -1), 1 / content)


def primitive_part(form: Polynomial) -> tuple[Fraction, Polynomial]:
    """Return a number and a form with whole coefficients without common factor, the first > 0.

    >>> content, rest = primitive_part({(): Fraction(-2, 3)})
    >>> content, dict(rest)
    (Fraction(-2, 3), {(): Fraction(1, 1)})
    """
    coefficients = list(form.values())
    below = lcm(*(c.denominator for c in coefficients))
    above = gcd(*(int(c * below) for c in coefficients))
    content = Fraction(above, below)
    if _frozen(form)[0][1] < 0:
        content = -content
    return content, scaled(form, 1 / content)


def _power(base: Polynomial, exponent: Polynomial) -> Polynomial:
    whole = exponent.get((), Fraction(0))
    plain = not exponent or (set(exponent) == {()} and whole.denominator == 1)
    if not plain or abs(whole) > HIGHEST_POWER:
        return _atom(("power", _frozen(base), _frozen(exponent)))
    result: Polynomial = ONE
    factor = base if whole >= 0 else inverse(base)
    for _ in range(abs(int(whole))):
        result = multiplied(result, factor)
    return result


def _floor(form: Polynomial) -> Polynomial:
    """Return the floor with whole multiples of letters and of floors taken out of it."""
    outside: dict[Monomial, Fraction] = {}
    inside: dict[Monomial, Fraction] = {}
    for monomial, coefficient in form.items():
        whole = Fraction(coefficient.numerator // coefficient.denominator)
        if all(atom[0] in ("letter", "floor") and power > 0 for atom, power in monomial):
            outside[monomial] = whole
            inside[monomial] = coefficient - whole
        else:
            inside[monomial] = coefficient
    inside = {monomial: c for monomial, c in inside.items() if c}
    outside = {monomial: c for monomial, c in outside.items() if c}
    if not inside or set(inside) == {()}:
        return outside
    return added(outside, _atom(("floor", _frozen(inside))))


def _greatest(forms: list[Polynomial]) -> Polynomial:
    different = {_frozen(form): form for form in forms}
    if len(different) == 1:
        return forms[0]
    return _atom(("max", frozenset(different)))


@lru_cache(maxsize=16384)
def condition(given: Condition, truth: bool = True) -> Atom:
    """Return the normal form of a condition, or of its denial.

    >>> n, t = Letter("n"), Letter("t")
    >>> condition((n >= t) & (n <= 5)) == condition(~(n > 5) & (t <= n))
    True
    """
    match given:
        case Truth():
            return ("truth", given.value == truth)
        case Relation():
            return _relation(given.op if truth else OPPOSITE[given.op], given.left, given.right)
        case Gate(op="not"):
            return condition(given.args[0], not truth)
        case Gate(op="xor"):
            return condition(one_of_two(given), truth)
        case Gate():
            op = given.op if truth else {"and": "or", "or": "and"}[given.op]
            parts: set[Atom] = set()
            for part in given.args:
                form = condition(part, truth)
                parts |= form[1] if form[0] == op else {form}
            return next(iter(parts)) if len(parts) == 1 else (op, frozenset(parts))
    raise AssertionError(f"no such condition: {type(given)}")


def _relation(op: str, left: Term, right: Term) -> Atom:
    """Return difference >= 0, > 0, == 0 or != 0 with a primitive difference."""
    difference = added(polynomial(left), scaled(polynomial(right), Fraction(-1)))
    if op in ("<", "<="):
        difference, op = scaled(difference, Fraction(-1)), {"<": ">", "<=": ">="}[op]
    if not difference.keys() - {()}:
        return ("truth", RELATIONS[op](difference.get((), 0), 0))
    content, primitive = primitive_part(difference)
    if op in ("==", "!=") and _never_zero(primitive):
        return ("truth", op == "!=")
    if op in (">", ">=") and content < 0:
        primitive = scaled(primitive, Fraction(-1))
    return ("relation", op, _frozen(primitive))


def _never_zero(form: Polynomial) -> bool:
    """Return whether a common divisor of all but the constant keeps an integer form from zero."""
    rest = {monomial: c for monomial, c in form.items() if monomial}
    whole = all(
        atom[0] in ("letter", "floor") and power > 0
        for monomial in rest
        for atom, power in monomial
    )
    return whole and form.get((), Fraction(0)) % gcd(*(int(c) for c in rest.values())) != 0
