"""Pictures of a notebook as files that TeX takes in: vectors where there are some.

Place in the chain: an output's data -> **file beside the page** -> `\\nbFigure`.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proofpress.typeset.vectors import Lost, as_pdf

# What paper can take, the best first.
VECTORS = ("application/pdf", "image/svg+xml")
DOTS = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/tiff")
# What TeX reads as it is.
_ENDINGS = {"PNG": "png", "JPEG": "jpg"}
_TURNED = 0x0112  # how a camera was held, which TeX does not read
# A notebook's pixel, in points of a PDF.
_PIXEL = 0.75


class Unreadable(Exception):
    """A picture's data is none of its kind, or holds what would be lost."""


@dataclass
class Figures:
    """Where plots are saved, and under what names: STEM-figure-1.pdf and so on."""

    folder: Path
    prefix: str
    stem: str
    saved: int = 0

    def save(self, content: bytes, kind: str) -> str:
        """Return the name for LaTeX of a picture that is written to the folder."""
        name = f"{self.stem}-figure-{self.saved + 1}.{kind}"
        (self.folder / name).write_bytes(content)
        self.saved += 1
        return self.prefix + name

    def clear(self) -> None:
        """Make the folder, and remove the plots of an earlier run."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for path in self.folder.glob(f"{self.stem}-figure-*"):
            path.unlink()


def picture(kind: str, data: bytes, size: Mapping[str, Any], figures: Figures) -> str:
    """Return the LaTeX of a picture, saved as what TeX takes in. Raises Unreadable.

    `size` tells the width in pixels under which a notebook shows it, if it tells one.
    """
    content, ending = _prepared(kind, data)
    width = str(size.get("width", "")).removesuffix("px")
    shown = f"[width={float(width) * _PIXEL:g}bp]" if width.replace(".", "", 1).isdigit() else ""
    return rf"\nbFigure{shown}{{{figures.save(content, ending)}}}"


def decoded(kind: str, data: Any) -> bytes:
    """Return the bytes of a picture as an output holds it: a drawing as text, all else in digits.

    Raises Unreadable.
    """
    text = data if isinstance(data, str) else "".join(data)
    if kind == "image/svg+xml":
        return text.encode("utf-8", "replace")
    try:
        return base64.b64decode(text)
    except ValueError as error:
        raise Unreadable(f"a picture of type {kind} whose data is broken") from error


def _prepared(kind: str, data: bytes) -> tuple[bytes, str]:
    if kind == "application/pdf":
        return data, "pdf"
    if kind == "image/svg+xml":
        try:
            return as_pdf(_with_namespace(data)), "pdf"
        except Lost as error:
            raise Unreadable(f"a drawing (SVG) that {error.what}") from error
    return _dots(kind, data)


def _with_namespace(svg: bytes) -> bytes:
    """Return a drawing that says what it is: inside of HTML it need not."""
    if b"http://www.w3.org/2000/svg" in svg:
        return svg
    return svg.replace(b"<svg", b'<svg xmlns="http://www.w3.org/2000/svg"', 1)


def _dots(kind: str, data: bytes) -> tuple[bytes, str]:
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data)) as image:
            ending = _ENDINGS.get(image.format or "")
            turned = image.getexif().get(_TURNED, 1) != 1
            moving = getattr(image, "n_frames", 1) > 1
            image.load()
            if ending and not turned and not moving:
                return data, ending
            plain = ImageOps.exif_transpose(image) if turned else image
            target = io.BytesIO()
            plain.convert(
                "RGBA" if "A" in plain.getbands() or "transparency" in plain.info else "RGB"
            ).save(target, "PNG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unreadable(f"a picture of type {kind} that cannot be read") from error
    return target.getvalue(), "png"
