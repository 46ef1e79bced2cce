"""Tables of HTML, such as data frames, as tables of the page.

Place in the chain: a table's element -> **rows and columns** -> `tables`. Cells that span several
rows or columns are spread out; the names of an index stand in the head, in one row with the
columns' names where there is room.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from proofpress.latex.drawn import any_text
from proofpress.notebook.tables import NARROW, Table, alignment, longest

# Longer words may be broken in a column of text, at every so many characters.
_PIECE = 6
_MOST_SPANNED = 1000


@dataclass(frozen=True)
class _Cell:
    latex: str
    plain: str
    names: bool  # a head's cell: <th>


_EMPTY = _Cell("", "", False)


def grid_latex(
    table: Any, where: str, blocks: Callable[[Any], list[str]], words: Callable[[Any], str]
) -> list[str]:
    """Return the LaTeX of a table's element. One that holds tables is taken apart: it only puts
    them side by side. `blocks` and `words` write what stands in a cell."""
    own = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    caption = [text for one in table.iter("caption") if (text := words(one))]
    if any(len(list(part.iter("table", "img"))) for row in own for part in row):
        return [*caption, *(block for row in own for cell in row for block in blocks(cell))]
    heads, rows = _spread(own, where, words)
    if not heads and not rows:
        return caption
    return [*caption, _table(heads, rows).latex()]


def _spread(
    rows: list[Any], where: str, words: Callable[[Any], str]
) -> tuple[list[list[_Cell]], list[list[_Cell]]]:
    """Return the rows of the head and the others, all of one length."""
    spread: list[list[_Cell]] = []
    in_head: list[bool] = []
    below: dict[tuple[int, int], _Cell] = {}  # by row and column: what reaches down from above
    for number, row in enumerate(rows):
        cells: list[_Cell] = []
        for node in (one for one in row if one.tag in ("td", "th")):
            while (number, len(cells)) in below:
                cells.append(below[number, len(cells)])
            cell = _cell(node, where, words)
            wide, high = _span(node, "colspan"), _span(node, "rowspan")
            for down in range(1, high):
                for across in range(wide):
                    below[number + down, len(cells) + across] = _Cell("", "", cell.names)
            cells += [cell] * wide if _is_head(row, number) else [cell, *[_EMPTY] * (wide - 1)]
        while (number, len(cells)) in below:
            cells.append(below[number, len(cells)])
        if cells:
            spread.append(cells)
            in_head.append(_is_head(row, number))
    length = max(map(len, spread), default=0)
    full = [cells + [_EMPTY] * (length - len(cells)) for cells in spread]
    count = next((n for n, head in enumerate(in_head) if not head), len(full))
    return full[:count], full[count:]


def _is_head(row: Any, number: int) -> bool:
    in_head = next(row.iterancestors("thead"), None) is not None
    return in_head or (number == 0 and all(cell.tag == "th" for cell in row))


def _cell(node: Any, where: str, words: Callable[[Any], str]) -> _Cell:
    plain = " ".join("".join(node.itertext()).split())
    if max(map(len, plain.split()), default=0) > NARROW:
        return _Cell(_breakable(plain, where), plain, node.tag == "th")
    return _Cell(words(node), plain, node.tag == "th")


def _breakable(text: str, where: str) -> str:
    """Return a cell's text with places where its long words may be broken."""
    shown = []
    for word in text.split():
        pieces = [word[at : at + _PIECE] for at in range(0, len(word), _PIECE)]
        pieces = pieces if len(word) > NARROW else [word]
        shown.append(r"\nbSplit{}".join(any_text(piece, where) for piece in pieces))
    return " ".join(shown)


def _span(node: Any, name: str) -> int:
    told = node.get(name, "")
    return min(max(int(told), 1), _MOST_SPANNED) if told.isdecimal() else 1


def _table(heads: list[list[_Cell]], rows: list[list[_Cell]]) -> Table:
    columns = len((heads or rows)[0])
    first = ([cell.names for cell in row] for row in rows[:1])
    names = next((flags.index(False) if False in flags else 0 for flags in first), 0)
    # A first column without a name of its own is an index, too.
    names = names or int(columns > 1 and bool(heads) and not heads[-1][0].plain)
    heads = _merged(heads, names) or [[_EMPTY] * columns]
    plain = [[cell.plain for cell in row] for row in rows]
    # A cell of an upper row may stand above several columns.
    lengths = longest([cell.plain for cell in heads[-1]], plain)
    latex = [[cell.latex for cell in row] for row in [*heads, *rows]]
    above, head, body = latex[: len(heads) - 1], latex[len(heads) - 1], latex[len(heads) :]
    return Table(head, body, alignment(plain, columns), lengths, above, names)


def _merged(heads: list[list[_Cell]], names: int) -> list[list[_Cell]]:
    """Return the head with the names of the index in the row of the columns' names, if that has
    room for them: a data frame shows them in a row of their own."""
    if len(heads) < 2 or not names:
        return heads
    upper, last = heads[-2], heads[-1]
    if any(cell.plain for cell in last[names:]) or any(cell.plain for cell in upper[:names]):
        return heads
    return [*heads[:-2], [*last[:names], *upper[names:]]]
