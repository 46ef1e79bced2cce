"""Pictures that a notebook's Markdown names: beside it, attached to a cell, or in the text itself.

Place in the chain: address of a picture -> **file for LaTeX** -> PDF. Before the notebook runs
they are only looked for; what cannot be found is an error at the cell that names it.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from proofpress.faults.errors import PressError
from proofpress.faults.nearest import meant

# A browser's pixel on paper, in TeX's big points.
_POINT = 0.75
_SUFFIXES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"%PDF": "pdf"}
_DATA = re.compile(r"data:[\w/+.-]*(?:;[\w=.-]+)*;base64,", re.I)


@dataclass
class Pictures:
    """Where a notebook's pictures are, and how one is saved for LaTeX; None only looks for
    them."""

    folder: Path
    save: Callable[[bytes, str], str] | None = None
    attachments: Mapping[str, Any] = field(default_factory=dict)

    def latex(self, address: str, width: str, share: float, where: str) -> str:
        """Return a picture as LaTeX, in its width in pixels or percent, and in no more than its
        share of the line.

        Raises PressError for what cannot be found or printed.
        """
        content = self._content(address, where)
        if self.save is None:
            return ""
        picture, kind = printable(content, address, where)
        name = self.save(picture, kind)
        return rf"\nbPicture{{{_width(width, picture, kind)}}}{{{share:.3f}}}{{{name}}}"

    def _content(self, address: str, where: str) -> bytes:
        if address.startswith("attachment:"):
            return self._attached(unquote(address.partition(":")[2]), where)
        if found := _DATA.match(address):
            return _decoded(address[found.end() :], address[:40], where)
        if re.match(r"[a-z]+://|data:|//", address, re.I):
            what = f"the picture {_short(address)} is not on this machine"
            mend = "save it beside the notebook, and name its file"
            raise PressError(what, where=where, mend=mend)
        path = self.folder / unquote(address.partition("?")[0].partition("#")[0])
        if not path.is_file():
            raise self._missing(address, where)
        return path.read_bytes() if self.save else b""

    def _missing(self, address: str, where: str) -> PressError:
        what = f"there is no picture {_short(address) or 'without a name'} beside the notebook"
        place = (self.folder / unquote(address)).parent
        names = [path.name for path in place.iterdir()] if place.is_dir() else []
        near = meant(Path(address).name, names)
        return PressError(what, where=where, mend=near or "put the file there, or correct its name")

    def _attached(self, name: str, where: str) -> bytes:
        forms = self.attachments.get(name)
        if not forms:
            what = f"the cell has no attachment {_short(name)}"
            raise PressError(what, where=where, mend="attach the picture again")
        return _decoded(next(iter(forms.values())), name, where)


def printable(content: bytes, name: str, where: str) -> tuple[bytes, str]:
    """Return a picture as LaTeX can include it, and its kind: others become PNG, of moving ones
    the first.

    Raises PressError for what is no picture.
    """
    kind = next((kind for mark, kind in _SUFFIXES.items() if content.startswith(mark)), None)
    if kind is not None:
        return content, kind
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as picture:
            target = io.BytesIO()
            picture.convert("RGBA").save(target, "PNG")
            return target.getvalue(), "png"
    except (OSError, ValueError, SyntaxError):
        what = f"the picture {_short(name)} is of a kind that cannot be printed"
        mend = "save it as PNG, JPEG or PDF"
        raise PressError(what, where=where, mend=mend) from None


def _decoded(text: Any, name: str, where: str) -> bytes:
    try:
        return base64.b64decode("".join(text).replace("%2B", "+"))
    except (binascii.Error, TypeError, ValueError):
        what = f"the picture {_short(name)} is damaged"
        raise PressError(what, where=where, mend="attach it again") from None


def _width(asked: str, content: bytes, kind: str) -> str:
    """Return the width that is asked for, or that of a picture's own pixels; '' is its own."""
    found = re.match(r"\s*(\d{1,5}(?:\.\d+)?)\s*(%?)", asked)
    if found and found[2] == "%":
        return rf"{min(float(found[1]), 100) / 100:.3f}\linewidth"
    if found and float(found[1]) > 0:
        return f"{float(found[1]) * _POINT:.2f}bp"
    if kind == "pdf":
        return ""
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        return f"{min(picture.width * _POINT, 5000):.2f}bp"


def _short(name: str) -> str:
    return name if len(name) <= 60 else name[:57] + "..."
