"""Equations as an author writes them; of floors and remainders, left for the proofs to decide.

Place in the chain: **definition** -> derivation -> proof.
"""

from __future__ import annotations

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.counting.expressions import as_expression


def Eq(left: object, right: object) -> Boolean:
    """Return left = right as a condition; true or false where SymPy sees that at once.

    Of two floors it sees next to nothing, and asks its assumptions for longer than a proof takes.
    It is asked of them only where no letter is left in the difference.

    >>> i, j, w = sp.symbols("i j w", integer=True)
    >>> Eq(sp.floor(i / w), sp.floor(j / w))
    Eq(floor(i/w), floor(j/w))
    >>> Eq(i, i), Eq(sp.floor(i / w), sp.floor(i / w) + 1)
    (True, False)
    """
    one, other = as_expression(left), as_expression(right)
    return sp.Eq(one, other, evaluate=_is_plain(one, other))


def Ne(left: object, right: object) -> Boolean:
    """Return left != right as a condition; see `Eq`.

    >>> i, j = sp.symbols("i j", integer=True)
    >>> Ne(i, j), Ne(i, i)
    (Ne(i, j), False)
    """
    one, other = as_expression(left), as_expression(right)
    return sp.Ne(one, other, evaluate=_is_plain(one, other))


def _is_plain(left: sp.Expr, right: sp.Expr) -> bool:
    difference = left - right
    return not difference.free_symbols or not difference.has(sp.floor, sp.ceiling, sp.Mod)
