"""A prefix that everybody sees."""

from matplotlib.figure import Figure

from figures._grids import grid
from proofpress.documents.facts import Facts


def draw(facts: Facts) -> Figure:
    """Return the grid of the counted pairs of text.prefix."""
    return grid(facts, "text.prefix")
