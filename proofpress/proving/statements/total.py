"""Total: the statement that parts of known size add up to a closed form.

Place in the chain: definition -> derivation -> **proof** -> ledger. The parts are tensors (their
entries are counted) or operations at the points of a set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

import sympy as sp

from proofpress.counting.expressions import product_form
from proofpress.counting.latex import formula
from proofpress.counting.letters import author_source
from proofpress.counting.lines import broken
from proofpress.counting.parts import (
    AnyPart,
    definition,
    lines,
    meaning,
    members,
    sets_of,
    terms,
)
from proofpress.counting.parts import sizes as sides_of
from proofpress.counting.recurrences import Part, Recurrence
from proofpress.counting.recurrences import run as performed
from proofpress.counting.sets import IntegerSet
from proofpress.counting.tensors import Tensor
from proofpress.latex.meant import Meant
from proofpress.ledger.claims import Evidence, Line
from proofpress.proving.certificate import Obligation
from proofpress.proving.inclusion import Inclusion
from proofpress.proving.methods import certificate_by_z3, domain, enumeration, run, sizes
from proofpress.proving.methods.enumeration import Numbers
from proofpress.proving.methods.sizes import Sizes
from proofpress.proving.options import checked_parts
from proofpress.proving.statements.count import certified
from proofpress.proving.statements.stated import read_form, stated_form, tried
from proofpress.proving.statements.statement import Related, Statement
from proofpress.proving.symbolic import in_regions
from proofpress.proving.tries import Values
from proofpress.terms.tree import TRUE, Letter, Node, Number, Relation, Term

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
        expect: str | None = None,
    ) -> None:
        super().__init__(name, title, letters, assuming, author_source(name), related, expect)
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

    def readings(self) -> Iterator[tuple[Node, sp.Basic]]:
        """Yield the domain, the stated form and the sizes, each with SymPy's form of it."""
        yield from super().readings()
        yield from read_form(self.stated_term, self.stated)
        for part in members(self.parts):
            if isinstance(part, Tensor):
                yield from zip(part.written, part.shape, strict=True)
                yield part.written_copies, part.copies

    def evidence(self) -> Sequence[Evidence]:
        """Return the evidence of algebra, solver, enumeration, and of the run if there is one."""
        whole_size = sp.Add(*(part.size for part in self.parts))
        whole = Obligation("sum", self.letters, (self.assuming,), whole_size, self.derived)
        parts = Sizes(self.parts, self.derived, self.letters, self.assuming)
        found = [sizes.METHOD.answer(lambda: parts, "derivation")]
        found.append(domain.METHOD.answer(self.duties))
        for where in self.sets:
            found += certified(where, where.cardinality())
        found.append(certificate_by_z3.METHOD.answer(lambda: (whole,), "sum by z3"))
        written = self.stated_term
        found += tried(written, self.derived, self.letters, self.assumed, self._number, found)
        premises = enumeration.BOX if self.sets else ()
        found.append(
            enumeration.METHOD.answer(lambda: self._numbers(self._number), premises=premises)
        )
        if self.ran is not None:
            found.append(run.METHOD.answer(self._run))
        return found

    def duties(self) -> list[Inclusion]:
        """Return that sizes are sizes, and that each set is counted where it was proved."""
        found = [
            Inclusion(self.assumed, part.where.assumed, what=f"the set {part.where.name}")
            for part in members(self.parts)
            if isinstance(part, Part)
        ]
        for side, what in dict.fromkeys(sides_of(self.parts)):
            # Put for a letter of its own, a side has to be an integer as well.
            inside = Relation(">=", Letter(_SIDE), Number(0))
            wanted = TRUE if what == "copies" else inside
            found.append(Inclusion(self.assumed, wanted, {_SIDE: side}, what=f"the {what} {side}"))
        return found

    def _run(self) -> Numbers:
        """Return the comparison with a run on grids that reach beyond every neighbour."""
        if self.ran is None:
            raise ValueError(f"{self.name} names no recurrence to run")
        recurrence, _, padded = self.ran
        if padded or recurrence.farthest <= 1:
            return self._numbers(self._performed, 3)
        # Only the grid has to reach beyond the neighbours; the vectors stay short.
        largest = recurrence.farthest + 2
        short = [x for x in self.letters if x not in recurrence.grid.parameters]
        known = sp.And(self.assuming, *(x <= 2 for x in short))
        grid = ", ".join(map(str, recurrence.grid.parameters))
        others = f"; {', '.join(map(str, short))} <= 2" if short else ""
        scope = f"{grid} <= {largest}{others}"
        return Numbers(self.letters, known, self._form, self._performed, largest, scope)

    def _numbers(self, number: Callable[[Values], int], largest: int | None = None) -> Numbers:
        return Numbers(self.letters, self.assuming, self._form, number, largest)

    @property
    def _form(self) -> sp.Expr | Term:
        """Return the author's own form as it was written, else the derived one."""
        return self.derived if self.stated_term is None else self.stated_term

    def _number(self, case: Values) -> int:
        return sum(part.count(case) for part in self.parts)

    def _performed(self, case: Values) -> int:
        if self.ran is None:
            raise ValueError(f"{self.name} names no recurrence to run")
        recurrence, kind, padded = self.ran
        tally = performed(recurrence, case, padded)
        if kind == "operations":
            return tally.multiplies + tally.adds
        return int(getattr(tally, kind))
