"""Whether the contents lead to the pages on which the questions begin.

Place in the chain: headings of the PDF -> **pages of the questions** -> comparison. Three
must agree: the page on which the heading stands, its bookmark, and the number in the contents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from proofpress.ink.document import Box, Document, Heading, Link
from proofpress.kinds.marks import Glyph

_SECTION = ("section.", "subsection.", "appendix.")


def faults(
    document: Document, titles: list[str], promised: bool = True
) -> Iterator[tuple[str, str]]:
    """Title and fault of each heading that is missing, or whose page is not where it leads to.

    A document without contents lists none of them; where they are `promised`, it lists all.
    """
    headings = {_plain(heading.title): heading for heading in document.headings}
    listed = list(_lines(document))
    promised = promised or any(_plain(title) in line[0] for title in titles for line in listed)
    for title in titles:
        found = [heading for name, heading in headings.items() if name.endswith(_plain(title))]
        if not found:
            yield title, "no bookmark leads to it"
            continue
        heading = found[0]
        if not _stands(document, heading):
            yield title, f"its bookmark leads to page {heading.page + 1}, where it does not begin"
        lines = [line for line in listed if _plain(title) in line[0]]
        if promised and not lines:
            yield title, "it is not in the contents"
        for _, page, printed in lines:
            if page != heading.page:
                yield title, f"the contents lead to page {page + 1}, it is on {heading.page + 1}"
            label = document.labels[heading.page]
            if printed != label:
                yield title, f"the contents say page {printed}, it is on {label}"


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def _text(document: Document, page: int) -> list[Glyph]:
    return [mark for mark in document.marks(page) if isinstance(mark, Glyph)]


def _stands(document: Document, heading: Heading) -> bool:
    """Return whether the words of a heading stand where its bookmark leads to, in no smaller type
    than most of the page."""
    if heading.page < 0:
        return False
    page, top, title = heading.page, heading.top, heading.title

    def look() -> str:
        glyphs = _text(document, page)
        (usual, _), *_ = Counter(glyph.size for glyph in glyphs).most_common(1) or [(0.0, 0)]
        near = (g for g in glyphs if -45 < top - g.y < 75 and g.size > usual - 0.1)
        return "".join(glyph.sign for glyph in near)

    words: str = document.recall("heading", [(page, top)], look)
    return any(_plain(name) in _plain(words) for name in (title, title.split(" ", 1)[-1]))


def _lines(document: Document) -> Iterator[tuple[str, int, str]]:
    """Yield each line of the contents: its words, the page it leads to, and the number it
    prints."""
    pieces: dict[str, list[Link]] = {}
    for link in document.links:
        if link.place is None and link.target.startswith(_SECTION):
            pieces.setdefault(link.target, []).append(link)
    for target, links in pieces.items():
        first = [link for link in links if link.page == links[0].page]
        if target in document.targets:
            words, number = _line(document, first[0].page, [link.box for link in first])
            yield _plain(words), document.targets[target], number


def _line(document: Document, page: int, boxes: list[Box]) -> tuple[str, str]:
    """Return the words in the boxes of a link, and the number that follows them."""

    def look() -> tuple[str, str]:
        glyphs = _text(document, page)
        words = "".join(glyph.sign for box in boxes for glyph in glyphs if _in(glyph, box))
        return words, _number_after(glyphs, min(boxes, key=lambda box: box[1]))

    found: tuple[str, str] = document.recall("contents", [(page, box) for box in boxes], look)
    return found


def _in(glyph: Glyph, box: Box) -> bool:
    left, low, right, high = box
    return left - 0.5 <= glyph.x < right and low - 0.5 <= glyph.y <= high


def _number_after(glyphs: list[Glyph], box: Box) -> str:
    """Return the first number on the line to the right of a link."""
    _, low, right, high = box
    line = sorted(
        (g for g in glyphs if g.x >= right - 0.5 and low - 0.5 <= g.y <= high), key=lambda g: g.x
    )
    number, end = "", 0.0
    for glyph in line:
        if glyph.sign.isdigit() and (not number or abs(glyph.x - end) < 0.6):
            number, end = number + glyph.sign, glyph.end
        elif number:
            break
    return number
