"""Normal forms: two readings of one expression are the same when theirs are.

Place in the chain: definition -> reading -> **is it what was written?** A term becomes a sum of
monomials with rational coefficients; what is no sum or product (a floor, a quotient by a sum, a
binomial) is an atom of its own, made of normal forms. Nothing here comes from SymPy. Equal forms
mean equal values wherever both sides have one; different forms mean nothing.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import gcd

from proofpress.terms.arithmetic import (
    ONE,
    Atom,
    Monomial,
    Polynomial,
    added,
    frozen,
    letter,
    minus,
    multiplied,
    number,
    primitive_part,
    scaled,
    variable,
)
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

HIGHEST_POWER = 12  # a power of a sum with a higher exponent stays an atom


@lru_cache(maxsize=16384)
def polynomial(term: Term) -> Polynomial:
    """Return a term as coefficients of monomials; exponents of atoms may be negative.

    >>> n = Letter("n")
    >>> polynomial((n + 1) * (n - 1)) == polynomial(n * n - 1)
    True
    """
    match term:
        case Number():
            return number(term.value)
        case Letter():
            return letter(term.name)
        case Apply():
            return _operation(term)
        case Cases():
            rows = tuple((key(value), condition(when)) for value, when in term.rows)
            return variable(("cases", rows))
        case Series():
            ends = key(term.low), key(term.high)
            return variable((term.kind, term.letter.name, key(term.body), ends))
    raise AssertionError(f"no such term: {type(term)}")


def key(term: Term) -> Atom:
    """Return the normal form of a term as one value that can be compared.

    >>> n = Letter("n")
    >>> key(n / 2 + n / 2) == key(n + 0)
    True
    """
    return frozen(polynomial(term))


def _operation(term: Apply) -> Polynomial:
    parts = [polynomial(part) for part in term.args]
    match term.op:
        case "+":
            return added(parts[0], parts[1])
        case "-":
            return minus(parts[0], parts[1])
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
            return minus(parts[0], multiplied(parts[1], quotient))
        case "Min":
            # The least is the opposite of the greatest of the opposites.
            return scaled(_greatest([scaled(p, Fraction(-1)) for p in parts]), Fraction(-1))
        case "Max":
            return _greatest(parts)
        case "Abs":
            return _greatest([parts[0], scaled(parts[0], Fraction(-1))])
    return variable((term.op, *map(frozen, parts)))


def inverse(form: Polynomial) -> Polynomial:
    """Return 1/form: of a single monomial with its powers turned, else as an atom."""
    if len(form) == 1:
        ((monomial, coefficient),) = form.items()
        return {tuple((atom, -power) for atom, power in monomial): 1 / coefficient}
    if not form:
        return variable(("nothing",))
    content, primitive = primitive_part(form)
    return scaled(variable(("sum", frozen(primitive)), -1), 1 / content)


def _power(base: Polynomial, exponent: Polynomial) -> Polynomial:
    whole = exponent.get((), Fraction(0))
    plain = not exponent or (set(exponent) == {()} and whole.denominator == 1)
    if not plain or abs(whole) > HIGHEST_POWER:
        return variable(("power", frozen(base), frozen(exponent)))
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
    return added(outside, variable(("floor", frozen(inside))))


def _greatest(forms: list[Polynomial]) -> Polynomial:
    different = {frozen(form): form for form in forms}
    if len(different) == 1:
        return forms[0]
    return variable(("max", frozenset(different)))


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
    difference = minus(polynomial(left), polynomial(right))
    if op in ("<", "<="):
        difference, op = scaled(difference, Fraction(-1)), {"<": ">", "<=": ">="}[op]
    if not difference.keys() - {()}:
        return ("truth", RELATIONS[op](difference.get((), 0), 0))
    content, primitive = primitive_part(difference)
    if op in ("==", "!=") and _never_zero(primitive):
        return ("truth", op == "!=")
    if op in (">", ">=") and content < 0:
        primitive = scaled(primitive, Fraction(-1))
    return ("relation", op, frozen(primitive))


def _never_zero(form: Polynomial) -> bool:
    """Return whether a common divisor of all but the constant keeps an integer form from zero."""
    rest = {monomial: c for monomial, c in form.items() if monomial}
    whole = all(
        atom[0] in ("letter", "floor") and power > 0
        for monomial in rest
        for atom, power in monomial
    )
    return whole and form.get((), Fraction(0)) % gcd(*(int(c) for c in rest.values())) != 0
