"""Every token sees its past."""

from matplotlib.figure import Figure
from proofpress.drawing.facts import Ledger

from figures._grids import grid


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of local.causal."""
    return grid(ledger, "local.causal")
