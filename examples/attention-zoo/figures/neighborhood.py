"""Neighborhoods along one side of an image."""

from matplotlib.figure import Figure

from figures._grids import grid
from proofpress.drawing.facts import Ledger


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of image.neighborhood.side."""
    return grid(ledger, "image.neighborhood.side")
