"""Proof of a stated closed form: the author's term compared with the derived form, cell by cell.

Place in the chain: definition -> derivation -> **proof**. The domain is cut until both forms are
quotients of polynomials on each cell, and the stated one is seen to have a value at every point
of it. Undefined is false: a form that has no value somewhere is refuted there. What is refuted is
told with a point at which the author's own term was worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

import sympy as sp

from proofpress.counting.deadline import check_deadline
from proofpress.faults.errors import PressError
from proofpress.ledger.claims import Evidence, Verdict, conclusion
from proofpress.proving.cells import Cell, Fork, Names, Open, Split
from proofpress.proving.method import Finding, attempt
from proofpress.proving.polys import TooLarge, variable
from proofpress.proving.tries import Values
from proofpress.proving.values import Empty, Reader
from proofpress.proving.witnesses import WORTH, Comparison, far, near, through
from proofpress.terms import reading
from proofpress.terms.in_sympy import term_of
from proofpress.terms.tree import Apply, Condition, Node, Number, Term
from proofpress.terms.value import NotRational, NoValue
from proofpress.terms.walk import conjuncts, letters_of, parts

# A proof with more cells, or more cells that are not settled, is given up: undecided.
MOST_CELLS = 4000
MOST_UNSETTLED = 24
# So many points, near and far, are looked at in the second piece of evidence.
POINTS = 400

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
        attempt("stated form", lambda: agreement(compared)),
        attempt("stated form by points", lambda: by_points(compared)),
    ]


def agreement(comparison: Comparison) -> Finding:
    """Return whether a stated closed form has the derived value at all points of the domain.

    *Proved* where it has on every cell, *refuted* with a point where it has not, else undecided.
    """
    for point in near(comparison):
        found = comparison.differs(point)
        if found is not None:
            return found
    count, unsettled, reason = _compared(comparison)
    if reason is None and not unsettled:
        return Finding(Verdict.PROVED, "all", f"equal to the derived form, cases: {count}")
    for cell, _ in unsettled:
        for number, point in enumerate(through(cell, comparison)):
            found = comparison.differs(point, 1 if number else WORTH)
            if found is not None:
                return found
    domain = [cell for cell, word in explored(_whole(comparison), _domain(comparison)) if word]
    for point in far(comparison, domain):
        found = comparison.differs(point)
        if found is not None:
            return found
    told = reason or unsettled[0][1]
    return Finding(Verdict.UNDECIDED, "all", f"not shown to be equal to the derived form: {told}")


def by_points(comparison: Comparison) -> Finding:
    """Return *checked* if the stated form has the derived value at points near and far.

    The same points are looked at in every run. A form that has a value at none is undecided.
    """
    domain = [cell for cell, word in explored(_whole(comparison), _domain(comparison)) if word]
    seen: dict[tuple[int, ...], None] = {}
    for points, most in ((near(comparison), POINTS // 2), (far(comparison, domain), POINTS)):
        for point in points:
            if point in seen or len(seen) >= most:
                continue
            found = comparison.differs(point)
            if found is not None:
                return found
            with suppress(NotRational):
                comparison.stated_at(point)
                seen[point] = None
    if not seen:
        return Finding(Verdict.UNDECIDED, "all", "the stated form was worked out at no point")
    farthest = max(max(map(abs, point), default=0) for point in seen)
    return Finding(Verdict.CHECKED, f"{len(seen)} points", f"letters up to {farthest}")


def _whole(comparison: Comparison) -> Cell:
    names = Names()
    return Cell(names, {str(letter): variable(names.fresh()) for letter in comparison.letters})


def _domain(comparison: Comparison) -> Callable[[Reader], bool]:
    wanted = sorted(conjuncts(comparison.assumed), key=_divides)

    def inside(reader: Reader) -> bool:
        try:
            return all(reader.truth(part) for part in wanted)
        except NoValue:
            # "w divides n" says nothing for w = 0: no such letters are in the domain.
            return False

    return inside


def _divides(node: Node) -> bool:
    if isinstance(node, Apply) and node.op in ("/", "Mod") and not isinstance(node.args[1], Number):
        return True
    return any(map(_divides, parts(node)))


def explored(
    whole: Cell, read: Callable[[Reader], object], most: int = MOST_CELLS
) -> Iterator[tuple[Cell, object]]:
    """Return the cells that `read` asks for, each with what it returns there.

    Where it raises NoValue, NotRational or Open on a cell, that is returned. Raises Open where
    there would be more cells than `most`.

    >>> from proofpress.terms.tree import Letter
    >>> names = Names()
    >>> cells = explored(Cell(names, {"n": variable(names.fresh())}),
    ...                  lambda reader: reader.truth(Letter("n") ** 2 <= 4))
    >>> [truth for _, truth in cells]
    [False, True, False]
    """
    waiting, count = [whole], 0
    while waiting:
        check_deadline()
        count += 1
        if count > most:
            raise Open("there are too many cases")
        cell = waiting.pop()
        reader = Reader(cell)
        try:
            yield reader.cell, read(reader)
        except Fork as fork:
            halves = (fork.cell.narrowed(fork.poly), fork.cell.narrowed(-fork.poly - 1))
            waiting += [half for half in halves if half is not None and not half.empty(0)]
        except Split as split:
            waiting += split.cell.split(split.variables, split.modulus)
        except Empty:
            continue
        except (NoValue, NotRational, Open, TooLarge) as error:
            yield reader.cell, error


def _compared(comparison: Comparison) -> tuple[int, list[tuple[Cell, str]], str | None]:
    """Return how many cells are settled, those that are not, and why the search broke off."""
    inside = _domain(comparison)

    def read(reader: Reader) -> str | None:
        if not inside(reader):
            return None
        try:
            stated = reader.value(comparison.stated)
        except NoValue as error:
            return f"the stated form has no value: {error}"
        try:
            derived = reader.value(comparison.derived)
        except NoValue as error:
            return f"the derived form has no value: {error}"
        return "" if reader.equal(stated, derived) else "they differ"

    settled, unsettled = 0, []
    try:
        for cell, word in explored(_whole(comparison), read):
            if word is None:
                continue
            if word == "":
                settled += 1
            elif not cell.empty():
                unsettled.append((cell, str(word)))
                if len(unsettled) >= MOST_UNSETTLED:
                    return settled, unsettled, None
    except (Open, TooLarge, RecursionError) as error:
        return settled, unsettled, str(error) or "it is too deep"
    return settled, unsettled, None
