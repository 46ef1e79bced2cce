"""Tables as LaTeX, with rules above, below and under the head, and no vertical ones.

Place in the chain: Markdown, data frames, recorded tables -> **tables** -> page. A table that is
wider than the page is set smaller, or in parts, each with the columns that name its rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

# Together the columns of a page hold about this many characters at the text's size.
PAGE_COLUMNS = 84
# A column of text beyond this width is set as a paragraph when the table is too wide.
NARROW = 24
# Longer tables may break over pages.
ROWS_KEPT_TOGETHER = 30
# A short table is set smaller, as far as this share of its size; beyond it, in parts.
SMALLEST = 0.72


@dataclass
class Table:
    r"""Head and rows of a table, its cells already LaTeX; `lengths` of cells count characters.

    `above` are the upper rows of a head of several, where equal cells side by side print as one;
    `names` is the number of columns that name rows.

    >>> print(Table(["a"], [["1"]], ["right"]).latex())
    \begin{nbTable}
    \begin{tabular}{@{}r@{}}
    \nbTopRule
    \nbHead{a} \\
    \nbMiddleRule
    1 \\
    \nbBottomRule
    \end{tabular}
    \end{nbTable}
    """

    head: list[str]
    rows: list[list[str]]
    align: list[str]
    lengths: list[int] = field(default_factory=list)
    above: list[list[str]] = field(default_factory=list)
    names: int = 0

    def latex(self) -> str:
        """Return the table, as long as needed, no wider than the page."""
        smallest = SMALLEST if len(self.rows) <= ROWS_KEPT_TOGETHER else 1
        if self._needed() * smallest <= PAGE_COLUMNS:
            return self._whole()
        return "\n\n".join(part._whole() for part in self._parts())

    def _whole(self) -> str:
        columns = f"@{{}}{''.join(self._columns())}@{{}}"
        head = []
        if any(self.head) or self.above:
            head = [_row(_spanning(row)) for row in self.above]
            head += [_row([rf"\nbHead{{{cell}}}" for cell in self.head]), r"\nbMiddleRule"]
        rows = [_row(row) for row in self.rows]
        if len(self.rows) > ROWS_KEPT_TOGETHER:
            shown = "}{%\n".join("\n".join(part) for part in (head, rows))
            return f"\\nbLongTable{{{columns}}}{{%\n{shown}}}"
        lines = [rf"\begin{{tabular}}{{{columns}}}", r"\nbTopRule", *head, *rows]
        body = "\n".join([*lines, r"\nbBottomRule", r"\end{tabular}"])
        return f"\\begin{{nbTable}}\n{body}\n\\end{{nbTable}}"

    def _lengths(self) -> list[int]:
        return self.lengths or [10] * len(self.align)

    def _needed(self) -> int:
        """Return how many characters a line of the table holds, when long texts are paragraphs."""
        return sum(min(length, NARROW) + 2 for length in self._lengths())

    def _parts(self) -> list[Table]:
        """Return tables that each fit the page, each with the columns that name the rows."""
        widths = [min(length, NARROW) + 2 for length in self._lengths()]
        first = list(range(self.names))
        room = PAGE_COLUMNS - sum(widths[: self.names])
        chosen: list[list[int]] = [[]]
        for column in range(self.names, len(widths)):
            if chosen[-1] and sum(widths[one] for one in chosen[-1]) + widths[column] > room:
                chosen.append([])
            chosen[-1].append(column)
        return [self._of([*first, *columns]) for columns in chosen]

    def _of(self, columns: Sequence[int]) -> Table:
        def some(row: list[str]) -> list[str]:
            return [row[column] for column in columns]

        return replace(
            self,
            head=some(self.head),
            rows=[some(row) for row in self.rows],
            align=some(self.align),
            lengths=[self._lengths()[column] for column in columns],
            above=[some(row) for row in self.above],
        )

    def _columns(self) -> list[str]:
        lengths = self._lengths()
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


def _spanning(row: Sequence[str]) -> list[str]:
    """Return the cells of an upper row of a head, equal ones side by side as one."""
    cells = []
    for text, same in groupby(row):
        count = len(list(same))
        shown = rf"\nbHead{{{text}}}"
        if text and count > 1:
            cells.append(rf"\multicolumn{{{count}}}{{l}}{{{shown}}}")
        else:
            cells += [shown] * count
    return cells


def longest(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the length of the longest cell of each column.

    >>> longest(["a", "bcd"], [["12", "x"]])
    [2, 3]
    """
    return [max(map(len, column)) for column in zip(head, *rows, strict=True)]


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
