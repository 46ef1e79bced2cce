"""Whether what is printed of a claim says what was proved: every formula is read back.

Place in the chain: definition -> derivation -> proof -> **ledger**. The reader shares nothing with
the printer. What it reads is compared with the expressions beside the LaTeX, as rational functions
where both are such, and at integer points of the domain, where the expressions are evaluated as
enumeration evaluates them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.counting.latex import formula
from proofpress.counting.plain import OutsideDomain, exact, function
from proofpress.faults.errors import PressError
from proofpress.formulas import NotRead, read, tree, value
from proofpress.formulas.conditions import at_points, shape
from proofpress.formulas.normal import NoForm, equal
from proofpress.latex.meant import (
    Amounts,
    Equal,
    Exactly,
    LeastOf,
    Meant,
    Named,
    Points,
    Product,
    Rows,
    Summed,
    Together,
)
from proofpress.latex.names import refuse_alike
from proofpress.ledger.claims import Claim
from proofpress.proving.converted import converted, letter_name
from proofpress.proving.places import Places, bound_letters, free_letters

_IN_TEXT = re.compile(r"\$(.*?)\$")
_NUMBERS = (Summed, Together, Product)


class Misprint(Exception):
    """Raised where what was read is not what is meant: in what way, and at which point."""


def misprints(claim: Claim) -> list[PressError]:
    """Return an error for each text of a claim that does not say what is meant, or is not read.

    The texts are its formula, definition, domain, related formulas, and its derivation's lines.
    Raises PressError where two letters in them would be printed alike.
    """
    places = Places(claim)
    faults: dict[tuple[str, str], PressError] = {}
    seen: set[tuple[str, Meant]] = set()
    texts = list(_texts(claim))
    letters = set(claim.letters)
    for _, _, meant in texts:
        letters |= free_letters(meant) | bound_letters(meant)
    refuse_alike(sorted(letters, key=str), claim.name, str(claim.source))
    for what, text, meant in texts:
        if (text, meant) in seen or (what, text) in faults:
            continue
        try:
            Comparison(places).texts(text, meant)
        except Misprint as found:
            faults[what, text] = PressError(
                f"the printed {what} of {claim.name} does not say what was proved\n"
                f"  {found}\n  printed: {text}",
                str(claim.source),
                "report it: this is a fault of the press's printer; nothing is published till then",
            )
        except PressError as error:
            faults[what, text] = PressError(
                f"the printed {what} of {claim.name} cannot be read back: {error.what}\n"
                f"  printed: {text}",
                str(claim.source),
                "state the claim without this term, or teach proofpress.formulas to read it",
            )
        seen.add((text, meant))
    return list(faults.values())


def related_formulas(claim: Claim) -> dict[str, str]:
    """Return the LaTeX of the related expressions by name."""
    shown = {}
    for name, expression in claim.related.items():
        try:
            shown[name] = formula(expression, claim.letters)
        except PressError as error:
            what = f"the related expression {name} of {claim.name}: {error.what}"
            raise PressError(what, claim.places[name], error.mend) from error
    return shown


def _texts(claim: Claim) -> Iterator[tuple[str, str, Meant]]:
    """Return what each text is, the text, and what it is meant to say."""
    yield "formula", claim.formula, claim.closed_form
    yield "definition", claim.definition, claim.meaning
    if claim.assuming is not None:
        yield "domain", claim.domain, claim.assuming
    for name, shown in related_formulas(claim).items():
        yield f"related formula {name}", shown, claim.related[name]
    for line in claim.derivation:
        yield f'line "{line.name}"', line.formula, line.says
        shown_inside = _IN_TEXT.findall(line.text)
        if len(shown_inside) != len(line.mentions):
            raise PressError(
                f"the line {line.name!r} of {claim.name} has {len(shown_inside)} formulas in its "
                f"text, of which {len(line.mentions)} have a meaning",
                str(claim.source),
            )
        for text, meant in zip(shown_inside, line.mentions, strict=True):
            yield f'line "{line.name}"', text, meant


@dataclass(frozen=True)
class Comparison:
    """One text against what it is meant to say."""

    places: Places

    def texts(self, text: str, meant: Meant) -> None:
        """Raise Misprint where the text says something else, PressError where it is not read."""
        if meant is None:
            raise PressError("nothing says what it is meant to say")
        try:
            shown = read(text, _functions(meant))
        except NotRead as error:
            raise PressError(error.what) from error
        self.nodes(shown, meant)

    def nodes(self, shown: tree.Node, meant: Meant) -> None:
        """Raise Misprint where a node says something else than is meant."""
        match shown, meant:
            case tree.Relation(sides, signs), Equal(wanted):
                if len(sides) != len(wanted) or set(signs) != {"="}:
                    raise Misprint(f"{len(sides)} sides, not {len(wanted)} that are equal")
                for side, expression in zip(sides, wanted, strict=True):
                    self.nodes(side, expression)
            case tree.Named(name, arguments), Named():
                self.same((name, arguments), (meant.name, _letters(meant.letters)))
            case tree.Running(sign, letter, None, None, term), Summed(low=None):
                self.same((sign, letter), ("sum", letter_name(meant.letter)))
                self.nodes(term, meant.term)
            case tree.Points(letters, condition), Points():
                self.same(letters, tuple(map(letter_name, meant.counted)))
                self.conditions(condition, meant.condition)
            case tree.Least(bound, condition), LeastOf():
                self.conditions(bound, meant.bound)
                self.conditions(condition, meant.condition)
            case tree.Exactly(first, second), Exactly():
                self.conditions(first, meant.first)
                self.conditions(second, meant.second)
            case tree.Table(rows), Rows():
                self.same(tuple(row.label for row in rows), tuple(x for x, _ in meant.rows))
                for row, (_, equal_sides) in zip(rows, meant.rows, strict=True):
                    self.nodes(row.says, equal_sides)
            case _, Amounts(labels):
                terms = shown.terms if isinstance(shown, tree.Plus) else (shown,)
                self.same(terms, tuple(map(tree.Amount, labels)))
            case _, sp.Basic() if isinstance(meant, Boolean) and not isinstance(meant, sp.Symbol):
                self.conditions(shown, meant)
            case _, sp.Basic() | Summed() | Together() | Product() | int():
                self.numbers(shown, meant)
            case _:
                raise Misprint(f"it is no {type(meant).__name__}")

    def same(self, shown: object, wanted: object) -> None:
        """Raise Misprint where two names or structures differ."""
        if shown != wanted:
            raise Misprint(f"printed {_words(shown)}, meant {_words(wanted)}")

    def conditions(self, shown: tree.Node, meant: Meant) -> None:
        """Raise Misprint where a condition is not joined from the comparisons that are meant."""
        wanted = converted(meant)
        try:
            same = shape(shown) == shape(wanted)
        except NoForm:
            same = False
        evaluate = _evaluator(meant)
        points = self.places.anywhere(meant, self.places.few if same else self.places.many)
        for at in points:
            said, truth = value(shown, at), evaluate(at)
            if truth is not None and said is not truth:
                raise Misprint(f"{_at(at)}: printed {_word(said)}, meant {_word(truth)}")
        if not same:
            leaf = at_points([at for at in points if _defined(wanted, at)])
            try:
                same = shape(shown, leaf) == shape(wanted, leaf)
            except NoForm:
                same = False
        if not same:
            raise Misprint(f"its comparisons are not those of {meant}")

    def numbers(self, shown: tree.Node, meant: Meant) -> None:
        """Raise Misprint where a formula has another value than is meant."""
        if meant in (sp.oo, -sp.oo):
            signed = tree.Infinity() if meant == sp.oo else tree.Minus(tree.Infinity())
            return self.same(shown, signed)
        wanted = converted(meant)
        rows = isinstance(shown, tree.Cases) and isinstance(wanted, tree.Cases)
        if isinstance(shown, tree.Cases) and rows:
            self.cases(shown, meant)
        known = equal(shown, wanted)
        evaluate = _evaluator(meant)
        compared = 0
        for at in self.places.of(meant, self.places.few if known else self.places.some):
            said, number = value(shown, at), evaluate(at)
            if number is None and said in (None, value(wanted, at)):
                continue  # where Python's order of evaluation decides, the trees' meaning holds
            if number is None and not self.places.inside(at):
                continue
            compared += 1
            if said is None or isinstance(said, bool) or said != number:
                raise Misprint(f"{_at(at)}: printed {_word(said)}, proved {_word(number)}")
        if known is False:
            raise Misprint(f"as a function it is not {meant}")
        if not known and not compared and not rows:
            raise PressError(f"{meant} has a value at none of the points that were tried")
        return None

    def cases(self, shown: tree.Cases, meant: sp.Piecewise) -> None:
        """Raise Misprint where a row has another value or condition than is meant."""
        if len(shown.rows) != len(meant.args):
            raise Misprint(f"printed {len(shown.rows)} cases, meant {len(meant.args)}")
        for row, (term, when) in zip(shown.rows, meant.args, strict=True):
            self.numbers(row.term, term)
            if row.when is None:
                self.same(when == sp.true, True)
            else:
                self.conditions(row.when, when)


def _functions(meant: Meant) -> frozenset[str]:
    """Return the names of functions in what is meant."""
    match meant:
        case Named(name, _):
            return frozenset((name,))
        case Equal(sides):
            return frozenset().union(*map(_functions, sides))
        case Summed(low=None):
            return _functions(meant.term)
    return frozenset()


def _letters(letters: Sequence[sp.Symbol]) -> tuple[tree.Node, ...]:
    return tuple(tree.Letter(letter_name(letter)) for letter in letters)


def _defined(condition: tree.Node, at: tree.At) -> bool:
    """Return whether all comparisons in a condition have a value at a point."""
    return all(
        value(part, at) is not None for part in condition.parts() if isinstance(part, tree.Relation)
    )


Evaluate = Callable[[tree.At], int | Fraction | bool | None]


def _evaluator(meant: Meant) -> Evaluate:
    """Return the exact value at a point, None where there is none, as enumeration has it."""
    if isinstance(meant, Together | Product):
        parts = meant.parts if isinstance(meant, Together) else meant.factors
        each = [_evaluator(part) for part in parts]
        return lambda at: _joined([one(at) for one in each], isinstance(meant, Together))
    if isinstance(meant, Summed):
        low, high, term = map(_evaluator, (meant.low, meant.high, meant.term))
        name = letter_name(meant.letter)

        def total(at: tree.At) -> int | Fraction | bool | None:
            start, end = low(at), high(at)
            if start is None or end is None or end < start - 1:
                return None
            steps = range(int(start), int(end) + 1)
            return _joined([term({**at, name: step}) for step in steps], True)

        return total
    if isinstance(meant, int):
        return lambda at: meant
    letters = tuple(sorted(meant.free_symbols, key=lambda letter: letter.name))
    compute = function(letters, meant)
    names = [letter_name(letter) for letter in letters]

    def look(at: tree.At) -> int | Fraction | bool | None:
        try:
            found = compute(*(at[name] for name in names))
            return found if isinstance(found, bool) else exact(found)
        except (OutsideDomain, ArithmeticError, ValueError, TypeError):
            return None

    return look


def _joined(
    found: Sequence[int | Fraction | bool | None], added: bool
) -> int | Fraction | bool | None:
    total: int | Fraction = 0 if added else 1
    for one in found:
        if one is None:
            return None
        total = total + one if added else total * one
    return exact(total)


def _at(at: tree.At) -> str:
    return ", ".join(f"{name} = {number}" for name, number in at.items()) or "all values"


def _word(found: int | Fraction | bool | None) -> str:
    return "nothing" if found is None else str(found).lower()


def _words(found: object) -> str:
    return ", ".join(map(str, found)) if isinstance(found, tuple) else str(found)
