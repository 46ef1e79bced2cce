"""A change of coordinates at small letters: the images of the points are the points.

Place in the chain: definition -> derivation -> **proof**.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.ledger.claims import Verdict
from proofpress.proving.engines import Engine
from proofpress.proving.method import Finding, Method
from proofpress.proving.tries import Values, small_cases

LARGEST = 4

Points = Callable[[Values], Iterable[tuple[int, ...]]]


@dataclass(frozen=True)
class Images:
    """That the images of one set are the points of another, each met once, at all letters."""

    letters: Sequence[sp.Symbol]
    assuming: Boolean
    images: Points
    points: Points


def find(asked: Images) -> Finding:
    """Return *checked* if images and points are the same in all small cases, else *refuted*.

    >>> m = sp.Symbol("m", integer=True)
    >>> evens = Images((m,), m >= 1, lambda case: [(2 * k,) for k in range(case[m])],
    ...                lambda case: [(k,) for k in range(2 * case[m]) if k % 2 == 0])
    >>> find(evens).scope
    'm <= 4'
    """
    tried = 0
    for case in small_cases(asked.letters, asked.assuming, LARGEST):
        there = sorted(asked.points(case))
        if sorted(asked.images(case)) != there:
            at = ", ".join(f"{k} = {v}" for k, v in case.items())
            told = f"{at}: the images are not the {len(there)} points"
            return Finding(Verdict.REFUTED, at, told)
        tried += 1
    if not tried:
        return Finding(Verdict.UNDECIDED, "none", "no small case to look at")
    names = ", ".join(map(str, asked.letters))
    return Finding(Verdict.CHECKED, f"{names} <= {LARGEST}", f"{tried} cases")


METHOD = Method("bijection by enumeration", (Engine.EVALUATION, Engine.FOURIER_MOTZKIN), find)
