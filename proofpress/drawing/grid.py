"""An n x n grid of query-key pairs, some of them marked.

Place in the chain: ledger's cells -> **grid** -> figure. Rows are queries, row 1 on top; columns
are keys. Squares are drawn as runs and lines as one path, so that a grid's source stays small.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from proofpress.drawing.style import ACCENT, INK, MUTED, RULE, TINT
from proofpress.faults.errors import PressError

Cell = Sequence[int]
_LABEL_SPACE = 4.3  # mm that a number of two digits needs


def mask_grid(
    axes: Axes,
    n: int,
    cells: Iterable[Cell],
    *,
    second: Iterable[Cell] = (),
    window: int = 0,
    query: str = "query $i$",
    key: str = "key $j$",
) -> None:
    """Draws the grid of pairs (i, j), 1 <= i, j <= n, into `axes`, with `cells` filled.

    `second` squares are hatched: another class, or another reading. `window` > 0 draws the
    borders of consecutive windows of that many tokens. Raises PressError for a pair outside of
    the grid or in both classes.
    """
    filled, hatched = _inside(n, cells), _inside(n, second)
    if both := filled & hatched:
        raise PressError(f"the pair {min(both)} is marked in two ways", "figures", "mark it once")
    axes.set_xlim(0, n)
    axes.set_ylim(n, 0)
    axes.set_aspect("equal")
    axes.add_patch(_patch(_squares(hatched), facecolor=TINT, linewidth=0))
    axes.add_patch(_patch(_strokes(hatched), edgecolor=MUTED, fill=False, linewidth=0.5))
    axes.add_patch(_patch(_squares(filled), facecolor=ACCENT, linewidth=0))
    axes.add_patch(_patch(_lines(n, 1), edgecolor=RULE, fill=False, linewidth=0.4))
    if window:
        borders = _lines(n, window)
        axes.add_patch(_patch(borders, edgecolor=INK, fill=False, linewidth=0.9, linestyle="--"))
    frame = Rectangle((0, 0), n, n, fill=False, edgecolor=INK, linewidth=0.8, clip_on=False)
    axes.add_patch(frame)
    _label(axes, n, query, key)


def ticks(n: int, most: int) -> list[int]:
    """The numbers of rows that are written out: all n, or round ones, about `most` of them.

    >>> ticks(5, 12), ticks(12, 9), ticks(40, 12)
    ([1, 2, 3, 4, 5], [2, 4, 6, 8, 10, 12], [1, 5, 10, 15, 20, 25, 30, 35, 40])
    """
    if n <= most:
        return list(range(1, n + 1))
    step = next(
        size * 10**power
        for power in itertools.count()
        for size in (1, 2, 5)
        if n // (size * 10**power) <= max(most, 2)
    )
    first = [1] if step > 2 else []
    return [*first, *range(step, n + 1, step)]


def _inside(n: int, cells: Iterable[Cell]) -> set[tuple[int, int]]:
    pairs = {(i, j) for i, j in cells}
    outside = [pair for pair in pairs if not all(1 <= index <= n for index in pair)]
    if n < 1 or outside:
        raise PressError(
            f"the pair {min(outside)} is outside of the {n} x {n} grid"
            if outside
            else f"a grid needs at least one row, not {n}",
            "the ledger",
            "compare the claim's domain with the example's letters",
        )
    return pairs


def _runs(pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Row, first column and last column of each run of neighbouring pairs in a row."""
    for (i, _), run in itertools.groupby(
        enumerate(sorted(pairs)), key=lambda at: (at[1][0], at[1][1] - at[0])
    ):
        columns = [j for _, (_, j) in run]
        yield i, columns[0], columns[-1]


def _squares(pairs: Iterable[tuple[int, int]]) -> Path | None:
    paths = [
        Path([(a - 1, i - 1), (b, i - 1), (b, i), (a - 1, i), (a - 1, i - 1)], closed=True)
        for i, a, b in _runs(pairs)
    ]
    return Path.make_compound_path(*paths) if paths else None


def _strokes(pairs: Iterable[tuple[int, int]]) -> Path | None:
    """Three slanted strokes a square."""
    segments = [
        ((j - 1 + x0, i - 1 + y0), (j - 1 + x1, i - 1 + y1))
        for i, j in sorted(pairs)
        for x0, y0, x1, y1 in ((0, 0.5, 0.5, 0), (0, 1, 1, 0), (0.5, 1, 1, 0.5))
    ]
    return _segments(segments)


def _lines(n: int, step: int) -> Path | None:
    inner = range(step, n, step)
    across = [((0, at), (n, at)) for at in inner]
    down = [((at, 0), (at, n)) for at in inner]
    return _segments([*across, *down])


def _segments(
    segments: Iterable[tuple[tuple[float, float], tuple[float, float]]],
) -> Path | None:
    points = [point for segment in segments for point in segment]
    codes = [Path.MOVETO, Path.LINETO] * (len(points) // 2)
    return Path(points, codes) if points else None


def _patch(path: Path | None, **style: Any) -> PathPatch:
    """A patch of the path; an empty one where there is nothing to draw."""
    style.setdefault("edgecolor", "none")
    return PathPatch(path or Path([(0, 0)]), **style)


def _label(axes: Axes, n: int, query: str, key: str) -> None:
    figure = axes.get_figure(root=True)
    assert figure is not None  # axes are drawn into a figure
    width = axes.get_window_extent().width / figure.dpi * 25.4
    shown = ticks(n, int(width / _LABEL_SPACE))
    places = [number - 0.5 for number in shown]
    names = [f"${number}$" for number in shown]
    axes.set_xticks(places, names)
    axes.set_yticks(places, names)
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.tick_params(length=0, pad=2)
    axes.set_xlabel(key, labelpad=3)
    axes.set_ylabel(query, labelpad=3)
    for spine in axes.spines.values():
        spine.set_visible(False)
