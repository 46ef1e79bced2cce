"""A grid of pairs, some of them marked: how it is drawn, and how its ink is read back.

Place in the chain: ledger's pairs -> **grid** -> page -> **marked squares** <- ledger's pairs.
Row 1 is on top. Squares are drawn as runs. On the page the frame and the lines tell how many
squares there are; a square counts when filled shapes cover it to its borders.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from proofpress.faults.errors import PressError
from proofpress.kinds.marks import Glyph, Rule, Shape

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME = "squares"
Cell = tuple[int, int]
Box = tuple[float, float, float, float]
Mark = Glyph | Rule | Shape
Numbers = list[tuple[int, float]]  # each with how far it stands from the frame's first corner
Line = tuple[tuple[float, float], tuple[float, float]]

MOST = 200  # rows or columns
FINEST = 1.0  # pt; smaller squares cannot be told apart on paper
SMALLEST = 8.0  # pt; a smaller frame is a symbol
_DIGIT, _AIR = 4.3, 3.7  # pt: how wide a digit of a number is, and what parts two numbers

_SAME = 0.002  # of the frame's side: places closer than this are one
_FIT = 0.08  # of a square's side: how far an edge may lie off a line of the grid
_OFF = 0.3  # of a square's side: how far a number may stand off the middle of its row or column
_MIDDLE = 0.381  # of a number's size: how far its middle lies above the line it stands on
_DARK = 0.5  # luminance below which a square counts as marked on grey paper, too
_WHITE = 0.99


class Grid(NamedTuple):
    """A grid as it is read: its size, `dark` and `light` squares, and what does not fit it."""

    rows: int
    columns: int
    dark: frozenset[Cell]
    light: frozenset[Cell]
    faults: tuple[str, ...]

    @property
    def marked(self) -> frozenset[Cell]:
        """All squares that are not white."""
        return self.dark | self.light


Shown = Grid


class Wanted(NamedTuple):
    """The squares that the ledger counts; `light` is None where none has to be hatched."""

    dark: frozenset[Cell]
    light: frozenset[Cell] | None

    @property
    def marked(self) -> frozenset[Cell]:
        """All squares that are not white."""
        return self.dark | (self.light or frozenset())


# --- Drawing ----------------------------------------------------------------------------------


def draw(
    axes: Axes,
    size: int | tuple[int, int],
    cells: Iterable[Sequence[int]],
    *,
    second: Iterable[Sequence[int]] = (),
    block: int = 0,
    rows: str = "$i$",
    columns: str = "$j$",
) -> None:
    """Draw a grid of pairs (i, j) into `axes`, with `cells` filled.

    `size` is the number of rows and columns, or both apart; `second` squares are hatched: another
    class, or another reading. `block` > 0 draws the borders of blocks of that many rows and
    columns. `rows` and `columns` are what is counted there. Raises PressError for a pair outside
    of the grid or in both classes, and for squares too small to be read back.

    >>> from proofpress.drawing import new_figure
    >>> from proofpress.drawing.style import axes_at
    >>> axes = axes_at(new_figure(60, 40), 10, 5, 45, 30)
    >>> draw(axes, (2, 3), [(1, 1), (2, 3)], rows="day", columns="room")
    >>> axes.get_ylabel(), axes.get_xlabel()
    ('day', 'room')
    """
    from proofpress.drawing import pen
    from proofpress.drawing.style import ACCENT, INK, MUTED, RULE, TINT

    down, across = (size, size) if isinstance(size, int) else size
    filled, hatched = _inside(down, across, cells), _inside(down, across, second)
    if both := filled & hatched:
        raise PressError(f"the pair {min(both)} is marked in two ways", mend="mark it once")
    axes.set_xlim(0, across)
    axes.set_ylim(down, 0)
    axes.set_aspect("equal")
    width, height = pen.size(axes)
    _refuse_too_fine(down, across, width, height)
    pen.fill(axes, _squares(hatched), TINT)
    pen.stroke(axes, _slanted(hatched), MUTED, 0.5)
    pen.fill(axes, _squares(filled), ACCENT)
    pen.stroke(axes, _borders(down, across, 1), RULE, 0.4)
    if block:
        pen.stroke(axes, _borders(down, across, block), INK, 0.9, "--")
    pen.frame(axes, across, down, INK, 0.8)
    wide, high = len(str(across)) * _DIGIT + _AIR, 2 * _DIGIT + _AIR
    whole = width + pen.beside(axes)
    numbers = [
        number
        for number in ticks(across, int(width / wide))
        # One that would be cut off at the figure's edge is left out.
        if (number - 0.5) * width / across + len(str(number)) * _DIGIT / 2 <= whole
    ]
    pen.number(axes, numbers, ticks(down, int(height / high)))
    axes.set_xlabel(columns, labelpad=3)
    axes.set_ylabel(rows, labelpad=3)


def ticks(n: int, most: int) -> list[int]:
    """Return the numbers of rows that are written out: all n, or round ones, about `most` of them.

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


