r"""What a terminal shows in the end of all that was written to it: lines of coloured pieces.

Place in the chain: text of an output -> **lines** -> LaTeX. Carriage returns, backspaces and codes
that move, erase and colour are carried out by pyte, on a screen that holds everything. What pyte
would print instead of obeying it is taken out before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from proofpress.notebook.code import Line

ESCAPE = "\x1b"
# Strings to the terminal itself: titles, links, pictures in codes of their own.
_STRINGS = re.compile(r"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f]).*?(?:\x07|\x1b\\|\x9c|\Z)", re.DOTALL)
# Another screen leaves nothing on this one.
_OTHER_SCREEN = re.compile(
    r"\x1b\[\?(?:1049|1047|47)h.*?(?:\x1b\[\?(?:1049|1047|47)l|\Z)", re.DOTALL
)
_PRIVATE = re.compile(
    r"\x1b\[[<=>][0-;<=>?]*[ -/]*[@-~]|\x1b\[[0-;<=>?]*[ -/]+[@-~]|\x1b\[\?[\d;]*m"
)
_COLOURED = re.compile(r"\x1b\[([\d;:]*)m")
_REPEATED = re.compile(r"([^\x00-\x1f])\x1b\[(\d*)b")
_SAVED = {"\x1b[s": "\x1b7", "\x1b[u": "\x1b8"}
_NUMBERS = re.compile(r"\x1b\[([\d;]*)[A-GHf`ade]")
_CODES = re.compile(r"\x1b\[[0-;<=>?]*[ -/]*[@-~]|\x1b[ -/]*[0-~]")
# More than a person looks at: a screen is not made larger for a single code.
_MOST_COLUMNS, _MOST_LINES = 20_000, 50_000

_NAMED = {
    "black": "000000", "red": "B22222", "green": "1B7A2B", "brown": "8A6100", "blue": "1F4FB2",
    "magenta": "8F2C8F", "cyan": "0F6F78", "white": "6E6E6E",
    "brightblack": "555555", "brightred": "C62828", "brightgreen": "237A31",
    "brightbrown": "8A6100", "brightyellow": "8A6100", "brightblue": "2A5BD0",
    "brightmagenta": "A03AA0", "bfightmagenta": "A03AA0", "brightcyan": "15767F",
    "brightwhite": "6E6E6E",
}  # fmt: skip


def final_lines(text: str) -> list[Line]:
    r"""Return the lines that stand there when all has been written, without empty ones at the ends.

    >>> final_lines("1/2\r2/2\n\x1b[31mred\x1b[0m, plain\n")
    [[('', '2/2')], [('Shown{B22222}{}', 'red'), ('', ', plain')]]
    """
    text = text.replace("\r\n", "\n")
    if ESCAPE in text or "\b" in text or re.search("[\x80-\x9f\v\f]", text):
        lines = _replayed(text)
    else:
        plain = (_overprinted(line.expandtabs(8)) for line in text.split("\n"))
        lines = [[("", line.rstrip())] if line.strip() else [] for line in plain]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return lines


def plain_text(text: str) -> str:
    r"""Return a text without codes to a terminal.

    >>> plain_text("\x1b[1mbold\x1b[0m")
    'bold'
    """
    return _CODES.sub("", _STRINGS.sub("", text))


def width(line: Line) -> int:
    """Return how many columns a line fills."""
    return sum(len(text) for _, text in line)


def _overprinted(line: str) -> str:
    """Return what stands on a line when each carriage return has led back to its beginning."""
    shown = ""
    for part in line.split("\r"):
        shown = part + shown[len(part) :]
    return "".join(letter for letter in shown if letter >= " ")


def _replayed(text: str) -> list[Line]:
    import pyte

    text = _obeyed(text)
    columns, lines = _room(text)
    screen = pyte.Screen(columns, lines)
    screen.set_mode(pyte.modes.LNM)  # a line feed leads to the beginning of the next line
    pyte.Stream(screen).feed(text)
    last = max((row for row, cells in screen.buffer.items() if cells), default=-1)
    return [_line(screen.buffer[row]) for row in range(last + 1)]


def _obeyed(text: str) -> str:
    """Return the same text in codes that pyte knows, without those that it would print."""
    text = _OTHER_SCREEN.sub("", _STRINGS.sub("", text))
    text = _COLOURED.sub(lambda found: f"{ESCAPE}[{_semicolons(found[1])}m", text)
    text = _PRIVATE.sub("", text)
    text = _REPEATED.sub(lambda found: found[1] * (1 + min(int(found[2] or 1), 999)), text)
    for code, other in _SAVED.items():
        text = text.replace(code, other)
    return text


def _semicolons(colours: str) -> str:
    """Return the parameters of a colour without colons: 38:2::1:2:3 is 38;2;1;2;3, 4:3 is 4."""
    parts = []
    for part in colours.split(";"):
        first, *rest = part.split(":")
        if first in ("38", "48") and rest:
            numbers = [number for number in rest[1:] if number]
            parts += [first, rest[0], *(numbers[-3:] if rest[0] == "2" else numbers[:1])]
        elif first != "58":  # the colour of a line below
            parts.append(first)
    return ";".join(parts)


def _room(text: str) -> tuple[int, int]:
    """Return columns and lines of a screen on which nothing wraps or is scrolled away."""
    told = [
        int(number) for codes in _NUMBERS.findall(text) for number in codes.split(";") if number
    ]
    visible = re.split("[\n\r\v\f]", _CODES.sub("", text).expandtabs(8))
    columns = 2 * max(map(len, visible)) + max(told, default=0)
    lines = 1 + sum(map(text.count, "\n\v\f")) + min(sum(told), 10 * max(told, default=0))
    return min(columns, _MOST_COLUMNS) + 1, min(lines + text.count(f"{ESCAPE}D"), _MOST_LINES)


def _line(cells: Mapping[int, Any]) -> Line:
    line: Line = []
    for column in range(max(cells, default=-1) + 1):
        cell = cells.get(column)
        macro, sign = ("", " ") if cell is None else (_macro(cell), cell.data)
        if line and line[-1][0] == macro:
            line[-1] = macro, line[-1][1] + sign
        elif sign:  # the second half of a wide sign is empty
            line.append((macro, sign))
    while line and not line[-1][1].rstrip():
        line.pop()
    return [*line[:-1], (line[-1][0], line[-1][1].rstrip())] if line else line


def _macro(cell: Any) -> str:
    if cell.data == " " and not cell.underscore:
        return ""
    colour = "000000" if cell.fg == "default" else _NAMED.get(cell.fg) or _darkened(cell.fg)
    shape = r"\bfseries" * cell.bold + r"\itshape" * cell.italics
    return f"Shown{{{colour}}}{{{shape}}}" if colour != "000000" or shape else ""


def _darkened(colour: str) -> str:
    """Return a colour of six digits, so dark that it can be read on paper.

    >>> _darkened("ff00d7"), _darkened("ffff00")
    ('CE00AD', '777700')
    """
    parts = [int(colour[place : place + 2], 16) for place in (0, 2, 4)]
    while True:
        linear = [(part / 255) ** 2.2 for part in parts]
        light = sum(
            weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
        )
        if 1.05 / (light + 0.05) >= 4.5:
            return "".join(f"{part:02X}" for part in parts)
        parts = [int(part * 0.95) for part in parts]
