"""The own segment and the one before it."""

from matplotlib.figure import Figure
from proofpress.drawing.facts import Ledger

from figures._grids import grid


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of local.segments."""
    return grid(ledger, "local.segments", window=4)
