"""The certificate of a count or sum, by algebra on regions.

Place in the chain: definition -> derivation -> **proof**. It rests on the arithmetic by which the
closed form was derived: it finds a wrong derivation, not a fault of that arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence

from proofpress.ledger.claims import Verdict
from proofpress.proving.certificate import Obligation
from proofpress.proving.engines import Engine
from proofpress.proving.method import Finding, Method
from proofpress.proving.symbolic import is_zero


def find(duties: Sequence[Obligation]) -> Finding:
    """Return *proved* if algebra on the regions settles every obligation, else *undecided*.

    A failed obligation refutes the certificate, not the claim.
    """
    for duty in duties:
        if is_zero(duty.left - duty.right, duty.letters, duty.assuming) is not None:
            return Finding(Verdict.UNDECIDED, "all", f"the obligation '{duty.name}' is open")
    return Finding(Verdict.PROVED, "all", f"{len(duties)} obligations")


METHOD = Method("certificate", (Engine.REGIONS, Engine.FOURIER_MOTZKIN), find)
