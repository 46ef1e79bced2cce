"""Sums and products over a running letter, on a cell.

Place in the chain: definition -> derivation -> **proof**. The body is read with the running letter
as one more variable between its ends. Where that asks for a case, the range is cut there; where it
asks for residues, each residue is added up by itself. What is left is a polynomial in the running
letter, and such sums are polynomials in the ends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from proofpress.proving.cells import Fork, Open, Split
from proofpress.proving.polys import Poly, summed, variable
from proofpress.proving.powers import power
from proofpress.proving.values import ONE, Reader, Value, plain
from proofpress.terms.tree import Apply, Number, Series, Term
from proofpress.terms.value import NoValue

# A range is cut into no more pieces than this.
DEEPEST = 12


@dataclass(frozen=True)
class _Range:
    """The running letter is factor * x + residue, for x from low to high."""

    node: Series
    low: Poly
    high: Poly
    factor: int = 1
    residue: int = 0
    depth: int = 0


def series(reader: Reader, node: Series) -> Value:
    """Return a sum or product on a cell. Raises as the reader does.

    >>> from proofpress.proving.cells import Cell, Names
    >>> from proofpress.terms.tree import Letter, Number
    >>> k, n = Letter("k"), Letter("n")
    >>> cell = Cell(Names(), {"n": variable(0)}).narrowed(variable(0))
    >>> series(Reader(cell), Series("Sum", k, k, Number(0), n)).above
    1/2*x0^1 + 1/2*x0^2
    """
    low, high = reader.value(node.low), reader.value(node.high)
    first, last = reader.whole(low), reader.whole(high)
    if first is None or last is None:
        raise NoValue("a sum between ends that are no integers")
    return _over(reader, _Range(node, first, last))


def _over(reader: Reader, span: _Range) -> Value:
    """Return the sum or product over a range."""
    if span.depth > DEEPEST:
        raise Open("a sum with many cases")
    if not reader.decide(span.high - span.low):
        return plain(0 if span.node.kind == "Sum" else 1)
    join = reader.plus if span.node.kind == "Sum" else reader.times
    v = reader.cell.names.fresh()
    x = variable(v)
    inner = reader.cell.narrowed(x - span.low, span.high - x)
    if inner is None:
        raise Open("a sum over a range that is not understood")
    running = inner.read(v) * span.factor + span.residue
    within = Reader(inner.with_letter(span.node.letter.name, running), reader.offsets)
    try:
        value = within.value(span.node.body)
        # What is known of floors in the body is known outside, where it says nothing of v.
        outside = [row for row in within.cell.polys() if v not in inner.names.below(row)]
        reader.learn(*outside)
        if inner.read(v) != x:
            # The range is one number.
            return value
        if span.node.kind == "Sum":
            return _sum(within, value, span, v)
        return _product(within, span.node.body, span, v, reader)
    except Fork as fork:
        if v not in reader.cell.names.below(fork.poly):
            raise Fork(fork.poly, reader.cell) from None
        cut = _cut(reader, fork.poly, v)
        lower = replace(span, high=cut, depth=span.depth + 1)
        upper = replace(span, low=cut + 1, depth=span.depth + 1)
        if not reader.decide(span.high - cut - 1):
            raise Open("a case at the end of a sum") from None
        if not reader.decide(cut - span.low):
            raise Open("a case at the beginning of a sum") from None
        return join(_over(reader, lower), _over(reader, upper))
    except Split as split:
        if v not in split.variables:
            raise Split(split.variables, split.modulus, reader.cell) from None
        return _by_residues(reader, span, split.modulus, join)


def _cut(reader: Reader, poly: Poly, v: int) -> Poly:
    """Return the last value of the running variable before the sign of a polynomial turns."""
    powers = poly.by_powers(v)
    slope = powers.get(1, Poly({})).number
    rest = powers.get(0, Poly({}))
    if set(powers) - {0, 1} or not slope or v in reader.cell.names.below(rest):
        raise Open("a case inside of a sum")
    # Rising, it is >= 0 from -rest/slope on; falling, up to there.
    border = reader.floor(Value(rest * (Fraction(-1) / slope)))
    if slope < 0:
        return border
    return -reader.floor(Value(rest * (Fraction(1) / slope))) - 1


def _by_residues(
    reader: Reader, span: _Range, modulus: int, join: Callable[[Value, Value], Value]
) -> Value:
    total = plain(0 if span.node.kind == "Sum" else 1)
    for residue in range(modulus):
        # x = modulus * y + residue
        share = Fraction(1, modulus)
        low = -reader.floor(Value((span.low - residue) * -share))
        high = reader.floor(Value((span.high - residue) * share))
        part = replace(
            span,
            low=low,
            high=high,
            factor=span.factor * modulus,
            residue=span.factor * residue + span.residue,
            depth=span.depth + 1,
        )
        total = join(total, _over(reader, part))
    return total


def _sum(within: Reader, value: Value, span: _Range, v: int) -> Value:
    names = within.cell.names
    if v in names.below(value.below):
        raise Open("a sum of quotients")
    for factor in value.above.by_powers(v).values():
        if v in names.below(factor):
            raise Open("a sum of factorials, powers or floors of its letter")
    return Value(summed(value.above, v, span.low, span.high), value.below)


def _product(within: Reader, body: Term, span: _Range, v: int, reader: Reader) -> Value:
    """Return the product of a body factor by factor, each a number or v + something."""
    match body:
        case Apply(op="*", args=(left, right)):
            parts = [_product(within, part, span, v, reader) for part in (left, right)]
            return reader.times(*parts)
        case Apply(op="/", args=(left, right)):
            parts = [_product(within, part, span, v, reader) for part in (left, right)]
            return reader.over(*parts)
        case Apply(op="**", args=(base, Number() as exponent)):
            return power(reader, _product(within, base, span, v, reader), plain(exponent.value))
    value = within.value(body)
    count = Value(span.high - span.low + 1)
    if v not in within.cell.names.below(value.above) | within.cell.names.below(value.below):
        return power(reader, value, count)
    powers = value.above.by_powers(v)
    slope, rest = powers.get(1, Poly({})).number, powers.get(0, Poly({}))
    if value.below != ONE or set(powers) - {0, 1} or not slope:
        raise Open("a product whose factors are not of degree one")
    if v in within.cell.names.below(rest):
        raise Open("a product of factorials, powers or floors of its letter")
    shift = reader.whole(Value(rest * (Fraction(1) / slope)))
    if shift is None:
        raise Open("a product of fractions")
    return reader.times(power(reader, plain(slope), count), _neighbours(reader, span, shift))


def _neighbours(reader: Reader, span: _Range, shift: Poly) -> Value:
    """Return (low + shift) ... (high + shift), by factorials where zero is not among them."""
    first, last = span.low + shift, span.high + shift
    if reader.decide(first - 1):
        return reader.over(reader.factorial(last), reader.factorial(first - 1))
    if reader.decide(-last - 1):
        found = reader.over(reader.factorial(-first), reader.factorial(-last - 1))
        return reader.times(power(reader, plain(-1), Value(last - first + 1)), found)
    return plain(0)
