"""Total: the statement that parts of known size add up to a closed form.

Place in the chain: definition -> derivation -> **proof** -> ledger. The parts are tensors (their
entries are counted) or operations at the points of a set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.counting.expressions import product_form
from proofpress.counting.latex import formula
from proofpress.counting.letters import author_source
from proofpress.counting.lines import broken
from proofpress.counting.parts import (
    AnyPart,
    Group,
    definition,
    lines,
    meaning,
    members,
    sets_of,
    sizes,
    terms,
)
from proofpress.counting.recurrences import Part, Recurrence, run
from proofpress.counting.sets import IntegerSet
from proofpress.counting.spaces import OutOfColumns, Space
from proofpress.faults.errors import PressError
from proofpress.latex.meant import Meant
from proofpress.ledger.claims import Evidence, Line, Verdict
from proofpress.proving import certificate, inclusion, smt
from proofpress.proving.agreement import stated_form, tried
from proofpress.proving.count import certified
from proofpress.proving.inclusion import Inclusion
from proofpress.proving.method import Finding, attempt
from proofpress.proving.options import checked_parts
from proofpress.proving.statement import Related, Statement
from proofpress.proving.symbolic import in_regions, is_zero
from proofpress.proving.tries import Values, compared
from proofpress.terms.tree import TRUE, Letter, Number, Relation, Term

# Stands for the size of a side; no author can write this letter.
_SIDE = "its size"


class Total(Statement):
    """The sum of the sizes of tensors, or of operations over sets, as a claim.

    `ran` names a recurrence, what to count of it ("multiplies", "adds", "operations",
    "activations") and whether it is padded: it is then really run, and its operations counted.
    `by_terms` prints the closed form as the sum of its parts instead of as one product.

    >>> c, h = sp.symbols("c h", integer=True)
    >>> from proofpress import Tensor
    >>> weights = (Tensor("W_in", (h, c)), Tensor("W_left", (h, h)))
    >>> Total("net.size", "Weights", weights, (c, h), (c >= 1) & (h >= 1)).settle().closed_form
    h*(c + h)
    """

    kind = "total"

    def __init__(
        self,
        name: str,
        title: str,
        parts: Sequence[AnyPart],
        letters: Iterable[object],
        assuming: object,
        *,
        stated: object | None = None,
        ran: tuple[Recurrence, str, bool] | None = None,
        related: Related | None = None,
        by_terms: bool = False,
    ) -> None:
        super().__init__(name, title, letters, assuming, author_source(name), related)
        self.parts = checked_parts(parts, name, str(self.source))
        self.by_terms = by_terms
        # As the author wrote it, and SymPy's form of it.
        self.stated_term, self.stated = stated_form(stated, self.letters, str(self.source))
        self.ran = ran

    @cached_property
    def derived(self) -> sp.Expr:
        """Return the sum of the parts, factored, region by region where there are several."""
        whole = sp.Add(*(part.size for part in self.parts))
        if whole.has(sp.Piecewise):
            return in_regions(whole, self.letters, self.assuming)
        return product_form(whole, self.letters)

    @property
    def sets(self) -> tuple[IntegerSet, ...]:
        """Return the sets that the parts are counted over."""
        return tuple(sets_of(self.parts))

    @property
    def closed_form(self) -> sp.Expr:
        """Return the author's own form where one is stated, else the derived one."""
        return self.derived if self.stated is None else self.stated

    def definition(self) -> str:
        """Return the sum, part by part."""
        return definition(self.parts, self.letters)

    def meaning(self) -> Meant:
        """Return the sum, part by part."""
        return meaning(self.parts)

    def derivation(self) -> Sequence[Line]:
        """Return the parts, their sizes and the sum."""
        shown = formula(self.derived, self.letters)
        return lines(self.parts, self.letters, shown, self.derived)

    def formula(self) -> str:
        """Return the closed form as display LaTeX, as a product or term by term."""
        if self.by_terms and self.stated is None:
            return broken(terms(self.parts, self.letters))
        return broken(super().formula())

    def evidence(self) -> Sequence[Evidence]:
        """Return the evidence of algebra, solver, enumeration, and of the run if there is one."""
        whole_size = sp.Add(*(part.size for part in self.parts))
        whole = certificate.Obligation(
            "sum", self.letters, (self.assuming,), whole_size, self.derived
        )
        found = [attempt("derivation", self._added_up)]
        found.append(attempt("domain", lambda: inclusion.checked(self.duties())))
        for where in self.sets:
            found += certified(where, where.cardinality())
        found.append(attempt("sum by z3", lambda: smt.checked((whole,))))
        written = self.stated_term
        found += tried(written, self.derived, self.letters, self.assumed, self._number, found)
        found.append(attempt("enumeration", lambda: self._compared(self._number)))
        if self.ran is not None:
            found.append(attempt("instrumented run", self._run))
        return found

    def duties(self) -> list[Inclusion]:
        """Return that sizes are sizes, and that each set is counted where it was proved."""
        found = [
            Inclusion(self.assumed, part.where.assumed, what=f"the set {part.where.name}")
            for part in members(self.parts)
            if isinstance(part, Part)
        ]
        for side, what in dict.fromkeys(sizes(self.parts)):
            # Put for a letter of its own, a side has to be an integer as well.
            inside = Relation(">=", Letter(_SIDE), Number(0))
            wanted = TRUE if what == "copies" else inside
            found.append(Inclusion(self.assumed, wanted, {_SIDE: side}, what=f"the {what} {side}"))
        return found

    def _run(self) -> Finding:
        """Return the comparison with a run on grids that reach beyond every neighbour."""
        if self.ran is None:
            raise ValueError(f"{self.name} names no recurrence to run")
        recurrence, _, padded = self.ran
        if padded or recurrence.farthest <= 1:
            return self._compared(self._performed, 3)
        # Only the grid has to reach beyond the neighbours; the vectors stay short.
        largest = recurrence.farthest + 2
        short = [x for x in self.letters if x not in recurrence.grid.parameters]
        known = sp.And(self.assuming, *(x <= 2 for x in short))
        found = compared(self.letters, known, self._form, self._performed, largest)
        grid = ", ".join(map(str, recurrence.grid.parameters))
        others = f"; {', '.join(map(str, short))} <= 2" if short else ""
        checked = found.verdict == Verdict.CHECKED
        return replace(found, scope=f"{grid} <= {largest}{others}") if checked else found

    def _compared(self, number: Callable[[Values], int], largest: int | None = None) -> Finding:
        return compared(self.letters, self.assuming, self._form, number, largest)

    @property
    def _form(self) -> sp.Expr | Term:
        """Return the author's own form as it was written, else the derived one."""
        return self.derived if self.stated_term is None else self.stated_term

    def _number(self, case: Values) -> int:
        return sum(part.count(case) for part in self.parts)

    def _added_up(self) -> Finding:
        return added_up(self.parts, self.derived, self.letters, self.assuming)

    def _performed(self, case: Values) -> int:
        if self.ran is None:
            raise ValueError(f"{self.name} names no recurrence to run")
        recurrence, kind, padded = self.ran
        tally = run(recurrence, case, padded)
        if kind == "operations":
            return tally.multiplies + tally.adds
        return int(getattr(tally, kind))


