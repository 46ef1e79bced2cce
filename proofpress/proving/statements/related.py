"""What follows from a closed form: its share of a whole, its growth, its value at other letters.

Place in the chain: definition -> derivation -> **proof** -> ledger -> template. A template asks for
it by a name of the author's (`claim("x").related("fraction")`). Each says how it follows, and is
shown by exact means and at points; what is not shown cannot be printed.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.counting import asymptotics
from proofpress.counting.expressions import share
from proofpress.counting.letters import line_naming
from proofpress.faults.errors import PressError
from proofpress.ledger.claims import Evidence
from proofpress.proving.methods import far, growth, points, quotient, substitution, zero
from proofpress.proving.methods.quotient import Quotient
from proofpress.proving.methods.substitution import Substitution
from proofpress.proving.statements.read import unread
from proofpress.terms import reading
from proofpress.terms.in_sympy import as_symbol, term_of
from proofpress.terms.origin import author_line
from proofpress.terms.tree import Condition, Number, Term
from proofpress.terms.value import value


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
        """Return the expression as it is, if SymPy's form of it is what was written."""
        written, shown = reading.term(self.expression, self.where)
        return Following(shown, _read(statement, written, shown))


@dataclass(frozen=True)
class Share(Follows):
    """The closed form divided by a whole, which must not be zero anywhere in the domain."""

    whole: Term
    where: str = field(default="", init=False, compare=False)

    def of(self, statement: Known) -> Following:
        """Return the quotient in lowest terms."""
        written, whole = reading.term(self.whole, self.where)
        shown = share(statement.closed_form, whole)

        asked = Quotient(shown, statement.closed_form, written, statement.assumed)

        def told(case: Mapping[str, int]) -> Fraction:
            return Fraction(_value(statement.closed_form, case)) / value(written, case)

        return Following(
            shown, (quotient.METHOD.answer(lambda: asked), _points(statement, shown, told))
        )


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
        _refuse_unknown(statement, read)
        put = {letter: value for letter, (_, value) in read.items()}
        shown = form.subs(put, simultaneous=True)

        asked = Substitution(shown, form, terms, statement.assumed)

        def told(case: Mapping[str, int]) -> Fraction:
            inner = {**case, **{name: value(term, case) for name, term in terms.items()}}
            return Fraction(_value(form, inner))

        return Following(
            shown, (substitution.METHOD.answer(lambda: asked), _points(statement, shown, told))
        )


@dataclass(frozen=True)
class Zero(Follows):
    """The value of one letter, as a term in the others, at which the closed form is zero."""

    letter: object
    at: Term
    where: str = field(default="", init=False, compare=False)

    def of(self, statement: Known) -> Following:
        """Return the value at which the closed form vanishes."""
        _refuse_unknown(statement, [as_symbol(self.letter)])
        name = str(as_symbol(self.letter))
        written, shown = reading.term(self.at, self.where)

        form = statement.closed_form
        vanishes = zero.Vanishes(form, name, written, statement.assumed)

        def there(case: Mapping[str, int]) -> Fraction:
            return _value(form, {**case, name: value(written, case)})

        looked_at = points.Values(
            statement.letters, statement.assuming, there, lambda case: Fraction(0)
        )
        return Following(
            shown,
            (
                zero.METHOD.answer(lambda: vanishes),
                points.METHOD.answer(lambda: looked_at),
            ),
        )


@dataclass(frozen=True)
class Leading(Follows):
    """The term that the closed form grows like as one letter grows, the others fixed."""

    letter: object
    where: str = field(default="", init=False, compare=False)

    def of(self, statement: Known) -> Following:
        """Return the leading term."""
        letter = as_symbol(self.letter)
        _refuse_unknown(statement, [letter])
        form = statement.closed_form
        shown = asymptotics.leading(form, letter, statement.assuming)

        leads = growth.Leads(form, shown, letter, statement.assuming)
        return Following(
            shown,
            (
                growth.METHOD.answer(lambda: leads),
                _far(statement, letter, Fraction(1), lambda case: _ratio(form, shown, case)),
            ),
        )


