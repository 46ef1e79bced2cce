"""What follows from a closed form, compared at small letters with what it should be.

Place in the chain: definition -> derivation -> **proof**.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.ledger.claims import Verdict
from proofpress.proving.engines import Engine
from proofpress.proving.method import Finding, Method
from proofpress.proving.tries import small_cases
from proofpress.terms.value import NotRational, NoValue

Case = Mapping[str, int]


@dataclass(frozen=True)
class Values:
    """That `found` is `wanted` at all letters of the domain where the latter has a value."""

    letters: Sequence[sp.Symbol]
    assuming: Boolean
    found: Callable[[Case], Fraction]
    wanted: Callable[[Case], Fraction]


def find(asked: Values) -> Finding:
    """Return *checked* if the values agree in all small cases, else *refuted* by the first.

    >>> n = sp.Symbol("n", integer=True)
    >>> find(Values((n,), n >= 0, lambda c: c["n"] + c["n"], lambda c: 2 * c["n"])).detail
    '13 cases'
    """
    tried = 0
    for case in named_cases(asked.letters, asked.assuming):
        try:
            wanted = asked.wanted(case)
        except (NoValue, NotRational):
            continue
        found = asked.found(case)
        if found != wanted:
            at = shown(case)
            return Finding(Verdict.REFUTED, at, f"{at}: {found}, not {wanted}")
        tried += 1
    return counted(tried)


def named_cases(letters: Sequence[sp.Symbol], assuming: Boolean) -> Iterator[dict[str, int]]:
    """Return the small cases of a domain, by the names of the letters."""
    for case in small_cases(letters, assuming):
        yield {str(letter): number for letter, number in case.items()}


def shown(case: Case) -> str:
    """Return a case in words.

    >>> shown({"n": 3, "t": 1})
    'n = 3, t = 1'
    """
    return ", ".join(f"{name} = {number}" for name, number in case.items())


def counted(tried: int) -> Finding:
    """Return *checked* for so many cases, *undecided* for none."""
    if not tried:
        return Finding(Verdict.UNDECIDED, "none", "no case to look at")
    return Finding(Verdict.CHECKED, "small cases", f"{tried} cases")


METHOD = Method("points", (Engine.EVALUATION,), find)
