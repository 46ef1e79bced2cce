"""Shifted windows along one side of an image."""

from matplotlib.figure import Figure
from proofpress.drawing.facts import Ledger

from figures._grids import grid


def draw(ledger: Ledger) -> Figure:
    """The grid of the counted pairs of image.shifted."""
    return grid(ledger, "image.shifted")
