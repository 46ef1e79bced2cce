"""Exact numbers as a reader writes them: grouped digits, fractions, rounded percentages.

Place in the chain: between the ledger's exact values and the page. Rounding is done in exact
arithmetic, half to even; no number passes through a binary fraction.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from proofpress.documents.latex import Latex

Exact = int | str | Fraction


def exact(value: Exact | float | Decimal) -> Fraction:
    """Return a value of the ledger ("p/q" for a fraction) or of the results as a fraction.

    >>> exact("13/24"), exact(0.1)
    (Fraction(13, 24), Fraction(1, 10))
    """
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)


def number(value: Exact) -> Latex:
    """Return an integer with its digits in groups of three, or a fraction.

    >>> print(number(112241409), number("13/24"), number(-5))
    112{,}241{,}409 \\tfrac{13}{24} -5
    """
    fraction = exact(value)
    if fraction.denominator == 1:
        return Latex(f"{fraction.numerator:,}".replace(",", "{,}"))
    sign = "-" if fraction < 0 else ""
    return Latex(rf"{sign}\tfrac{{{abs(fraction.numerator)}}}{{{fraction.denominator}}}")


def decimal(value: Exact | float, digits: int = 1) -> Latex:
    """Return the value rounded to `digits` places, half to even.

    >>> print(decimal("13/24", 3), decimal(2.5, 0))
    0.542 2
    """
    fraction = exact(value)
    step = Decimal(1).scaleb(-digits)
    scaled = Fraction(fraction * 10**digits)
    rounded = round(scaled)
    return Latex((Decimal(rounded) * step).quantize(step, rounding=ROUND_HALF_EVEN))


def percent(value: Exact | float, digits: int = 1) -> Latex:
    """Return a share as a percentage, with a thin space before the sign.

    >>> print(percent("13/24"))
    54.2\\,\\%
    """
    return Latex(f"{decimal(exact(value) * 100, digits)}\\,\\%")
