"""The pairs of one device with stripes."""

from matplotlib.figure import Figure
from proofpress.drawing.facts import Ledger

from figures._grids import grid


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of ring.stripes."""
    return grid(ledger, "ring.stripes")
