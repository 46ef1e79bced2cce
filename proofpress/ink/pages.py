"""Glyphs, rules, filled shapes and links of a page, in the order they were drawn.

Place in the chain: PDF -> **marks on a page** -> reading. It understands what pdfTeX and pgf write:
text, straight lines, filled polygons, pictures. A picture of the author's can hold whatever a PDF
can; a part that is not understood is reported by the check that needs it. Images of dots are never
unpacked. All lengths are points of the PDF, y upward.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import hypot
from typing import Any

import pikepdf

from proofpress.faults.errors import PressError
from proofpress.ink.commands import commands
from proofpress.ink.fonts import Font, Fonts
from proofpress.ink.identity import Identities
from proofpress.kinds.marks import Colour, Glyph, Rule, Shape

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
# What reading a PDF ends with that is broken, or that holds what is not understood here.
UNREADABLE = (
    *(PressError, OSError, pikepdf.PdfError, pikepdf.DataDecodingError),
    *(ValueError, TypeError, AttributeError, LookupError),
)


@dataclass(frozen=True, eq=False)
class Picture:
    """An included picture: where it stands, and all that is drawn in it, once that is asked for.

    The marks are told from the picture's own origin. They are the same wherever it stands, and
    `key`, its identity and how it is scaled and turned, decides them.
    """

    box: tuple[float, float, float, float]
    key: tuple[bytes, float, float, float, float]
    draw: Callable[[], list[Mark]]

    @property
    def marks(self) -> tuple[Glyph | Rule | Shape, ...]:
        """All that is drawn in it; nothing when it cannot be read."""
        return self._read[0]

    @property
    def fault(self) -> str:
        """Why it cannot be read; empty when it can."""
        return self._read[1]

    @cached_property
    def _read(self) -> tuple[tuple[Glyph | Rule | Shape, ...], str]:
        try:
            drawn = self.draw()
        except UNREADABLE as error:
            return (), str(error) or type(error).__name__
        return tuple(mark for mark in drawn if not isinstance(mark, Picture)), ""


Mark = Glyph | Rule | Shape | Picture


class Drawn:
    """What the content streams of one document draw.

    A picture is drawn when somebody asks for what is in it.
    """

    def __init__(self, identities: Identities, fonts: Fonts) -> None:
        self._identities, self.fonts = identities, fonts

    def marks(
        self,
        content: bytes,
        resources: Any,
        start: Matrix = IDENTITY,
        codes: dict[str, set[int]] | None = None,
    ) -> list[Mark]:
        """Return all marks of a page or a picture, in the order they were drawn.

        `codes` gets those that are shown, by the name of their font.
        """
        return _Drawing(self, resources, start, {} if codes is None else codes).run(content)

    def picture(self, stream: Any, resources: Any, placed: Matrix) -> Picture:
        """Return a picture, of which nothing is read yet but where it stands."""
        left, low, right, high = (float(side) for side in stream["/BBox"])
        (x0, y0), (x1, y1) = apply(placed, (left, low)), apply(placed, (right, high))
        resources = stream.get("/Resources", resources)
        identity, (a, b, c, d, _, _) = self._identities.picture(stream, resources), placed
        return Picture(
            (x0, y0, x1, y1),
            (identity, a, b, c, d),
            lambda: self.marks(stream.read_bytes(), resources, (a, b, c, d, 0, 0)),
        )


@dataclass
class _State:
    """What q keeps and Q brings back."""

    matrix: Matrix
    fill: Colour = (0.0,)
    stroke: Colour = (0.0,)
    font: Font | None = None
    codes: set[int] = field(default_factory=set)  # of that font, that were shown
    size: float = 0.0
    leading: float = 0.0
    spacing: float = 0.0
    word: float = 0.0


class _Drawing:
    """The operators of one content stream, carried out."""

    def __init__(
        self, drawn: Drawn, resources: Any, start: Matrix, codes: dict[str, set[int]]
    ) -> None:
        self.drawn, self.resources, self.codes = drawn, resources, codes
        self.fonts: dict[str, Font] = {}
        self.state = _State(start)
        self.kept: list[_State] = []
        self.text: Matrix = IDENTITY
        self.line: Matrix = IDENTITY
        self.paths: list[list[tuple[float, float]]] = []
        self.marks: list[Mark] = []

    def run(self, content: bytes) -> list[Mark]:
        # The cases are tried from above: what is frequent comes first.
        for name, given in commands(content):
            operands: Any = given  # each operator knows what it is given
            state = self.state
            match name:
                case "l" | "c" | "v" | "y":
                    self.paths[-1].append(apply(state.matrix, operands[-2:]))
                case "m":
                    self.paths.append([apply(state.matrix, operands)])
                case "Tf":
                    called = str(operands[0])
                    state.font, state.size = self._font(called), float(operands[1])
                    state.codes = self.codes[called]
                case "Td" | "TD":
                    if name == "TD":
                        state.leading = -float(operands[1])
                    self._next_line(float(operands[0]), float(operands[1]))
                case "Tj" | "TJ":
                    self._shown(operands[0] if name == "TJ" else operands)
                case "Tm":
                    self.text = self.line = _matrix(operands)
                case "q":
                    self.kept.append(state)
                    self.state = _State(**vars(state))
                case "Q":
                    self.state = self.kept.pop() if self.kept else state
                case "cm":
                    state.matrix = multiply(_matrix(operands), state.matrix)
                case "rg" | "g" | "k" | "sc" | "scn":
                    state.fill = _colour(operands)
                case "RG" | "G" | "K" | "SC" | "SCN":
                    state.stroke = _colour(operands)
                case "BT":
                    self.text = self.line = IDENTITY
                case "Tc":
                    state.spacing = float(operands[0])
                case "Tw":
                    state.word = float(operands[0])
                case "TL":
                    state.leading = float(operands[0])
                case "T*":
                    self._next_line(0, -state.leading)
                case "re":
                    x, y, width, height = map(float, operands)
                    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
                    self.paths.append([apply(state.matrix, corner) for corner in corners])
                case "f" | "F" | "f*" | "B" | "B*" | "b" | "b*":
                    self.marks += self._filled()
                case "S" | "s":
                    self.marks += self._stroked()
                case "n":
                    self.paths = []
                case "Do":
                    self.marks += self._picture(str(operands[0]))
        return self.marks

    def _font(self, name: str) -> Font:
        if name not in self.fonts:
            self.fonts[name] = self.drawn.fonts.of(self.resources["/Font"][name])
            self.codes.setdefault(name, set())
        return self.fonts[name]

    def _next_line(self, x: float, y: float) -> None:
        self.text = self.line = multiply((1, 0, 0, 1, x, y), self.line)

    def _shown(self, pieces: Any) -> None:
        state, font = self.state, self.state.font
        if font is None:
            return
        right, up, *slant, x, y = multiply(self.text, state.matrix)
        size, hangs, scale = state.size * hypot(*slant), font.hangs, state.size / 1000
        along = 0.0  # how far the text has come, in its own space
        # Most of the time goes into this loop: a mark is made without the step through its class.
        made, signs, width = tuple.__new__, font.signs, font.widths.get
        spacing, add = state.spacing, self.marks.append
        for piece in pieces:
            if isinstance(piece, float):
                along -= piece * scale
                continue
            state.codes.update(piece)
            for code in piece:
                at, height = x + along * right, y + along * up
                along += width(code, 0.0) * scale + spacing
                if code == 32:
                    along += state.word
                add(made(Glyph, (signs[code], at, height, x + along * right, size, hangs)))
        self.text = multiply((1, 0, 0, 1, along, 0), self.text)

    def _filled(self) -> Iterator[Mark]:
        for path in self.paths:
            shape = Shape(tuple(path), self.state.fill)
            left, low, right, high = shape.box
            flat = high - low < 1.0 < right - left
            yield Rule(left, (low + high) / 2, right) if flat else shape
        self.paths = []

    def _stroked(self) -> Iterator[Mark]:
        for path in self.paths:
            (x0, y0), (x1, y1) = path[0], path[-1]
            if len(path) == 2 and abs(y0 - y1) < 0.01:
                yield Rule(min(x0, x1), y0, max(x0, x1))
            else:
                yield Shape(tuple(path), self.state.stroke, stroked=True)
        self.paths = []

    def _picture(self, name: str) -> Iterator[Mark]:
        stream = self.resources["/XObject"][name]
        if stream.get("/Subtype") != "/Form":
            return
        placed = multiply(_matrix(stream.get("/Matrix", IDENTITY)), self.state.matrix)
        yield self.drawn.picture(stream, self.resources, placed)


def _matrix(numbers: Any) -> Matrix:
    a, b, c, d, e, f = (float(number) for number in numbers)
    return a, b, c, d, e, f


def _colour(operands: Any) -> Colour:
    return tuple(float(part) for part in operands if isinstance(part, int | float))


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that does `first`, then `second`.

    >>> multiply((1, 0, 0, 1, 5, 0), (2, 0, 0, 2, 1, 1))
    (2, 0, 0, 2, 11, 1)
    """
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i, a * h + b * j,
        c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def apply(matrix: Matrix, point: Sequence[float]) -> tuple[float, float]:
    """Return where a point comes to lie."""
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f