def _inside(down: int, across: int, cells: Iterable[Sequence[int]]) -> set[Cell]:
    pairs = {(i, j) for i, j in cells}
    outside = [(i, j) for i, j in pairs if not (1 <= i <= down and 1 <= j <= across)]
    if min(down, across) < 1 or outside:
        raise PressError(
            f"the pair {min(outside)} is outside of the {down} x {across} grid"
            if outside
            else f"a grid needs at least one row and one column, not {down} x {across}",
            mend="compare the claim's domain with the example's letters",
        )
    return pairs


def _refuse_too_fine(down: int, across: int, width: float, height: float) -> None:
    if max(down, across) > MOST or min(width / across, height / down) < FINEST:
        raise PressError(
            f"a grid of {down} x {across} squares in {width / 72 * 25.4:.0f} x "
            f"{height / 72 * 25.4:.0f} mm cannot be read",
            mend=f"draw it larger, or at smaller letters: at most {MOST} rows and columns, each "
            f"at least {FINEST / 72 * 25.4:.2f} mm wide",
        )
    if max(width, height) < SMALLEST:
        raise PressError(
            f"a grid of {width:.1f} x {height:.1f} pt cannot be read", mend="draw it larger"
        )


def _runs(pairs: Iterable[Cell]) -> Iterator[tuple[int, int, int]]:
    """Row, first column and last column of each run of neighbouring pairs in a row."""
    for (i, _), run in itertools.groupby(
        enumerate(sorted(pairs)), key=lambda at: (at[1][0], at[1][1] - at[0])
    ):
        columns = [j for _, (_, j) in run]
        yield i, columns[0], columns[-1]


def _squares(pairs: Iterable[Cell]) -> list[list[tuple[float, float]]]:
    return [[(a - 1, i - 1), (b, i - 1), (b, i), (a - 1, i)] for i, a, b in _runs(pairs)]


def _slanted(pairs: Iterable[Cell]) -> list[Line]:
    """Return three slanted strokes a square."""
    return [
        ((j - 1 + x0, i - 1 + y0), (j - 1 + x1, i - 1 + y1))
        for i, j in sorted(pairs)
        for x0, y0, x1, y1 in ((0, 0.5, 0.5, 0), (0, 1, 1, 0), (0.5, 1, 1, 0.5))
    ]


def _borders(down: int, across: int, step: int) -> list[Line]:
    rows: list[Line] = [((0, at), (across, at)) for at in range(step, down, step)]
    return [*rows, *(((at, 0), (at, down)) for at in range(step, across, step))]


pair_grid = draw  # as authors call it


# --- Reading ----------------------------------------------------------------------------------


