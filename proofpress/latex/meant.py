"""What a printed formula is meant to say, beside its LaTeX: expressions, and how they are joined.

Place in the chain: derivation -> **what is meant** -> printed text, read back. Expressions and
conditions stand for themselves; these records stand for what SymPy has no object for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# An expression, a condition, or one of the records below.
Meant = Any


@dataclass(frozen=True)
class Equal:
    """Sides of a chain of equations.

    >>> Equal((1, 1)).sides
    (1, 1)
    """

    sides: tuple[Meant, ...]


@dataclass(frozen=True)
class Named:
    """A function that is named only, r(i), at letters."""

    name: str
    letters: tuple[Meant, ...]


@dataclass(frozen=True)
class Summed:
    """The sum of a term over low <= letter <= high; without ends, over all values of the letter."""

    letter: Meant
    low: Meant
    high: Meant
    term: Meant


@dataclass(frozen=True)
class Together:
    """The sum of parts that stand in this order."""

    parts: tuple[Meant, ...]


@dataclass(frozen=True)
class Product:
    """The product of factors that stand in this order."""

    factors: tuple[Meant, ...]


@dataclass(frozen=True)
class Points:
    """The set of the points of counted letters at which a condition holds."""

    counted: tuple[Meant, ...]
    condition: Meant


@dataclass(frozen=True)
class LeastOf:
    """The least letter with a bound and a condition."""

    bound: Meant
    condition: Meant


@dataclass(frozen=True)
class Exactly:
    """Two conditions of which each holds exactly when the other does."""

    first: Meant
    second: Meant


@dataclass(frozen=True)
class Amounts:
    """The sum of the numbers of what labels name."""

    labels: tuple[str, ...]


@dataclass(frozen=True)
class Rows:
    """A table of parts: to each label sides that are equal."""

    rows: tuple[tuple[str, Equal], ...]
