"""Count: the statement that a set has so many points, derived, tried and proved.

Place in the chain: definition -> derivation -> **proof** -> ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial

import sympy as sp

from proofpress.counting.expressions import as_expression, product_form, substituted
from proofpress.counting.latex import formula
from proofpress.counting.letters import author_source
from proofpress.counting.plain import function
from proofpress.counting.sets import IntegerSet
from proofpress.counting.steps import Derivation, points_of, set_definition
from proofpress.faults.errors import PressError
from proofpress.latex.meant import Meant
from proofpress.latex.names import letter_latex
from proofpress.ledger.claims import Evidence, Line, Verdict
from proofpress.proving import as_written, inclusion
from proofpress.proving.certificate import Obligation, obligations
from proofpress.proving.inclusion import Inclusion, same_form
from proofpress.proving.method import Finding
from proofpress.proving.methods import (
    certificate,
    certificate_by_z3,
    derivation,
    domain,
    enumeration,
    oracle,
    second_opinion,
)
from proofpress.proving.methods.enumeration import Numbers
from proofpress.proving.methods.oracle import Mask, Masks
from proofpress.proving.options import refuse_no_functions, refuse_no_mapping
from proofpress.proving.renaming import renamed
from proofpress.proving.statements.coordinates import Coordinates
from proofpress.proving.statements.stated import read_form, stated_form, tried
from proofpress.proving.statements.statement import Cells, Related, Statement
from proofpress.proving.tries import Values, at_case, small_cases, small_scope
from proofpress.terms import reading
from proofpress.terms.in_sympy import as_symbol, term_of
from proofpress.terms.origin import author_line
from proofpress.terms.tree import TRUE, Cases, Letter, Node, Relation
from proofpress.terms.walk import letters_of
from proofpress.terms.walk import put as put_into


class Count(Statement):
    """The number of points of an IntegerSet, as a claim.

    `stated` is an author's own closed form, to be tried against the derived one. `through` says
    that the set is counted in other coordinates than those of its definition; `put` replaces
    parameters of the count by expressions in `letters`. `also` holds other ways to find the
    number at given letters (as positional integers), by name. `called` names the counted
    letters in words. `oracles` holds, by name, masks made by code that is not ours: functions of
    the letters, by name, that return rows of truth values; they are compared element by element.

    >>> n, i, j = sp.symbols("n i j", integer=True)
    >>> causal = IntegerSet("causal", (i, j), (1 <= j) & (j <= i) & (i <= n), assuming=n >= 0)
    >>> claim = Count("masks.causal", "Causal mask", causal).settle()
    >>> claim.closed_form, claim.verdict.value
    (n*(n + 1)/2, 'proved')
    """

    kind = "count"

    def __init__(
        self,
        name: str,
        title: str,
        counted: IntegerSet,
        *,
        stated: object | None = None,
        related: Related | None = None,
        called: Iterable[str] = (),
        through: Coordinates | None = None,
        put: Mapping[object, object] | None = None,
        letters: Iterable[object] | None = None,
        assuming: object | None = None,
        also: Mapping[str, Callable[..., int]] | None = None,
        oracles: Mapping[str, Callable[..., Mask]] | None = None,
        expect: str | None = None,
    ) -> None:
        if not isinstance(counted, IntegerSet):
            what = f"{name} counts {counted!r}, which is no IntegerSet"
            raise PressError(what, author_line(), "give Count the set itself")
        if through is not None and not isinstance(through, Coordinates):
            what = f"{name} is counted through {through!r}, which is no Coordinates"
            raise PressError(what, author_line(), "give through= the change of coordinates itself")
        if through is not None and counted is not through.blocks:
            raise PressError(
                f"{name} counts {counted.name}, but its coordinates are those of "
                f"{through.blocks.name}",
                author_line(),
                f"count {through.blocks.name}, the blocks of {through.name}",
            )
        refuse_no_mapping(name, "write put={n: 2 * m}", put=put)
        refuse_no_functions(name, also=also, oracles=oracles)
        self.set = counted
        self.original = through.original if through else counted
        self.called = tuple(called)
        if self.called and len(self.called) != len(counted.counted):
            letters_there = ", ".join(map(str, counted.counted))
            what = f"{name} has {len(self.called)} words in called= for the letters {letters_there}"
            raise PressError(what, author_line(), "give one word for each counted letter")
        self.through = through
        given = put or (through.back if through else {})
        where = str(author_source(name))
        read = {as_symbol(k): reading.term(v, where) for k, v in given.items()}
        # What is put for letters, as it was written and in SymPy's form.
        self.values = {str(letter): term for letter, (term, _) in read.items()}
        self.put = {letter: form for letter, (_, form) in read.items()}
        self.also = dict(also or {})
        self.oracles = dict(oracles or {})
        super().__init__(
            name,
            title,
            letters or self.original.parameters,
            self.original.assumed if assuming is None else assuming,
            # What an author states stands here; what the press derives follows from the set.
            counted.source if stated is None else author_source(name),
            related,
            expect,
        )
        self._tell_letters_apart()
        # As the author wrote it, and SymPy's form of it.
        self.stated_term, self.stated = stated_form(stated, self.letters, str(self.source))
        self._refuse_letters_without_value()

    @cached_property
    def derived(self) -> sp.Expr:
        """Return the derived number of points, in the claim's letters."""
        count = self.set.cardinality()
        if not self.put:
            return count
        if not isinstance(count, sp.Piecewise):
            return self._put(count)
        cases = [(self._put(value), substituted(when, self.put)) for value, when in count.args]
        return sp.Piecewise(*cases, evaluate=False)

    def _put(self, expression: sp.Expr) -> sp.Expr:
        """Return a case in the claim's letters, in the shorter of its two shapes."""
        given = substituted(expression, self.put)
        return min(given, product_form(given, self.letters), key=sp.count_ops)

    @property
    def sets(self) -> tuple[IntegerSet, ...]:
        """Return the set that is counted, in the coordinates in which it is counted."""
        return (self.set,)

    @property
    def closed_form(self) -> sp.Expr:
        """Return the author's own form where one is stated, else the derived one."""
        return self.derived if self.stated is None else self.stated

    def definition(self) -> str:
        """Return the LaTeX of the counted set."""
        return set_definition(self.original)

    def meaning(self) -> Meant:
        """Return the counted set."""
        return points_of(self.original)

    @cached_property
    def _steps(self) -> Derivation:
        return Derivation(self.set, self.called)

    def derivation(self) -> Sequence[Line]:
        """Return the lines from the set to its closed form."""
        lines = list(self._steps.lines())
        if self.through:
            lines[0] = Line("definition", lines[0].text, self.definition(), self.meaning())
            lines[1:1] = [self.through.line(), self.through.blocks_line()]
        if self.put:
            shown = ", ".join(
                f"{letter_latex(p)} = {formula(e, self.letters)}" for p, e in self.put.items()
            )
            text = f"With ${shown}$ this is"
            told = (sp.Eq(p, e, evaluate=False) for p, e in self.put.items())
            given = sp.And(*told, evaluate=False)
            last = formula(self.derived, self.letters)
            lines.append(Line("substitution", text, last, self.derived, (given,)))
        return lines

    def cells(self) -> Cells | None:
        """Return the counted pairs by letters, where two letters are counted."""
        return self.points if len(self.original.counted) == 2 else None

    def points(self, case: Mapping[str, int]) -> Iterator[tuple[int, ...]]:
        """Return the counted points, in the original coordinates, at values of the letters."""
        values = [case[str(letter)] for letter in self.letters]
        inner = {}
        for parameter in self.original.parameters:
            shown = as_expression(self.put.get(parameter, parameter))
            inner[str(parameter)] = int(function(self.letters, shown)(*values))
        return self.original.points(**inner)

    def readings(self) -> Iterator[tuple[Node, sp.Basic]]:
        """Yield the domain and the stated form, each with SymPy's form of it."""
        yield from super().readings()
        yield from read_form(self.stated_term, self.stated)

    def evidence(self) -> Sequence[Evidence]:
        """Return the evidence of algebra, certificate, solver, enumeration and all other ways."""
        count = self.set.cardinality()
        found = [*stepwise(self._steps), *certified(self.set, count)]
        if self.through:
            found += self.through.bijection()
        if self.put or any(not duty.is_plain for duty in self.duties()):
            found.append(domain.METHOD.answer(lambda: self._substituted() or self.duties()))
        written = self.stated_term
        found += tried(written, self.derived, self.letters, self.assumed, self._number, found)
        ask = partial(self._numbers, self._number)
        found.append(enumeration.METHOD.answer(ask, premises=enumeration.BOX))
        for name, other in self.also.items():
            ask = partial(self._numbers, partial(at_case, other))
            found.append(second_opinion.METHOD.answer(ask, name))
        for name, theirs in self.oracles.items():
            found.append(oracle.METHOD.answer(partial(self._masks, theirs), f"oracle: {name}"))
        return found

    def _masks(self, theirs: Callable[..., Mask]) -> Masks:
        """Return the set beside another's masks, at all small letters."""
        letters, assuming = self.original.parameters, self.original.assuming
        cases = [
            {str(letter): value for letter, value in case.items()}
            for case in small_cases(letters, assuming)
        ]
        return Masks(self.original, theirs, cases, small_scope(letters, assuming))

    def duties(self) -> list[Inclusion]:
        """Return what puts the claim's domain inside that of the count, and gives all a value."""
        where = self.through.where if self.through else {}
        equations = [
            Relation("==", term_of(value), Letter(str(letter))) for letter, value in where.items()
        ]
        duties = [Inclusion(self.assumed, self.set.assumed, self.values, equations)]
        if self.through:
            duties += [Inclusion(self.assumed, self.original.assumed), *self.through.values()]
            return duties
        what = f"the set {self.set.name}"
        duties += inclusion.with_value(self.set.assumed, TRUE, what)
        duties += inclusion.with_value(self.set.written, self.set.assumed, what)
        return duties

    def _substituted(self) -> Finding | None:
        """Return None if the shown form is what the author's own substitution makes of it."""
        for shown, proved in self._cases_after_substitution():
            if not same_form(shown, proved):
                return Finding(Verdict.UNDECIDED, "all", f"it is open whether {shown} is {proved}")
        return None

    def _cases_after_substitution(self) -> Iterator[tuple[Node, Node]]:
        """Return each part of the shown form, and what it is by the author's own substitution."""
        if not self.put:
            return
        shown, proved = (
            term_of(self.derived),
            put_into(term_of(self.set.cardinality()), self.values),
        )
        if isinstance(shown, Cases) and isinstance(proved, Cases):
            for one, other in zip(shown.rows, proved.rows, strict=True):
                yield from zip(one, other, strict=True)
        else:
            yield shown, proved

    def _tell_letters_apart(self) -> None:
        """Give the set other names for its letters where the claim means something else by them."""
        inner = {*self.set.counted, *self.original.counted}
        inner |= {letter for letter, value in self.put.items() if value != letter}
        both = inner & {*self.letters}
        if both and (self.through or self.oracles):
            what = f"{self.name}: the letter {min(map(str, both))} would have two meanings"
            raise PressError(what, str(self.source), "give one of the two another name")
        if both:
            self.set, names = renamed(self.set, map(str, both), self.letters)
            self.original = self.set
            self.values = {names.get(name, name): term for name, term in self.values.items()}
            self.put = {
                sp.Symbol(names.get(str(letter), str(letter)), integer=True): form
                for letter, form in self.put.items()
            }

    def _refuse_letters_without_value(self) -> None:
        own = list(map(str, dict.fromkeys((*self.set.parameters, *self.original.parameters))))
        if strange := sorted(set(self.values) - set(own)):
            raise PressError(
                f"put= of {self.name} names {strange[0]}, which its set does not have",
                str(self.source),
                f"name some of {', '.join(own)}",
            )
        known = {str(letter) for letter in self.letters}
        for letter in map(str, self.set.parameters):
            asked = letters_of(self.values[letter]) if letter in self.values else {letter}
            if missing := sorted(asked - known):
                raise PressError(
                    f"the letter {missing[0]} of {self.name} has no value",
                    str(self.source),
                    f"add {missing[0]} to letters=, or give it an expression in put=",
                )

    def _numbers(self, number: Callable[[Values], int]) -> Numbers:
        form = self.derived if self.stated_term is None else self.stated_term
        return Numbers(self.letters, self.assuming, form, number)

    def _number(self, case: Values) -> int:
        return sum(1 for _ in self.points({str(k): v for k, v in case.items()}))


def stepwise(steps: Derivation) -> list[Evidence]:
    """Return the evidence of a set's derivation, worked out once for the set."""
    known = steps.set.evidence
    if "derivation" not in known:
        known["derivation"] = [derivation.METHOD.answer(lambda: steps)]
    return known["derivation"]


def certified(counted: IntegerSet, closed_form: sp.Expr) -> list[Evidence]:
    """Return the evidence of the set's certificate, checked by algebra and by a solver.

    It is worked out once for a set and closed form, however many claims build on the set.
    """
    known = counted.evidence.get(closed_form)
    if known is None:
        made: list[Obligation] = []

        def duties() -> list[Obligation]:
            made.extend(() if made else obligations(counted, closed_form))
            return made

        known = [
            certificate.METHOD.answer(lambda: as_written.by_forms(counted) or duties()),
            certificate_by_z3.METHOD.answer(lambda: as_written.by_solver(counted) or duties()),
        ]
        counted.evidence[closed_form] = known
    return known
