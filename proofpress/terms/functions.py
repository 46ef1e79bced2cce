"""The functions of a definition: floor, Mod, Piecewise, Eq and the others, as an author calls them.

Place in the chain: **definition** -> derivation -> proof. Of letters they make terms and
conditions, and work out nothing. Of plain numbers alone they return the number.
"""

from __future__ import annotations

import keyword
import operator
from collections.abc import Callable
from fractions import Fraction
from numbers import Rational as PlainRational
from typing import Any

from proofpress.faults.errors import PressError
from proofpress.terms.origin import author_line
from proofpress.terms.tree import (
    FUNCTIONS,
    Apply,
    Cases,
    Condition,
    Gate,
    Letter,
    Relation,
    Series,
    Term,
    as_condition,
    as_term,
)
from proofpress.terms.walk import letters_of


def integers(names: str) -> Any:
    """Return integer letters: one for one name, a tuple for several; one name is one letter.

    They carry no sign: state it with `assuming=`, so that it becomes part of the claim.

    >>> n, t = integers("n t")
    >>> n >= 1, integers("i, j")
    (n >= 1, (i, j))
    """
    if not isinstance(names, str):
        what = f"{names!r} is not a text with the names of letters"
        raise PressError(what, author_line(), 'write integers("n t")')
    listed = names.replace(",", " ").split()
    for name in listed:
        if name.strip("_") != name:
            raise PressError(
                f"the letter {name} cannot be printed, for its underscore at an end",
                author_line(),
                f"name it {name.strip('_') or 'n'}",
            )
        if not name.isidentifier():
            raise PressError(
                f"{name!r} is no name for a letter",
                author_line(),
                "name each letter as a variable of Python is named, with spaces between them",
            )
        if name in ("true", "false") or (keyword.iskeyword(name) and name != "lambda"):
            raise PressError(
                f"{name} means something else to Python, and cannot be a letter",
                author_line(),
                "give the letter another name",
            )
    if not listed:
        raise PressError("no letter is named", author_line(), 'write integers("n t")')
    letters = tuple(map(Letter, listed))
    return letters[0] if len(letters) == 1 and "," not in names else letters


def Rational(numerator: int, denominator: int = 1) -> Fraction:
    """Return an exact fraction.

    >>> Rational(1, 2)
    Fraction(1, 2)
    """
    whole = []
    for part in (numerator, denominator):
        try:
            whole.append(operator.index(part))
        except TypeError:
            what = f"Rational takes two whole numbers, not {part!r}"
            mend = "write Rational(1, 2), and a quotient of letters with /"
            raise PressError(what, author_line(), mend) from None
    if whole[1] == 0:
        what = f"Rational({whole[0]}, 0) divides by zero"
        raise PressError(what, author_line(), "give it another denominator")
    return Fraction(*whole)


def _plain(op: str, values: list[Any]) -> int | Fraction | None:
    """Return the value of a function of plain numbers; None where a letter is among them."""
    if not all(isinstance(v, PlainRational) and not isinstance(v, bool) for v in values):
        return None
    from proofpress.terms.value import NotRational, NoValue, apply

    try:
        return apply(op, [Fraction(v) for v in values])
    except (NoValue, NotRational) as error:
        written = f"{op}({', '.join(map(str, values))})"
        mend = "correct its arguments, or leave it out"
        raise PressError(f"{written} has no value: {error}", author_line(), mend) from error


def _function(op: str, what: str) -> Callable[..., Any]:
    def call(*arguments: Any, evaluate: bool = False) -> Any:
        # SymPy's word for what is always so here is accepted.
        del evaluate
        wanted = FUNCTIONS[op]
        if wanted is None and len(arguments) == 1 and isinstance(arguments[0], list | tuple):
            arguments = tuple(arguments[0])
        if not arguments or (wanted is not None and len(arguments) != wanted):
            raise PressError(
                f"{op} takes {wanted or 'at least one'} arguments, not {len(arguments)}",
                author_line(),
                f"write {op}({'a, b' if wanted == 2 else 'a'})",
            )
        number = _plain(op, list(arguments))
        if number is not None:
            return int(number) if number == int(number) else number
        return Apply(op, tuple(map(as_term, arguments)))

    call.__name__ = call.__qualname__ = op
    call.__doc__ = what
    return call


