"""The first tokens stay in the cache."""

from matplotlib.figure import Figure
from proofpress.drawing.facts import Ledger

from figures._grids import grid


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of local.sinks."""
    return grid(ledger, "local.sinks")
