"""A bound by z3, which reads the author's own terms.

Place in the chain: definition -> derivation -> **proof**. Its model refutes only once the terms
were worked out at it.
"""

from __future__ import annotations

from proofpress.ledger.claims import Verdict
from proofpress.proving import solver
from proofpress.proving.below import Below
from proofpress.proving.domains import admits
from proofpress.proving.engines import Engine
from proofpress.proving.formulas import Unsupported
from proofpress.proving.method import Finding, Method


def find(asked: Below) -> Finding:
    """Return *proved* if the solver finds no letters at which the bound fails.

    >>> from proofpress.terms.tree import Letter
    >>> n = Letter("n")
    >>> find(Below(n >= 1, n, n * n, ("n",))).verdict.value
    'proved'
    >>> find(Below(n >= 0, n * n, 3 * n, ("n",))).verdict.value
    'refuted'
    """
    try:
        answers = solver.refuted(asked.assumed, asked.relation, asked.names)
    except Unsupported as error:
        return Finding(Verdict.UNDECIDED, "all", error.what)
    inside = admits(asked.names, asked.assumed)
    for answer in answers:
        if answer.model is not None and inside(*answer.model):
            wrong = asked.wrong(answer.model)
            if wrong is not None:
                return wrong
    if all(answer.word == "unsat" for answer in answers):
        return Finding(Verdict.PROVED, "all", f"{len(answers)} entailments")
    words = ", ".join(answer.word for answer in answers)
    return Finding(Verdict.UNDECIDED, "all", f"the solver says {words}")


METHOD = Method("bound by z3", (Engine.Z3,), find)
