"""Powers on a cell: whole exponents, alternating signs, and exponentials of numbers.

Place in the chain: definition -> derivation -> **proof**. The conventions are those of
`terms.value`: 0 ** 0 is 1, a negative power of zero and a root of a negative number have no value.
"""

from __future__ import annotations

from fractions import Fraction

from proofpress.proving.cells import Open
from proofpress.proving.polys import Poly, constant, tightened
from proofpress.proving.values import LONGEST, ONE, Reader, Value, plain, reduced
from proofpress.terms.value import NotRational, NoValue, apply


def power(reader: Reader, base: Value, exponent: Value) -> Value:
    """Return base ** exponent. Raises as the reader does.

    >>> from proofpress.proving.cells import Cell, Names
    >>> from proofpress.proving.polys import variable
    >>> cell = Cell(Names(), {"n": variable(1)})
    >>> power(Reader(cell), plain(-1), Value(variable(1) * 2 + 1))
    Value(above=-1, below=1)
    """
    if exponent.number is not None:
        return _fixed(reader, base, Fraction(exponent.number))
    whole = reader.whole(exponent)
    if whole is None:
        return _root(reader, base)
    if whole.number is not None:
        return _fixed(reader, base, Fraction(whole.number))
    number = base.number
    if number is None:
        raise Open("a power of letters by letters")
    if number == 0:
        sign = reader.sign(whole)
        if sign < 0:
            raise NoValue("a negative power of zero")
        return plain(0 if sign else 1)
    result = plain(1)
    if number < 0:
        half = reader.floor(Value(whole * Fraction(1, 2)))
        result = Value(ONE - (whole - half * 2) * 2)
    exact = abs(Fraction(number))
    for whole_part, way in ((exact.numerator, 1), (exact.denominator, -1)):
        for prime, times in _primes(whole_part):
            result = reader.times(result, _exponential(reader, prime, whole * (times * way)))
    return result


def _fixed(reader: Reader, base: Value, exponent: Fraction) -> Value:
    if exponent.denominator != 1:
        return _root(reader, base)
    times = int(exponent)
    if base.number is not None:
        return plain(apply("**", [base.number, times]))
    if abs(times) > LONGEST:
        raise Open(f"a power with the exponent {times}")
    if times < 0:
        if reader.sign(base.above) == 0:
            raise NoValue("a negative power of zero")
        return reduced(base.below**-times, base.above**-times)
    return Value(base.above**times, base.below**times)


def _root(reader: Reader, base: Value) -> Value:
    """Raise what is known of a power whose exponent is a fraction."""
    if reader.signed(base) < 0:
        raise NoValue("a root of a negative number")
    raise NotRational("a root")


def _exponential(reader: Reader, prime: int, exponent: Poly) -> Value:
    """Return a power of a prime by one variable for the exponent's least multiple of letters."""
    free = exponent.free()
    if not free:
        return plain(Fraction(prime) ** int(exponent.tail))
    least = tightened(free)
    negative = not reader.decide(least)
    if negative:
        least = -least
    v = reader.cell.names.atom(("power", prime, least), least.variables)
    known = reader.cell.read(v)
    reader.learn(known - 1, known - least - 1)
    monomial = next(iter(least.terms))
    times = abs(Fraction(free.terms[monomial]) / least.terms[monomial])
    if times.denominator != 1 or times > LONGEST:
        raise Open(f"a power of {prime} with a large exponent")
    factor = constant(Fraction(prime) ** int(exponent.tail))
    grown = known ** int(times)
    return reduced(factor, grown) if negative else Value(grown * factor)


def _primes(number: int) -> list[tuple[int, int]]:
    found: dict[int, int] = {}
    divisor = 2
    while number > 1:
        if divisor > 1000:
            raise Open("a power of a large number")
        if number % divisor:
            divisor += 1
        else:
            number //= divisor
            found[divisor] = found.get(divisor, 0) + 1
    return list(found.items())
