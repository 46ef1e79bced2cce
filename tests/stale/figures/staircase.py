"""The squares of the staircase."""

from figures.shape import side_of
from proofpress.drawing import new_figure, pair_grid
from proofpress.drawing.facts import example
from proofpress.drawing.style import axes_at

SIDE = 30.0


def draw(ledger):
    shown = example(ledger, "stairs.staircase", "small")
    figure = new_figure(SIDE + 12, SIDE + 12)
    side = side_of(SIDE)
    cells = {(i, j) for i, j in shown["cells"]}
    pair_grid(axes_at(figure, 10, 1, side, side), shown["letters"]["n"], cells)
    return figure
