"""Conditions that are asked whether they are true: where an author wrote `and` for `&`.

Place in the chain: between a derivation module and SymPy. SymPy refuses the question of a single
comparison. Of `(a & b) and c` it would take c alone, because whatever does not know its own truth
counts as true in Python, and another set than the one that is written would be proved.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sympy.logic.boolalg import BooleanFunction

# SymPy itself asks, and means whether there is a condition at all.
_MAY_ASK = ("sympy", "proofpress")


@contextmanager
def refused() -> Iterator[None]:
    """While this lasts, a condition of several comparisons refuses to be true or false.

    Raises TypeError in the line that asks.
    """
    BooleanFunction.__bool__ = _asked
    try:
        yield
    finally:
        del BooleanFunction.__bool__


def _asked(condition: object) -> bool:
    asking = sys._getframe(1).f_globals.get("__name__", "")
    if asking.partition(".")[0] in _MAY_ASK:
        return True
    raise TypeError(f"cannot determine truth value of {condition}")
