"""Least: the statement that a quantity first reaches a size at a certain letter.

Place in the chain: definition -> derivation -> **proof** -> ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.claims import Evidence, Line
from proofpress.counting.expressions import as_expression, substituted
from proofpress.counting.latex import formula, written
from proofpress.counting.letters import author_source
from proofpress.counting.plain import function
from proofpress.errors import PressError
from proofpress.meant import Exactly, LeastOf, Meant
from proofpress.names import letter_latex
from proofpress.proving import products, smt
from proofpress.proving.entailment import Entailment, plain_steps
from proofpress.proving.method import Finding, attempt
from proofpress.proving.statement import Related, Statement
from proofpress.proving.tries import Values, compared
from proofpress.terms.in_sympy import as_symbol


class Least(Statement):
    """The least integer `by` >= 0 with quantity >= reaches; quantity is affine in `by`.

    >>> n, k, L = sp.symbols("n k L", integer=True)
    >>> domain = (n >= 1) & (k >= 2)
    >>> Least("net.layers", "Layers", L, L * (k - 1) + 1, n, (n, k), domain).settle().closed_form
    ceiling((n - 1)/(k - 1))
    """

    kind = "least"

    def __init__(
        self,
        name: str,
        title: str,
        by: object,
        quantity: object,
        reaches: object,
        letters: Iterable[object],
        assuming: object,
        *,
        related: Related | None = None,
    ) -> None:
        super().__init__(name, title, letters, assuming, author_source(name), related)
        self.by = as_symbol(by)
        self.quantity = as_expression(quantity)
        self.reaches = as_expression(reaches)
        if sp.Poly(self.quantity, self.by).degree() != 1:
            raise PressError(f"{quantity} is not affine in {by}", where=str(self.source))

    @cached_property
    def closed_form(self) -> sp.Expr:
        """Return the quotient that solves quantity = reaches, rounded up."""
        rate, start = sp.Poly(self.quantity, self.by).all_coeffs()
        top, bottom = sp.fraction(sp.together((self.reaches - start) / rate))
        return sp.ceiling(sp.Mul(top, sp.Pow(bottom, -1), evaluate=False), evaluate=False)

    def definition(self) -> str:
        """Return the minimum."""
        condition = (
            rf"{written(self.quantity, self.letters)} \ge {written(self.reaches, self.letters)}"
        )
        return rf"\min \bigl\{{ {letter_latex(self.by)} \ge 0 : {condition} \bigr\}}"

    def meaning(self) -> Meant:
        """Return the minimum."""
        return LeastOf(sp.Ge(self.by, 0, evaluate=False), self._reached)

    @property
    def _reached(self) -> Boolean:
        return sp.Ge(self.quantity, self.reaches, evaluate=False)

    def derivation(self) -> Sequence[Line]:
        """Return the inequality, solved for the letter and rounded up."""
        rate, start = sp.Poly(self.quantity, self.by).all_coeffs()
        left = written(self.quantity, self.letters)
        least = (self.reaches - start) / rate
        solved = formula(least, self.letters)
        exactly = Exactly(self._reached, sp.Ge(self.by, least, evaluate=False))
        return (
            Line("definition", "Sought is", self.definition(), self.meaning()),
            Line(
                "solved",
                f"The left side grows with ${letter_latex(self.by)}$, and",
                rf"{left} \ge {written(self.reaches, self.letters)}"
                rf"\quad\text{{exactly when}}\quad {letter_latex(self.by)} \ge {solved}",
                exactly,
                (self.by,),
            ),
            Line("closed form", "The least such integer is", self.formula(), self.closed_form),
        )

    @cached_property
    def plain(self) -> list[Entailment]:
        """Return the entailments with their ceilings as letters."""
        return plain_steps(self.entailments())

    def entailments(self) -> tuple[Entailment, ...]:
        """Return: the value reaches the size, no smaller one does, and it is not negative."""
        least = self.closed_form
        reached = self._reached
        there = substituted(reached, {self.by: least})
        other = sp.And(self.assuming, reached, evaluate=False)
        return (
            Entailment("it reaches", self.assuming, there),
            Entailment("nothing smaller does", other, sp.Ge(self.by, least, evaluate=False)),
            Entailment("it is not negative", self.assuming, sp.Ge(least, 0, evaluate=False)),
        )

    def evidence(self) -> Sequence[Evidence]:
        """Return the evidence of products, solver and a search."""
        return (
            attempt("products of inequalities", lambda: products.checked(self.plain)),
            attempt("least by z3", lambda: smt.entailed(self.plain)),
            attempt("search", self._searched),
        )

    def _searched(self) -> Finding:
        size, goal = (function((*self.letters, self.by), e) for e in (self.quantity, self.reaches))

        def least(case: Values) -> int:
            value = 0
            while size(*case.values(), value) < goal(*case.values(), value):
                value += 1
            return value

        return compared(self.letters, self.assuming, self.closed_form, least, 12)
