"""Big Bird's pairs of blocks, without the random ones."""

from matplotlib.figure import Figure
from proofpress.drawing.facts import Ledger

from figures._grids import grid


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of central.blocks."""
    return grid(ledger, "central.blocks", "m", query="query block", key="key block")
