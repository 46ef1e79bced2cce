"""What a claim owes of its domain: that it lies inside what was proved, and all has a value.

Place in the chain: definition -> derivation -> **proof**. Each condition is shown by products of
inequalities or else by z3. This is a part of a claim, never the whole.
"""

from __future__ import annotations

from collections.abc import Iterable

from proofpress.ledger.claims import Verdict
from proofpress.proving.engines import Engine
from proofpress.proving.inclusion import Inclusion, open_at, small_fault
from proofpress.proving.method import Finding, Method


def find(inclusions: Iterable[Inclusion]) -> Finding:
    """Return *proved* if every inclusion is shown, by algebra or by the solver, for all letters.

    What falls out, among small cases or in the solver's model, is told as *undecided*: the claim
    may be true there, but nothing proves it.

    >>> from proofpress.terms.tree import Letter
    >>> n = Letter("n")
    >>> find([Inclusion(n >= 1, n >= 0)]).verdict.value
    'proved'
    >>> find([Inclusion(n >= -1, n >= 0)]).detail
    'the domain: at n = -1 it is not true that n >= 0'
    """
    shown = 0
    for inclusion in inclusions:
        fault = small_fault(inclusion)
        if fault is not None:
            return Finding(Verdict.UNDECIDED, "all", f"{inclusion.what}: {fault}")
        for step in inclusion.entailments():
            shown += 1
            open_ = open_at(step)
            if open_ is not None:
                known = {name: open_[name] for name in inclusion.letters if name in open_}
                fault = inclusion.outside(known) if len(known) == len(inclusion.letters) else None
                told = fault or f"not shown: {step.name}"
                return Finding(Verdict.UNDECIDED, "all", f"{inclusion.what}: {told}")
    return Finding(Verdict.PROVED, "all", f"{shown} conditions")


METHOD = Method("domain", (Engine.FOURIER_MOTZKIN, Engine.NORMAL_FORMS, Engine.Z3), find)
