"""A prefix that everybody sees."""

from matplotlib.figure import Figure
from proofpress.drawing.facts import Ledger

from figures._grids import grid


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of text.prefix."""
    return grid(ledger, "text.prefix")
