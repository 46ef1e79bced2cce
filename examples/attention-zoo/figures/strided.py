"""The stride of the Sparse Transformer."""

from matplotlib.figure import Figure
from proofpress.drawing.facts import Ledger

from figures._grids import grid


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of factored.strided."""
    return grid(ledger, "factored.strided", window=4)
