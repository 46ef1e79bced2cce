"""Entailments between products of letters, by z3.

Place in the chain: definition -> derivation -> **proof**.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

import sympy as sp

from proofpress.ledger.claims import Verdict
from proofpress.proving.engines import Engine
from proofpress.proving.entailment import Entailment
from proofpress.proving.method import Finding, Method
from proofpress.proving.smt import Translation, default_solver


def find(steps: Sequence[Entailment], solver: ModuleType | None = None) -> Finding:
    """Return *proved* if the solver shows that each conclusion follows from its hypotheses."""
    module = solver or default_solver()
    plain_steps = [step.plain() for step in steps]
    translation = Translation(module, {x for plain in plain_steps for x in plain.letters})
    for step, plain in zip(steps, plain_steps, strict=True):
        denied = [plain.hypotheses, sp.Not(plain.conclusion)]
        answer = translation.answer(denied)
        if answer == "unknown":
            answer = Translation(module, plain.letters, alone=True).answer(denied)
        if answer != "unsat":
            return Finding(Verdict.UNDECIDED, "all", f"'{step.name}': {answer}")
    return Finding(Verdict.PROVED, "all", f"{len(steps)} entailments")


METHOD = Method("entailments by z3", (Engine.Z3,), find)
