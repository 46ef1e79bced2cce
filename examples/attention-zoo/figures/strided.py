"""The stride of the Sparse Transformer."""

from matplotlib.figure import Figure

from figures._grids import grid
from proofpress.documents.facts import Facts


def draw(facts: Facts) -> Figure:
    """Return the grid of the counted pairs of factored.strided."""
    return grid(facts, "factored.strided", window=4)
