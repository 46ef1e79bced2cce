"""The same source text given to the press, with letters from `integers`: what an author does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy

import proofpress

# Seconds of the processor for a set and its closed form; there is no answer beyond that.
DERIVING = 0.4

# What SymPy offers beside the press, where the press has no such name of its own.
FUNCTIONS = (
    *("Abs", "Min", "Max", "And", "Or", "Not", "Xor", "Piecewise", "Sum"),
    *("binomial", "factorial", "gamma", "true", "false", "Rational", "Integer"),
)


def made(source: str, letters: Sequence[str]) -> Any:
    """Return what the press makes of a text; a name that is a letter means the letter.

    >>> made("IntegerSet('s', (n_1,), (1 <= n_1) & (n_1 <= 3))", ["n_1"]).count()
    3
    """
    space: dict[str, Any] = {
        name: getattr(proofpress, name, None) or getattr(sympy, name) for name in FUNCTIONS
    }
    space |= {name: getattr(proofpress, name) for name in proofpress.__all__}
    space |= {letter: proofpress.integers(letter) for letter in letters}
    return eval(source, space)
