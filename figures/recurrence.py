"""Figure 1 of the assignment drawn anew: hidden units in a grid, each fed from three sides.

The assignment writes h(i, j) with W_left on h(i-1, j) and W_top on h(i, j-1): i counts columns
to the right and j rows downward.
"""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch

from proofpress.documents.facts import Facts
from proofpress.drawing import new_figure
from proofpress.drawing.style import ACCENT, INK, MUTED, RULE, SECOND, SMALL_SIZE, TINT, axes_at

WIDTH, HEIGHT = 152.0, 78.0  # mm; one unit of the drawing is 1 mm
PITCH = 25.0  # between hidden units
RADIUS = 5.4
INPUT = 3.9  # half the side of an input node
DROP = (-11.0, -9.5)  # from a hidden unit to its input, which lies on a sheet below
NAMES = ("1", "2", "n")  # columns and rows shown; dots stand between the last two

Point = tuple[float, float]


def draw(facts: Facts) -> Figure:
    """Return the grid at the left, one unit with its equation at the right."""
    del facts  # a picture of the architecture: it holds no number
    figure = new_figure(WIDTH, HEIGHT)
    axes = axes_at(figure, 0, 0, WIDTH, HEIGHT)
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(0, HEIGHT)
    axes.axis("off")
    _grid(axes)
    _unit(axes)
    return figure


def _grid(axes: Axes) -> None:
    for column, i in enumerate(NAMES):
        for row, j in enumerate(NAMES):
            at = _place(column, row)
            below = (at[0] + DROP[0], at[1] + DROP[1])
            _arrow(axes, below, at, INPUT * 1.25, RADIUS, MUTED, "--")
            _input(axes, below, f"$x^{{{i},{j}}}$")
            _hidden(axes, at, f"$h^{{{i},{j}}}$")
            if column + 1 < len(NAMES):
                _arrow(axes, at, _place(column + 1, row), RADIUS, RADIUS, ACCENT, "-")
                _dots(axes, at, _place(column + 1, row), column)
            if row + 1 < len(NAMES):
                _arrow(axes, at, _place(column, row + 1), RADIUS, RADIUS, SECOND, "-")
                _dots(axes, at, _place(column, row + 1), row)
    start, end = _place(0, 0), _place(len(NAMES) - 1, len(NAMES) - 1)
    over = start[1] + RADIUS + 3
    axes.text(start[0], over, "$i = 1$", ha="center", va="bottom", size=SMALL_SIZE, color=MUTED)
    axes.text(end[0], over, "$i = n$", ha="center", va="bottom", size=SMALL_SIZE, color=MUTED)
    beside = end[0] + RADIUS + 2
    axes.text(beside, start[1], "$j = 1$", ha="left", va="center", size=SMALL_SIZE, color=MUTED)
    axes.text(beside, end[1], "$j = n$", ha="left", va="center", size=SMALL_SIZE, color=MUTED)


def _unit(axes: Axes) -> None:
    """Draw one unit, its three inputs, and its equation under it."""
    at = (126.0, 43.0)
    left, top, below = (at[0] - 22, at[1]), (at[0], at[1] + 21), (at[0] - 15, at[1] - 14)
    for source, size, colour, line in (
        (left, RADIUS + 1.2, ACCENT, "-"),
        (top, RADIUS + 1.2, SECOND, "-"),
        (below, INPUT * 1.3, MUTED, "--"),
    ):
        _arrow(axes, source, at, size, RADIUS + 1.2, colour, line)
    _hidden(axes, at, "$h^{i,j}$", RADIUS + 1.2)
    _hidden(axes, left, "$h^{i-1,j}$", RADIUS + 1.2)
    _hidden(axes, top, "$h^{i,j-1}$", RADIUS + 1.2)
    _input(axes, below, "$x^{i,j}$", INPUT + 0.6)
    axes.text(
        at[0] - 11, at[1] + 1.4, r"$W_{\mathrm{left}}$", ha="center", va="bottom", color=ACCENT
    )
    axes.text(
        at[0] + 1.4, at[1] + 10.5, r"$W_{\mathrm{top}}$", ha="left", va="center", color=SECOND
    )
    axes.text(at[0] - 5.0, at[1] - 9.0, r"$W_{\mathrm{in}}$", ha="left", va="center", color=MUTED)
    axes.text(
        at[0] - 4,
        13.0,
        r"$h^{i,j} = \sigma\bigl(W_{\mathrm{in}} x^{i,j}$",
        ha="center",
        va="center",
    )
    axes.text(
        at[0] - 4,
        7.0,
        r"$+\; W_{\mathrm{left}} h^{i-1,j} + W_{\mathrm{top}} h^{i,j-1}\bigr)$",
        ha="center",
        va="center",
    )


def _place(column: int, row: int) -> Point:
    return 21.0 + PITCH * column, HEIGHT - 13.0 - (PITCH - 1.5) * row


def _hidden(axes: Axes, at: Point, name: str, radius: float = RADIUS) -> None:
    axes.add_patch(Circle(at, radius, facecolor="white", edgecolor=INK, linewidth=0.9, zorder=3))
    axes.text(*at, name, ha="center", va="center", size=SMALL_SIZE, zorder=4)


def _input(axes: Axes, at: Point, name: str, half: float = INPUT) -> None:
    corner = (at[0] - half, at[1] - half)
    box = FancyBboxPatch(
        corner,
        2 * half,
        2 * half,
        boxstyle="round,pad=0,rounding_size=0.8",
        facecolor=TINT,
        edgecolor=RULE,
        linewidth=0.8,
        zorder=3,
    )
    axes.add_patch(box)
    axes.text(*at, name, ha="center", va="center", size=SMALL_SIZE, zorder=4)


def _arrow(
    axes: Axes, start: Point, end: Point, before: float, behind: float, colour: str, line: str
) -> None:
    """Draw an arrow between two nodes whose radii are `before` and `behind`."""
    along = (end[0] - start[0], end[1] - start[1])
    length = (along[0] ** 2 + along[1] ** 2) ** 0.5
    unit = (along[0] / length, along[1] / length)
    tail = (start[0] + unit[0] * before, start[1] + unit[1] * before)
    tip = (end[0] - unit[0] * (behind + 0.5), end[1] - unit[1] * (behind + 0.5))
    axes.add_patch(
        FancyArrowPatch(
            tail,
            tip,
            arrowstyle="-|>,head_length=3.2,head_width=1.5",
            color=colour,
            linewidth=0.9,
            linestyle=line,
            shrinkA=0,
            shrinkB=0,
            mutation_scale=1,
            zorder=2,
        )
    )


def _dots(axes: Axes, start: Point, end: Point, index: int) -> None:
    """Draw three dots on the way between the last two, where units are left out."""
    if index + 2 < len(NAMES):
        return
    x, y = zip(
        *(
            (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
            for share in (0.42, 0.48, 0.54)
        ),
        strict=True,
    )
    axes.plot(x, y, "o", color="white", markersize=6, zorder=2.5)
    axes.plot(x, y, "o", color=INK, markersize=1.6, zorder=2.6)
