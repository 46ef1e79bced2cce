"""The derivation of a count, as lines that a reader can follow.

Place in the chain: definition -> **derivation** -> proof -> template. Every formula here is
computed by the engine from the definition; the sums of a region are shown only when they add up
to the region's closed form as polynomials.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.counting.cardinality import Cases, cardinality_cases, condition, with_room
from proofpress.counting.conditions import condition as latex_condition
from proofpress.counting.latex import formula
from proofpress.counting.lines import is_sum, joined
from proofpress.counting.polyhedra import shadow
from proofpress.counting.predicates import pieces
from proofpress.counting.ranges import Interval, Range, extreme, extremes, interval, summed
from proofpress.counting.sets import IntegerSet
from proofpress.counting.spaces import Space
from proofpress.latex.meant import Equal, Meant, Named, Points, Summed, Together
from proofpress.latex.names import letter_latex
from proofpress.ledger.claims import Line

# Names of partial counts: of rows, and of more than a row.
_COUNTS = (("r", "R"), ("g", "G"), ("f", "F"), ("u", "U"), ("v", "V"), ("x", "X"), ("y", "Y"))


def set_definition(counted: IntegerSet) -> str:
    """Return the LaTeX of the set: a tuple of letters and its conditions.

    >>> n, i = sp.symbols("n i", integer=True)
    >>> set_definition(IntegerSet("row", (i,), (1 <= i) & (i <= n)))
    '\\\\bigl\\\\{ i : 1 \\\\le i \\\\le n \\\\bigr\\\\}'
    """
    names = ", ".join(letter_latex(letter) for letter in counted.counted)
    shape = names if len(counted.counted) == 1 else f"({names})"
    where = latex_condition(counted.predicate, counted.parameters, counted.counted)
    return rf"\bigl\{{ {shape} : {where} \bigr\}}"


def points_of(counted: IntegerSet) -> Points:
    """Return what `set_definition` is meant to say."""
    return Points(counted.counted, counted.predicate)


def derivation_lines(counted: IntegerSet, called: Sequence[str] = ()) -> tuple[Line, ...]:
    """Return the lines: definition, row interval, row count, sums, closed form.

    `called` names the counted letters in words ("query", "key").

    >>> n, i, j = sp.symbols("n i j", integer=True)
    >>> causal = IntegerSet("causal", (i, j), (1 <= j) & (j <= i) & (i <= n), assuming=n >= 0)
    >>> [line.name for line in derivation_lines(causal)]
    ['definition', 'row interval', 'row count', 'sum', 'closed form']
    """
    return Derivation(counted, called).lines()


@dataclass(frozen=True)
class Sum:
    """The counts of one level added over its last letter: `value` where `when` holds.

    `ranges` are the sums that are shown, None where there are no such intervals.
    """

    value: sp.Expr
    when: Boolean
    ranges: Sequence[Range] | None


class Derivation:
    """The steps from a set to its closed form: what they say, and the lines that say it."""

    def __init__(self, counted: IntegerSet, called: Sequence[str] = ()) -> None:
        self.set = counted
        self.words = tuple(called) or ("",) * len(counted.counted)
        self.letters = (*counted.counted, *counted.parameters)
        self.last = len(counted.counted) - 1
        self._counts: dict[int, Cases] = {}
        self._around: dict[int, Boolean] = {}

    def lines(self) -> tuple[Line, ...]:
        """Return the lines: definition, row interval, row count, sums, closed form."""
        start = "To be counted are the points of the set"
        said = points_of(self.set)
        lines = [Line("definition", start, set_definition(self.set), said), *self.rows()]
        for level in range(self.last, 0, -1):
            lines += self.sum_lines(level)
        count = self.set.cardinality()
        shown = formula(count, self.set.parameters)
        return (*lines, Line("closed form", "The number of points is therefore", shown, count))

    def word(self, level: int, many: bool = False) -> str:
        """Return a counted letter with its word: "query $i$", "keys $j$", or the letter alone."""
        word = self.words[level]
        if many and word:
            word = plural(word)
        return f"{word} ${letter_latex(self.set.counted[level])}$".strip()

    def fixed(self, level: int) -> str:
        """Return the letters before a level, in words."""
        *first, last = (self.word(k) for k in range(level))
        return f"{', '.join(first)} and {last}" if first else last

    def counts(self, level: int) -> Cases:
        """Return the number of points that share the first `level` letters."""
        if level == 0:
            return self.set.cases
        if level not in self._counts:
            self._counts[level] = cardinality_cases(
                self.set.counted[level:],
                (*self.set.counted[:level], *self.set.parameters),
                self.set.predicate,
                (self.set.assuming, self.around(level)),
            )
        return self._counts[level]

    def around(self, level: int) -> Boolean:
        """Return conditions that the first `level` letters of every point satisfy."""
        if level not in self._around:
            self._around[level] = self._conditions(level)
        return self._around[level]

    def _conditions(self, level: int) -> Boolean:
        def attempt(room: int) -> Boolean:
            space = Space(self.set.counted, self.set.parameters, room)
            systems = pieces(self.set.predicate, space)
            if len(systems) != 1:
                return self._written(level)
            later = [c for c in sorted(space.counted) if c >= level]
            kept = shadow(space.with_floors(systems[0]), later) or ()
            return condition(space, tuple(r for r in kept if any(r[:level])))

        return with_room(attempt)

    def _written(self, level: int) -> Boolean:
        """Return those conditions of the predicate that mention no later letter."""
        later = set(self.set.counted[level:])
        parts = sp.And.make_args(self.set.predicate)
        return sp.And(*(part for part in parts if not part.free_symbols & later))

    @cached_property
    def interval(self) -> Interval | None:
        """Return between which ends the last letter runs, None where it has no interval."""
        return interval(
            self.set.counted[self.last],
            self.set.predicate,
            (self.set.assuming, self.around(self.last)),
            (*self.set.counted[: self.last], *self.set.parameters),
        )

    @cached_property
    def sums(self) -> dict[int, list[Sum]]:
        """Return, for each level, what adding its counts over its last letter gives."""
        return {level: self._sums(level) for level in range(self.last, 0, -1)}

    def _sums(self, level: int) -> list[Sum]:
        letter, outer = self.set.counted[level - 1], level - 1
        terms = self.counts(level).parts
        found = []
        for value, when in self.counts(outer).parts:
            around = (self.around(outer),) if outer else ()
            known = (self.set.assuming, *around, when)
            ranges = summed(letter, terms, self.around(level), known, value, self.letters)
            found.append(Sum(value, when, ranges))
        return found

    def rows(self) -> list[Line]:
        """Return the lines on the last letter: its interval and how many values it takes."""
        last, found = self.last, self.interval
        start = f"For a fixed {self.fixed(last)} the" if last else "The"
        lines = []
        many = self.word(last, many=True) if self.words[last] else f"values of {self.word(last)}"
        letter, outer = self.set.counted[last], self.set.counted[:last]
        if found is not None:
            low, high = (extremes(ends, name, self.letters) for ends, name in found)
            first, final = (extreme(ends, name) for ends, name in found)
            says = sp.And(
                sp.Le(first, letter, evaluate=False),
                sp.Le(letter, final, evaluate=False),
                evaluate=False,
            )
            shown = letter_latex(letter)
            text, body = f"{start} {many} run over an interval:", rf"{low} \le {shown} \le {high}"
            if low == high:
                noun = self.word(last) if self.words[last] else f"value of {self.word(last)}"
                text, body = f"{start} {noun} is determined:", f"{shown} = {low}"
            lines.append(Line("row interval", text, body, says, (*outer, letter)))
            start, named = "Their number is", ()
        else:
            start, named = f"{start} number of {many} is", (*outer, letter)
        if last:
            count = self.counts(last).expression
            shown = f"{self.name(last)} = {formula(count, self.letters)}"
            lines.append(Line("row count", start, shown, Equal((self.named(last), count)), named))
        return lines

    def name(self, level: int) -> str:
        """Return the name of a partial count as a function of the letters it depends on."""
        named = self.named(level)
        return f"{named.name}({', '.join(map(letter_latex, named.letters))})"

    def named(self, level: int) -> Named:
        """Return a partial count as a function, under a name that no letter has."""
        taken = {str(letter) for letter in self.letters}
        rows, larger = next(pair for pair in _COUNTS if not taken & set(pair))
        symbol = rows if level == len(self.set.counted) - 1 else larger
        return Named(symbol, self.set.counted[:level])

    def sum_lines(self, level: int) -> list[Line]:
        """Return the lines that add the counts of one level over its last letter."""
        outer = level - 1
        left = f"{self.name(outer)} = " if outer else ""
        over = f"for a fixed {self.fixed(outer)}, " if outer else ""
        lines = []
        for one in self.sums[level]:
            shown = latex_condition(one.when, self.letters)
            inside = f"if ${shown}$, " if one.when != sp.true else ""
            body = self._sum(one.ranges, one.value, level)
            the = "the " if self.words[level - 1] else ""
            text = f"{over}{inside}adding over {the}{self.word(level - 1, many=True)} gives"
            named = (self.named(outer),) if outer else ()
            says = _sides((*named, *self._steps(one.ranges, one.value, level)))
            met = (*self.set.counted[:outer], *((one.when,) if inside else ()))
            mentions = (*met, self.set.counted[level - 1])
            lines.append(Line("sum", text[0].upper() + text[1:], left + body, says, mentions))
        return lines

    def _steps(
        self, ranges: Sequence[Range] | None, value: sp.Expr, level: int
    ) -> tuple[Meant, ...]:
        """Return what the sides of `_sum` are meant to say."""
        if ranges is None:
            return Summed(self.set.counted[level - 1], None, None, self.named(level)), value
        if not ranges:
            return (value,)
        sums = _together([one.meaning for one in ranges])
        values = (_together([one.value for one in ranges]),) if len(ranges) > 1 else ()
        return sums, *values, value

    def _sum(self, ranges: Sequence[Range] | None, value: sp.Expr, level: int) -> str:
        """Return the sums of a region and their value, on one line where they are short."""
        shown = formula(value, self.letters)
        if ranges is None:
            letter = letter_latex(self.set.counted[level - 1])
            return rf"\sum_{{{letter}}} {self.name(level)} = {shown}"
        if not ranges:
            return shown
        sums = joined(r.latex(self.letters) for r in ranges)
        if len(ranges) == 1:
            return f"{sums} = {shown}"
        values = joined(r.value_latex(self.letters) for r in ranges)
        return rf"\begin{{aligned}} {sums} &= {values} \\ &= {shown} \end{{aligned}}"


def _sides(sides: tuple[Meant, ...]) -> Meant:
    return sides[0] if len(sides) == 1 else Equal(sides)


def _together(parts: Sequence[Meant]) -> Meant:
    return parts[0] if len(parts) == 1 else Together(tuple(parts))


def product_of(expressions: Sequence[sp.Expr], letters: Sequence[sp.Symbol]) -> str:
    """Return factors joined by a multiplication sign, sums in parentheses.

    >>> n, h = sp.symbols("n h", integer=True)
    >>> product_of((h, n - 1), (n, h))
    'h \\\\times (n - 1)'
    """
    texts: list[str] = []
    for expression in expressions:
        text = formula(expression, letters)
        bare = not is_sum(text) or (not texts and text.startswith("-") and not is_sum(text[1:]))
        texts.append(text if bare else f"({text})")
    return r" \times ".join(texts)


def plural(word: str) -> str:
    """Return a word for one thing as the word for several.

    >>> [plural(word) for word in ("query", "key", "index", "branch")]
    ['queries', 'keys', 'indexes', 'branches']
    """
    if re.search("[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if re.search("(s|x|z|ch|sh)$", word) else f"{word}s"
