"""The squares of the staircase."""

from figures.shape import side_of
from proofpress import new_figure, pair_grid
from proofpress.drawing.style import axes_at

SIDE = 30.0


def draw(facts):
    shown = facts.claim("stairs.staircase").at("small")
    figure = new_figure(SIDE + 12, SIDE + 12)
    side = side_of(SIDE)
    pair_grid(axes_at(figure, 10, 1, side, side), shown.letter("n"), shown.cells)
    return figure
