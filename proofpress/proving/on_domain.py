"""Duties: what has to hold on the whole domain before a formula there means what it says.

Place in the chain: definition -> derivation -> **proof**. A sum of so many steps asks that there
are not fewer than none, a quotient that it has a value, a quantity that it grows. Each is shown by
algebra and, apart from it, by the solver; one that is not shown leaves the claim undecided, with a
value of the letters that falls out where one is found.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from proofpress.faults.errors import PressError
from proofpress.ledger.claims import Verdict
from proofpress.proving import solver
from proofpress.proving.difference import argument
from proofpress.proving.domains import Cases
from proofpress.proving.method import Finding
from proofpress.proving.methods import all_values, signs
from proofpress.terms.tree import Condition, Gate, Number, Relation, Term

ZERO = Number(0)


@dataclass(frozen=True)
class Duty:
    """That greater >= smaller (greater > smaller where strict) on the domain, both with a value."""

    name: str
    smaller: Term
    greater: Term
    strict: bool = False

    @property
    def relation(self) -> Relation:
        """Return the duty as a condition."""
        return Relation("<" if self.strict else "<=", self.smaller, self.greater)


def not_negative(term: Term) -> Duty:
    """Return the duty that a term is not negative.

    >>> from proofpress.terms.tree import Letter
    >>> not_negative(Letter("L")).name
    'L is not negative'
    """
    return Duty(f"{term} is not negative", ZERO, term)


def positive(term: Term) -> Duty:
    """Return the duty that a term is positive."""
    return Duty(f"{term} is positive", ZERO, term, strict=True)


def has_value(term: Term) -> Duty:
    """Return the duty that a term has a value."""
    return Duty(f"{term} has a value", term, term)


# What `by_algebra` rests on.
ALGEBRA = tuple(dict.fromkeys((*signs.METHOD.engines, *all_values.METHOD.engines)))

Shown = Callable[[Sequence[Duty], Condition, Sequence[object]], "Finding | None"]


def by_algebra(
    duties: Sequence[Duty], assuming: Condition, letters: Sequence[object]
) -> Finding | None:
    """Return None if every duty is shown by algebra; else *undecided*, by the first that is not.

    >>> from proofpress.terms.tree import Letter
    >>> L = Letter("L")
    >>> by_algebra([not_negative(L)], L >= -5, (L,)).detail
    'it is not shown that L is not negative: not so at L = -1'
    """
    names = tuple(map(str, letters))
    for duty in duties:
        try:
            argument(assuming, duty.smaller, duty.greater, names, duty.strict)
        except PressError:
            return _open(duty, assuming, letters)
    return None


def by_solver(
    duties: Sequence[Duty], assuming: Condition, letters: Sequence[object]
) -> Finding | None:
    """Return None if the solver shows every duty; else *undecided*, by the first that it does not.

    >>> from proofpress.terms.tree import Letter
    >>> L = Letter("L")
    >>> by_solver([not_negative(L)], L >= 0, (L,)) is None
    True
    """
    names = tuple(map(str, letters))
    for duty in duties:
        try:
            answers = solver.refuted(assuming, duty.relation, names)
        except PressError as error:
            return Finding(Verdict.UNDECIDED, "all", error.what)
        if any(answer.word != "unsat" for answer in answers):
            return _open(duty, assuming, letters)
    return None


def _open(duty: Duty, assuming: Condition, letters: Sequence[object]) -> Finding:
    told = f"it is not shown that {duty.name}"
    outside = Gate("and", (assuming, Gate("not", (duty.relation,))))
    found = next(iter(Cases(letters, outside)), None)
    if found is not None:
        at = ", ".join(f"{letter} = {x}" for letter, x in zip(letters, found, strict=True))
        told += f": not so at {at}"
    return Finding(Verdict.UNDECIDED, "all", told)
