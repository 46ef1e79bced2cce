"""What follows from a closed form: its share of a whole, its growth, its value at other letters.

Place in the chain: definition -> derivation -> **proof** -> ledger -> template. A template asks for
it by a name of the author's (`claim("x").related("fraction")`). Each says how it follows, and is
shown by exact means and at points; what is not shown cannot be printed.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Protocol

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.counting import asymptotics
from proofpress.counting.expressions import share
from proofpress.faults.errors import PressError
from proofpress.ledger.claims import Evidence, Verdict
from proofpress.proving import growth, inclusion
from proofpress.proving.inclusion import Inclusion, same_form
from proofpress.proving.method import Finding, attempt
from proofpress.proving.tries import small_cases
from proofpress.terms import normal, reading
from proofpress.terms.in_sympy import as_symbol, term_of
from proofpress.terms.origin import author_line
from proofpress.terms.tree import Cases, Condition, Number, Relation, Term
from proofpress.terms.value import NotRational, NoValue, value
from proofpress.terms.walk import put

# A growth is looked at for such values of its letter, beside small ones of the others.
_FAR = (10**4, 10**6, 10**8)
# The quotient may differ from its limit by so much of the distance that it had before.
_CLOSER = Fraction(1, 10)


class Known(Protocol):
    """What a related expression needs of its statement."""

    letters: tuple[sp.Symbol, ...]
    assumed: Condition
    assuming: Boolean

    @property
    def closed_form(self) -> sp.Basic:
        """Return the closed form from which it follows."""


@dataclass(frozen=True)
class Following:
    """An expression that follows from a closed form, and by what evidence; none claims nothing."""

    expression: sp.Expr
    evidence: tuple[Evidence, ...] = ()


class Follows(ABC):
    """How an expression follows from the closed form of a statement."""

    where: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "where", author_line())

    def __getstate__(self) -> dict[str, object]:
        # A proof does not depend on the line where it was asked for.
        return {name: known for name, known in vars(self).items() if name != "where"}

    @abstractmethod
    def of(self, statement: Known) -> Following:
        """Return the expression, derived and shown."""


@dataclass(frozen=True)
class Named(Follows):
    """An expression of the author's under a name. It claims nothing of the closed form.

    >>> from proofpress import integers
    >>> Named(integers("n") ** 2).expression
    n**2
    """

    expression: Term
    where: str = field(default="", init=False, compare=False)

    def of(self, statement: Known) -> Following:
        """Return the expression as it is."""
        return Following(reading.term(self.expression, self.where)[1])


@dataclass(frozen=True)
class Share(Follows):
    """The closed form divided by a whole, which must not be zero anywhere in the domain."""

    whole: Term
    where: str = field(default="", init=False, compare=False)

    def of(self, statement: Known) -> Following:
        """Return the quotient in lowest terms."""
        written, whole = reading.term(self.whole, self.where)
        shown = share(statement.closed_form, whole)

        def quotient() -> Finding:
            there = Relation("!=", written, Number(0))
            nonzero = inclusion.checked([Inclusion(statement.assumed, there, what="the whole")])
            if nonzero.verdict != Verdict.PROVED:
                return nonzero
            for one, form in _pairs(shown, statement.closed_form):
                if not same_form(one * written, form):
                    what = f"it is open whether {one} times {written} is {form}"
                    return Finding(Verdict.UNDECIDED, "all", what)
            return Finding(Verdict.PROVED, "all", f"times {written} it is the closed form")

        def told(case: Mapping[str, int]) -> Fraction:
            return Fraction(_value(statement.closed_form, case)) / value(written, case)

        return Following(shown, (attempt("quotient", quotient), _points(statement, shown, told)))


@dataclass(frozen=True)
class At(Follows):
    """The closed form with terms put for letters, by the letter: At({c: h})."""

    values: Mapping[object, object]
    where: str = field(default="", init=False, compare=False)

    def of(self, statement: Known) -> Following:
        """Return the closed form at these values."""
        read = {as_symbol(x): reading.term(v, self.where) for x, v in self.values.items()}
        terms = {str(letter): term for letter, (term, _) in read.items()}
        form = statement.closed_form
        shown = form.subs({letter: value for letter, (_, value) in read.items()})

        def substitution() -> Finding:
            inside = Inclusion(statement.assumed, statement.assumed, terms, what="the values")
            found = inclusion.checked([inside])
            if found.verdict != Verdict.PROVED:
                return found
            if not same_form(term_of(shown), put(term_of(form), terms)):
                what = f"it is open whether {shown} is {form} there"
                return Finding(Verdict.UNDECIDED, "all", what)
            return Finding(Verdict.PROVED, "all", "the same polynomial")

        def told(case: Mapping[str, int]) -> Fraction:
            inner = {**case, **{name: value(term, case) for name, term in terms.items()}}
            return Fraction(_value(form, inner))

        return Following(
            shown, (attempt("substitution", substitution), _points(statement, shown, told))
        )


@dataclass(frozen=True)
class Zero(Follows):
    """The value of one letter, as a term in the others, at which the closed form is zero."""

    letter: object
    at: Term
    where: str = field(default="", init=False, compare=False)

    def of(self, statement: Known) -> Following:
        """Return the value at which the closed form vanishes."""
        name = str(as_symbol(self.letter))
        written, shown = reading.term(self.at, self.where)

        def vanishes() -> Finding:
            rest = normal.polynomial(put(term_of(statement.closed_form), {name: written}))
            if rest:
                what = f"it is open whether the closed form is 0 at {name} = {written}"
                return Finding(Verdict.UNDECIDED, "all", what)
            return Finding(Verdict.PROVED, "all", "the closed form is 0 there")

        def looked_at() -> Finding:
            tried = 0
            for case in _cases(statement):
                found = _value(statement.closed_form, {**case, name: value(written, case)})
                if found:
                    return Finding(Verdict.REFUTED, _at(case), f"{_at(case)}: {found}, not 0")
                tried += 1
            return _counted(tried)

        return Following(shown, (attempt("zero", vanishes), attempt("points", looked_at)))


@dataclass(frozen=True)
class Leading(Follows):
    """The term that the closed form grows like as one letter grows, the others fixed."""

    letter: object
    where: str = field(default="", init=False, compare=False)

    def of(self, statement: Known) -> Following:
        """Return the leading term."""
        letter = as_symbol(self.letter)
        form = statement.closed_form
        shown = asymptotics.leading(form, letter, statement.assuming)

        def grows() -> Finding:
            return growth.leading_evidence(form, shown, letter, statement.assuming)

        def far() -> Finding:
            return _far(statement, letter, Fraction(1), lambda case: _ratio(form, shown, case))

        return Following(shown, (attempt("growth", grows), attempt("points", far)))


@dataclass(frozen=True)
class Limit(Follows):
    """What the closed form, or its share of a whole, tends to as one letter grows."""

    letter: object
    of_whole: Term = field(default_factory=lambda: Number(1))
    where: str = field(default="", init=False, compare=False)

    def of(self, statement: Known) -> Following:
        """Return the limit."""
        letter = as_symbol(self.letter)
        _, whole = reading.term(self.of_whole, self.where)
        form = share(statement.closed_form, whole)
        shown = asymptotics.limit(form, letter, statement.assuming)

        def tends() -> Finding:
            return growth.limit_evidence(form, shown, letter, statement.assuming)

        def far() -> Finding:
            if shown.is_infinite:
                return _far(statement, letter, Fraction(0), lambda case: 1 / _value(form, case))

            def distance(case: Mapping[str, int]) -> Fraction:
                return _value(form, case) - _value(shown, case)

            return _far(statement, letter, Fraction(0), distance)

        return Following(shown, (attempt("limit", tends), attempt("points", far)))


def _pairs(shown: sp.Expr, form: sp.Basic) -> Iterator[tuple[Term, Term]]:
    """Return each case of one form with that of the other under the same condition."""
    one, other = term_of(shown), term_of(form)
    if isinstance(one, Cases) and isinstance(other, Cases):
        for (mine, when), (theirs, there) in zip(one.rows, other.rows, strict=True):
            if not same_form(when, there):
                raise PressError(f"the cases {when} and {there} differ")
            yield mine, theirs
    else:
        yield one, other


def _value(form: sp.Basic, case: Mapping[str, int | Fraction]) -> Fraction:
    return Fraction(value(term_of(form), case))


def _ratio(form: sp.Basic, shown: sp.Expr, case: Mapping[str, int]) -> Fraction:
    below = _value(shown, case)
    if below == 0:
        # A leading term of zero is right where nothing is left to grow.
        return Fraction(1) if _value(form, case) == 0 else Fraction(0)
    return _value(form, case) / below


def _cases(statement: Known) -> Iterator[dict[str, int]]:
    for case in small_cases(statement.letters, statement.assuming):
        yield {str(letter): number for letter, number in case.items()}


def _points(
    statement: Known, shown: sp.Expr, told: Callable[[Mapping[str, int]], Fraction]
) -> Evidence:
    """Return the comparison of the shown expression with what it should be, at small cases."""

    def find() -> Finding:
        tried = 0
        for case in _cases(statement):
            try:
                wanted = told(case)
            except (NoValue, NotRational):
                continue
            found = _value(shown, case)
            if found != wanted:
                return Finding(Verdict.REFUTED, _at(case), f"{_at(case)}: {found}, not {wanted}")
            tried += 1
        return _counted(tried)

    return attempt("points", find)


def _far(
    statement: Known,
    letter: sp.Symbol,
    goal: Fraction,
    distance: Callable[[Mapping[str, int]], Fraction],
) -> Finding:
    """Return whether a quantity comes closer to its goal, step by step, as the letter grows."""
    name, tried = str(letter), 0
    others = {str(x) for x in statement.letters} - {name}
    seen: set[tuple[int, ...]] = set()
    for case in _cases(statement):
        rest = tuple(case[x] for x in sorted(others))
        if rest in seen:
            continue
        seen.add(rest)
        gaps: list[Fraction] = []
        for large in _FAR:
            # The domain may hold only some residues of the letter.
            here = next((c for c in _near(case, name, large) if value(statement.assumed, c)), None)
            if here is not None:
                gaps.append(abs(distance(here) - goal))
        if len(gaps) < 2:
            continue
        if any(b > a * _CLOSER and b for a, b in pairwise(gaps)):
            found = f"{_at(case)}: at {name} = {_FAR[-1]:,} it is still {gaps[-1]} away"
            return Finding(Verdict.UNDECIDED, _at(case), found)
        tried += 1
    return _counted(tried)


def _near(case: Mapping[str, int], name: str, large: int) -> Iterator[dict[str, int]]:
    yield from ({**case, name: large + step} for step in range(60))


def _at(case: Mapping[str, int]) -> str:
    return ", ".join(f"{name} = {number}" for name, number in case.items())


def _counted(tried: int) -> Finding:
    if not tried:
        return Finding(Verdict.UNDECIDED, "none", "no case to look at")
    return Finding(Verdict.CHECKED, "small cases", f"{tried} cases")


_MEANT: Mapping[str, type[Follows]] = {
    "leading": Leading,
    "limit": Limit,
    "share": Share,
    "fraction": Share,
}


def refuse_untold(related: Mapping[str, object], name: str, where: str) -> None:
    """Raise PressError for a related expression that does not say how it follows.

    A name that promises a growth, a limit or a share must be given by what shows it.

    >>> from proofpress import integers
    >>> refuse_untold({"full": Named(integers("n") ** 2)}, "a.b", "here")
    """
    for key, given in related.items():
        if not isinstance(given, Follows):
            raise PressError(
                f'related "{key}" of {name} does not say how it follows from the closed form',
                where,
                "write Share(whole), Leading(n), Limit(n), At({L: 1}) or Zero(h, at=...); or "
                "Named(expression) for a name that claims nothing",
            )
        promised = next((kind for word, kind in _MEANT.items() if word in key.lower()), None)
        if promised and isinstance(given, Named):
            raise PressError(
                f'related "{key}" of {name} is only a name: nothing shows what it promises',
                where,
                f"write {promised.__name__}(...) instead of Named(...), or another name",
            )
