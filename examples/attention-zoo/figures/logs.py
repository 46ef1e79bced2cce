"""Distances that are powers of two."""

from matplotlib.figure import Figure
from proofpress.drawing.facts import Ledger

from figures._grids import grid


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of tree.logs."""
    return grid(ledger, "tree.logs")
