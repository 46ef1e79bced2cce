"""The drawing commands of a content stream, each with its operands.

Place in the chain: bytes of the PDF -> **commands** -> marks on a page. A library's own parser
keeps enough to write the stream again and takes most of a second for a report; this one only reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from proofpress.faults.errors import PressError

Operand = float | bytes | str | list  # a number, a string, a name with its slash, an array

_TOKEN = re.compile(
    rb"(?P<number>[-+]?(?:\d+\.?\d*|\.\d+))"
    rb"|\((?P<string>(?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)\)"
    rb"|/(?P<name>[^\s/\[\]()<>{}%]*)"
    rb"|(?P<open>\[)|(?P<close>\])"
    rb"|<<(?P<dictionary>(?:[^<>()]|<[0-9A-Fa-f\s]*>|\((?:[^()\\]|\\.)*\)"
    rb"|<<(?:[^<>()]|\((?:[^()\\]|\\.)*\))*>>)*)>>"
    rb"|<<(?P<open_dictionary>.*?)>>"  # whose strings do not end in it
    rb"|<(?P<hex>[0-9A-Fa-f\s]*)>"
    rb"|(?P<operator>[A-Za-z'\"][A-Za-z0-9*]*)"
    rb"|%[^\r\n]*|(?P<space>\s+)|(?P<other>.)",
    re.DOTALL,
)
# Most commands are of three kinds, which are taken at once: after numbers alone, text that is shown
# in pieces without any escape, and the choice of a font. Each matches in one way at most, however
# long the bytes are.
_NUMBERS_ALONE = re.compile(rb"\s*((?:[-+]?(?:\d+(?:\.\d*)?|\.\d+)\s+)*)([A-Za-z'\"][A-Za-z0-9*]*)")
_PLAIN_TEXT = re.compile(rb"\s*\[((?:\([^()\\]*\)|-?\d+(?:\.\d*)?(?![\d.]))*)\]TJ")
_CHOICE = re.compile(rb"\s*/([^\s/\[\]()<>{}%]*)\s+(\d+(?:\.\d*)?)\s+Tf(?![A-Za-z0-9*])")
_PIECE = re.compile(rb"\(([^()\\]*)\)|([-.\d]+)")
# An image among the commands: its data has bytes of all kinds, and ends where EI stands for itself
# and commands follow.
_IMAGE = re.compile(rb"(?<![^\s\]>)])BI(?=[\s/])")
_IMAGE_DATA = re.compile(rb"(?<![A-Za-z/])ID\s")
_IMAGE_ENDS = re.compile(rb"\sEI(?=\Z|\s[\s\x20-\x7e]{20}|\s[\s\x20-\x7e]{0,19}\Z)")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_LEFT_OUT = {b"\n", b"\r", b"\r\n"}


def holds_image(content: bytes) -> bool:
    """Return whether an image stands among the drawing commands.

    >>> holds_image(b"q BI /W 1 /H 1 ID x EI Q"), holds_image(b"(BI) Tj")
    (True, False)
    """
    return _IMAGE.search(content) is not None


def commands(content: bytes) -> Iterator[tuple[str, list[Operand]]]:
    """Operator and operands of each command. Raises PressError for bytes that are none.

    >>> list(commands(b"BT /F1 9 Tf [(a\\\\051)-250 <62>]TJ"))
    [('BT', []), ('Tf', ['/F1', 9.0]), ('TJ', [[b'a)', -250.0, b'b']])]
    >>> list(commands(b"/Span <</ActualText<FEFF>/A<</B (>>)>>>> BDC EMC"))
    [('BDC', ['/Span']), ('EMC', [])]
    """
    at: int | None = 0
    while at is not None:
        if plain := _NUMBERS_ALONE.match(content, at):
            at = plain.end()
            if plain[2] == b"BI":
                at = _after_image(content, at)
            else:
                yield plain[2].decode("ascii"), list(map(float, plain[1].split()))
            continue
        if text := _PLAIN_TEXT.match(content, at):
            at = text.end()
            pieces = _PIECE.findall(text[1])
            yield "TJ", [[float(number) if number else string for string, number in pieces]]
            continue
        if choice := _CHOICE.match(content, at):
            at = choice.end()
            yield "Tf", ["/" + choice[1].decode("latin-1"), float(choice[2])]
            continue
        name, operands, at = _command(content, at)
        if name == "BI" and at is not None:
            at = _after_image(content, at)
        elif at is not None:
            yield name, operands


def _after_image(content: bytes, at: int) -> int:
    """Return where the image ends whose dictionary begins at a byte; it has no marks."""
    data = _IMAGE_DATA.search(content, at)
    end = _IMAGE_ENDS.search(content, data.end() - 1) if data else None
    if end is None:
        raise PressError(f"the image at byte {at} has no end")
    return end.end()


def _command(content: bytes, at: int) -> tuple[str, list[Operand], int | None]:
    """Return the command that begins at a byte, and where it ends; None where no operator
    follows."""
    operands: list[Operand] = []
    outer: list[Operand] = operands
    for found in _TOKEN.finditer(content, at):
        kind = found.lastgroup
        if kind == "number":
            operands.append(float(found["number"]))
        elif kind == "operator":
            return found["operator"].decode("ascii"), outer, found.end()
        elif kind == "string":
            string = found["string"]
            operands.append(_ESCAPE.sub(_unescaped, string) if b"\\" in string else string)
        elif kind == "name":
            operands.append("/" + found["name"].decode("latin-1"))
        elif kind == "open":
            operands = []
            outer.append(operands)
        elif kind == "close":
            operands = outer
        elif kind == "hex":
            operands.append(_of_digits(found["hex"]))
        elif kind == "other":
            raise PressError(f"{found[0]!r} at byte {found.start()} is no drawing command")
    return "", [], None


def _of_digits(digits: bytes) -> bytes:
    """Return the bytes of hexadecimal digits; a last one that is missing is a zero."""
    plain = b"".join(digits.split()).decode("ascii")
    return bytes.fromhex(plain + "0" * (len(plain) % 2))


def _unescaped(found: re.Match[bytes]) -> bytes:
    what = found[1]
    if what.isdigit():
        return bytes([int(what, 8) & 255])
    return b"" if what in _LEFT_OUT else _ESCAPED.get(what, what)
