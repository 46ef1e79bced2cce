"""The summary tokens of the Sparse Transformer."""

from matplotlib.figure import Figure

from figures._grids import grid
from proofpress.drawing.facts import Ledger


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of factored.fixed."""
    return grid(ledger, "factored.fixed", window=4)
