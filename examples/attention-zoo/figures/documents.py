"""Three documents in one sequence."""

from matplotlib.figure import Figure

from figures._grids import grid
from proofpress.drawing.facts import Ledger


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of text.documents."""
    return grid(ledger, "text.documents", "e", plus=("f", "h"))
