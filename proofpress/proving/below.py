"""The question of a bound: is one term at most another, for all letters of a domain?

Place in the chain: definition -> derivation -> **proof**.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import sympy as sp

from proofpress.faults.errors import PressError
from proofpress.ledger.claims import Verdict
from proofpress.proving.difference import Argument, by_signs, by_values
from proofpress.proving.method import Finding
from proofpress.proving.tries import value_of
from proofpress.terms.in_sympy import symbol
from proofpress.terms.tree import Condition, Letter, Relation, Term


@dataclass(frozen=True)
class Below:
    """That lower <= upper, both with a value, wherever `assumed` holds.

    >>> from proofpress.terms.tree import Letter
    >>> n = Letter("n")
    >>> Below(n >= 2, n, n * n, ("n",)).wrong((-1,)) is None
    True
    """

    assumed: Condition
    lower: Term
    upper: Term
    names: Sequence[str]

    @property
    def letters(self) -> tuple[sp.Symbol, ...]:
        """Return SymPy's symbols of the letters."""
        return tuple(symbol(Letter(name)) for name in self.names)

    @property
    def relation(self) -> Relation:
        """Return the bound as a condition."""
        return Relation("<=", self.lower, self.upper)

    @cached_property
    def by_signs(self) -> Argument | PressError:
        """Return why the bound holds by algebra, or what stands in the way."""
        try:
            return by_signs(self.assumed, self.lower, self.upper)
        except PressError as error:
            return error

    @cached_property
    def by_values(self) -> Argument | None:
        """Return why the bound holds on a small domain, None where that is not shown."""
        return by_values(self.assumed, self.lower, self.upper, self.names)

    def wrong(self, values: Sequence[int]) -> Finding | None:
        """Return the refutation by these values of the letters; None where the bound holds."""
        low, high = (value_of(self.letters, side)(*values) for side in (self.lower, self.upper))
        if low is not None and high is not None and low <= high:
            return None
        at = ", ".join(f"{name} = {x}" for name, x in zip(self.names, values, strict=True))
        side = "left" if low is None else "right"
        lacking = low is None or high is None
        told = f"the {side} side has no value" if lacking else f"{low} > {high}"
        return Finding(Verdict.REFUTED, at or "the one case", f"{at}: {told}" if at else told)
