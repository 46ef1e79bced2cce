"""What is seen where a fact is printed: its reading, its pictures, the box around it.

Place in the chain: marks on a page -> **view** -> comparison. Each is a function of the marks on
the fact's pages and of its rectangles alone, so that a page that draws what it drew before need
not be read again.
"""

from __future__ import annotations

from typing import Any

from proofpress.ink.document import Box, Document, Fact
from proofpress.ink.kept import Key
from proofpress.ink.pages import Picture
from proofpress.ink.readings import of_ink
from proofpress.kinds import Kind
from proofpress.kinds.marks import Glyph, Shape


def reading(document: Document, fact: Fact) -> str:
    """Return the formula, the number or the words in ink, on one line."""
    found: str = document.recall("reading", fact.spots, lambda: of_ink(document.ink(fact)))
    return found


def pictures(document: Document, fact: Fact) -> list[Key]:
    """Return what decides the marks of each picture that stands there."""

    def look() -> list[Key]:
        return [picture.key for picture in _pictures(document, fact)]

    found: list[Key] = document.recall("pictures", fact.spots, look)
    return found


def fault(document: Document, fact: Fact) -> str:
    """Why the first picture that stands there cannot be read; empty when it can."""
    key = ("picture", *pictures(document, fact)[0])
    found: str = document.kept.recall(key, lambda: _pictures(document, fact)[0].fault)
    return found


def figure(document: Document, fact: Fact, kind: Kind) -> Any | None:
    """Return what the first picture that stands there shows, which is read once wherever it is."""

    def look() -> tuple[Any, ...] | None:
        shown = kind.read(_pictures(document, fact)[0].marks)
        return None if shown is None else tuple(shown)

    found = document.kept.recall((kind.NAME, *pictures(document, fact)[0]), look)
    return None if found is None else kind.Shown(*found)


def is_boxed(document: Document, fact: Fact) -> bool:
    """Return whether all glyphs of the fact stand inside one filled shape of its page."""

    def look() -> bool:
        glyphs = [mark for mark in document.ink(fact) if isinstance(mark, Glyph)]
        return bool(glyphs) and any(
            all(left < g.x < right and low < g.y < high for g in glyphs)
            for left, low, right, high in _areas(document, fact.page)
        )

    found: bool = document.recall("boxed", fact.spots, look)
    return found


def _pictures(document: Document, fact: Fact) -> list[Picture]:
    return [mark for mark in document.ink(fact) if isinstance(mark, Picture)]


def _areas(document: Document, page: int) -> list[Box]:
    """Return the boxes of all that is filled on a page."""

    def look() -> list[Box]:
        filled = (mark for mark in document.marks(page) if isinstance(mark, Shape))
        return [shape.box for shape in filled if not shape.stroked]

    found: list[Box] = document.recall("areas", [(page, None)], look)
    return found
