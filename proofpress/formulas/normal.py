"""Normal forms, in which formulas that are equal as rational functions are the same.

Place in the chain: tree of the formula -> **normal form** -> equal, or not known to be.
A part that is no rational function (a floor, a power with a letter above) counts as one more
letter, known by the normal forms of its own parts.
"""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from math import gcd

from proofpress.formulas import tree

Monomial = frozenset[tuple[Hashable, int]]
Polynomial = dict[Monomial, tree.Exact]
Rational = tuple[Polynomial, Polynomial]

_NOTHING: Monomial = frozenset()
_MOST_TERMS = 400
_HIGHEST = 12
_WHOLE = ("floor", "ceiling", "binomial", "factorial")


class NoForm(Exception):
    """Raised for what has no normal form here, or a very long one."""


def equal(one: tree.Node, other: tree.Node) -> bool | None:
    """Return whether two formulas are equal as rational functions, None where that is not known.

    Where parts of them count as letters, only equality is known for certain.

    >>> from proofpress.formulas.parser import read
    >>> equal(read(r"\\dfrac{n(n + 1)}{2}"), read(r"\\tfrac{1}{2} n^{2} + \\tfrac{1}{2} n"))
    True
    >>> equal(read("n"), read("n + 1")), equal(read(r"(n \\bmod 2)"), read("n"))
    (False, None)
    """
    try:
        (a, b), (c, d) = rational(one), rational(other)
        if _times(a, d) == _times(c, b):
            return True
    except NoForm:
        return None
    known = all(isinstance(letter, str) for p in (a, b, c, d) for m in p for letter, _ in m)
    return False if known else None


def rational(node: tree.Node) -> Rational:
    """Return a formula as a quotient of polynomials. Raises NoForm."""
    one: Polynomial = {_NOTHING: 1}
    match node:
        case tree.Number(size):
            return ({_NOTHING: size} if size else {}), one
        case tree.Letter(name):
            return {frozenset([(name, 1)]): 1}, one
        case tree.Minus(term):
            top, bottom = rational(term)
            return {m: -c for m, c in top.items()}, bottom
        case tree.Plus(terms):
            whole: Rational = ({}, one)
            for term in terms:
                top, bottom = rational(term)
                if bottom == whole[1]:
                    whole = _plus(whole[0], top), bottom
                else:
                    crossed = _plus(_times(whole[0], bottom), _times(top, whole[1]))
                    whole = crossed, _times(whole[1], bottom)
            return whole
        case tree.Times(factors):
            whole = one, one
            for factor in factors:
                top, bottom = rational(factor)
                whole = _times(whole[0], top), _times(whole[1], bottom)
            return whole
        case tree.Quotient(upper, lower):
            (a, b), (c, d) = rational(upper), rational(lower)
            if not c:
                raise NoForm
            return _times(a, d), _times(b, c)
        case tree.Power(base, exponent):
            steps = tree.value(exponent, {})
            if isinstance(steps, int) and abs(steps) <= _HIGHEST and not isinstance(steps, bool):
                return _power(rational(base), steps)
            return {frozenset([(("power", key(base), key(exponent)), 1)]): 1}, one
        case tree.Call(name, arguments):
            keys = [key(argument) for argument in arguments]
            kept: Hashable = frozenset(keys) if name in ("min", "max") else tuple(keys)
            return {frozenset([((name, kept), 1)]): 1}, one
        case tree.Running(sign, letter, low, high, term) if low is not None and high is not None:
            inner = (sign, letter, key(low), key(high), key(term))
            return {frozenset([(inner, 1)]): 1}, one
    raise NoForm


def key(node: tree.Node) -> Hashable:
    """Return what is the same for formulas that are seen to be equal. Raises NoForm."""
    top, bottom = rational(node)
    leader = max(bottom, key=_order) if len(bottom) > 1 else next(iter(bottom))
    scale = Fraction(bottom[leader])
    return (
        frozenset((m, c / scale) for m, c in top.items()),
        frozenset((m, c / scale) for m, c in bottom.items()),
    )


