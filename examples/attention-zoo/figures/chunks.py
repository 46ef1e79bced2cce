"""Chunks to both sides."""

from matplotlib.figure import Figure

from figures._grids import grid
from proofpress.documents.facts import Facts


def draw(facts: Facts) -> Figure:
    """Return the grid of the counted pairs of local.chunks."""
    return grid(facts, "local.chunks", window=4)
