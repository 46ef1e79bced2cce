"""Outlines of letters, from the fonts that come with matplotlib, as commands of a PDF.

Place in the chain: a character -> **outline** -> drawn.py for text, outlines.py for mathematics.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any


def fonts() -> Path:
    """Return the folder of fonts that comes with matplotlib, which need not be imported for
    that."""
    found = importlib.util.find_spec("matplotlib")
    assert found is not None and found.submodule_search_locations is not None
    return Path(found.submodule_search_locations[0], "mpl-data", "fonts", "ttf")


@cache
def font(face: str) -> Any:
    """Return a font by the name of its file, DejaVuSans for instance."""
    from fontTools.ttLib import TTFont

    return TTFont(fonts() / f"{face}.ttf")


@cache
def names(face: str) -> dict[int, str]:
    """Return the names of a font's outlines by their characters.

    >>> names("DejaVuSans")[ord("x")]
    'x'
    """
    found: dict[int, str] = font(face).getBestCmap()
    return found


def outline(face: str, name: str, across: float, along: float, up: float = 0.0) -> str:
    """Return the path of an outline, made so much wider and higher, and raised."""
    from fontTools.pens.basePen import BasePen

    glyphs = font(face).getGlyphSet()
    commands: list[str] = []

    def add(command: str, *points: tuple[float, float]) -> None:
        numbers = (f"{x * across:.3f} {y * along + up:.3f}" for x, y in points)
        commands.append(" ".join([*numbers, command]))

    class Pen(BasePen):
        def _moveTo(self, point: Any) -> None:
            add("m", point)

        def _lineTo(self, point: Any) -> None:
            add("l", point)

        def _curveToOne(self, first: Any, second: Any, point: Any) -> None:
            add("c", first, second, point)

        def _closePath(self) -> None:
            add("h")

    glyphs[name].draw(Pen(glyphs))
    return " ".join(commands)
