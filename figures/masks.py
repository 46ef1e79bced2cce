"""What the grids of Question 1 share: their size, and how they read the facts."""

from __future__ import annotations

from matplotlib.figure import Figure

from proofpress import new_figure, pair_grid
from proofpress.documents.facts import Facts
from proofpress.drawing.style import axes_at

EXAMPLE = "grid"
SIDE = 54.0  # mm of the grid itself
LEFT, TOP, REST = 9.5, 9.5, 1.0  # mm around it: numbers and names of the axes, and air


def mask_figure(
    facts: Facts, name: str, *, window: str = "", within: str = "", side: float = SIDE
) -> Figure:
    """Return the grid of a claim's counted pairs.

    `window` names the letter whose multiples border the windows. The pairs that the claim
    `within` counts too are filled and the others hatched; without it all are filled.
    """
    shown = facts.claim(name).at(EXAMPLE)
    both = shown.cells & facts.claim(within).at(EXAMPLE).cells if within else shown.cells
    figure = new_figure(LEFT + side + REST, TOP + side + REST)
    axes = axes_at(figure, LEFT, REST, side, side)
    size = shown.letter(window) if window else 0
    n, others = shown.letter("n"), shown.cells - both
    pair_grid(axes, n, both, second=others, block=size, rows="query $i$", columns="key $j$")
    return figure
