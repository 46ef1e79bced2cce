"""Distances that are powers of two."""

from matplotlib.figure import Figure

from figures._grids import grid
from proofpress.documents.facts import Facts


def draw(facts: Facts) -> Figure:
    """Return the grid of the counted pairs of tree.logs."""
    return grid(facts, "tree.logs")
