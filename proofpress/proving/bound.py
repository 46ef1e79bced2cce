"""Bound: the statement that one expression is at most another, for all letters of the domain.

Place in the chain: definition -> derivation -> **proof** -> ledger. Two readers of what the author
wrote have to agree: exact algebra, and a solver. A false bound is refuted by values of the letters
at which the author's own terms were worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

import sympy as sp

from proofpress.counting.latex import formula
from proofpress.counting.letters import author_source
from proofpress.faults.errors import PressError
from proofpress.latex.meant import Meant
from proofpress.ledger.claims import Evidence, Line, Verdict
from proofpress.proving import solver
from proofpress.proving.difference import Argument, argument
from proofpress.proving.domains import Cases, admits
from proofpress.proving.formulas import Unsupported
from proofpress.proving.lines import lines
from proofpress.proving.method import Finding, attempt
from proofpress.proving.statement import Related, Statement
from proofpress.proving.tries import no_case, value_of
from proofpress.terms import reading
from proofpress.terms.tree import Relation


class Bound(Statement):
    """smaller <= greater for all letters that `assuming` admits.

    Both sides must have a value everywhere on the domain. Accepted are sums, products, quotients
    and whole powers of letters, floor, ceiling, Mod, Abs, sign, Min, Max and Piecewise.

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
        where = str(self.source)
        # As the author wrote them, and SymPy's forms of them.
        self.lower, self.smaller = reading.term(smaller, where)
        self.upper, self.greater = reading.term(greater, where)
        self.refuse_unknown_letters(self.lower, self.upper)
        self.names = tuple(map(str, self.letters))

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

    def derivation(self) -> Sequence[Line]:
        """Return the difference, and why it is not negative where that was derived."""
        return lines(self._derived[1], self.smaller, self.greater, self.letters)

    def evidence(self) -> Sequence[Evidence]:
        """Return the evidence of algebra, solver and enumeration."""
        return (
            self._derived[0],
            attempt("bound by z3", self._by_solver),
            attempt("enumeration", self._enumerated),
        )

    @cached_property
    def _derived(self) -> tuple[Evidence, Argument | None]:
        """Return the evidence of algebra, under the name of what it found, and the argument."""
        made: list[Argument] = []

        def find() -> Finding:
            try:
                made.append(argument(self.assumed, self.lower, self.upper, self.names))
            except PressError as error:
                return Finding(Verdict.UNDECIDED, "all", error.what)
            return made[0].finding

        found = attempt("algebra", find)
        if found.verdict is not Verdict.PROVED:
            return found, None
        return replace(found, method=made[0].method), made[0]

    def _by_solver(self) -> Finding:
        relation = Relation("<=", self.lower, self.upper)
        try:
            answers = solver.refuted(self.assumed, relation, self.names)
        except Unsupported as error:
            return Finding(Verdict.UNDECIDED, "all", error.what)
        inside = admits(self.names, self.assumed)
        for answer in answers:
            if answer.model is not None and inside(*answer.model):
                wrong = self._wrong(answer.model)
                if wrong is not None:
                    return wrong
        if all(answer.word == "unsat" for answer in answers):
            return Finding(Verdict.PROVED, "all", f"{len(answers)} entailments")
        words = ", ".join(answer.word for answer in answers)
        return Finding(Verdict.UNDECIDED, "all", f"the solver says {words}")

    def _wrong(self, values: Sequence[int]) -> Finding | None:
        """Return the refutation by these values of the letters; None where the bound holds."""
        low, high = (value_of(self.letters, side)(*values) for side in (self.lower, self.upper))
        if low is not None and high is not None and low <= high:
            return None
        at = ", ".join(f"{name} = {x}" for name, x in zip(self.names, values, strict=True))
        side = "left" if low is None else "right"
        lacking = low is None or high is None
        told = f"the {side} side has no value" if lacking else f"{low} > {high}"
        return Finding(Verdict.REFUTED, at or "the one case", f"{at}: {told}" if at else told)

    def _enumerated(self) -> Finding:
        cases, tried = Cases(self.letters, self.assumed), 0
        for values in cases:
            wrong = self._wrong(values)
            if wrong is not None:
                return wrong
            tried += 1
        if not tried:
            return no_case(self.letters, self.assumed)
        scope = "small cases" if cases.usual else cases.scope
        return Finding(Verdict.CHECKED, scope, f"{tried} cases")
