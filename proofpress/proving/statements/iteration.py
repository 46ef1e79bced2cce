"""Iteration: the statement that a quantity that grows step by step has a closed form.

Place in the chain: definition -> derivation -> **proof** -> ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property, partial

import sympy as sp

from proofpress.counting.expressions import substituted
from proofpress.counting.latex import formula, written
from proofpress.counting.letters import author_source
from proofpress.counting.summation import power_sum
from proofpress.faults.errors import PressError
from proofpress.latex.meant import Equal, Meant, Summed, Together
from proofpress.latex.names import letter_latex
from proofpress.ledger.claims import Evidence, Line, Verdict
from proofpress.proving.certificate import Obligation
from proofpress.proving.lines import primed_name
from proofpress.proving.method import Finding
from proofpress.proving.methods import (
    certificate,
    certificate_by_z3,
    enumeration,
    second_opinion,
)
from proofpress.proving.methods.enumeration import Numbers
from proofpress.proving.on_domain import (
    ALGEBRA,
    Shown,
    by_algebra,
    by_solver,
    has_value,
    not_negative,
)
from proofpress.proving.statements.statement import Related, Statement
from proofpress.proving.tries import Values, at_case
from proofpress.terms import reading
from proofpress.terms.in_sympy import as_symbol, symbol
from proofpress.terms.tree import Letter, as_term
from proofpress.terms.value import compiled
from proofpress.terms.walk import fresh_name, letters_of, put


class Iteration(Statement):
    """first + step(1) + step(2) + ... + step(letter), for step a polynomial in the letter.

    The letter must not be negative on the domain: a sum of fewer than no steps means nothing.
    Raises PressError for a step that is no polynomial in it.

    >>> k, L = sp.symbols("k L", integer=True)
    >>> domain = (k >= 1) & (L >= 0)
    >>> Iteration("net.width", "Width", L, 1, k - 1, (k, L), domain).settle().closed_form
    L*(k - 1) + 1
    """

    kind = "sum"

    def __init__(
        self,
        name: str,
        title: str,
        letter: object,
        first: object,
        step: object,
        letters: Iterable[object],
        assuming: object,
        *,
        related: Related | None = None,
        also: Mapping[str, Callable[..., int]] | None = None,
        expect: str | None = None,
    ) -> None:
        super().__init__(name, title, letters, assuming, author_source(name), related, expect)
        where = str(self.source)
        self.letter = as_symbol(letter)
        # As the author wrote them, and SymPy's forms of them.
        self.start, self.first = reading.term(first, where)
        self.growth, self.step = reading.term(step, where)
        self.refuse_unknown_letters(as_term(self.letter), self.start, self.growth)
        if str(self.letter) in letters_of(self.start):
            raise PressError(
                f"{first} depends on {letter}, but is what there is before the first step",
                where,
                f"write first= without {letter}",
            )
        if not self.step.is_polynomial(self.letter):
            raise PressError(
                f"the step {step} is no polynomial in {letter}",
                where,
                f"write a step of sums and products of {letter}; other letters may stand in "
                "quotients, floor and Mod",
            )
        self.also = dict(also or {})

    @cached_property
    def closed_form(self) -> sp.Expr:
        """Return first plus the sum of the steps, by Faulhaber's formula."""
        total = self.first
        for (power,), coefficient in sp.Poly(self.step, self.letter).terms():
            summed = sum(
                sp.Rational(c.numerator, c.denominator) * self.letter**k
                for k, c in enumerate(power_sum(power))
            )
            total += coefficient * summed
        return total

    def formula(self) -> str:
        """Return the closed form as display LaTeX."""
        return written(self.closed_form, self.letters)

    def definition(self) -> str:
        """Return the sum."""
        running = self._running_letter
        step = written(substituted(self.step, {self.letter: running}), self.letters)
        return (
            rf"{written(self.first, self.letters)} + "
            rf"\sum_{{{letter_latex(running)} = 1}}^{{{letter_latex(self.letter)}}} ({step})"
        )

    @property
    def _running_letter(self) -> sp.Symbol:
        return sp.Symbol(primed_name(str(self.letter).lower(), self.letters), integer=True)

    def meaning(self) -> Meant:
        """Return the sum."""
        running = self._running_letter
        step = substituted(self.step, {self.letter: running})
        return Together((self.first, Summed(running, sp.Integer(1), self.letter, step)))

    def derivation(self) -> Sequence[Line]:
        """Return the start, the step and the sum."""
        letter = letter_latex(self.letter)
        return (
            Line(
                "start",
                "Before the first step there is",
                written(self.first, self.letters),
                self.first,
            ),
            Line(
                "step",
                f"and step ${letter}$ adds",
                formula(self.step, self.letters),
                self.step,
                (self.letter,),
            ),
            Line(
                "sum",
                f"so that after ${letter}$ steps there is",
                f"{self.definition()} = {self.formula()}",
                Equal((self.meaning(), self.closed_form)),
                (self.letter,),
            ),
        )

    def duties(self) -> tuple[Obligation, ...]:
        """Return the two obligations that make the closed form right, by induction."""
        start = substituted(self.closed_form, {self.letter: sp.Integer(0)})
        before = substituted(self.closed_form, {self.letter: self.letter - 1})
        later = (self.assuming, self.letter >= 1)
        return (
            Obligation("start", self.letters, (), start, self.first),
            Obligation("step", self.letters, later, self.closed_form - before, self.step),
        )

    def evidence(self) -> Sequence[Evidence]:
        """Return the evidence of the certificate, solver, running sum and all other ways."""
        found = [
            certificate.METHOD.answer(
                lambda: self._open(by_algebra) or self.duties(), premises=ALGEBRA
            ),
            certificate_by_z3.METHOD.answer(lambda: self._open(by_solver) or self.duties()),
            enumeration.METHOD.answer(lambda: self._numbers(self._running)),
        ]
        for name, other in self.also.items():
            ask = partial(self._numbers, partial(at_case, other))
            found.append(second_opinion.METHOD.answer(ask, name))
        return found

    def _open(self, shown: Shown) -> Finding | None:
        """Return None if `shown` shows that all steps up to the letter have a value."""
        for term, form in ((self.start, self.first), (self.growth, self.step)):
            if not reading.same(term, form):
                what = f"it is open whether SymPy's {form} is {term}"
                return Finding(Verdict.UNDECIDED, "all", what)
        last = as_term(self.letter)
        taken = letters_of(self.assumed) | set(map(str, self.letters))
        running = Letter(fresh_name(str(self.letter), taken))
        between = self.assumed & (running >= 1) & (running <= last)
        step = put(self.growth, {str(self.letter): running})
        first = (not_negative(last), has_value(self.start))
        return shown(first, self.assumed, self.letters) or shown(
            (has_value(step),), between, (*self.letters, symbol(running))
        )

    def _numbers(self, number: Callable[[Values], int | Fraction]) -> Numbers:
        return Numbers(self.letters, self.assumed, self.closed_form, number)

    def _running(self, case: Values) -> int | Fraction:
        names = tuple(map(str, self.letters))
        first, step = (compiled(names, term) for term in (self.start, self.growth))
        total = first(*case.values())
        for running in range(1, case[self.letter] + 1):
            total += step(*{**case, self.letter: running}.values())
        return total
