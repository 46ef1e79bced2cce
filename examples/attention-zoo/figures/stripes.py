"""The pairs of one device with stripes."""

from matplotlib.figure import Figure

from figures._grids import grid
from proofpress.drawing.facts import Ledger


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of ring.stripes."""
    return grid(ledger, "ring.stripes")