def read(marks: Iterable[Mark]) -> Grid | None:
    """Return the grid that the marks of a picture show; of several the one at the left."""
    found = [mark for mark in marks if not isinstance(mark, Glyph) or mark.sign.isdigit()]
    frames = sorted(mark.box for mark in found if isinstance(mark, Shape) and _is_frame(mark))
    grids = [(frame, *_numbers(found, frame)) for frame in frames]
    numbered = [one for one in grids if one[1] and one[2]]
    # Around a part of the squares, or around something else, a rectangle has no numbers.
    chosen = numbered or sorted(grids, key=lambda one: -_width(one[0]))
    return _grid(found, *chosen[0]) if chosen else None


def wanted(entry: Any, within: Any | None, options: Mapping[str, str]) -> Wanted:
    """Return the squares of counted pairs; those that `within` does not count are hatched."""
    turned = bool(options.get("turned"))
    cells = frozenset((j, i) if turned else (i, j) for i, j in entry)
    if within is None:
        return Wanted(cells, None)
    shared = cells & frozenset((j, i) if turned else (i, j) for i, j in within)
    return Wanted(shared, cells - shared)


def found(shown: Grid | None, wanted: Wanted) -> tuple[int, int]:
    """Return how many squares are marked of those that have to be."""
    return len(wanted.marked & shown.marked) if shown else 0, len(wanted.marked)


def differences(shown: Grid, wanted: Wanted) -> Iterator[str]:
    """Tell how a grid differs from what it has to be, the first square of each kind named."""
    yield from sorted(set(shown.faults))
    pairs = [("marked", shown.dark, wanted.dark)]
    if wanted.light is not None:
        pairs.append(("hatched", shown.light, wanted.light))
    for word, seen, counted in pairs:
        for cells, fault in ((counted - seen, f"not {word}"), (seen - counted, word)):
            if cells:
                row, column = min(cells)
                others = f" and {len(cells) - 1} more" if len(cells) > 1 else ""
                yield (
                    f"row {row}, column {column}{others} {'are' if others else 'is'} {fault}; "
                    f"{len(seen)} squares are {word}, the ledger counts {len(counted)}"
                )


def _is_frame(shape: Shape) -> bool:
    left, low, right, high = shape.box
    straight = {(left, low), (left, high), (right, low), (right, high)} == set(shape.points)
    return shape.stroked and straight and max(right - left, high - low) > SMALLEST


def _width(frame: Box) -> float:
    return frame[2] - frame[0]


def _grid(marks: Sequence[Mark], frame: Box, beside: Numbers, above: Numbers) -> Grid:
    heights, places = _lines(marks, frame)
    rows, columns = len(heights) + 1, len(places) + 1
    left, low, right, high = frame
    faults = []
    if not (_even(heights, low, high) and _even(places, left, right)):
        faults.append(f"the lines of its {rows} rows and {columns} columns lie unevenly")
    dark: set[Cell] = set()
    light: set[Cell] = set()
    for shape in marks:
        if not isinstance(shape, Shape) or shape.stroked or not _inside_of(shape.box, frame):
            continue
        brightness = _luminance(shape.colour)
        if brightness > _WHITE or len(set(shape.points)) != 4:
            continue
        cells, fits = _covered(shape.box, frame, rows, columns)
        if not fits:
            faults.append("a filled shape does not end on the lines of the grid")
        (dark if brightness < _DARK else light).update(cells)
    faults += _misplaced(beside, "beside row", (high - low) / rows)
    faults += _misplaced(above, "above column", (right - left) / columns)
    if not beside or not above:
        faults.append("its rows or its columns have no numbers")
    return Grid(rows, columns, frozenset(dark), frozenset(light - dark), tuple(faults))


def _lines(marks: Iterable[Mark], frame: Box) -> tuple[list[float], list[float]]:
    """Return the heights of the lines across the frame, and the places of those down."""
    left, low, right, high = frame
    near = _SAME * max(right - left, high - low)
    across: list[float] = []
    down: list[float] = []
    for mark in marks:
        if isinstance(mark, Rule):
            if abs(mark.x - left) < near and abs(mark.end - right) < near:
                across.append(mark.y)
        elif isinstance(mark, Shape) and mark.stroked and len(mark.points) == 2:
            x0, y0, x1, y1 = mark.box
            if abs(x1 - x0) < near and abs(y0 - low) < near and abs(y1 - high) < near:
                down.append(x0)
    return _distinct(across, low, high, near), _distinct(down, left, right, near)


