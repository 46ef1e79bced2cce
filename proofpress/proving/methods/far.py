"""A growth or limit, looked at for large values of its letter.

Place in the chain: definition -> derivation -> **proof**.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.ledger.claims import Verdict
from proofpress.proving.engines import Engine
from proofpress.proving.method import Finding, Method
from proofpress.proving.methods.points import Case, counted, named_cases, shown
from proofpress.terms.tree import Condition
from proofpress.terms.value import value

# A growth is looked at for such values of its letter, beside small ones of the others.
_FAR = (10**4, 10**6, 10**8)
# The quotient may differ from its limit by so much of the distance that it had before.
_CLOSER = Fraction(1, 10)


@dataclass(frozen=True)
class Comes:
    """That a quantity comes as close as one likes to its goal as a letter of the domain grows."""

    letters: Sequence[sp.Symbol]
    assumed: Condition
    assuming: Boolean
    letter: sp.Symbol
    goal: Fraction
    quantity: Callable[[Case], Fraction]


def find(asked: Comes) -> Finding:
    """Return *checked* if the quantity comes closer to its goal, step by step, else *undecided*.

    >>> from proofpress.terms.tree import Letter
    >>> n = sp.Symbol("n", integer=True)
    >>> near = lambda case: Fraction(case["n"] + 1, case["n"])
    >>> find(Comes((n,), Letter("n") >= 1, n >= 1, n, Fraction(1), near)).verdict.value
    'checked'
    """
    name, tried = str(asked.letter), 0
    others = {str(x) for x in asked.letters} - {name}
    seen: set[tuple[int, ...]] = set()
    for case in named_cases(asked.letters, asked.assuming):
        rest = tuple(case[x] for x in sorted(others))
        if rest in seen:
            continue
        seen.add(rest)
        gaps: list[Fraction] = []
        for large in _FAR:
            # The domain may hold only some residues of the letter.
            here = next((c for c in _near(case, name, large) if value(asked.assumed, c)), None)
            if here is not None:
                gaps.append(abs(asked.quantity(here) - asked.goal))
        if len(gaps) < 2:
            continue
        if any(b > a * _CLOSER and b for a, b in pairwise(gaps)):
            found = f"{shown(case)}: at {name} = {_FAR[-1]:,} it is still {gaps[-1]} away"
            return Finding(Verdict.UNDECIDED, shown(case), found)
        tried += 1
    return counted(tried)


def _near(case: Case, name: str, large: int) -> Iterator[dict[str, int]]:
    yield from ({**case, name: large + step} for step in range(60))


METHOD = Method("far points", (Engine.EVALUATION,), find)
