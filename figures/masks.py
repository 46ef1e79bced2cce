"""What the grids of Question 1 share: their size, and how they read the facts."""

from __future__ import annotations

from matplotlib.figure import Figure

from proofpress.documents.facts import Facts
from proofpress.drawing import mask_grid, new_figure
from proofpress.drawing.style import axes_at

EXAMPLE = "grid"
SIDE = 54.0  # mm of the grid itself
LEFT, TOP, REST = 9.5, 9.5, 1.0  # mm around it: numbers and names of the axes, and air


def mask_figure(
    facts: Facts, name: str, *, window: str = "", within: str = "", side: float = SIDE
) -> Figure:
    """The grid of a claim's counted pairs.

    `window` names the letter whose multiples border the windows. The pairs that the claim
    `within` counts too are filled and the others hatched; without it all are filled.
    """
    shown = facts.claim(name).at(EXAMPLE)
    both = shown.cells & facts.claim(within).at(EXAMPLE).cells if within else shown.cells
    figure = new_figure(LEFT + side + REST, TOP + side + REST)
    axes = axes_at(figure, LEFT, REST, side, side)
    size = shown.letter(window) if window else 0
    mask_grid(axes, shown.letter("n"), both, second=shown.cells - both, window=size)
    return figure
