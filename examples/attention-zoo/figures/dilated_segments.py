"""Segments of which every second token is kept."""

from matplotlib.figure import Figure

from figures._grids import grid
from proofpress.documents.facts import Facts


def draw(facts: Facts) -> Figure:
    """Return the grid of the counted pairs of tree.segments."""
    return grid(facts, "tree.segments", "m", times=4, window=4)