def _distinct(places: Iterable[float], first: float, last: float, near: float) -> list[float]:
    """Return the places strictly between two others, those that nearly agree as one."""
    kept: list[float] = []
    for place in sorted(places):
        if first + near < place < last - near and (not kept or place - kept[-1] > near):
            kept.append(place)
    return kept


def _even(places: Sequence[float], first: float, last: float) -> bool:
    side = (last - first) / (len(places) + 1)
    ideal = (first + side * number for number in range(1, len(places) + 1))
    return all(abs(a - b) < _FIT * side for a, b in zip(places, ideal, strict=True))


def _inside_of(box: Box, frame: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return frame[0] < x < frame[2] and frame[1] < y < frame[3]


def _covered(box: Box, frame: Box, rows: int, columns: int) -> tuple[set[Cell], bool]:
    """Return the squares under a filled shape, as (row, column), and whether its edges fit the
    lines."""
    width, height = (frame[2] - frame[0]) / columns, (frame[3] - frame[1]) / rows
    edges = (
        (box[0] - frame[0]) / width, (box[2] - frame[0]) / width,
        (frame[3] - box[3]) / height, (frame[3] - box[1]) / height,
    )  # fmt: skip
    first, last, top, bottom = (round(edge) for edge in edges)
    fits = all(abs(edge - round(edge)) < _FIT for edge in edges)
    inner = itertools.product(range(top + 1, bottom + 1), range(first + 1, last + 1))
    return set(inner), fits


def _luminance(colour: Sequence[float]) -> float:
    if len(colour) == 3:
        return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]
    return colour[0] if len(colour) == 1 else 1 - max(colour, default=0.0)


def _numbers(marks: Sequence[Mark], frame: Box) -> tuple[Numbers, Numbers]:
    """Return the numbers beside the frame, each with how far down it stands, and above it, how far
    right.

    They stand in one column, or on one line, next to the frame; what is further off is no number
    of the grid's.
    """
    left, low, right, high = frame
    words = list(_words([mark for mark in marks if isinstance(mark, Glyph)]))
    beside = [w for w in words if w.end < left < w.end + 2 * w.size and low < w.middle < high]
    above = [w for w in words if high < w.y < high + 2 * w.size and left < w.centre < right]
    edge = max((word.end for word in beside), default=0.0)
    line = min((word.y for word in above), default=0.0)
    return (
        [(w.number, high - w.middle) for w in beside if edge - w.end < 0.1 * w.size],
        [(w.number, w.centre - left) for w in above if w.y - line < 0.1 * w.size],
    )


class _Word(NamedTuple):
    """A number on the page."""

    number: int
    x: float
    end: float
    y: float
    size: float

    @property
    def middle(self) -> float:
        return self.y + _MIDDLE * self.size

    @property
    def centre(self) -> float:
        return (self.x + self.end) / 2


def _words(digits: Sequence[Glyph]) -> Iterator[_Word]:
    """Yield the numbers that neighbouring digits make."""
    words: list[list[Glyph]] = []
    for glyph in digits:
        last = words[-1][-1] if words else None
        if last and abs(glyph.y - last.y) < 0.1 and abs(glyph.x - last.end) < 0.06 * glyph.size:
            words[-1].append(glyph)
        else:
            words.append([glyph])
    for word in words:
        number = int("".join(glyph.sign for glyph in word))
        yield _Word(number, word[0].x, word[-1].end, word[0].y, word[0].size)


def _misplaced(numbers: Iterable[tuple[int, float]], where: str, side: float) -> Iterator[str]:
    """Tell of each number that does not stand at its own row or column."""
    for number, place in numbers:
        at = place / side + 0.5
        if abs(at - number) > _OFF:
            yield f"the number {number} stands {where} {at:.1f}"
