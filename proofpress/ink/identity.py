"""What decides the marks on a page, as one digest: the key under which its readings are kept.

Place in the chain: page of the PDF -> **identity** -> kept readings. Two pages of equal identity
draw the same. The numbers of objects are no part of it: they change from build to build.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import pikepdf

from proofpress.build.digests import digest
from proofpress.ink.commands import holds_image
from proofpress.ink.fonts import Font, Fonts
from proofpress.ink.kept import Kept

Codes = Mapping[str, AbstractSet[int]]  # of each font, by its name on the page

# Names, and all within which what looks like a name is none: strings, dictionaries, comments. Where
# commands.py reads a content stream without complaint, both part it in the same places. What is
# opened need not be closed here, so that nothing is ever tried twice.
_NAME = re.compile(
    rb"\([^()\\]*(?:(?:\\.|\([^()\\]*(?:\\.[^()\\]*)*\))[^()\\]*)*"
    rb"|<<.*?(?:>>|\Z)"
    rb"|%[^\r\n]*"
    rb"|/([^\s/\[\]()<>{}%]+)",
    re.DOTALL,
)


class Identities:
    """The identities of one document's pages and pictures, each of which is described once."""

    def __init__(self, kept: Kept, fonts: Fonts) -> None:
        self._kept, self._fonts = kept, fonts
        self._described: dict[tuple[int, int], bytes] = {}

    def page(self, entry: Any, shown: Callable[[], Codes]) -> bytes:
        """Return the identity of a page, of which `shown` tells the codes that it shows, by font.

        TeX numbers its fonts and embeds the signs that are used of them: a word can rename many
        and widen their tables on pages that draw what they drew. So a font counts by its place
        among those of the page, and by the codes that the page shows. Which these are is kept,
        too: the drawing commands alone decide it.
        """
        contents = entry.get("/Contents", ())
        streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        resources = entry["/Resources"]
        written = _together([*map(_packed, streams), *self._resources(resources)])

        def look() -> tuple[bytes, bytes]:
            pictures, fonts = resources.get("/XObject", {}), resources.get("/Font", {})
            lent = any("/Resources" not in picture for picture in pictures.values())
            if lent or {*pictures.keys()} & {*fonts.keys()}:
                return written, b""  # a name there may not mean the font, or not here alone
            content = b"\n".join(stream.read_bytes() for stream in streams)
            if holds_image(content):
                return written, b""  # whose bytes can look like names
            unnamed, names = _numbered(content, {*fonts.keys()})
            drawn = _together([unnamed])

            def codes() -> tuple[bytes, ...]:
                found = shown()
                return tuple(bytes(sorted(found.get(name, ()))) for name in names)

            known = self._kept.recall(("codes", drawn), codes)
            used = zip(names, known, strict=True)
            described = [_seen(self._fonts.of(fonts[name]), codes) for name, codes in used]
            return _together([drawn, *described, *self._pictures(resources)]), drawn

        identity, drawn = self._kept.recall(("page", written), look)
        self._kept.hold(("codes", drawn))
        return bytes(identity)

    def picture(self, stream: Any, resources: Any) -> bytes:
        """Return the identity of a picture, with the resources that it uses.

        An image of dots has no marks, so that nothing of its data counts.
        """
        if stream.get("/Subtype") != "/Form":
            return _together([_written(stream.get("/Subtype"))])
        facts = [_written(stream.get(key)) for key in ("/Subtype", "/Matrix", "/BBox")]
        return _together([*facts, _packed(stream), *self._resources(resources)])

    def _resources(self, resources: Any) -> Iterator[bytes]:
        """Yield all of the resources that the marks depend on."""
        for name, entry in sorted(resources.get("/Font", {}).items()):
            yield name.encode()
            yield self._once(entry, _font)
        yield from self._pictures(resources)

    def _pictures(self, resources: Any) -> Iterator[bytes]:
        for name, entry in sorted(resources.get("/XObject", {}).items()):
            yield name.encode()
            yield self._once(entry, self._included)

    def _once(self, entry: Any, describe: Callable[[Any], bytes]) -> bytes:
        known = entry.objgen  # (0, 0) for one that is written where it is used
        if known == (0, 0):
            return describe(entry)
        if known not in self._described:
            self._described[known] = describe(entry)
        return self._described[known]

    def _included(self, stream: Any) -> bytes:
        # One without resources of its own uses those of its page, which are in the page's identity.
        return self.picture(stream, stream.get("/Resources", {}))


def _font(entry: Any) -> bytes:
    facts = [_written(entry.get(key)) for key in ("/BaseFont", "/FirstChar", "/Widths")]
    explained = entry.get("/ToUnicode")
    table = isinstance(explained, pikepdf.Stream)
    return _together([*facts, _packed(explained) if table else _written(explained)])


def _seen(font: Font, codes: bytes) -> bytes:
    """Return what the marks that show these codes of a font depend on."""
    signs = [(font.signs[code], font.widths.get(code, 0.0)) for code in codes]
    return repr((font.name, codes, signs)).encode("utf-8", "surrogatepass")


def _numbered(content: bytes, fonts: AbstractSet[str]) -> tuple[bytes, list[str]]:
    """Drawing commands with numbers for the names of fonts, and these names in their order.

    >>> _numbered(b"/F7 9 Tf [(/F7)]TJ /F3 9 Tf /F7 8 Tf /Im1 Do", {"/F3", "/F7"})
    (b'{0} 9 Tf [(/F7)]TJ {1} 9 Tf {0} 8 Tf /Im1 Do', ['/F7', '/F3'])
    """
    numbers: dict[str, int] = {}

    def number(found: re.Match[bytes]) -> bytes:
        name = "" if found[1] is None else "/" + found[1].decode("latin-1")
        # A brace is no drawing command: nothing that can be read has one there.
        return b"{%d}" % numbers.setdefault(name, len(numbers)) if name in fonts else found[0]

    return _NAME.sub(number, content), list(numbers)


def _packed(stream: Any) -> bytes:
    """Return the bytes of a stream, not unpacked where the packed ones tell as much."""
    if stream.get("/Filter") == "/FlateDecode" and "/DecodeParms" not in stream:
        return b"packed" + bytes(stream.read_raw_bytes())
    try:
        return b"plain" + bytes(stream.read_bytes())
    except (pikepdf.PdfError, pikepdf.DataDecodingError):  # nor can its marks be read
        return b"unread" + _written(stream.get("/Filter")) + bytes(stream.read_raw_bytes())


def _written(value: Any) -> bytes:
    """Return a name, a number, or an array of such, as the PDF writes it, with no object's
    number."""
    if not isinstance(value, pikepdf.Array):
        return repr(value).encode()
    text = bytes(value.unparse(resolved=True))
    return text if b"R" not in text else b" ".join(map(_written, value))


def _together(parts: list[bytes]) -> bytes:
    """Return one word for all parts, each of which could be told from their text."""
    return digest(b"".join(b"%d:%b" % (len(part), part) for part in parts)).encode()
