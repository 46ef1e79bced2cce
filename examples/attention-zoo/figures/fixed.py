"""The summary tokens of the Sparse Transformer."""

from matplotlib.figure import Figure

from figures._grids import grid
from proofpress.documents.facts import Facts


def draw(facts: Facts) -> Figure:
    """Return the grid of the counted pairs of factored.fixed."""
    return grid(facts, "factored.fixed", window=4)
