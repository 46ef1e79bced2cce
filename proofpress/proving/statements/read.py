"""Whether what a claim prints is what its author wrote.

Place in the chain: definition -> derivation -> **proof**. SymPy's form of a term or condition is
printed. At points it was compared with what was written when it was read (`terms.reading`); here
the two are shown to be the same on the whole domain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sympy as sp

from proofpress.ledger.claims import Evidence, Verdict
from proofpress.proving.engines import Engine
from proofpress.proving.method import Finding, attempt
from proofpress.proving.methods import stated_form
from proofpress.proving.witnesses import Comparison
from proofpress.terms import reading
from proofpress.terms.in_sympy import term_of
from proofpress.terms.tree import Condition, Node, Term
from proofpress.terms.value import value


def unread(
    pairs: Iterable[tuple[Node, sp.Basic]], letters: Sequence[sp.Symbol], assumed: Condition
) -> list[Evidence]:
    """Return undecided evidence for each form of SymPy's that may not be what was written.

    >>> from proofpress import integers
    >>> n = integers("n")
    >>> unread([(n + 1, sp.Symbol("n", integer=True) + 1)], sp.symbols("n,"), n >= 1)
    []
    """
    return [
        Evidence(
            "reading",
            Verdict.UNDECIDED,
            "all",
            f"it is open whether SymPy's {form} is {written}",
            (Engine.NORMAL_FORMS.value,),
        )
        for written, form in pairs
        if not (reading.same(written, form) or _equal(written, form, letters, assumed))
    ]


def _equal(written: Node, form: sp.Basic, letters: Sequence[sp.Symbol], assumed: Condition) -> bool:
    """Return whether both terms are shown to have one value everywhere on the domain."""
    if not isinstance(written, Term):
        return False

    def worth(case: Mapping[sp.Symbol, int]) -> object:
        return value(written, {str(letter): number for letter, number in case.items()})

    def find() -> Finding:
        compared = Comparison(term_of(form), written, tuple(letters), assumed, worth, False)
        return stated_form.find(compared)

    return attempt("reading", find).verdict is Verdict.PROVED
