"""What the grids share: their size, and how they read the ledger."""

from collections.abc import Sequence

from matplotlib.figure import Figure
from proofpress.drawing.facts import Ledger, example

from proofpress.drawing import mask_grid, new_figure
from proofpress.drawing.style import axes_at

SIDE = 31.0  # mm of the grid itself
LEFT, TOP, REST = 9.5, 9.5, 1.0  # mm around it: numbers and names of the axes, and air


def grid(
    ledger: Ledger,
    name: str,
    side: str = "n",
    *,
    times: int = 1,
    plus: Sequence[str] = (),
    window: int = 0,
    query: str = "query $i$",
    key: str = "key $j$",
) -> Figure:
    """Draw the counted pairs of a claim in a square.

    `side` is the letter of its side, `plus` those that are added to it.
    """
    shown = example(ledger, name, "grid")
    figure = new_figure(LEFT + SIDE + REST, TOP + SIDE + REST)
    axes = axes_at(figure, LEFT, REST, SIDE, SIDE)
    letters = shown["letters"]
    size = times * letters[side] + sum(letters[more] for more in plus)
    mask_grid(axes, size, shown["cells"], window=window, query=query, key=key)
    return figure
