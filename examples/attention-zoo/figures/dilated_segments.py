"""Segments of which every second token is kept."""

from matplotlib.figure import Figure
from proofpress.drawing.facts import Ledger

from figures._grids import grid


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of tree.segments."""
    return grid(ledger, "tree.segments", "m", times=4, window=4)
