"""The whole square's count."""

from proofpress.documents.latex import Latex
from proofpress.documents.tables import rows


def table(facts):
    claim = facts.claim("stairs.whole")
    return rows("lr", ["what", "count"], [[Latex(f"${claim.formula}$"), claim.at("small")]])
