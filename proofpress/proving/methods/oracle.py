"""A set, compared element by element with masks that published libraries make.

Place in the chain: definition -> derivation -> **proof**. A wrong definition passes every proof of
its own count; only others' masks, compared element by element, show it. (The anti-causal mask has
as many elements as the causal one.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from proofpress.counting.sets import IntegerSet
from proofpress.ledger.claims import Evidence, Verdict
from proofpress.proving.engines import Engine
from proofpress.proving.method import Finding, Method, attempt

Mask = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Masks:
    """A set of pairs, and code that is not ours that marks them, at the cases that are given.

    `theirs` takes the letters by name and returns rows of truth values; row r and column c stand
    for the pair (r + 1, c + 1). `scope` says in short which cases these are; else all are listed.
    """

    counted: IntegerSet
    theirs: Callable[..., Mask]
    cases: Iterable[Mapping[str, int]]
    scope: str = ""


def find(asked: Masks) -> Finding:
    """Return whether a library's masks hold exactly the set's pairs, at all given letters.

    >>> import sympy as sp
    >>> n, i, j = sp.symbols("n i j", integer=True)
    >>> diagonal = IntegerSet("d", (i, j), (i >= 1) & (i <= n) & sp.Eq(i, j), parameters=(n,))
    >>> unit = lambda n: [[r == c for c in range(n)] for r in range(n)]
    >>> find(Masks(diagonal, unit, [{"n": 3}])).verdict.value
    'checked'
    """
    tried = []
    for case in asked.cases:
        mask = asked.theirs(**case)
        marked = {
            (r, c) for r, row in enumerate(mask, 1) for c, on in enumerate(row, 1) if bool(on)
        }
        ours = set(asked.counted.points(**case))
        at = ", ".join(f"{letter} = {value}" for letter, value in case.items())
        if marked != ours:
            pair = min(marked ^ ours)
            return Finding(Verdict.REFUTED, at, f"{at}: {pair} is in one of the two masks only")
        tried.append(at)
    return _compared(tried, asked.scope)


METHOD = Method("oracle", (Engine.LIBRARY, Engine.EVALUATION, Engine.FOURIER_MOTZKIN), find)


def same_mask(
    oracle: str,
    counted: IntegerSet,
    theirs: Callable[..., Mask],
    cases: Iterable[Mapping[str, int]],
    scope: str = "",
) -> Evidence:
    """Return the evidence of a library's masks, under its name.

    >>> import sympy as sp
    >>> n, i, j = sp.symbols("n i j", integer=True)
    >>> diagonal = IntegerSet("d", (i, j), (i >= 1) & (i <= n) & sp.Eq(i, j), parameters=(n,))
    >>> unit = lambda n: [[r == c for c in range(n)] for r in range(n)]
    >>> same_mask("by hand", diagonal, unit, [{"n": 3}]).method
    'oracle: by hand'
    """
    return METHOD.answer(lambda: Masks(counted, theirs, cases, scope), f"oracle: {oracle}")


def same_number(
    oracle: str,
    ours: Callable[..., int],
    theirs: Callable[..., int],
    cases: Iterable[Mapping[str, int]],
) -> Evidence:
    """Return whether a library's numbers equal ours at all given letters.

    >>> same_number("by hand", lambda n: n * n, lambda n: n**2, [{"n": 3}, {"n": 5}]).scope
    'n = 3; n = 5'
    """

    def compare() -> Finding:
        tried = []
        for case in cases:
            at = ", ".join(f"{letter} = {value}" for letter, value in case.items())
            claimed, found = ours(**case), theirs(**case)
            if claimed != found:
                return Finding(Verdict.REFUTED, at, f"{at}: ours {claimed}, theirs {found}")
            tried.append(at)
        return _compared(tried)

    return attempt(f"oracle: {oracle}", compare, engines=METHOD.engines)


def _compared(tried: Sequence[str], scope: str = "") -> Finding:
    if not tried:
        return Finding(Verdict.UNDECIDED, "none", "nothing was compared")
    return Finding(Verdict.CHECKED, scope or "; ".join(tried), f"{len(tried)} cases")
