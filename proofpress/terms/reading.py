"""Whether SymPy's form of what an author wrote is what was written.

Place in the chain: definition -> **reading** -> derivation. The engine computes with SymPy's form.
By points it is held against the author's own expression at once; the proofs compare the two for
all letters, one by normal forms (here), one by a solver (`proving.smt`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.faults.errors import PressError
from proofpress.terms import normal
from proofpress.terms.in_sympy import condition_of, term_of, to_sympy
from proofpress.terms.sizes import refuse_long
from proofpress.terms.tree import Condition, Node, Term, as_condition, as_term
from proofpress.terms.value import NotRational, NoValue, value
from proofpress.terms.walk import comparisons, letters_of

POINTS = 60
_ALONE = range(-12, 13)
_NEAR, _FAR = 9, 400


def condition(given: object, where: str) -> tuple[Condition, Boolean]:
    """Return a condition as it was written, and SymPy's form of it, seen to be the same at points.

    What was given as SymPy's own is taken as SymPy holds it.

    >>> from proofpress.terms.tree import Letter
    >>> condition(Letter("n") // 2 >= 2, "here")
    (floor(n/2) >= 2, floor(n/2) >= 2)
    """
    written = as_condition(given)
    if written is not given and isinstance(given, Boolean):
        return written, given
    refuse_changed(written, where)
    form = to_sympy(written)
    _refuse_long(form, where)
    return written, form


def term(given: object, where: str) -> tuple[Term, sp.Expr]:
    """Return a term as it was written, and SymPy's form of it, seen to be the same at points.

    >>> from proofpress.terms.tree import Letter
    >>> term(Letter("n") % 3, "here")
    (Mod(n, 3), Mod(n, 3))
    """
    written = as_term(given)
    own = isinstance(given, sp.Expr) and not given.has(sp.gamma)
    # A gamma function is read, and printed, as the factorial that it is at integers.
    form = given if own else to_sympy(written)
    _refuse_long(form, where)
    at = difference(written, form)
    if at is not None:
        what = f"SymPy makes {form} of {written}, which is not the same at {at}"
        raise PressError(what, where, "write the term in another way")
    return written, form


def same(node: Node, form: sp.Basic) -> bool:
    """Return whether both have one normal form; True shows that SymPy's says the same.

    >>> from proofpress.terms.tree import Letter
    >>> n = Letter("n")
    >>> same(n // 2 >= 2, sp.floor(sp.Symbol("n", integer=True) / 2) - 2 >= 0)
    True
    """
    try:
        if isinstance(node, Term):
            return normal.key(node) == normal.key(term_of(form))
        return normal.condition(node) == normal.condition(condition_of(form))
    except PressError:
        return False


def difference(node: Node, form: sp.Basic) -> str | None:
    """Return at which letters SymPy's form has another value than the node; None where nowhere.

    It looks at the same points in every run, near zero and far from it.

    >>> from proofpress.terms.tree import Letter
    >>> difference(Letter("n") >= 2, sp.Symbol("n", integer=True) >= 3)
    'n = 2'
    """
    read: Node = condition_of(form) if isinstance(node, Condition) else term_of(form)
    for at in _points(sorted(letters_of(node) | letters_of(read))):
        mine, theirs = _value(node, at), _value(read, at)
        # Whether a value exists at all is a duty of its own, checked by the caller.
        if None not in (mine, theirs) and mine != theirs:
            return ", ".join(f"{name} = {number}" for name, number in at.items())
    return None


def _points(names: Sequence[str]) -> Iterator[dict[str, int]]:
    if len(names) < 2:
        yield from (dict.fromkeys(names, number) for number in _ALONE)
        return
    chance = random.Random(20)
    for count in range(POINTS):
        reach = _FAR if count % 4 == 3 else _NEAR
        yield {name: chance.randint(-reach, reach) for name in names}


def refuse_changed(condition: Condition, where: str) -> None:
    """Raise PressError if SymPy's form of a comparison in the condition has another value.

    >>> from proofpress.terms.tree import Letter
    >>> refuse_changed((Letter("i") >= 1) & (Letter("i") % 3 == 0), "here")
    """
    for part in comparisons(condition):
        at = difference(part, to_sympy(part))
        if at is not None:
            raise PressError(
                f"SymPy makes {to_sympy(part)} of {part}, which is not the same at {at}",
                where,
                "write the condition in another way",
            )


def _refuse_long(form: sp.Basic, where: str) -> None:
    numbers = form.atoms(sp.Rational)
    refuse_long(0, *(x for number in numbers for x in (number.p, number.q)), where=where)


def _value(node: Node, at: Mapping[str, int]) -> object:
    try:
        return value(node, at)
    except (NoValue, NotRational):
        return None
