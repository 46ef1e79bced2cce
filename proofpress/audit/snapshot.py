"""What a PDF says: its ledger, its facts in ink, its figures, its pages.

Place in the chain: PDF -> **snapshot** -> difference of two. All of it is read from the PDF alone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from proofpress import kinds
from proofpress.audit.embedded import NAME, SCHEMA
from proofpress.documents.printed import parts
from proofpress.faults.errors import PressError
from proofpress.ink.document import Document, Fact
from proofpress.ink.pages import Mark, Picture
from proofpress.ink.readings import of_ink
from proofpress.kinds import grid
from proofpress.kinds.marks import Glyph, Rule

_FOLIO = re.compile(r"^\d+ ?/ ?\d+$")  # it changes on every page when one is added


@dataclass(frozen=True)
class Page:
    """A page: its lines of text, and a digest of all that is drawn; `fault` when it is broken."""

    lines: tuple[str, ...]
    digest: str
    fault: str | None = None


@dataclass(frozen=True)
class Figure:
    """A figure with a place in the ledger: where it stands, what is drawn, marked squares."""

    page: int
    digest: str
    squares: frozenset[tuple[int, int]]


@dataclass
class Snapshot:
    """A PDF by what it says; `claims` and `results` are None when it does not carry them."""

    claims: dict[str, Any] | None
    results: dict[str, Any] | None
    facts: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)


def snapshot(path: Path) -> Snapshot:
    """Return what the PDF at `path` says. Raises PressError when it is none at all.

    A page that cannot be read is part of the answer; so is an attachment of another make.
    """
    document = Document(path)
    attached = _attached(document)
    found = Snapshot(attached.get("ledger", {}).get("claims"), attached.get("results"))
    found.pages = [_page(document, number) for number in range(len(document))]
    broken = {number for number, page in enumerate(found.pages) if page.fault}
    for fact in document.facts_outside(broken):
        if "figure" in parts(fact.place)[1]:
            found.figures[fact.place] = _figure(document, fact)
        else:
            readings = found.facts.setdefault(fact.place, [])
            readings.append((of_ink(document.ink(fact)), fact.page + 1))
    return found


def _attached(document: Document) -> dict[str, Any]:
    data = document.attachment(NAME)
    try:
        attached = json.loads(data) if data else {}
    except ValueError:
        return {}
    is_ours = isinstance(attached, dict) and attached.get("schema") == SCHEMA
    return attached if is_ours else {}


def _page(document: Document, number: int) -> Page:
    try:
        marks = document.marks(number)
    except PressError as error:
        return Page((), "", error.what)
    lines = [line for line in text_lines(marks) if not _FOLIO.match(line)]
    return Page(tuple(lines), digest(_but_folio(marks)))


def _but_folio(marks: list[Mark]) -> list[Mark]:
    """Return the marks without the last line of the page when that is its number."""
    glyphs = [mark for mark in marks if isinstance(mark, Glyph)]
    foot = min((glyph.y for glyph in glyphs), default=0.0)
    last = [glyph for glyph in glyphs if abs(glyph.y - foot) < 0.5]
    if not _FOLIO.match("".join(glyph.sign for glyph in last)):
        return marks
    return [mark for mark in marks if mark not in last]


def text_lines(marks: Iterable[Mark]) -> list[str]:
    """Return the text of a page, line by line in the order of drawing.

    >>> n, m = Glyph("n", 0, 0, 6, 10), Glyph("m", 9, 0, 15, 10)
    >>> text_lines([n, m, Glyph("k", 0, -12, 6, 10)])
    ['n m', 'k']
    """
    lines: list[str] = []
    last: Glyph | None = None
    for mark in marks:
        if not isinstance(mark, Glyph):
            continue
        if last is None or abs(mark.y - last.y) > 0.6 * max(mark.size, last.size):
            lines.append("")
        elif not -2.0 < (mark.x - last.end) / mark.size < 0.2:
            lines[-1] += " "
        lines[-1] += mark.sign
        last = mark
    return [line for line in (" ".join(line.split()) for line in lines) if line]


def digest(marks: Iterable[Mark]) -> str:
    """Return one word for all that is drawn, to a hundredth of a point."""
    return hashlib.sha256("\n".join(map(_spelled, marks)).encode()).hexdigest()[:16]


def _spelled(mark: Mark) -> str:
    if isinstance(mark, Glyph):
        return f"{mark.sign} {mark.x:.2f} {mark.y:.2f} {mark.size:.2f}"
    if isinstance(mark, Rule):
        return f"rule {mark.x:.2f} {mark.y:.2f} {mark.end:.2f}"
    if isinstance(mark, Picture):
        left, low, _, _ = mark.box
        drawn = "\n".join(map(_spelled, mark.marks)) or mark.key[0].decode()
        return f"picture {left:.2f} {low:.2f} " + drawn
    points = " ".join(f"{x:.2f} {y:.2f}" for x, y in mark.points)
    return f"shape {mark.stroked} {mark.colour} {points}"


def _figure(document: Document, fact: Fact) -> Figure:
    pictures = [mark for mark in document.ink(fact) if isinstance(mark, Picture)]
    squares: frozenset[tuple[int, int]] = frozenset()
    if pictures and kinds.of(fact.place) is grid:
        drawn = grid.read(pictures[0].marks)
        squares = drawn.marked if drawn else squares
    # Where it stands belongs to the page; what is drawn is told from its own origin.
    drawn_in = digest(mark for picture in pictures for mark in picture.marks)
    return Figure(fact.page + 1, drawn_in, squares)
