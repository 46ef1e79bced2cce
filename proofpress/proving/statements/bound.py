"""Bound: the statement that one expression is at most another, for all letters of the domain.

Place in the chain: definition -> derivation -> **proof** -> ledger. Two readers of what the author
wrote have to agree: exact algebra, and a solver. A false bound is refuted by values of the letters
at which the author's own terms were worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import sympy as sp

from proofpress.counting.latex import formula
from proofpress.counting.letters import author_source
from proofpress.latex.meant import Meant
from proofpress.ledger.claims import Evidence, Line, Verdict
from proofpress.proving.below import Below
from proofpress.proving.difference import Argument
from proofpress.proving.lines import lines
from proofpress.proving.methods import all_values, bound_by_values, bound_by_z3, signs
from proofpress.proving.statements.statement import Related, Statement
from proofpress.terms import reading
from proofpress.terms.tree import Node


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
        expect: str | None = None,
    ) -> None:
        super().__init__(name, title, letters, assuming, author_source(name), related, expect)
        where = str(self.source)
        # As the author wrote them, and SymPy's forms of them.
        self.lower, self.smaller = reading.term(smaller, where)
        self.upper, self.greater = reading.term(greater, where)
        self.refuse_unknown_letters(self.lower, self.upper)
        self.asked = Below(self.assumed, self.lower, self.upper, tuple(map(str, self.letters)))

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
        found, asked = self._derived, self.asked
        why = asked.by_values if found.method == all_values.METHOD.name else asked.by_signs
        shown = why if isinstance(why, Argument) and found.verdict is Verdict.PROVED else None
        return lines(shown, self.smaller, self.greater, self.letters)

    def readings(self) -> Iterator[tuple[Node, sp.Basic]]:
        """Yield the domain and both sides, each with SymPy's form of it."""
        yield from super().readings()
        yield self.lower, self.smaller
        yield self.upper, self.greater

    def evidence(self) -> Sequence[Evidence]:
        """Return the evidence of algebra, or of all values, of the solver and of small cases."""
        return (
            self._derived,
            bound_by_z3.METHOD.answer(lambda: self.asked),
            bound_by_values.METHOD.answer(lambda: self.asked, "enumeration"),
        )

    @cached_property
    def _derived(self) -> Evidence:
        """Return the evidence of algebra, or where that shows nothing, of all values."""
        found = signs.METHOD.answer(lambda: self.asked)
        if found.verdict is Verdict.PROVED:
            return found
        whole = all_values.METHOD.answer(lambda: self.asked)
        return whole if whole.verdict is Verdict.PROVED else found
