import matplotlib
import numpy as np
import pytest

from proofpress import pair_grid
from proofpress.drawing import new_figure
from proofpress.drawing.style import axes_at
from proofpress.faults.errors import PressError

CAUSAL = [(i, j) for i in range(1, 7) for j in range(1, i + 1)]


def drawn(n, cells, **options):
    """The axes of a grid, and its picture in grey: one number from 0 to 1 for each square."""
    figure = new_figure(60, 60)
    axes = axes_at(figure, 0, 0, 60, 60)
    pair_grid(axes, n, cells, **options)
    with matplotlib.rc_context({"font.family": "sans-serif"}):
        axes.axis("off")
        figure.set_dpi(127)  # 300 dots a side
        canvas = matplotlib.backends.backend_agg.FigureCanvasAgg(figure)
        canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[..., :3].mean(axis=2) / 255
    side = pixels.shape[0] // n
    inner = slice(side // 4, 3 * side // 4)
    squares = [
        [pixels[i * side : (i + 1) * side, j * side : (j + 1) * side][inner, inner].mean()
         for j in range(n)]
        for i in range(n)
    ]  # fmt: skip
    return axes, np.array(squares)


def test_exactly_the_given_squares_are_dark_with_row_one_on_top():
    _, grey = drawn(6, CAUSAL)
    dark = {(i + 1, j + 1) for i in range(6) for j in range(6) if grey[i, j] < 0.4}
    light = {(i + 1, j + 1) for i in range(6) for j in range(6) if grey[i, j] > 0.9}
    assert dark == set(CAUSAL) and len(dark) + len(light) == 36


def test_a_second_class_is_neither_dark_nor_white():
    _, grey = drawn(6, CAUSAL, second=[(1, 6)])
    assert 0.5 < grey[0, 5] < 0.95


def test_axes_say_what_is_counted():
    axes, _ = drawn(3, [])
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$j$", "$i$")
    axes, _ = drawn(3, [], rows="query $i$", columns="key $j$")
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("key $j$", "query $i$")
    assert [text.get_text() for text in axes.get_xticklabels()] == ["$1$", "$2$", "$3$"]


def test_a_large_grid_shows_fewer_numbers_than_rows():
    axes, _ = drawn(100, [(100, 100)])
    assert 5 <= len(axes.get_xticks()) <= 14


@pytest.mark.parametrize("cell", [(0, 1), (1, 4), (4, 1), (-1, -1)])
def test_a_pair_outside_of_the_grid_is_refused(cell):
    with pytest.raises(PressError, match="outside of the 3 x 3 grid"):
        drawn(3, [cell])


def test_a_grid_without_rows_is_refused():
    with pytest.raises(PressError, match="at least one row and one column, not 0 x 0"):
        drawn(0, [])


def test_a_square_has_one_mark():
    with pytest.raises(PressError, match=r"the pair \(1, 1\) is marked in two ways"):
        drawn(2, [(1, 1)], second=[(1, 1)])


def test_numbers_of_columns_do_not_touch():
    axes, _ = drawn(119, [])
    left, right = (text for text in axes.get_xticklabels()[-2:])
    assert right.get_position()[0] - left.get_position()[0] == 20


@pytest.mark.parametrize(("size", "last"), [(9, 9), (40, 40), (120, 100)])
def test_no_number_is_cut_off_at_the_figure_s_edge(size, last):
    figure = new_figure(61, 61)
    axes = axes_at(figure, 10, 1, 50, 50)
    pair_grid(axes, size, [])
    assert axes.get_xticks()[-1] == last - 0.5


@pytest.mark.parametrize("size", [201, (1, 201), (170, 170)])
def test_squares_that_cannot_be_read_are_refused(size):
    figure = new_figure(60, 60)
    with pytest.raises(PressError, match="cannot be read") as caught:
        pair_grid(axes_at(figure, 5, 0, 50, 50), size, [])
    assert caught.value.mend is not None and "larger" in caught.value.mend
