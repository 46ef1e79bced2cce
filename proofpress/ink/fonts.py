"""What the codes of a font mean, and how wide they are.

Place in the chain: PDF -> **code** -> sign -> reading.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

_CODES = re.compile(r"<([0-9A-Fa-f]+)>")
_RANGES = re.compile(r"beginbfrange(.*?)endbfrange", re.DOTALL)
_SINGLE = re.compile(r"beginbfchar(.*?)endbfchar", re.DOTALL)


@dataclass(frozen=True)
class Font:
    """A simple font: the sign and the width, in thousandths of its size, of each code."""

    name: str
    signs: dict[int, str]
    widths: dict[int, float]

    @property
    def hangs(self) -> bool:
        """Whether its signs hang from their origin, as TeX's large fences and operators do."""
        return "Extension" in self.name or "CMEX" in self.name

    def sign(self, code: int) -> str:
        """The sign of a code; a code that the font does not explain shows as ⍰ and its number."""
        return self.signs.get(code, f"⍰{code}")


def font(entry: Any) -> Font:
    """A font of a page's resources."""
    first = int(entry.get("/FirstChar", 0))
    widths = {first + k: float(width) for k, width in enumerate(entry.get("/Widths", []))}
    name = str(entry.get("/BaseFont", "")).partition("+")[2] or str(entry.get("/BaseFont", ""))
    explained = entry.get("/ToUnicode")
    text = explained.read_bytes().decode("latin-1") if explained is not None else ""
    return Font(name, signs(text), widths)


def signs(table: str) -> dict[int, str]:
    """The signs of a ToUnicode table, ligatures taken apart.

    >>> signs("1 beginbfrange <61> <62> <0061> endbfrange 1 beginbfchar <1C> <FB01> endbfchar")
    {97: 'a', 98: 'b', 28: 'fi'}
    """
    found: dict[int, str] = {}
    for block in _RANGES.findall(table):
        codes = _CODES.findall(block)
        for low, high, start in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
            for code in range(int(low, 16), int(high, 16) + 1):
                found[code] = _text(f"{int(start, 16) + code - int(low, 16):0{len(start)}X}")
    for block in _SINGLE.findall(table):
        codes = _CODES.findall(block)
        found |= {
            int(code, 16): _text(text) for code, text in zip(codes[::2], codes[1::2], strict=True)
        }
    return found


def _text(digits: str) -> str:
    return unicodedata.normalize("NFKC", bytes.fromhex(digits).decode("utf-16-be", "replace"))
