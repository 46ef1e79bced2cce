"""Three documents in one sequence."""

from matplotlib.figure import Figure
from proofpress.drawing.facts import Ledger

from figures._grids import grid


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of text.documents."""
    return grid(ledger, "text.documents", "e", plus=("f", "h"))
