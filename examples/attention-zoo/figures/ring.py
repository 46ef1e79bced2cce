"""The pairs of one device of a ring."""

from matplotlib.figure import Figure

from figures._grids import grid
from proofpress.drawing.facts import Ledger


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of ring.blocks."""
    return grid(ledger, "ring.blocks")
