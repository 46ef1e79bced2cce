"""The stride of the Sparse Transformer."""

from matplotlib.figure import Figure

from figures._grids import grid
from proofpress.drawing.facts import Ledger


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of factored.strided."""
    return grid(ledger, "factored.strided", window=4)
