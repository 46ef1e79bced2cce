"""What the codes of a font mean, and how wide they are.

Place in the chain: PDF -> **code** -> sign -> reading.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

import pikepdf

_CODES = re.compile(r"<([0-9A-Fa-f]+)>")
_RANGES = re.compile(r"beginbfrange(.*?)endbfrange", re.DOTALL)
_RANGE = re.compile(r"<(\w+)>\s*<(\w+)>\s*(?:<(\w+)>|\[([^\]]*)\])")
_SINGLE = re.compile(r"beginbfchar(.*?)endbfchar", re.DOTALL)


class Signs(dict[int, str]):
    """The sign of each code by a ToUnicode table, ligatures taken apart; made when asked for.

    A code that the table does not explain shows as ⍰ and its number.

    >>> signs = Signs("1 beginbfrange <61> <62> <0061> <63> <63> [<0064>] endbfrange "
    ...               "1 beginbfchar <1C> <FB01> endbfchar")
    >>> [signs[code] for code in (0x61, 0x62, 0x63, 0x1C, 3)]
    ['a', 'b', 'd', 'fi', '⍰3']
    """

    def __init__(self, table: str) -> None:
        super().__init__()
        self._single: dict[int, str] = {}
        self._ranges: list[tuple[range, str]] = []
        for block in _RANGES.findall(table):
            for low, high, start, listed in _RANGE.findall(block):
                codes = range(int(low, 16), int(high, 16) + 1)
                self._single |= zip(codes, _CODES.findall(listed), strict=False)
                self._ranges += [(codes, start)] if start else []
        for block in _SINGLE.findall(table):
            found = _CODES.findall(block)
            self._single |= zip((int(code, 16) for code in found[::2]), found[1::2], strict=True)

    def __missing__(self, code: int) -> str:
        self[code] = sign = self._explained(code)
        return sign

    def _explained(self, code: int) -> str:
        if code in self._single:
            return _text(self._single[code])
        for codes, start in self._ranges:
            if code in codes:
                return _text(f"{int(start, 16) + code - codes[0]:0{len(start)}X}")
        return f"⍰{code}"


@dataclass(frozen=True)
class Font:
    """A simple font: the sign and the width, in thousandths of its size, of each code."""

    name: str
    signs: Signs
    widths: dict[int, float]

    @property
    def hangs(self) -> bool:
        """Whether its signs hang from their origin, as TeX's large fences and operators do."""
        return "Extension" in self.name or "CMEX" in self.name


def font(entry: Any) -> Font:
    """Return a font of a page's resources."""
    first = int(entry.get("/FirstChar", 0))
    widths = dict(enumerate(map(float, entry.get("/Widths", [])), first))
    name = str(entry.get("/BaseFont", "")).partition("+")[2] or str(entry.get("/BaseFont", ""))
    explained = entry.get("/ToUnicode")
    is_table = isinstance(explained, pikepdf.Stream)
    text = explained.read_bytes().decode("latin-1") if is_table else ""
    return Font(name, _signs(text), widths)


class Fonts:
    """The fonts of one document. Each is read once."""

    def __init__(self) -> None:
        self._read: dict[tuple[int, int], Font] = {}

    def of(self, entry: Any) -> Font:
        """Return a font of a page's resources."""
        known = entry.objgen  # (0, 0) for one that is written where it is used
        if known == (0, 0):
            return font(entry)
        if known not in self._read:
            self._read[known] = font(entry)
        return self._read[known]


@cache
def _signs(table: str) -> Signs:
    """Return the signs of a table, which many subsets of one font share."""
    return Signs(table)


def _text(digits: str) -> str:
    return unicodedata.normalize("NFKC", bytes.fromhex(digits).decode("utf-16-be", "replace"))
