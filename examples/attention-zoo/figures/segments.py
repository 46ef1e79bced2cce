"""The own segment and the one before it."""

from matplotlib.figure import Figure

from figures._grids import grid
from proofpress.documents.facts import Facts


def draw(facts: Facts) -> Figure:
    """Return the grid of the counted pairs of local.segments."""
    return grid(facts, "local.segments", window=4)
