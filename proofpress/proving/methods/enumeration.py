"""Values at small letters: the author's terms evaluated, points counted one by one.

Place in the chain: definition -> derivation -> **proof**. It finds what no algebra would, and
proves nothing. Where it counts the points of a set, the box around them comes from the engine that
derives counts; the caller then names that engine as a premise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.ledger.claims import Verdict
from proofpress.proving.engines import Engine
from proofpress.proving.method import Finding, Method
from proofpress.proving.tries import Values, compared
from proofpress.terms.tree import Condition, Term


@dataclass(frozen=True)
class Numbers:
    """A closed form, and another way to find its value at given letters.

    The other way gives None where there is no such number. `largest` is the largest letter that
    is looked at, `scope` what is told of the cases, where either is not the usual.
    """

    letters: Sequence[sp.Symbol]
    assuming: Boolean | Condition
    closed_form: sp.Expr | Term
    number: Callable[[Values], int | Fraction | None]
    largest: int | None = None
    scope: str = ""


def find(asked: Numbers) -> Finding:
    """Return *checked* if the closed form has the number's value in all small cases.

    >>> n = sp.Symbol("n", integer=True)
    >>> find(Numbers((n,), n >= 0, n * (n + 1) / 2, lambda case: sum(range(case[n] + 1)))).scope
    'n <= 12'
    """
    found = compared(asked.letters, asked.assuming, asked.closed_form, asked.number, asked.largest)
    told = asked.scope and found.verdict is Verdict.CHECKED
    return replace(found, scope=asked.scope) if told else found


# What finds the box around the points of a set (`counting.enumeration`).
BOX = (Engine.FOURIER_MOTZKIN,)

METHOD = Method("enumeration", (Engine.EVALUATION,), find)