floor = _function("floor", "Return the greatest integer that is not above a term.")
ceiling = _function("ceiling", "Return the least integer that is not below a term.")
Mod = _function("Mod", "Return a - b*floor(a/b): for b > 0 the remainder, from 0 up to below b.")
Abs = _function("Abs", "Return the absolute value of a term.")
sign = _function("sign", "Return 1, 0 or -1: the sign of a term.")
Min = _function("Min", "Return the least of the terms.")
Max = _function("Max", "Return the greatest of the terms.")
binomial = _function(
    "binomial", "Return how many subsets of b things a >= 0 things have: 0 for b < 0 and for b > a."
)
factorial = _function("factorial", "Return the product 1 * 2 * ... * a, for an integer a >= 0.")


def gamma(argument: object) -> Any:
    """Return the gamma function at an integer: the factorial of one less.

    >>> gamma(integers("n") + 1), gamma(5)
    (factorial(n + 1 - 1), factorial(5 - 1))
    """
    return factorial(as_term(argument) - 1)


def Piecewise(*rows: tuple[object, object], evaluate: bool = False) -> Term:
    """Return the value of the first row whose condition holds; the last may be (value, True).

    >>> n = integers("n")
    >>> Piecewise((0, n < 1), (n, True))
    Piecewise((0, n < 1), (n, True))
    """
    del evaluate
    made = []
    for row in rows:
        if not isinstance(row, tuple) or len(row) != 2:
            raise PressError(
                f"{row!r} is not a row of a value and a condition",
                author_line(),
                "write Piecewise((value, condition), (value, True))",
            )
        made.append((as_term(row[0]), as_condition(row[1])))
    if not made:
        raise PressError("a Piecewise has no rows", author_line(), "give it at least one row")
    return Cases(tuple(made))


def _series(kind: str) -> Callable[..., Term]:
    def call(body: object, *ranges: tuple[object, object, object]) -> Term:
        if not ranges:
            raise PressError(
                f"the {kind} names no letter to run over",
                author_line(),
                f"write {kind}(term, (k, 1, n))",
            )
        term = as_term(body)
        for given in ranges:
            if not isinstance(given, tuple) or len(given) != 3:
                raise PressError(
                    f"{given!r} is not a letter with two ends",
                    author_line(),
                    f"write {kind}(term, (k, 1, n))",
                )
            letter = as_term(given[0])
            if not isinstance(letter, Letter):
                raise PressError(
                    f"{letter} is no letter to run over", author_line(), "take one of integers(...)"
                )
            low, high = as_term(given[1]), as_term(given[2])
            if letter.name in letters_of(low) | letters_of(high):
                raise PressError(
                    f"the letter {letter} of a {kind} stands in its own ends, {low} and {high}",
                    author_line(),
                    f"let another letter run, as in {kind}(k, (k, 1, {letter}))",
                )
            term = Series(kind, term, letter, low, high)
        return term

    call.__name__ = call.__qualname__ = kind
    call.__doc__ = f"Return the {kind.lower()} of a term over (letter, low, high), both ends taken."
    return call


Sum = _series("Sum")
Product = _series("Product")


def Eq(left: object, right: object) -> Condition:
    """Return left = right as a condition.

    >>> i, j = integers("i j")
    >>> Eq(i, j + 1)
    Eq(i, j + 1)
    """
    return Relation("==", as_term(left), as_term(right))


def Ne(left: object, right: object) -> Condition:
    """Return that left and right differ, as a condition."""
    return Relation("!=", as_term(left), as_term(right))


def And(*conditions: object) -> Condition:
    """Return that all conditions hold."""
    return Gate("and", tuple(map(as_condition, conditions)))


def Or(*conditions: object) -> Condition:
    """Return that at least one of the conditions holds."""
    return Gate("or", tuple(map(as_condition, conditions)))


def Xor(*conditions: object) -> Condition:
    """Return that an odd number of the conditions holds."""
    return Gate("xor", tuple(map(as_condition, conditions)))


def Not(condition: object) -> Condition:
    """Return that the condition does not hold."""
    return Gate("not", (as_condition(condition),))
