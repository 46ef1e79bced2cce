"""The summary tokens of the Sparse Transformer."""

from matplotlib.figure import Figure
from proofpress.drawing.facts import Ledger

from figures._grids import grid


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of factored.fixed."""
    return grid(ledger, "factored.fixed", window=4)
