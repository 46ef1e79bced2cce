"""What the grids of Question 1 share: their size, and how they read the ledger."""

from __future__ import annotations

from matplotlib.figure import Figure

from proofpress.drawing import new_figure, pair_grid
from proofpress.drawing.facts import Ledger, example, letter
from proofpress.drawing.style import axes_at

EXAMPLE = "grid"
SIDE = 54.0  # mm of the grid itself
LEFT, TOP, REST = 9.5, 9.5, 1.0  # mm around it: numbers and names of the axes, and air


def mask_figure(
    ledger: Ledger, name: str, *, window: str = "", within: str = "", side: float = SIDE
) -> Figure:
    """The grid of a claim's counted pairs.

    `window` names the letter whose multiples border the windows. The pairs that the claim
    `within` counts too are filled and the others hatched; without it all are filled.
    """
    shown = example(ledger, name, EXAMPLE)
    cells = {(i, j) for i, j in shown["cells"]}
    both = (
        cells & {(i, j) for i, j in example(ledger, within, EXAMPLE)["cells"]} if within else cells
    )
    figure = new_figure(LEFT + side + REST, TOP + side + REST)
    axes = axes_at(figure, LEFT, REST, side, side)
    n = letter(shown["letters"], "n")
    size = letter(shown["letters"], window) if window else 0
    pair_grid(axes, n, both, second=cells - both, block=size, rows="query $i$", columns="key $j$")
    return figure
