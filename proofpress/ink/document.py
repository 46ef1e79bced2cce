"""The PDF: its pages, its facts, its bookmarks, its attachment.

Place in the chain: typeset PDF -> **document** -> comparison.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import IndirectObject

from proofpress.errors import PressError
from proofpress.ink.fonts import Font
from proofpress.ink.pages import Glyph, Mark, Picture, Rule, marks

Box = tuple[float, float, float, float]
Origin = tuple[float, float, Mark]
_SLACK = 0.6  # pt; TeX's own rounding, and rules that stand on a box's edge


@dataclass(frozen=True)
class Link:
    """A link on a page (counted from 0): its rectangle, and the place of the fact it covers."""

    page: int
    box: Box
    target: str
    place: str | None = None
    number: int = 0


@dataclass(frozen=True)
class Fact:
    """What the ink shows of one printed fact: its rectangles and the marks in them."""

    place: str
    page: int
    marks: tuple[Mark, ...]
    target: str


@dataclass(frozen=True)
class Heading:
    """A bookmark: its title, its depth from 0, and the page that it leads to, from 0."""

    title: str
    depth: int
    page: int
    top: float


class Document:
    """A PDF on disk. Raises PressError for a file that cannot be read as one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._reader = PdfReader(path)
            self._pages = list(self._reader.pages)
        except (OSError, PyPdfError, ValueError, KeyError) as error:
            raise PressError(
                f"{path.name} cannot be read as a PDF: {error}", str(path), "build it again"
            ) from error
        self._marks: dict[int, list[Mark]] = {}
        self._fonts: dict[int, Font] = {}
        self._origins: dict[int, list[Origin]] = {}

    def __len__(self) -> int:
        return len(self._pages)

    def marks(self, page: int) -> list[Mark]:
        """All marks of a page. Raises PressError for a content stream that is broken."""
        if page not in self._marks:
            entry = self._pages[page]
            try:
                self._marks[page] = marks(self.content(page), entry["/Resources"], self._fonts)
            except (
                PressError,
                PyPdfError,
                zlib.error,
                ValueError,
                KeyError,
                TypeError,
                IndexError,
            ) as error:
                raise PressError(
                    f"page {page + 1} cannot be read: {error}",
                    str(self.path),
                    "build it again",
                ) from error
        return self._marks[page]

    def content(self, page: int) -> bytes:
        """The page's own drawing commands."""
        contents = self._pages[page].get("/Contents")
        data: bytes = contents.get_object().get_data() if contents is not None else b""
        return data

    @cached_property
    def links(self) -> list[Link]:
        """All links inside the document, in the order of pages."""
        found = []
        for page, entry in enumerate(self._pages):
            for given in entry.get("/Annots") or ():
                annotation = given.get_object()
                if annotation.get("/Subtype") != "/Link":
                    continue
                action = annotation.get("/A", {})
                target = str(annotation.get("/Dest") or action.get_object().get("/D", ""))
                left, low, right, high = (float(side) for side in annotation["/Rect"])
                place = annotation.get("/Fact")
                number = int(annotation.get("/Number", 0))
                box = (left, low, right, high)
                found.append(Link(page, box, target, place and str(place), number))
        return found

    @cached_property
    def facts(self) -> list[Fact]:
        """All printed facts; one that TeX broke over lines is put together again."""
        return self.facts_outside(())

    def facts_outside(self, pages: Collection[int]) -> list[Fact]:
        """The facts that stand on none of some pages."""
        pieces: dict[int, list[Link]] = {}
        for link in self.links:
            if link.place is not None and link.page not in pages:
                pieces.setdefault(link.number, []).append(link)
        return [self._fact(pieces[number]) for number in sorted(pieces)]

    def _fact(self, links: Sequence[Link]) -> Fact:
        inside: list[Mark] = []
        for link in links:
            left, low, right, high = link.box
            inside += [
                mark
                for x, y, mark in self._origins_on(link.page)
                if left - _SLACK <= x < right - 0.05 and low - _SLACK <= y <= high + _SLACK
            ]
        return Fact(str(links[0].place), links[0].page, tuple(inside), links[0].target)

    def _origins_on(self, page: int) -> list[Origin]:
        if page not in self._origins:
            self._origins[page] = list(_origins(self.marks(page)))
        return self._origins[page]

    @cached_property
    def targets(self) -> dict[str, int]:
        """The page, from 0, of each named place that a link can lead to."""
        pages = {
            entry.indirect_reference.idnum: k
            for k, entry in enumerate(self._pages)
            if entry.indirect_reference
        }
        found = {}
        for name, destination in self._reader.named_destinations.items():
            page = destination.page
            if isinstance(page, IndirectObject) and page.idnum in pages:
                found[name] = pages[page.idnum]
        return found

    @cached_property
    def headings(self) -> list[Heading]:
        """The bookmarks."""
        return list(self._headings(self._reader.outline, 0))

    def _headings(self, entries: Any, depth: int) -> Iterator[Heading]:
        for entry in entries:
            if isinstance(entry, list):
                yield from self._headings(entry, depth + 1)
            else:
                page = self._reader.get_destination_page_number(entry)
                top = float(entry.top or 0)
                yield Heading(str(entry.title), depth, -1 if page is None else page, top)

    def attachment(self, name: str) -> bytes | None:
        """An attached file, or None."""
        found = self._reader.attachments.get(name)
        return found[0] if found else None


def _origins(found: Iterable[Mark]) -> Iterator[Origin]:
    """Where each mark of a text stands: shapes are no part of one."""
    for mark in found:
        if isinstance(mark, Glyph):
            yield mark.x, mark.y, mark
        elif isinstance(mark, Rule):
            yield (mark.x + mark.end) / 2, mark.y, mark
        elif isinstance(mark, Picture):
            left, low, right, high = mark.box
            yield (left + right) / 2, (low + high) / 2, mark
