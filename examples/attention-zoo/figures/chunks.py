"""Chunks to both sides."""

from matplotlib.figure import Figure
from proofpress.drawing.facts import Ledger

from figures._grids import grid


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of local.chunks."""
    return grid(ledger, "local.chunks", window=4)
