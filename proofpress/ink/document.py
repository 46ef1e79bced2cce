"""The PDF: its pages, its facts, its bookmarks, its attachment.

Place in the chain: typeset PDF -> **document** -> comparison.
"""

from __future__ import annotations

import io
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pikepdf.settings

from proofpress.build.digests import digest
from proofpress.faults.errors import PressError
from proofpress.ink.fonts import Fonts
from proofpress.ink.identity import Codes, Identities
from proofpress.ink.kept import Kept
from proofpress.ink.pages import UNREADABLE, Drawn, Mark, Picture
from proofpress.kinds.marks import Glyph, Rule

Box = tuple[float, float, float, float]
Spot = tuple[int, Any]  # a page, from 0, and what tells the place on it
Origin = tuple[int, float, Mark]
# A PDF can come from anywhere, and a small one can unpack to more than the memory: no file, and
# nothing unpacked from one, may be larger than a report has any use for.
LARGEST = 128 << 20  # bytes
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=LARGEST,
    run_length_max_memory=LARGEST,
    png_max_memory=LARGEST,
    tiff_max_memory=LARGEST,
    dct_max_memory=LARGEST,
    parser_max_container_size=1 << 20,
)
_SLACK = 0.6  # pt; TeX's own rounding, and rules that stand on a box's edge


class Link(NamedTuple):
    """A link on a page (counted from 0): its rectangle, and the place of the fact it covers."""

    page: int
    box: Box
    target: str
    place: str | None
    number: int


class Fact(NamedTuple):
    """One printed fact: its place in the ledger, where its link leads, its rectangles."""

    place: str
    target: str
    spots: tuple[tuple[int, Box], ...]

    @property
    def page(self) -> int:
        """The page, from 0, on which it begins."""
        return self.spots[0][0]


@dataclass(frozen=True)
class Heading:
    """A bookmark: its title, its depth from 0, and the page that it leads to, from 0."""

    title: str
    depth: int
    page: int
    top: float


