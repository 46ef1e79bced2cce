"""Three documents in one sequence."""

from matplotlib.figure import Figure

from figures._grids import grid
from proofpress.documents.facts import Facts


def draw(facts: Facts) -> Figure:
    """Return the grid of the counted pairs of text.documents."""
    return grid(facts, "text.documents", "e", plus=("f", "h"))
