"""Table of the appendix: the notebook's recorded results, and the pages that print them."""

from pylatex.base_classes import LatexObject

from proofpress.documents.facts import Facts
from proofpress.documents.tables import results_table


def table(facts: Facts) -> LatexObject:
    """Return all results but the running times, which differ from run to run."""
    return results_table(facts)
