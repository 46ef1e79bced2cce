"""What one pixel sees along its row and column."""

from matplotlib.figure import Figure

from figures._grids import grid
from proofpress.drawing.facts import Ledger


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of image.axial.seen."""
    return grid(ledger, "image.axial.seen", "s", query="row", key="column")
