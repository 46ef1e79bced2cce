"""Entailments between products of letters, by products of inequalities.

Place in the chain: definition -> derivation -> **proof**.
"""

from __future__ import annotations

from collections.abc import Sequence

from proofpress.ledger.claims import Verdict
from proofpress.proving.engines import Engine
from proofpress.proving.entailment import Entailment
from proofpress.proving.method import Finding, Method
from proofpress.proving.products import entailed


def find(steps: Sequence[Entailment]) -> Finding:
    """Return *proved* if every entailment is derived from products of its hypotheses.

    >>> import sympy as sp
    >>> k, w = sp.symbols("k w", integer=True)
    >>> find([Entailment("grows", (k >= 2) & (w >= 1), k * w >= 2)]).verdict.value
    'proved'
    """
    for step in steps:
        if not entailed(step.plain()):
            return Finding(Verdict.UNDECIDED, "all", f"'{step.name}' is not derived")
    return Finding(Verdict.PROVED, "all", f"{len(steps)} entailments")


METHOD = Method("products of inequalities", (Engine.FOURIER_MOTZKIN,), find)
