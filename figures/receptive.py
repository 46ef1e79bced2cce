"""What one unit sees, and in which order the units can be computed.

Columns count i to the right and rows count j downward, as in Figure 1 of the assignment.
"""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from proofpress import new_figure, pair_grid
from proofpress.documents.facts import Facts
from proofpress.drawing.style import INK, SECOND, SMALL_SIZE, TINT, axes_at
from proofpress.faults.errors import PressError

EXAMPLE = "image"
SIDE = 50.0  # mm of each grid
LEFT, GAP, TOP, BOTTOM = 9.5, 18.0, 9.5, 1.0
ROWS, COLUMNS = "row $j$", "column $i$"
MOST_WAVES = 12  # beyond this the numbers could not be read


def draw(facts: Facts) -> Figure:
    """At the left the inputs that reach one unit, at the right the step of each unit."""
    figure = new_figure(LEFT + SIDE + GAP + SIDE + 1, TOP + SIDE + BOTTOM)
    reach = facts.claim("recurrence.reach").at(EXAMPLE)
    unit = reach.letter("i"), reach.letter("j")
    side = max(unit) + 1
    _field(axes_at(figure, LEFT, BOTTOM, SIDE, SIDE), facts, side, unit, reach.cells)
    _waves(axes_at(figure, LEFT + SIDE + GAP, BOTTOM, SIDE, SIDE), facts, min(side, MOST_WAVES))
    return figure


def _field(
    axes: Axes, facts: Facts, side: int, unit: tuple[int, int], cells: set[tuple[int, ...]]
) -> None:
    """Draw the units that reach `unit` in one layer, and the inputs of a convolution there."""
    k = facts.claim("convnet.parameters").at(EXAMPLE).letter("k")
    half = k // 2
    window = {
        (row, column)
        for column in range(max(1, unit[0] - half), min(side, unit[0] - half + k - 1) + 1)
        for row in range(max(1, unit[1] - half), min(side, unit[1] - half + k - 1) + 1)
    }
    seen = {(row, column) for column, row in cells}  # the ledger's pairs are (i, j)
    pair_grid(axes, side, seen, second=window - seen, rows=ROWS, columns=COLUMNS)
    corner = (unit[0] - half - 1, unit[1] - half - 1)
    axes.add_patch(Rectangle(corner, k, k, fill=False, edgecolor=SECOND, linewidth=1.6, zorder=5))
    centre = (unit[0] - 0.5, unit[1] - 0.5)
    axes.plot(*centre, marker="o", markersize=4.5, color="white", zorder=6)


def _waves(axes: Axes, facts: Facts, side: int) -> None:
    """Draw the step at which each unit can be computed: one after the later of its neighbours."""
    steps: dict[tuple[int, int], int] = {}
    for row in range(1, side + 1):
        for column in range(1, side + 1):
            before = (steps.get((column - 1, row), 0), steps.get((column, row - 1), 0))
            steps[column, row] = 1 + max(before)
    proved = facts.claim("recurrence.depth").value(n=side)
    if max(steps.values()) != proved:
        raise PressError(
            f"the drawn grid needs {max(steps.values())} steps, recurrence.depth says {proved}",
            "figures/receptive.py",
            "compare the neighbours drawn here with those of derivations/recurrence.py",
        )
    pair_grid(axes, side, (), rows=ROWS, columns=COLUMNS)
    for (column, row), step in steps.items():
        at = (column - 0.5, row - 0.5)
        if step % 2 == 0:
            axes.add_patch(Rectangle((column - 1, row - 1), 1, 1, facecolor=TINT, zorder=0.5))
        axes.text(*at, f"${step}$", ha="center", va="center", size=SMALL_SIZE, color=INK)
