"""Which squares of a grid are marked, read from the drawing commands of a figure in the PDF.

Place in the chain: figure in the PDF -> **marked squares** <- ledger's pairs. The frame and the
lines tell how many squares there are; a square counts when filled shapes cover it to its borders.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from proofpress.ink.pages import Glyph, Picture, Rule, Shape

Cell = tuple[int, int]
Box = tuple[float, float, float, float]
_LEAST = 20.0  # pt; a smaller square is a symbol
_FIT = 0.08  # of a square's side: how far an edge may lie off a line of the grid
_DARK = 0.5  # luminance below which a square counts as marked on grey paper, too
_WHITE = 0.99


class Grid(NamedTuple):
    """An n x n grid: row 1 on top. `dark` and `light` squares, and what does not fit it."""

    n: int
    dark: frozenset[Cell]
    light: frozenset[Cell]
    faults: tuple[str, ...]


def grids(picture: Picture) -> list[Grid]:
    """The grids of a figure, from left to right."""
    frames = [mark.box for mark in picture.marks if isinstance(mark, Shape) and _is_frame(mark)]
    largest = max((box[2] - box[0] for box in frames), default=0.0)
    outer = sorted(box for box in frames if box[2] - box[0] > 0.7 * largest)
    return [_grid(picture, box) for box in outer]


def _is_frame(shape: Shape) -> bool:
    left, low, right, high = shape.box
    width, height = right - left, high - low
    corners = len(set(shape.points)) == 4
    return shape.stroked and corners and width > _LEAST and abs(width - height) < 0.02 * width


def _grid(picture: Picture, frame: Box) -> Grid:
    faults: list[str] = []
    across, down = _lines(picture, frame)
    n = len(across) + 1
    if len(across) != len(down):
        faults.append(f"it has {len(across) + 1} rows and {len(down) + 1} columns")
    dark: set[Cell] = set()
    light: set[Cell] = set()
    for shape in picture.marks:
        if not isinstance(shape, Shape) or shape.stroked or not _inside(shape.box, frame):
            continue
        brightness = _luminance(shape.colour)
        if brightness > _WHITE or len(set(shape.points)) != 4:
            continue
        cells, fits = _covered(shape.box, frame, n)
        if not fits:
            faults.append("a filled shape does not end on the lines of the grid")
        (dark if brightness < _DARK else light).update(cells)
    faults += _numbers(picture, frame, n)
    return Grid(n, frozenset(dark), frozenset(light - dark), tuple(faults))


def _lines(picture: Picture, frame: Box) -> tuple[set[float], set[float]]:
    """The heights of the lines across the frame, and the places of those down."""
    left, low, right, high = frame
    across: list[float] = []
    down: list[float] = []
    for mark in picture.marks:
        if isinstance(mark, Rule):
            if abs(mark.x - left) < 1 and abs(mark.end - right) < 1:
                across.append(mark.y)
        elif isinstance(mark, Shape) and mark.stroked and len(mark.points) == 2:
            x0, y0, x1, y1 = mark.box
            if abs(x1 - x0) < 0.1 and abs(y0 - low) < 1 and abs(y1 - high) < 1:
                down.append(x0)
    return _distinct(across, low, high), _distinct(down, left, right)


def _distinct(places: Iterable[float], first: float, last: float) -> set[float]:
    """The places strictly between two others, those that nearly agree as one."""
    found: list[float] = []
    for place in sorted(places):
        if first + 1 < place < last - 1 and (not found or place - found[-1] > 0.5):
            found.append(place)
    return set(found)


def _inside(box: Box, frame: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return frame[0] < x < frame[2] and frame[1] < y < frame[3]


def _covered(box: Box, frame: Box, n: int) -> tuple[set[Cell], bool]:
    """The squares under a filled shape, as (row, column), and whether its edges fit the lines."""
    side = (frame[2] - frame[0]) / n
    edges = (
        (box[0] - frame[0]) / side, (box[2] - frame[0]) / side,
        (frame[3] - box[3]) / side, (frame[3] - box[1]) / side,
    )  # fmt: skip
    first, last, top, bottom = (round(edge) for edge in edges)
    fits = all(abs(edge - round(edge)) < _FIT for edge in edges)
    rows, columns = range(top + 1, bottom + 1), range(first + 1, last + 1)
    return {(row, column) for row in rows for column in columns}, fits


def _luminance(colour: Sequence[float]) -> float:
    if len(colour) == 3:
        return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]
    return colour[0] if len(colour) == 1 else 1 - max(colour, default=0.0)


def _numbers(picture: Picture, frame: Box, n: int) -> list[str]:
    """Whether the numbers beside and above the frame stand at their own rows and columns."""
    side = (frame[2] - frame[0]) / n
    digits = [mark for mark in picture.marks if isinstance(mark, Glyph) and mark.sign.isdigit()]
    beside = [g for g in digits if frame[0] - 25 < g.x < frame[0] and frame[1] < g.y < frame[3]]
    above = [g for g in digits if frame[3] < g.y < frame[3] + 14 and frame[0] - 8 < g.x < frame[2]]
    faults = []
    for number, _, y in _words(beside):
        row = (frame[3] - y) / side + 0.5
        if abs(row - number) > 0.3:
            faults.append(f"the number {number} stands beside row {row:.1f}")
    for number, x, _ in _words(above):
        column = (x - frame[0]) / side + 0.5
        if abs(column - number) > 0.3:
            faults.append(f"the number {number} stands above column {column:.1f}")
    if not beside or not above:
        faults.append("its rows or its columns have no numbers")
    return faults


def _words(digits: Sequence[Glyph]) -> list[tuple[int, float, float]]:
    """The numbers that neighbouring digits make, each with its middle."""
    words: list[list[Glyph]] = []
    for glyph in digits:
        last = words[-1][-1] if words else None
        if last and abs(glyph.y - last.y) < 0.1 and abs(glyph.x - last.end) < 0.5:
            words[-1].append(glyph)
        else:
            words.append([glyph])
    return [
        (
            int("".join(glyph.sign for glyph in word)),
            (word[0].x + word[-1].end) / 2,
            word[0].y + 0.33 * word[0].size,
        )
        for word in words
    ]
