"""Proof by looking: a closed form compared with plain enumeration on all small cases.

Place in the chain: definition -> derivation -> **proof**. It is exact on the cases it looks at
and says nothing of others: its verdict is *checked*, never *proved*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.claims import Verdict
from proofpress.counting.deadline import check_deadline
from proofpress.counting.plain import OutsideDomain, exact, function
from proofpress.proving.method import Finding
from proofpress.terms.tree import Term
from proofpress.terms.value import NotRational, NoValue, compiled

Values = dict[sp.Symbol, int]

# Largest value tried for each letter, by the number of letters.
LARGEST = {0: 0, 1: 12, 2: 6, 3: 4, 4: 3}


def small_cases(
    letters: Sequence[sp.Symbol], assuming: Boolean, largest: int | None = None
) -> Iterator[Values]:
    """Return all values of the letters from -1 up to a small limit that the assumption admits.

    They come in the order of their sum, so that the first counterexample is a smallest one.

    >>> n, = sp.symbols("n", integer=True),
    >>> [case[n] for case in small_cases((n,), n >= 10)]
    [10, 11, 12]
    """
    top = LARGEST.get(len(letters), 2) if largest is None else largest
    admits = function(tuple(letters), assuming)
    # With many letters the grid is large: values that no assumption admits are left out.
    least = -1 if len(letters) <= 4 else 1
    grid = sorted(
        product(range(least, top + 1), repeat=len(letters)), key=lambda v: (sum(map(abs, v)), v)
    )
    for values in grid:
        try:
            admitted = admits(*values)
        except ZeroDivisionError:
            # "w divides n" says nothing for w = 0, which the assumption excludes elsewhere.
            admitted = False
        if admitted:
            yield dict(zip(letters, values, strict=True))


def compared(
    letters: Sequence[sp.Symbol],
    assuming: Boolean,
    closed_form: sp.Expr | Term,
    counted: Callable[[Values], int | Fraction],
    largest: int | None = None,
    words: tuple[str, str] = ("stated", "counted"),
) -> Finding:
    """Return *checked* if the closed form equals `counted` on all small cases, else *refuted*.

    The refutation names the smallest counterexample with both values. No small case at all is
    undecided. An author's own term is worked out as it is written.
    """
    value = _value(letters, closed_form)
    tried = 0
    for case in small_cases(letters, assuming, largest):
        check_deadline()
        truth = counted(case)
        try:
            claimed = exact(value(*case.values()))
        except (OutsideDomain, ZeroDivisionError, NoValue):
            claimed = None
        except NotRational:
            continue
        tried += 1
        if claimed != truth:
            at = ", ".join(f"{letter} = {x}" for letter, x in case.items())
            said = "no value" if claimed is None else claimed
            return Finding(Verdict.REFUTED, at, f"{at}: {words[0]} {said}, {words[1]} {truth}")
    scope = small_scope(letters, largest)
    if not tried:
        return Finding(Verdict.UNDECIDED, scope, "no small case to look at")
    return Finding(Verdict.CHECKED, scope, f"{tried} cases")


def _value(letters: Sequence[sp.Symbol], form: sp.Expr | Term) -> Callable[..., Any]:
    if isinstance(form, Term):
        return compiled(tuple(map(str, letters)), form)
    return function(tuple(letters), form)


def small_scope(letters: Sequence[sp.Symbol], largest: int | None = None) -> str:
    """Return in words which cases `small_cases` gives.

    >>> small_scope(sp.symbols("n t", integer=True)), small_scope(())
    ('n, t <= 6', 'the one case')
    """
    top = LARGEST.get(len(letters), 2) if largest is None else largest
    return f"{', '.join(map(str, letters))} <= {top}" if letters else "the one case"


def at_case(function: Callable[..., int], case: Values) -> int:
    """Return a function of letters at one case, its letters given as positional integers.

    >>> n, t = sp.symbols("n t", integer=True)
    >>> at_case(lambda a, b: a - b, {n: 5, t: 2})
    3
    """
    return function(*case.values())
