"""Table of the appendix: every claim with its closed form, verdict and evidence."""

from pylatex.base_classes import LatexObject

from proofpress.documents.facts import Facts
from proofpress.documents.tables import claims_table


def table(facts: Facts) -> LatexObject:
    """Return all claims of the ledger, in its order."""
    return claims_table(facts)
