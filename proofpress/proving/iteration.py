"""Iteration: the statement that a quantity that grows step by step has a closed form.

Place in the chain: definition -> derivation -> **proof** -> ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property, partial

import sympy as sp

from proofpress.claims import Evidence, Line
from proofpress.counting.expressions import as_expression
from proofpress.counting.latex import formula, written
from proofpress.counting.letters import author_source
from proofpress.counting.plain import function
from proofpress.counting.summation import power_sum
from proofpress.meant import Equal, Meant, Summed, Together
from proofpress.names import letter_latex
from proofpress.proving import smt
from proofpress.proving.certificate import Obligation, checked
from proofpress.proving.method import Finding, attempt
from proofpress.proving.statement import Related, Statement
from proofpress.proving.tries import Values, at_case, compared
from proofpress.terms.in_sympy import as_symbol


class Iteration(Statement):
    """first + step(1) + step(2) + ... + step(letter), for step a polynomial in the letter.

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
    ) -> None:
        super().__init__(name, title, letters, assuming, author_source(name), related)
        self.letter = as_symbol(letter)
        self.first = as_expression(first)
        self.step = as_expression(step)
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
        step = written(self.step.xreplace({self.letter: running}), self.letters)
        return (
            rf"{written(self.first, self.letters)} + "
            rf"\sum_{{{letter_latex(running)} = 1}}^{{{letter_latex(self.letter)}}} ({step})"
        )

    @property
    def _running_letter(self) -> sp.Symbol:
        return sp.Symbol(str(self.letter).lower() + "'", integer=True)

    def meaning(self) -> Meant:
        """Return the sum."""
        running = self._running_letter
        step = self.step.xreplace({self.letter: running})
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
        start = self.closed_form.xreplace({self.letter: sp.Integer(0)})
        before = self.closed_form.xreplace({self.letter: self.letter - 1})
        later = (self.assuming, self.letter >= 1)
        return (
            Obligation("start", self.letters, (), start, self.first),
            Obligation("step", self.letters, later, self.closed_form - before, self.step),
        )

    def evidence(self) -> Sequence[Evidence]:
        """Return the evidence of the certificate, solver, running sum and all other ways."""
        found = [
            attempt("certificate", lambda: checked(self.duties())),
            attempt("certificate by z3", lambda: smt.checked(self.duties())),
            attempt("enumeration", lambda: self._compared(self._running)),
        ]
        for name, other in self.also.items():
            found.append(attempt(name, partial(self._compared, partial(at_case, other))))
        return found

    def _compared(self, number: Callable[[Values], int | Fraction]) -> Finding:
        return compared(self.letters, self.assuming, self.closed_form, number)

    def _running(self, case: Values) -> int | Fraction:
        first, step = (function(self.letters, e) for e in (self.first, self.step))
        total = first(*case.values())
        for running in range(1, case[self.letter] + 1):
            total += step(*{**case, self.letter: running}.values())
        return total