def _order(monomial: Monomial) -> tuple[int, list[str]]:
    return sum(e for _, e in monomial), sorted(f"{letter}^{e}" for letter, e in monomial)


def _plus(one: Polynomial, other: Polynomial) -> Polynomial:
    total = dict(one)
    for monomial, coefficient in other.items():
        found = total.get(monomial, 0) + coefficient
        if found:
            total[monomial] = found
        else:
            total.pop(monomial, None)
    return total


def _times(one: Polynomial, other: Polynomial) -> Polynomial:
    if len(one) * len(other) > _MOST_TERMS:
        raise NoForm
    if len(other) == 1 and _NOTHING in other:
        scale = other[_NOTHING]
        return one if scale == 1 else {m: c * scale for m, c in one.items()}
    product: Polynomial = {}
    for first, a in one.items():
        for second, b in other.items():
            powers = dict(first)
            for letter, exponent in second:
                powers[letter] = powers.get(letter, 0) + exponent
            monomial = frozenset(powers.items())
            found = product.get(monomial, 0) + a * b
            if found:
                product[monomial] = found
            else:
                product.pop(monomial, None)
    return product


def _power(base: Rational, steps: int) -> Rational:
    top, bottom = base if steps >= 0 else (base[1], base[0])
    if not bottom:
        raise NoForm
    result: Rational = ({_NOTHING: 1}, {_NOTHING: 1})
    for _ in range(abs(steps)):
        result = _times(result[0], top), _times(result[1], bottom)
    return result


def relation(sign: str, left: tree.Node, right: tree.Node) -> Hashable:
    """Return what is the same for comparisons that are seen to say the same of integers.

    Raises NoForm.

    >>> from proofpress.formulas.parser import read
    >>> n, t = read("n"), read("t")
    >>> relation(">", n, read("t + 1")) == relation("<=", read("t + 2"), n)
    True
    """
    if sign == "|":
        return sign, key(left), key(right)
    if sign == "=" and isinstance(left, tree.Call) and left.name == "mod" and right == _ZERO:
        return "|", key(left.arguments[1]), key(left.arguments[0])
    if sign in ("<", "<="):
        left, right, sign = right, left, {"<": ">", "<=": ">="}[sign]
    top, bottom = rational(tree.Plus((left, tree.Minus(right))))
    if len(bottom) != 1 or _NOTHING not in bottom:
        return sign, key(tree.Plus((left, tree.Minus(right))))
    scaled = _primitive({m: Fraction(c) / bottom[_NOTHING] for m, c in top.items()})
    if sign == ">" and all(_is_whole(letter) for m in scaled for letter, _ in m):
        sign, scaled = ">=", _primitive(_plus(scaled, {_NOTHING: -1}))
    if sign in ("=", "!="):
        turned = {m: -c for m, c in scaled.items()}
        return sign, frozenset([frozenset(scaled.items()), frozenset(turned.items())])
    return sign, frozenset(scaled.items())


_ZERO = tree.Number(0)


def _primitive(polynomial: Polynomial) -> Polynomial:
    """Return a positive multiple with integers that have no common divisor."""
    if not polynomial:
        return polynomial
    common = 1
    for c in polynomial.values():
        common = common * c.denominator // gcd(common, c.denominator)
    divisor = gcd(*(int(c * common) for c in polynomial.values()))
    return {m: int(c * common) // divisor for m, c in polynomial.items()}


def _is_whole(letter: Hashable) -> bool:
    """Return whether a letter, or what counts as one, is an integer for integer letters."""
    if isinstance(letter, str):
        return True
    if not isinstance(letter, tuple):
        return False
    if letter[0] in _WHOLE:
        return True
    if letter[0] not in ("mod", "min", "max", "abs"):
        return False
    return all(
        len(bottom) == 1
        and all(c.denominator == 1 and all(_is_whole(x) for x, _ in m) for m, c in top)
        for top, bottom in letter[1]
    )
