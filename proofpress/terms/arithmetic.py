"""Polynomials: coefficients by monomials, and what is added and multiplied of them.

Place in the chain: definition -> reading -> **normal form** -> is it what was written? What is no
number is an atom here, a letter as well as a floor, and its exponents may be negative.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import gcd, lcm
from typing import Any, TypeAlias

Atom: TypeAlias = tuple[Any, ...]
Monomial: TypeAlias = tuple[tuple[Atom, int], ...]
Polynomial: TypeAlias = Mapping[Monomial, Fraction]

# A product of more terms stays an atom.
MOST_TERMS = 2000

ONE: Polynomial = {(): Fraction(1)}


def letter(name: str) -> Polynomial:
    """Return a letter as a polynomial."""
    return variable(("letter", name))


def variable(atom: Atom, power: int = 1) -> Polynomial:
    """Return a power of a letter, or of what stands for a floor, as a polynomial."""
    return {((atom, power),): Fraction(1)}


def number(value: Fraction | int) -> Polynomial:
    """Return a number as a polynomial.

    >>> number(0)
    {}
    """
    return {(): Fraction(value)} if value else {}


def added(one: Polynomial, other: Polynomial) -> Polynomial:
    """Return the sum of two forms.

    >>> added(ONE, number(-1))
    {}
    """
    total = dict(one)
    for monomial, coefficient in other.items():
        total[monomial] = total.get(monomial, Fraction(0)) + coefficient
    return {monomial: c for monomial, c in total.items() if c}


def scaled(form: Polynomial, factor: Fraction) -> Polynomial:
    """Return a form times a number."""
    return {monomial: c * factor for monomial, c in form.items()} if factor else {}


def minus(one: Polynomial, other: Polynomial) -> Polynomial:
    """Return the difference of two polynomials."""
    return added(one, scaled(other, Fraction(-1)))


def multiplied(one: Polynomial, other: Polynomial) -> Polynomial:
    """Return the product of two forms."""
    if len(one) * len(other) > MOST_TERMS:
        return variable(("product", frozenset((frozen(one), frozen(other)))))
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


def frozen(form: Polynomial) -> Atom:
    """Return a form as one value that can be compared."""
    return tuple(sorted(form.items(), key=repr))


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
    if frozen(form)[0][1] < 0:
        content = -content
    return content, scaled(form, 1 / content)
