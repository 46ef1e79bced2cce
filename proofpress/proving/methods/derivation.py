"""The printed derivation of a count: each of its steps tried against the one before it.

Place in the chain: definition -> derivation -> **proof**. The engine's steps are taken as claims:
that the predicate is the printed interval, that the interval has the printed length, that the
printed sums add exactly the printed row counts, that each sum has the printed value (by
telescoping, not by Faulhaber's formula, which gave it), and that the values add up. How the engine
came to them does not matter here; that its arithmetic is right does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.counting.deadline import check_deadline
from proofpress.counting.expressions import substituted
from proofpress.counting.plain import function
from proofpress.counting.ranges import Range
from proofpress.counting.steps import Derivation, Sum
from proofpress.ledger.claims import Verdict
from proofpress.proving.certificate import Obligation, between
from proofpress.proving.engines import Engine
from proofpress.proving.method import Finding, Method
from proofpress.proving.symbolic import is_zero
from proofpress.proving.tries import small_cases, small_scope

ONE, ZERO = sp.Integer(1), sp.Integer(0)


def find(steps: Derivation) -> Finding:
    """Return *proved* if every step follows from the one before it, *undecided* if one does not.

    A count of rows for which no interval or sum is printed is compared with the points of all
    small cases; the verdict is then *checked*. A step that fails refutes the derivation, not the
    claim.

    >>> from proofpress.counting.sets import IntegerSet
    >>> n, i, j = sp.symbols("n i j", integer=True)
    >>> causal = IntegerSet("causal", (i, j), (1 <= j) & (j <= i) & (i <= n), assuming=n >= 0)
    >>> find(Derivation(causal)).detail
    '8 steps'
    """
    tried = 0
    for duty in duties(steps):
        tried += 1
        if is_zero(duty.left - duty.right, duty.letters, duty.assuming) is not None:
            return Finding(Verdict.UNDECIDED, "all", f"the step '{duty.name}' is open")
    for level in unshown(steps):
        wrong = _wrong_count(steps, level)
        if wrong is not None:
            return Finding(Verdict.UNDECIDED, "all", f"the row count is wrong at {wrong}")
    if unshown(steps):
        return Finding(
            Verdict.CHECKED, small_scope(steps.set.parameters, steps.set.assuming), "counts of rows"
        )
    return Finding(Verdict.PROVED, "all", f"{tried} steps")


def unshown(steps: Derivation) -> list[int]:
    """Return the levels whose counts are printed without an interval or sums to show them."""
    rows = [] if steps.interval else [steps.last]
    sums = [
        level - 1 for level, found in steps.sums.items() if any(s.ranges is None for s in found)
    ]
    return [*rows, *sums]


def duties(steps: Derivation) -> Iterator[Obligation]:
    """Return what must hold for each step to follow from the one before it."""
    yield from _of_rows(steps)
    for level, sums in steps.sums.items():
        for one in sums:
            yield from _of_sum(steps, level, one)


def _of_rows(steps: Derivation) -> Iterator[Obligation]:
    """Return that the predicate is the interval, and that the interval has the printed length."""
    counted, last = steps.set, steps.last
    count = steps.counts(last).expression
    known = (counted.assuming, steps.around(last))
    letters = (*counted.parameters, *counted.counted[:last])
    if steps.interval is None:
        return
    (lows, _), (highs, _) = steps.interval
    letter = counted.counted[last]
    ends = (end for low in lows for high in highs for end in between(letter, (low, high)))
    here = _where(ONE, counted.predicate), _where(ONE, sp.And(*ends, evaluate=False))
    yield Obligation("row interval", (*letters, letter), known, *here)
    length = sp.Min(*highs, evaluate=False) - sp.Max(*lows, evaluate=False) + 1
    yield Obligation("row count", letters, known, sp.Max(0, length, evaluate=False), count)


def _of_sum(steps: Derivation, level: int, one: Sum) -> Iterator[Obligation]:
    """Return that the printed sums add the counts of a level, and have the printed value."""
    counted, outer = steps.set, level - 1
    around = (steps.around(outer),) if outer else ()
    known = (counted.assuming, *around, one.when)
    if one.ranges is None:
        return
    outside = (*counted.parameters, *counted.counted[:outer])
    letters = (*outside, counted.counted[outer])
    added = sp.Add(*(_where(r.term, *between(r.letter, (r.low, r.high))) for r in one.ranges))
    rows = _where(steps.counts(level).expression, steps.around(level))
    yield Obligation("sum over the rows", letters, known, added, rows)
    for part in one.ranges:
        # Beyond one step less than nothing the telescoping sum is not that of no terms.
        inverted = (*known, sp.Lt(part.high, part.low - 1, evaluate=False))
        yield Obligation("sum without terms", outside, inverted, part.value, ZERO)
        yield from _of_range(part, outside)
    total = sp.Add(*(part.value for part in one.ranges))
    yield Obligation("value of the sums", outside, (), total, one.value)


def _of_range(part: Range, outside: tuple[sp.Symbol, ...]) -> Iterator[Obligation]:
    """Return that a sum's value is zero without terms, and that each term adds itself."""
    end = part.letter
    value = replace(part, high=end).value
    before = substituted(value, {end: end - 1})
    start = substituted(value, {end: part.low - 1})
    yield Obligation("start of a sum", outside, (), start, ZERO)
    yield Obligation("step of a sum", (*outside, end), (), value - before, part.term)
    printed = substituted(value, {end: part.high})
    yield Obligation("value of a sum", outside, (), printed, part.value)


def _wrong_count(steps: Derivation, level: int) -> str | None:
    """Return the first small case in which a printed count of rows is not the number of points."""
    counted = steps.set
    known = (*counted.parameters, *counted.counted[:level])
    count = function(known, steps.counts(level).expression)
    inside = function(known, steps.around(level))
    for case in small_cases(counted.parameters, counted.assuming):
        given = tuple(case.values())
        points = list(counted.points(**{str(letter): x for letter, x in case.items()}))
        found = Counter(point[:level] for point in points)
        if not points:
            continue
        columns = list(zip(*points, strict=True))[:level]
        for head in product(*(range(min(c) - 1, max(c) + 2) for c in columns)):
            check_deadline()
            if found[head] != (count(*given, *head) if inside(*given, *head) else 0):
                return ", ".join(map("{} = {}".format, known, (*given, *head)))
    return None


def _where(value: sp.Expr, *conditions: Boolean) -> sp.Expr:
    """Return the value where all conditions hold, zero elsewhere."""
    holds = conditions[0] if len(conditions) == 1 else sp.And(*conditions, evaluate=False)
    return sp.Piecewise((value, holds), (ZERO, True), evaluate=False)


METHOD = Method("derivation", (Engine.REGIONS, Engine.FOURIER_MOTZKIN, Engine.EVALUATION), find)
