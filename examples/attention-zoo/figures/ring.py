"""The pairs of one device of a ring."""

from matplotlib.figure import Figure
from proofpress.drawing.facts import Ledger

from figures._grids import grid


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of ring.blocks."""
    return grid(ledger, "ring.blocks")
