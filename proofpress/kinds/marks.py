"""What stands on a page: glyphs, rules and shapes, each with its place.

Place in the chain: PDF -> **marks** -> reading. All lengths are points of the PDF, y upward.
"""

from __future__ import annotations

from typing import NamedTuple

Colour = tuple[float, ...]


class Glyph(NamedTuple):
    """A sign at its origin; `end` is where the next one would stand, `size` that of its font."""

    sign: str
    x: float
    y: float
    end: float
    size: float
    hangs: bool = False


class Rule(NamedTuple):
    """A horizontal line from x to end, thinner than its length: a fraction's bar."""

    x: float
    y: float
    end: float


class Shape(NamedTuple):
    """A filled polygon, or with `stroked` the outline of one."""

    points: tuple[tuple[float, float], ...]
    colour: Colour
    stroked: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top."""
        xs, ys = zip(*self.points, strict=True)
        return min(xs), min(ys), max(xs), max(ys)
