"""The derivation of a total: each part's printed size is its product, and the sizes add up.

Place in the chain: definition -> derivation -> **proof**.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.counting.expressions import product_form
from proofpress.counting.parts import AnyPart, Group
from proofpress.counting.spaces import OutOfColumns, Space
from proofpress.faults.errors import PressError
from proofpress.ledger.claims import Verdict
from proofpress.proving.engines import Engine
from proofpress.proving.method import Finding, Method
from proofpress.proving.symbolic import is_zero


@dataclass(frozen=True)
class Sizes:
    """That the sizes of the parts add up to the total, for all letters of the domain."""

    parts: Sequence[AnyPart]
    total: sp.Expr
    letters: Sequence[sp.Symbol]
    assuming: Boolean

    def equal(self, one: sp.Expr, other: sp.Expr) -> bool:
        """Return whether two expressions are seen to be equal on the domain."""
        space = Space((), self.letters)
        try:
            return space.read_polynomial(one) == space.read_polynomial(other)
        except (PressError, OutOfColumns):
            return is_zero(one - other, self.letters, self.assuming) is None


def find(asked: Sizes) -> Finding:
    """Return *proved* if each part's printed size is its product, and the sizes add to the total.

    The printed sizes are factored; here all is multiplied out, as polynomials in the letters, or
    compared region by region where there are several.

    >>> h = sp.Symbol("h", integer=True)
    >>> from proofpress import Tensor
    >>> find(Sizes((Tensor("W", (h, h - 1)),), h * (h - 1), (h,), h >= 1)).verdict.value
    'proved'
    """
    for part in asked.parts:
        if isinstance(part, Group):
            found = find(Sizes(part.parts, part.size, asked.letters, asked.assuming))
            if found.verdict != Verdict.PROVED:
                return found
        elif not asked.equal(product_form(part.size), sp.Mul(*part.factors, evaluate=False)):
            return Finding(Verdict.UNDECIDED, "all", f"the size of {part.label} is open")
    added = sp.Add(*(product_form(part.size) for part in asked.parts), evaluate=False)
    if not asked.equal(added, asked.total):
        return Finding(Verdict.UNDECIDED, "all", "the sizes do not add up")
    return Finding(Verdict.PROVED, "all", f"parts: {len(asked.parts)}")


METHOD = Method("derivation of a total", (Engine.REGIONS, Engine.FOURIER_MOTZKIN), find)
