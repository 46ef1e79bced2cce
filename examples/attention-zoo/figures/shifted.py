"""Shifted windows along one side of an image."""

from matplotlib.figure import Figure

from figures._grids import grid
from proofpress.documents.facts import Facts


def draw(facts: Facts) -> Figure:
    """Return the grid of the counted pairs of image.shifted."""
    return grid(facts, "image.shifted")
