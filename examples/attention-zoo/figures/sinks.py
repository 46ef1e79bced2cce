"""The first tokens stay in the cache."""

from matplotlib.figure import Figure

from figures._grids import grid
from proofpress.drawing.facts import Ledger


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of local.sinks."""
    return grid(ledger, "local.sinks")
