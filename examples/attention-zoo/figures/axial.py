"""What one pixel sees along its row and column."""

from matplotlib.figure import Figure
from proofpress.drawing.facts import Ledger

from figures._grids import grid


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of image.axial.seen."""
    return grid(ledger, "image.axial.seen", "s", query="row", key="column")
