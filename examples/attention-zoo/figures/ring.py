"""The pairs of one device of a ring."""

from matplotlib.figure import Figure

from figures._grids import grid
from proofpress.documents.facts import Facts


def draw(facts: Facts) -> Figure:
    """Return the grid of the counted pairs of ring.blocks."""
    return grid(facts, "ring.blocks")
