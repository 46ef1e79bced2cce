"""What the grids share: their size, and how they read the facts."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from proofpress import new_figure, pair_grid
from proofpress.documents.facts import Facts
from proofpress.drawing.style import axes_at

SIDE = 31.0  # mm of the grid itself
LEFT, TOP, REST = 9.5, 9.5, 1.0  # mm around it: numbers and names of the axes, and air


def grid(
    facts: Facts,
    name: str,
    side: str = "n",
    *,
    times: int = 1,
    plus: Sequence[str] = (),
    window: int = 0,
    rows: str = "query $i$",
    columns: str = "key $j$",
) -> Figure:
    """Draw the counted pairs of a claim in a square.

    `side` is the letter of its side, `plus` those that are added to it.
    """
    shown = facts.claim(name).at("grid")
    figure = new_figure(LEFT + SIDE + REST, TOP + SIDE + REST)
    axes = axes_at(figure, LEFT, REST, SIDE, SIDE)
    size = times * shown.letter(side) + sum(map(shown.letter, plus))
    pair_grid(axes, size, shown.cells, block=window, rows=rows, columns=columns)
    return figure
