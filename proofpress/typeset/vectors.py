"""SVG pictures as PDF vectors, which is what TeX takes in.

Place in the chain: the author's SVG -> **PDF** -> the document. svglib does the work. What it would
lose or move is looked for beforehand, and such a picture is refused: a picture that is not what its
author drew is worse than none. Fonts are those that come with matplotlib, the same on each machine.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from proofpress.build.digests import digest
from proofpress.build.memo import Memo
from proofpress.latex.glyphs import fonts

_SVG = "{http://www.w3.org/2000/svg}"
_DRAWN = {"svg", "g", "a", "defs", "symbol", "use", "switch", "style", "title", "desc", "metadata"}
_DRAWN |= {"rect", "circle", "ellipse", "line", "polyline", "polygon", "path"}
_DRAWN |= {"text", "tspan", "image"}
# These draw nothing by themselves, but may be referred to.
_REFERRED = {
    "linearGradient": "a gradient",
    "radialGradient": "a gradient",
    "pattern": "a pattern",
    "clipPath": "a clip",
    "mask": "a mask",
    "filter": "a filter",
    "marker": "a marker, such as an arrow's head",
}
_OTHERS = {
    "textPath": "text on a path",
    "foreignObject": "a part that is no SVG",
    "script": "a script",
    **dict.fromkeys(("animate", "animateTransform", "animateMotion", "set"), "a motion"),
}
# Properties that are passed over, with the values that change nothing.
_PASSED_OVER = {
    "opacity": (r"1(?:\.0*)?|100%", "an opacity of whole parts (give it as fill-opacity)"),
    "mix-blend-mode": ("normal", "a way to mix colours"),
    "letter-spacing": (r"normal|0(?:px)?", "spaced letters"),
    "word-spacing": (r"normal|0(?:px)?", "spaced words"),
    "dominant-baseline": ("auto|alphabetic|inherit", "text that does not stand on its line"),
    "alignment-baseline": (
        "auto|baseline|alphabetic|inherit",
        "text that does not stand on its line",
    ),
    "writing-mode": ("lr-tb|horizontal-tb|lr", "text from above to below"),
    "textLength": ("", "text of a given length"),
    "rotate": ("0", "turned letters"),
}
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^)'\"]+)")
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_DECLARED = re.compile(r"([\w-]+)\s*:\s*([^;{}]+)")
_FAMILIES = {"mono": "DejaVuSansMono", "courier": "DejaVuSansMono", "serif": "DejaVuSerif"}
_FAMILIES |= dict.fromkeys(("times", "georgia", "roman"), "DejaVuSerif")


class Lost(Exception):
    """What an SVG holds cannot be carried over; `line` is that of the SVG, if one is to blame."""

    def __init__(self, what: str, line: int | None = None) -> None:
        super().__init__(what)
        self.what, self.line = what, line


def converted(svg: Path, store: Path) -> Path:
    """Return a PDF of the picture, in a folder of the store. Raises Lost, with every reason in
    one."""
    data = svg.read_bytes()
    made = store / "pictures" / f"{digest(data)}.pdf"
    memo, note = Memo(made.parent, __name__), f"{made.stem}.sum"
    if not made.is_file() or memo.find(note) != digest(made.read_bytes()):
        drawn = as_pdf(data)
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_bytes(drawn)
        memo.keep(note, digest(drawn))
        _prune(made.parent)
    return made


def as_pdf(data: bytes) -> bytes:
    """Return the PDF of an SVG, with equal bytes for equal SVGs. Raises Lost.

    >>> as_pdf(b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>')[:5]
    b'%PDF-'
    """
    from lxml import etree  # these imports take long, and few reports have an SVG

    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise Lost(f"is no SVG: {error.msg}", error.lineno) from error
    if root.tag != f"{_SVG}svg":
        raise Lost("is no SVG", 1)
    found = sorted(set(_losses(root)))
    if found:
        named = ", ".join(dict.fromkeys(what for _, what in found))
        raise Lost(f"holds {named}, which would be lost", found[0][0])
    return _drawn(data)


def _losses(root: Any) -> Iterator[tuple[int, str]]:
    """Yield the line and name of each thing that would be lost."""
    kinds = {
        node.get("id"): _REFERRED.get(_name(node) or "", "")
        for node in root.iter()
        if node.get("id")
    }
    for node in root.iter():
        name, line = _name(node), node.sourceline or 1
        if name is None:
            continue
        inside = next((_name(one) for one in node.iterancestors() if _name(one) in _REFERRED), None)
        if name not in _DRAWN and name not in _REFERRED and not inside:
            yield line, _OTHERS.get(name, f"an element that is called {name}")
        yield from ((line, what) for what in _in_properties(node, name, kinds))
        for letter in set(node.text or "") if name in ("text", "tspan") else ():
            if letter.isprintable() and ord(letter) not in _letters():
                yield line, f"the character {letter} (U+{ord(letter):04X}), which the font lacks"


def _in_properties(node: Any, name: str, kinds: dict[str, str]) -> Iterator[str]:
    text = node.text or "" if name == "style" else node.get("style", "")
    pairs = [*node.attrib.items(), *_DECLARED.findall(text)]
    for key, value in pairs:
        if (
            key in _HREFS
            and name in ("image", "use")
            and not value.startswith(("#", "data:image/"))
        ):
            yield "what stands in another file"
        for referred in _REFERENCE.findall(value):
            yield kinds.get(referred) or f"a reference to {referred}"
        free, what = _PASSED_OVER.get(key, (".*", ""))
        if not re.fullmatch(free, value.strip()):
            yield what


def _name(node: Any) -> str | None:
    """Return the name of an element of SVG; None for comments and what programs keep for
    themselves."""
    tag = node.tag
    return tag[len(_SVG) :] if isinstance(tag, str) and tag.startswith(_SVG) else None


def _drawn(data: bytes) -> bytes:
    from reportlab.graphics import renderPDF
    from reportlab.pdfgen.canvas import Canvas
    from svglib import fonts as known
    from svglib import svglib

    known.get_global_font_map().find_font = _font  # type: ignore[method-assign]
    said = _Said()
    svglib.logger.addHandler(said)
    try:
        drawing = svglib.svg2rlg(io.BytesIO(data))
        if drawing is None or said.words:
            raise Lost(f"cannot be converted: {said.words or 'nothing is drawn'}")
        target = io.BytesIO()
        canvas = Canvas(target, (drawing.width, drawing.height), invariant=1, pageCompression=1)
        renderPDF.draw(drawing, canvas, 0, 0)
        canvas.save()
    except Lost:
        raise
    except Exception as error:  # whatever a library meets in a picture that it cannot draw
        raise Lost(f"cannot be converted: {error}") from error
    finally:
        svglib.logger.removeHandler(said)
    return target.getvalue()


class _Said(logging.Handler):
    """Keeps what svglib complains of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.words = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.words = self.words or record.getMessage()


@cache
def _font(name: str, weight: str = "normal", style: str = "normal") -> tuple[str, bool]:
    """Return the font that stands for one of that name, known to reportlab."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    plain = name.casefold()
    family = next((face for part, face in _FAMILIES.items() if part in plain), "DejaVuSans")
    family = "DejaVuSans" if "sans" in plain and "mono" not in plain else family
    slanted = "Italic" if family.endswith("Serif") else "Oblique"
    kind = "Bold" * (weight in ("bold", "bolder", "600", "700", "800", "900"))
    kind += slanted * (style in ("italic", "oblique"))
    called = f"{family}-{kind}" if kind else family
    registerFont(TTFont(called, fonts() / f"{called}.ttf"))
    return called, True


@cache
def _letters() -> frozenset[int]:
    """Return the characters that the fonts have."""
    from reportlab.pdfbase.ttfonts import TTFontFile

    faces = ("DejaVuSans", "DejaVuSerif", "DejaVuSansMono")
    held = [TTFontFile(fonts() / f"{face}.ttf").charToGlyph.keys() for face in faces]
    return frozenset(held[0]).intersection(*held[1:])


def _prune(folder: Path, most: int = 200) -> None:
    """Keep the pictures that were made last."""
    made = sorted(folder.glob("*.pdf"), key=lambda path: -path.stat().st_mtime)
    for path in made[most:]:
        path.unlink(missing_ok=True)
        path.with_suffix(".sum").unlink(missing_ok=True)
