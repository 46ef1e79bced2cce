"""What one pixel sees along its row and column."""

from matplotlib.figure import Figure

from figures._grids import grid
from proofpress.documents.facts import Facts


def draw(facts: Facts) -> Figure:
    """Return the grid of the counted pairs of image.axial.seen."""
    return grid(facts, "image.axial.seen", "s", rows="row", columns="column")
