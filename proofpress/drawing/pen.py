"""Strokes, areas and numbers on matplotlib's axes, for the kinds of figures.

Place in the chain: kind of figure -> **pen** -> figure. Many strokes of one kind become one path,
so that a figure's source stays small.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

Point = tuple[float, float]


def fill(axes: Axes, shapes: Iterable[Sequence[Point]], colour: str) -> None:
    """Fill polygons."""
    paths = [Path([*shape, shape[0]], closed=True) for shape in shapes]
    if paths:
        path = _exact(Path.make_compound_path(*paths))
        axes.add_patch(PathPatch(path, facecolor=colour, edgecolor="none", linewidth=0))


def stroke(
    axes: Axes, lines: Iterable[tuple[Point, Point]], colour: str, width: float, style: str = "-"
) -> None:
    """Draw straight lines."""
    points = [point for line in lines for point in line]
    if points:
        path = _exact(Path(points, [Path.MOVETO, Path.LINETO] * (len(points) // 2)))
        axes.add_patch(
            PathPatch(path, edgecolor=colour, fill=False, linewidth=width, linestyle=style)
        )


def frame(axes: Axes, width: float, height: float, colour: str, line: float) -> None:
    """Draw a rectangle around the whole of the axes."""
    box = Rectangle((0, 0), width, height, fill=False, edgecolor=colour, linewidth=line)
    box.set_clip_on(False)
    axes.add_patch(box)


def number(axes: Axes, across: Sequence[int], down: Sequence[int]) -> None:
    """Write the numbers of columns above the axes and those of rows beside them, and no ticks."""
    axes.set_xticks([n - 0.5 for n in across], [f"${n}$" for n in across])
    axes.set_yticks([n - 0.5 for n in down], [f"${n}$" for n in down])
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.tick_params(length=0, pad=2)
    for spine in axes.spines.values():
        spine.set_visible(False)


def size(axes: Axes) -> tuple[float, float]:
    """Return width and height of the axes in points, once their limits are set."""
    figure = axes.get_figure(root=True)
    assert figure is not None  # axes are drawn into a figure
    axes.apply_aspect()
    extent = axes.get_window_extent()
    return extent.width / figure.dpi * 72, extent.height / figure.dpi * 72


def beside(axes: Axes) -> float:
    """Return the points between the right edge of the axes, once these have a size, and that of the
    figure."""
    figure = axes.get_figure(root=True)
    assert figure is not None  # axes are drawn into a figure
    return (figure.bbox.x1 - axes.get_window_extent().x1) / figure.dpi * 72


def _exact(path: Path) -> Path:
    """Keep matplotlib from leaving out points of a long path."""
    path.should_simplify = False
    return path
