"""Least: the statement that a quantity first reaches a size at a certain letter.

Place in the chain: definition -> derivation -> **proof** -> ledger.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.counting.expressions import substituted
from proofpress.counting.latex import formula, written
from proofpress.counting.letters import author_source
from proofpress.faults.errors import PressError
from proofpress.latex.meant import Exactly, LeastOf, Meant
from proofpress.latex.names import letter_latex
from proofpress.ledger.claims import Evidence, Line, Verdict
from proofpress.proving.entailment import Entailment, plain_steps
from proofpress.proving.method import Finding
from proofpress.proving.methods import entailments_by_z3, enumeration, products
from proofpress.proving.methods.enumeration import Numbers
from proofpress.proving.on_domain import ALGEBRA, Duty, by_algebra, by_solver, has_value
from proofpress.proving.statements.statement import Related, Statement
from proofpress.proving.tries import Values
from proofpress.terms import reading
from proofpress.terms.in_sympy import as_symbol
from proofpress.terms.tree import Letter, Number
from proofpress.terms.value import compiled
from proofpress.terms.walk import letters_of, put

# The search looks at so many values one by one.
LINEAR = 1000
# ... and up to so many times twice as far.
DOUBLINGS = 64


class Least(Statement):
    """The least integer `by` >= 0 with quantity >= reaches; quantity is affine in `by`.

    On the whole domain quantity must grow with `by`. Raises PressError for a quantity that is not
    affine, and where `by` is among the letters or in the assumption.

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
        expect: str | None = None,
    ) -> None:
        super().__init__(name, title, letters, assuming, author_source(name), related, expect)
        where = str(self.source)
        self.by = as_symbol(by)
        # As the author wrote them, and SymPy's forms of them.
        self.growing, self.quantity = reading.term(quantity, where)
        self.goal, self.reaches = reading.term(reaches, where)
        name_of_by = str(self.by)
        if self.by in self.letters or name_of_by in letters_of(self.assumed) | letters_of(
            self.goal
        ):
            raise PressError(
                f"{by} is what is sought, and cannot be given as well",
                where,
                f"leave {by} out of letters=, assuming= and reaches=",
            )
        self.refuse_unknown_letters(put(self.growing, {name_of_by: Number(0)}), self.goal)
        affine = self.quantity.is_polynomial(self.by)
        if not affine or sp.Poly(self.quantity, self.by).degree() != 1:
            raise PressError(
                f"the quantity {quantity} is not affine in {by}",
                where,
                f"write quantity= as rate * {by} + start, neither of them with {by}",
            )

    @cached_property
    def needed(self) -> tuple[Duty, ...]:
        """Return that the quantity grows with each step of the letter, and all has a value."""
        by = Letter(str(self.by))
        after = put(self.growing, {by.name: by + 1})
        grows = Duty(f"{self.growing} grows with {by}", self.growing, after, strict=True)
        return (has_value(self.growing), grows, has_value(self.goal))

    def _read(self) -> Finding | None:
        """Return None if SymPy's forms of quantity and size are what was written."""
        for term, form in ((self.growing, self.quantity), (self.goal, self.reaches)):
            if not reading.same(term, form):
                what = f"it is open whether SymPy's {form} is {term}"
                return Finding(Verdict.UNDECIDED, "all", what)
        return None

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
        sought = Letter(str(self.by))
        domain = self.needed, self.assumed & (sought >= 0), (*self.letters, self.by)
        return (
            products.METHOD.answer(
                lambda: self._read() or by_algebra(*domain) or self.plain,
                premises=ALGEBRA,
            ),
            entailments_by_z3.METHOD.answer(
                lambda: self._read() or by_solver(*domain) or self.plain, "least by z3"
            ),
            enumeration.METHOD.answer(self._searched, "search"),
        )

    def _searched(self) -> Numbers:
        names = (*map(str, self.letters), str(self.by))
        size, goal = (compiled(names, term) for term in (self.growing, self.goal))

        def reached(case: Values, value: int) -> bool:
            return bool(size(*case.values(), value) >= goal(*case.values(), value))

        def least(case: Values) -> int | None:
            for value in range(LINEAR):
                if reached(case, value):
                    return value
            # Far out the quantity, which grows by a duty, is met between two powers of two.
            for power in range(DOUBLINGS):
                if reached(case, LINEAR << power):
                    found = range(LINEAR << power)
                    return bisect_left(found, True, key=lambda value: reached(case, value))
            start, rise = size(*case.values(), 0), size(*case.values(), 1)
            if rise <= start:  # it is affine in the letter
                return None
            raise PressError(f"nothing up to {LINEAR << power} reaches it")

        return Numbers(self.letters, self.assumed, self.closed_form, least, 12)
