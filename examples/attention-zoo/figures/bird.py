"""Big Bird's pairs of blocks, without the random ones."""

from matplotlib.figure import Figure

from figures._grids import grid
from proofpress.documents.facts import Facts


def draw(facts: Facts) -> Figure:
    """Return the grid of the counted pairs of central.blocks."""
    return grid(facts, "central.blocks", "m", rows="query block", columns="key block")
