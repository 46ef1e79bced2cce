"""A stated closed form, compared with the derived form cell by cell.

Place in the chain: definition -> derivation -> **proof**. The domain is cut until both forms are
quotients of polynomials on each cell, and the stated one is seen to have a value at every point
of it. Undefined is false: a form that has no value somewhere is refuted there. What is refuted is
told with a point at which the author's own term was worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from proofpress.counting.deadline import check_deadline
from proofpress.ledger.claims import Verdict
from proofpress.proving.cells import Cell, Fork, Names, Open, Split
from proofpress.proving.engines import Engine
from proofpress.proving.method import Finding, Method
from proofpress.proving.polys import TooLarge, variable
from proofpress.proving.values import Empty, Reader
from proofpress.proving.witnesses import WORTH, Comparison, far, near, through
from proofpress.terms.tree import Apply, Node, Number
from proofpress.terms.value import NotRational, NoValue
from proofpress.terms.walk import conjuncts, parts

# A proof with more cells, or more cells that are not settled, is given up: undecided.
MOST_CELLS = 4000
MOST_UNSETTLED = 24


def find(comparison: Comparison) -> Finding:
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
    for point in far(comparison, domain(comparison)):
        found = comparison.differs(point)
        if found is not None:
            return found
    told = reason or unsettled[0][1]
    return Finding(Verdict.UNDECIDED, "all", f"not shown to be equal to the derived form: {told}")


def domain(comparison: Comparison) -> list[Cell]:
    """Return the cells that make up the domain."""
    return [cell for cell, word in explored(_whole(comparison), _domain(comparison)) if word]


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


METHOD = Method("stated form", (Engine.CELLS, Engine.FOURIER_MOTZKIN, Engine.Z3), find)
