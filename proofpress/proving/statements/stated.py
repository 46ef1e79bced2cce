"""A closed form that an author states: read where it is given, and tried against the derived one.

Place in the chain: definition -> derivation -> **proof**.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

import sympy as sp

from proofpress.faults.errors import PressError
from proofpress.ledger.claims import Evidence, Verdict, conclusion
from proofpress.proving.methods import stated_form as stated_forms
from proofpress.proving.methods import stated_points
from proofpress.proving.tries import Values
from proofpress.proving.witnesses import Comparison
from proofpress.terms import reading
from proofpress.terms.in_sympy import term_of
from proofpress.terms.tree import Condition, Term
from proofpress.terms.walk import letters_of

Counted = Callable[[Values], object]


def stated_form(
    given: object, letters: Sequence[sp.Symbol], where: str
) -> tuple[Term | None, sp.Expr | None]:
    """Return a stated closed form as it was written, and SymPy's form of it; None for none.

    Raises PressError for what is no term of the claim's letters.

    >>> from proofpress.terms.tree import Letter
    >>> stated_form(Letter("n") / 2, sp.symbols("n,", integer=True), "here")
    (n/2, n/2)
    """
    if given is None:
        return None, None
    try:
        term, form = reading.term(given, where)
    except PressError as error:
        shown = ""
        with suppress(ValueError):  # a number too long to be written down
            shown = "" if str(given) in error.what else f"{given}: "
        raise PressError(f"stated={shown}{error.what}", where, error.mend) from error
    strange = letters_of(term) - set(map(str, letters))
    if strange:
        known = ", ".join(map(str, letters))
        what = f"stated={term} holds {', '.join(sorted(strange))}; the claim's letters are {known}"
        raise PressError(what, where, "state the closed form in the claim's letters")
    return term, form


def read_form(term: Term | None, form: sp.Expr | None) -> Iterator[tuple[Term, sp.Expr]]:
    """Yield a stated form as it was written with SymPy's form of it, if there is one.

    >>> list(read_form(None, None))
    []
    """
    if term is not None and form is not None:
        yield term, form


def tried(
    stated: Term | None,
    derived: sp.Expr,
    letters: Sequence[sp.Symbol],
    assumed: Condition,
    counted: Counted,
    known: Sequence[Evidence],
) -> list[Evidence]:
    """Return the evidence of an author's own closed form; none where nothing is stated.

    The first piece is a proof or a refutation, the second compares exact values at points.
    `known` is the evidence of the derived form.
    """
    if stated is None:
        return []
    sure = conclusion(known) is Verdict.PROVED
    compared = Comparison(stated, term_of(derived), tuple(letters), assumed, counted, sure)
    return [
        stated_forms.METHOD.answer(lambda: compared),
        stated_points.METHOD.answer(lambda: compared),
    ]
