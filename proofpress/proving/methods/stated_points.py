"""A stated closed form, compared with the derived form at points near and far.

Place in the chain: definition -> derivation -> **proof**. Where to look is found on the cells of
the domain; what is compared there are exact values of both forms.
"""

from __future__ import annotations

from contextlib import suppress

from proofpress.ledger.claims import Verdict
from proofpress.proving.engines import Engine
from proofpress.proving.method import Finding, Method
from proofpress.proving.methods.stated_form import domain
from proofpress.proving.witnesses import Comparison, far, near
from proofpress.terms.value import NotRational

# So many points are looked at, half of them near.
POINTS = 400


def find(comparison: Comparison) -> Finding:
    """Return *checked* if the stated form has the derived value at points near and far.

    The same points are looked at in every run. A form that has a value at none is undecided.
    """
    seen: dict[tuple[int, ...], None] = {}
    further = far(comparison, domain(comparison))
    for points, most in ((near(comparison), POINTS // 2), (further, POINTS)):
        for point in points:
            if point in seen or len(seen) >= most:
                continue
            found = comparison.differs(point)
            if found is not None:
                return found
            with suppress(NotRational):
                comparison.stated_at(point)
                seen[point] = None
    if not seen:
        return Finding(Verdict.UNDECIDED, "all", "the stated form was worked out at no point")
    farthest = max(max(map(abs, point), default=0) for point in seen)
    return Finding(Verdict.CHECKED, f"{len(seen)} points", f"letters up to {farthest}")


METHOD = Method("stated form by points", (Engine.EVALUATION,), find)
