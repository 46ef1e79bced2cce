"""The own segment and the one before it."""

from matplotlib.figure import Figure

from figures._grids import grid
from proofpress.drawing.facts import Ledger


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of local.segments."""
    return grid(ledger, "local.segments", window=4)
