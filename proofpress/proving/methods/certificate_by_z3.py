"""The certificate of a count or sum, obligation by obligation, by z3.

Place in the chain: definition -> derivation -> **proof**. The obligations are SymPy's forms; that
these say what was written is asked of z3 as well (`proving.as_written`).
"""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

from proofpress.ledger.claims import Verdict
from proofpress.proving.certificate import Obligation
from proofpress.proving.engines import Engine
from proofpress.proving.method import Finding, Method
from proofpress.proving.smt import Translation, default_solver


def find(duties: Sequence[Obligation], solver: ModuleType | None = None) -> Finding:
    """Return *proved* if the solver shows every obligation's negation to be unsatisfiable.

    `solver` is z3, or a module with the same interface such as cvc5.pythonic. An answer of
    unknown is *undecided*; a model is too, since it refutes the certificate and not the claim.
    """
    module = solver or default_solver()
    translation = Translation(module, {letter for duty in duties for letter in duty.letters})
    for duty in duties:
        open_ = translation.open_branch(duty)
        if open_ is not None:
            open_ = Translation(module, duty.letters, alone=True).open_branch(duty)
        if open_ is not None:
            return Finding(Verdict.UNDECIDED, "all", f"'{duty.name}': {open_}")
    return Finding(Verdict.PROVED, "all", f"{len(duties)} obligations")


METHOD = Method("certificate by z3", (Engine.Z3,), find)
