"""Bound: the statement that one expression is at most another, for all letters of the domain.

Place in the chain: definition -> derivation -> **proof** -> ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.claims import Evidence, Line, Verdict
from proofpress.counting.expressions import as_expression, product_form
from proofpress.counting.latex import formula, polynomial
from proofpress.counting.letters import author_source
from proofpress.counting.lines import broken
from proofpress.counting.plain import function
from proofpress.errors import PressError
from proofpress.meant import Meant
from proofpress.names import letter_latex
from proofpress.proving import smt
from proofpress.proving.entailment import Entailment
from proofpress.proving.method import Finding, attempt
from proofpress.proving.statement import Related, Statement
from proofpress.proving.tries import small_cases


class Bound(Statement):
    """smaller <= greater for all letters that `assuming` admits.

    >>> n = sp.Symbol("n", integer=True)
    >>> Bound("growth.square", "Squares win", n, n**2, (n,), n >= 1).settle().verdict.value
    'proved'
    """

    kind = "bound"

    def __init__(
        self,
        name: str,
        title: str,
        smaller: object,
        greater: object,
        letters: Iterable[object],
        assuming: object,
        *,
        related: Related | None = None,
    ) -> None:
        super().__init__(name, title, letters, assuming, author_source(name), related)
        self.smaller = as_expression(smaller)
        self.greater = as_expression(greater)

    @property
    def closed_form(self) -> sp.Basic:
        """Return the inequality."""
        return sp.Le(self.smaller, self.greater, evaluate=False)

    def formula(self) -> str:
        """Return the inequality as display LaTeX."""
        return rf"{formula(self.smaller, self.letters)} \le {formula(self.greater, self.letters)}"

    def definition(self) -> str:
        """Return the inequality."""
        return self.formula()

    def meaning(self) -> Meant:
        """Return the inequality."""
        return self.closed_form

    def shifted(self) -> sp.Expr:
        """Return greater - smaller with each letter written as its least value plus an excess.

        The excess keeps the letter's name. Raises PressError for a letter without a least value.
        """
        least = {letter: _least(letter, self.assuming) for letter in self.letters}
        moved = {letter: letter + value for letter, value in least.items()}
        return sp.expand(sp.expand(self.greater - self.smaller).xreplace(moved))

    def derivation(self) -> Sequence[Line]:
        """Return the difference, factored and then with non-negative coefficients."""
        gap = self.greater - self.smaller
        factored = formula(product_form(gap, self.letters), self.letters)
        primed = {x: sp.Symbol(f"{x}'", integer=True) for x in self.letters}
        moved = r",\ ".join(
            f"{letter_latex(x)} = {polynomial(prime + _least(x, self.assuming))}"
            for x, prime in primed.items()
        )
        excess = self.shifted().xreplace(primed)
        body = broken(polynomial(excess, tuple(primed.values())))
        told = sp.And(
            *(
                sp.Eq(x, prime + _least(x, self.assuming), evaluate=False)
                for x, prime in primed.items()
            ),
            evaluate=False,
        )
        return (
            Line("difference", "The right side minus the left side is", factored, gap),
            Line(
                "excess",
                f"Write ${moved}$, so that the primed letters are not negative. "
                "Then the difference has no negative coefficient:",
                body,
                excess,
                (told,),
            ),
        )

    def evidence(self) -> Sequence[Evidence]:
        """Return the evidence of coefficients, solver and enumeration."""
        step = Entailment("bound", self.assuming, self.closed_form)
        return (
            attempt("signs of coefficients", self._signs),
            attempt("bound by z3", lambda: smt.entailed((step,))),
            attempt("enumeration", self._enumerated),
        )

    def _signs(self) -> Finding:
        coefficients = sp.Poly(self.shifted(), *self.letters).coeffs()
        if all(c >= 0 for c in coefficients):
            return Finding(
                Verdict.PROVED, "all", f"{len(coefficients)} coefficients, none negative"
            )
        return Finding(Verdict.UNDECIDED, "all", "a coefficient is negative")

    def _enumerated(self) -> Finding:
        low, high = (function(self.letters, e) for e in (self.smaller, self.greater))
        tried = 0
        for case in small_cases(self.letters, self.assuming):
            values = tuple(case.values())
            if low(*values) > high(*values):
                at = ", ".join(f"{letter} = {x}" for letter, x in case.items())
                found = f"{at}: {low(*values)} > {high(*values)}"
                return Finding(Verdict.REFUTED, at, found)
            tried += 1
        if not tried:
            return Finding(Verdict.UNDECIDED, "none", "no small case to look at")
        return Finding(Verdict.CHECKED, "small cases", f"{tried} cases")


def _least(letter: sp.Symbol, assuming: Boolean) -> sp.Integer:
    """Return the number that the assumption gives as the letter's lower bound."""
    for part in sp.And.make_args(assuming):
        if isinstance(part, sp.Ge) and part.lhs == letter and part.rhs.is_Integer:
            return part.rhs
    raise PressError(f"the assumption gives {letter} no least value", mend=f"add {letter} >= 1")