class Document:
    """A PDF on disk. Raises PressError for a file that cannot be read as one.

    What was read of pages before can be `kept`, and is found again.
    """

    def __init__(self, path: Path, kept: Kept | None = None) -> None:
        self.path = path
        try:
            if path.stat().st_size > LARGEST:
                raise ValueError(f"it is larger than {LARGEST >> 20} MB")
            data = path.read_bytes()
            # Mending what is broken would be the library's reading, not the file's.
            self._pdf = pikepdf.open(io.BytesIO(data), attempt_recovery=False)
            self._pages = [page.obj for page in self._pdf.pages]
        except UNREADABLE as error:
            raise PressError(
                f"{path.name} cannot be read as a PDF: {error}", str(path), "build it again"
            ) from error
        self.kept = Kept() if kept is None else kept
        fonts = Fonts()
        self._identities = Identities(self.kept, fonts)
        self._identity: dict[int, bytes] = {}
        self._drawn = Drawn(self._identities, fonts)
        self._marks: dict[int, tuple[list[Mark], Codes]] = {}
        self._origins: dict[int, tuple[list[float], list[Origin]]] = {}

    def __len__(self) -> int:
        return len(self._pages)

    def marks(self, page: int) -> list[Mark]:
        """Return all marks of a page. Raises PressError for a content stream that is broken."""
        return self._page(page)[0]

    def _page(self, page: int) -> tuple[list[Mark], Codes]:
        """Return all marks of a page, and the codes that it shows."""
        if page not in self._marks:
            codes: dict[str, set[int]] = {}
            with self._reading(page) as entry:
                resources = entry["/Resources"]
                marks = self._drawn.marks(self.content(page), resources, codes=codes)
            self._marks[page] = marks, codes
        return self._marks[page]

    def recall(self, view: str, spots: Iterable[Spot], look: Callable[[], Any]) -> Any:
        """Return what `look` sees at some spots; while their pages draw the same, what it saw
        before.

        It may depend on the marks of these pages and on what tells the spots, on nothing else.
        """
        return self.kept.recall((view, *((self._known(page), at) for page, at in spots)), look)

    def _known(self, page: int) -> bytes:
        """Return what decides the marks of a page."""
        if page not in self._identity:
            with self._reading(page) as entry:
                self._identity[page] = self._identities.page(entry, lambda: self._page(page)[1])
        return self._identity[page]

    @contextmanager
    def _reading(self, page: int) -> Iterator[Any]:
        """Yield the page's own dictionary; whatever is broken in it is told by the page's
        number."""
        try:
            yield self._pages[page]
        except UNREADABLE as error:
            raise PressError(
                f"page {page + 1} cannot be read: {error}", str(self.path), "build it again"
            ) from error

    def content(self, page: int) -> bytes:
        """Return the page's own drawing commands."""
        contents = self._pages[page].get("/Contents")
        if contents is None:
            return b""
        streams = contents if isinstance(contents, pikepdf.Array) else [contents]
        return b"\n".join(stream.read_bytes() for stream in streams)

    @cached_property
    def links(self) -> list[Link]:
        """All links inside the document, in the order of pages."""
        found: list[Link] = []
        for page, entry in enumerate(self._pages):
            annotations = list(entry.get("/Annots") or ())
            written = b"\n".join(annotation.unparse(resolved=True) for annotation in annotations)
            look = partial(_links, annotations)
            # What is written elsewhere in the file has a number in its place, and an R.
            known = b" R" not in written
            listed = self.kept.recall(("links", digest(written)), look) if known else look()
            found += [Link(page, *link) for link in listed]
        return found

    @cached_property
    def facts(self) -> list[Fact]:
        """All printed facts; one that TeX broke over lines is put together again."""
        return self.facts_outside(())

    def facts_outside(self, pages: Collection[int]) -> list[Fact]:
        """Return the facts that stand on none of some pages."""
        pieces: dict[int, list[Link]] = {}
        for link in self.links:
            if link.place is not None and link.page not in pages:
                pieces.setdefault(link.number, []).append(link)
        return [_fact(pieces[number]) for number in sorted(pieces)]

    def ink(self, fact: Fact) -> list[Mark]:
        """Return the marks in the rectangles of a fact, in the order they were drawn."""
        inside: list[Mark] = []
        for page, (left, low, right, high) in fact.spots:
            heights, origins = self._origins_on(page)
            near = origins[
                bisect_left(heights, low - _SLACK) : bisect_right(heights, high + _SLACK)
            ]
            within = [
                (number, x, mark)
                for number, x, mark in near
                if left - _SLACK <= x < right - 0.05 and _stands(mark, low, high)
            ]
            inside += [mark for _, _, mark in sorted(within, key=lambda origin: origin[0])]
        return inside

    def _origins_on(self, page: int) -> tuple[list[float], list[Origin]]:
        """Return the marks of a page from its foot upward, beside their heights."""
        if page not in self._origins:
            listed = sorted(_origins(self.marks(page)), key=lambda found: found[0])
            self._origins[page] = [y for y, _ in listed], [origin for _, origin in listed]
        return self._origins[page]

    @cached_property
    def targets(self) -> dict[str, int]:
        """The page, from 0, of each named place that a link can lead to."""
        return {name: page for name, (page, _) in self._destinations.items()}

    @cached_property
    def _destinations(self) -> dict[str, tuple[int, float]]:
        """Page and height of each named place."""
        pages = {entry.objgen: k for k, entry in enumerate(self._pages)}
        trees: Any = self._pdf.Root.get("/Names", pikepdf.Dictionary())
        found: dict[str, tuple[int, float]] = {}
        if "/Dests" not in trees:
            return found
        for name, entry in pikepdf.NameTree(trees["/Dests"]).items():
            place = entry.get("/D") if isinstance(entry, pikepdf.Dictionary) else entry
            if place is not None and place[0].objgen in pages:
                top = float(place[3] or 0) if len(place) > 3 else 0.0
                found[str(name)] = pages[place[0].objgen], top
        return found

    @cached_property
    def labels(self) -> list[str]:
        """What each page calls itself: its number as it is printed, as far as the file tells."""
        return [str(page.label) for page in self._pdf.pages]

    @cached_property
    def headings(self) -> list[Heading]:
        """The bookmarks."""
        with self._pdf.open_outline() as outline:
            return list(self._headings(outline.root, 0))

    def _headings(self, entries: Iterable[pikepdf.OutlineItem], depth: int) -> Iterator[Heading]:
        for entry in entries:
            target = _target(entry.obj)
            page, top = self._destinations.get(target, (-1, 0.0))
            yield Heading(str(entry.title), depth, page, top)
            yield from self._headings(entry.children, depth + 1)

    def attachment(self, name: str) -> bytes | None:
        """Return an attached file, or None."""
        found = self._pdf.attachments.get(name)
        try:
            return found.get_file().read_bytes() if found else None
        except UNREADABLE as error:
            what = f"the attachment {name} of {self.path.name} cannot be read: {error}"
            raise PressError(what, str(self.path), "build it again") from error


def _stands(mark: Mark, low: float, high: float) -> bool:
    """Return whether a sign stands between two heights. One at the edge of two lines that touch
    belongs to that into which it reaches: up from its origin, or down if it hangs there."""
    if not isinstance(mark, Glyph):
        return True
    return low + _SLACK < mark.y if mark.hangs else mark.y < high - _SLACK


def _links(annotations: Iterable[Any]) -> list[tuple[Box, str, str | None, int]]:
    """Rectangle, target, place of the fact and its number of each annotation that is a link."""
    found = []
    for annotation in annotations:
        if annotation.get("/Subtype") == "/Link":
            left, low, right, high = (float(side) for side in annotation["/Rect"])
            place, number = annotation.get("/Fact"), int(annotation.get("/Number", 0))
            box, named = (left, low, right, high), None if place is None else str(place)
            found.append((box, _target(annotation), named, number))
    return found


def _fact(links: Sequence[Link]) -> Fact:
    first = links[0]
    return Fact(str(first.place), first.target, tuple((link.page, link.box) for link in links))


def _target(entry: Any) -> str:
    """Return the named place to which a link or a bookmark leads; an empty text when it has
    none."""
    named = entry.get("/Dest")
    if named is None:
        action = entry.get("/A")
        named = action.get("/D") if action is not None else None
    return "" if named is None or isinstance(named, pikepdf.Array) else str(named)


def _origins(found: Iterable[Mark]) -> Iterator[tuple[float, Origin]]:
    """Yield how high each mark of a text stands, and its number, x and itself: shapes are no
    part."""
    for number, mark in enumerate(found):
        if isinstance(mark, Glyph):
            yield mark.y, (number, mark.x, mark)
        elif isinstance(mark, Rule):
            yield mark.y, (number, (mark.x + mark.end) / 2, mark)
        elif isinstance(mark, Picture):
            left, low, right, high = mark.box
            yield (low + high) / 2, (number, (left + right) / 2, mark)
