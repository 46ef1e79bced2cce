"""Tables as LaTeX, with rules above, below and under the head, and no vertical ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

# Together the columns of a page hold about this many characters at the text's size.
PAGE_COLUMNS = 84
# A column of text beyond this width is set as a paragraph when the table is too wide.
NARROW = 24
# Longer tables may break over pages.
ROWS_KEPT_TOGETHER = 30


@dataclass
class Table:
    """Head and rows of a table, its cells already LaTeX; `lengths` of cells count characters."""

    head: list[str]
    rows: list[list[str]]
    align: list[str]
    lengths: list[int] = field(default_factory=list)

    def latex(self) -> str:
        """Return the table, as long as needed, no wider than the page."""
        columns = "".join(self._columns())
        long = len(self.rows) > ROWS_KEPT_TOGETHER
        name = "longtable" if long else "tabular"
        lines = [rf"\begin{{{name}}}{{@{{}}{columns}@{{}}}}", r"\nbTopRule"]
        if any(self.head):
            lines += [_row([rf"\nbHead{{{cell}}}" for cell in self.head]), r"\nbMiddleRule"]
            if long:
                lines.append(r"\endhead")
        lines += [_row(row) for row in self.rows]
        lines += [r"\nbBottomRule", rf"\end{{{name}}}"]
        body = "\n".join(lines)
        return body if long else f"\\begin{{nbTable}}\n{body}\n\\end{{nbTable}}"

    def _columns(self) -> list[str]:
        lengths = self.lengths or [10] * len(self.align)
        wide = [length for length in lengths if length > NARROW]
        room = PAGE_COLUMNS - sum(lengths) + sum(wide) - 2 * len(lengths)
        if not wide or sum(wide) <= room:
            return [{"right": "r", "center": "c"}.get(align, "l") for align in self.align]
        room = max(room, NARROW * len(wide))
        return [
            rf"\nbParagraphColumn{{{length / sum(wide) * room / PAGE_COLUMNS:.3f}\linewidth}}"
            if length > NARROW
            else {"right": "r", "center": "c"}.get(align, "l")
            for length, align in zip(lengths, self.align, strict=True)
        ]


def _row(cells: Sequence[str]) -> str:
    return " & ".join(cells) + r" \\"


def longest(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the length of the longest cell of each column.

    >>> longest(["a", "bcd"], [["12", "x"]])
    [2, 3]
    """
    return [max(map(len, column)) for column in zip(head, *rows, strict=True)]


class _HtmlTable(HTMLParser):
    """Collects the rows of the first table; cells of the head are marked by <th> in <thead>."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.head: list[list[str]] = []
        self.rows: list[list[str]] = []
        self._in_head = False
        self._row: list[str] | None = None
        self._in_cell = False
        self._tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._tables += 1
        if self._tables != 1:
            return
        if tag == "thead":
            self._in_head = True
        elif tag == "tr":
            self._row = []
        elif tag in ("td", "th") and self._row is not None:
            self._row.append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "thead":
            self._in_head = False
        elif tag in ("td", "th"):
            self._in_cell = False
        elif tag == "tr" and self._row is not None:
            (self.head if self._in_head else self.rows).append(self._row)
            self._row = None

    def handle_data(self, data: str) -> None:
        if self._in_cell and self._row:
            self._row[-1] += data


def html_cells(html: str) -> tuple[list[str], list[list[str]]] | None:
    """Head and rows of the first table in a piece of HTML, as a data frame shows itself.

    None when there is no table, or its rows differ in length.

    >>> html_cells("<table><thead><tr><th></th><th>a</th></tr></thead>"
    ...            "<tbody><tr><th>0</th><td>1 &lt; 2</td></tr></tbody></table>")
    (['', 'a'], [['0', '1 < 2']])
    """
    parser = _HtmlTable()
    try:
        parser.feed(html)
    except AssertionError:  # how Python's parser refuses a declaration that is none: "<![x"
        return None
    head, rows = parser.head, parser.rows
    if not head and rows:
        head, rows = [[""] * len(rows[0])], rows
    clean = [[" ".join(cell.split()) for cell in row] for row in [*head[:1], *head[1:], *rows]]
    if not clean or len({len(row) for row in clean}) != 1:
        return None
    return clean[0], clean[1:]


def alignment(rows: Sequence[Sequence[str]], columns: int) -> list[str]:
    """ "right" for each column that holds numbers only, else "left".

    >>> alignment([["a", "1,200.5"], ["b", "-3 %"]], 2)
    ['left', 'right']
    """
    return [
        "right" if rows and all(_is_number(row[place]) for row in rows) else "left"
        for place in range(columns)
    ]


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "").rstrip("% ").replace("−", "-"))
    except ValueError:
        return text in ("", "–", "—", "-")
    return True