@dataclass(frozen=True)
class Limit(Follows):
    """What the closed form, or its share of a whole, tends to as one letter grows."""

    letter: object
    of_whole: Term = field(default_factory=lambda: Number(1))
    where: str = field(default="", init=False, compare=False)

    def of(self, statement: Known) -> Following:
        """Return the limit."""
        letter = as_symbol(self.letter)
        _refuse_unknown(statement, [letter])
        written, whole = reading.term(self.of_whole, self.where)
        form = share(statement.closed_form, whole)
        shown = asymptotics.limit(form, letter, statement.assuming)

        tends = growth.Tends(form, shown, letter, statement.assuming)

        def distance(case: Mapping[str, int]) -> Fraction:
            if shown.is_infinite:
                return 1 / _value(form, case)
            return _value(form, case) - _value(shown, case)

        return Following(
            shown,
            (
                growth.METHOD.answer(lambda: tends, "limit"),
                _far(statement, letter, Fraction(0), distance),
                *_read(statement, written, whole),
            ),
        )


def _read(statement: Known, written: Term, form: sp.Expr) -> tuple[Evidence, ...]:
    return tuple(unread([(written, form)], statement.letters, statement.assumed))


def _refuse_unknown(statement: Known, letters: Iterable[sp.Symbol]) -> None:
    """Raise PressError for a letter that the statement does not have."""
    known = ", ".join(map(str, statement.letters))
    for letter in letters:
        if letter not in statement.letters:
            raise PressError(f"{letter} is no letter of the claim", mend=f"its letters are {known}")


def _value(form: sp.Basic, case: Mapping[str, int | Fraction]) -> Fraction:
    return Fraction(value(term_of(form), case))


def _ratio(form: sp.Basic, shown: sp.Expr, case: Mapping[str, int]) -> Fraction:
    below = _value(shown, case)
    if below == 0:
        # A leading term of zero is right where nothing is left to grow.
        return Fraction(1) if _value(form, case) == 0 else Fraction(0)
    return _value(form, case) / below


def _points(
    statement: Known, shown: sp.Expr, told: Callable[[Mapping[str, int]], Fraction]
) -> Evidence:
    """Return the comparison of the shown expression with what it should be, at small cases."""
    asked = points.Values(
        statement.letters, statement.assuming, lambda case: _value(shown, case), told
    )
    return points.METHOD.answer(lambda: asked)


def _far(
    statement: Known,
    letter: sp.Symbol,
    goal: Fraction,
    quantity: Callable[[Mapping[str, int]], Fraction],
) -> Evidence:
    """Return the comparison of a quantity with its goal at large values of the letter."""
    asked = far.Comes(
        statement.letters, statement.assumed, statement.assuming, letter, goal, quantity
    )
    return far.METHOD.answer(lambda: asked, "points")


_MEANT: Mapping[str, type[Follows]] = {
    "leading": Leading,
    "limit": Limit,
    "share": Share,
    "fraction": Share,
}


def refuse_untold(related: Mapping[str, object], name: str) -> None:
    """Raise PressError, at its line, for a related expression that does not say how it follows.

    A name that promises a growth, a limit or a share must be given by what shows it.

    >>> from proofpress import integers
    >>> refuse_untold({"full": Named(integers("n") ** 2)}, "a.b")
    """
    for key, given in related.items():
        if not isinstance(given, Follows):
            raise PressError(
                f'related "{key}" of {name} does not say how it follows from the closed form',
                line_naming(key),
                "write Share(whole), Leading(n), Limit(n), At({L: 1}) or Zero(h, at=...); or "
                "Named(expression) for a name that claims nothing",
            )
        promised = next((kind for word, kind in _MEANT.items() if word in key.lower()), None)
        if promised and isinstance(given, Named):
            raise PressError(
                f'related "{key}" of {name} is only a name: nothing shows what it promises',
                given.where,
                f"write {promised.__name__}(...) instead of Named(...), or another name",
            )