def added_up(
    parts: Sequence[AnyPart], total: sp.Expr, letters: Sequence[sp.Symbol], assuming: Boolean
) -> Finding:
    """Return *proved* if each part's printed size is its product, and the sizes add to the total.

    The printed sizes are factored; here all is multiplied out, as polynomials in the letters, or
    compared region by region where there are several.

    >>> h = sp.Symbol("h", integer=True)
    >>> from proofpress import Tensor
    >>> added_up((Tensor("W", (h, h - 1)),), h * (h - 1), (h,), h >= 1).verdict.value
    'proved'
    """
    space = Space((), letters)

    def equal(one: sp.Expr, other: sp.Expr) -> bool:
        try:
            return space.read_polynomial(one) == space.read_polynomial(other)
        except (PressError, OutOfColumns):
            return is_zero(one - other, letters, assuming) is None

    for part in parts:
        if isinstance(part, Group):
            found = added_up(part.parts, part.size, letters, assuming)
            if found.verdict != Verdict.PROVED:
                return found
        elif not equal(product_form(part.size), sp.Mul(*part.factors, evaluate=False)):
            return Finding(Verdict.UNDECIDED, "all", f"the size of {part.label} is open")
    if not equal(sp.Add(*(product_form(part.size) for part in parts), evaluate=False), total):
        return Finding(Verdict.UNDECIDED, "all", "the sizes do not add up")
    return Finding(Verdict.PROVED, "all", f"parts: {len(parts)}")
