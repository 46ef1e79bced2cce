"""What was read of pages before, found again while page and reader are as they were.

Place in the chain: content stream -> **kept marks** -> reading. After most edits all pages but
one or two draw what they drew before. The marks are kept, and which readings have the value of
which closed form; what the pages show is compared with the ledger each time.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from proofpress.ink import meaning
from proofpress.ink.pages import Drawn, Glyph, Mark, Picture, Rule, Shape
from proofpress.steps import sealed
from proofpress.steps.digests import digest
from proofpress.steps.inside import source

_PRESS = Path(__file__).parents[1]
_READERS = ("ink/commands.py", "ink/fonts.py", "ink/kept.py", "ink/pages.py")
_EVALUATORS = ("ink/kept.py", "ink/meaning.py", "expressions.py")
_FLAT = (Glyph, Rule, Shape)


class Kept:
    """The marks of a document's pages, and readings that agree with closed forms, in one file,
    each under all that decides it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._readers, self._evaluators = _code(_READERS), _code(_EVALUATORS)
        # Of a page its marks, of an agreement None.
        self._known: dict[str, list[tuple[int, Any]] | None] = {}
        self._met: dict[str, list[tuple[int, Any]] | None] = {}
        self._described: dict[tuple[int, int], bytes] = {}
        kept = sealed.read(str(file))
        if kept is not None:
            self._known = marshal.loads(kept)

    def marks(self, drawn: Drawn, content: bytes, resources: Any) -> list[Mark]:
        """What is drawn by a page's content."""
        key = digest(b"\0".join((self._readers, content, *self._parts(resources))))
        listed = self._known.get(key)
        if listed is not None:
            self._met[key] = listed
            return [_whole(*mark) for mark in listed]
        marks = drawn.marks(content, resources)
        self._met[key] = [_plain(mark) for mark in marks]
        return marks

    def difference(self, reading: str, closed_form: str) -> str | None:
        """Where a reading and a closed form differ in value, as `meaning.difference` tells it."""
        key = digest(b"\0".join((self._evaluators, reading.encode(), closed_form.encode())))
        fault = None if key in self._known else meaning.difference(reading, closed_form)
        if fault is None:
            self._met[key] = None
        return fault

    def save(self) -> None:
        """Keeps what this document has, and nothing else."""
        if self._met.keys() == self._known.keys():
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        sealed.write(str(self._file), marshal.dumps(self._met))

    def _parts(self, resources: Any) -> Iterator[bytes]:
        """All of the resources that the marks depend on."""
        for name, entry in sorted(resources.get("/Font", {}).items()):
            yield name.encode() + self._once(entry, _font)
        for name, entry in sorted(resources.get("/XObject", {}).items()):
            yield name.encode() + self._once(entry, self._picture)

    def _once(self, entry: Any, describe: Any) -> bytes:
        if entry.objgen == (0, 0):
            return describe(entry)
        if entry.objgen not in self._described:
            self._described[entry.objgen] = describe(entry)
        return self._described[entry.objgen]

    def _picture(self, stream: Any) -> bytes:
        facts = [stream.get(key) for key in ("/Subtype", "/Matrix", "/BBox")]
        inner = self._parts(stream.get("/Resources", {}))
        return digest(b"\0".join((repr(facts).encode(), stream.read_raw_bytes(), *inner))).encode()


def _code(names: Iterable[str]) -> bytes:
    return b"".join(digest(source(_PRESS / name)).encode() for name in names)


def _font(entry: Any) -> bytes:
    explained = entry.get("/ToUnicode")
    table = explained.read_bytes() if explained is not None else b""
    facts = [entry.get(key) for key in ("/BaseFont", "/FirstChar", "/Widths")]
    return digest(repr(facts).encode() + table).encode()


def _plain(mark: Mark) -> tuple[int, Any]:
    if isinstance(mark, Picture):
        return len(_FLAT), (mark.box, [_plain(inner) for inner in mark.marks])
    return _FLAT.index(type(mark)), tuple(mark)


def _whole(kind: int, fields: Any) -> Mark:
    if kind == len(_FLAT):
        box, inner = fields
        return Picture(box, tuple(_FLAT[flat]._make(mark) for flat, mark in inner))
    return _FLAT[kind]._make(fields)
