"""Tables of the author's data: a CSV file as it stands, column by column.

Place in the chain: CSV file -> **table** -> document. `csv("data/runs.csv")` in a template prints
one; `csv_rows` makes one for a module of tables/. Nothing is computed, rounded or left out of a
cell. The file is an input of the step that reads it, and need not be named anywhere else.
"""

from __future__ import annotations

import csv as format_of
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pylatex import LongTable, Tabular

from proofpress.documents.latex import Latex, escape
from proofpress.documents.tables import long_rows, rows
from proofpress.faults.author import SETTINGS
from proofpress.faults.errors import PressError
from proofpress.faults.nearest import meant

Columns = Sequence[str] | Mapping[str, str]

_NUMBER = re.compile(r"(?P<sign>[-+\u2212]?)(?P<whole>\d[\d,\u202f]*)?(?:\.(?P<part>\d*))?")
_LIKE_A_NUMBER = re.compile(r"[-+\u2212]?(?:\d[\d,\u202f]*)?\.?\d+(?:[eE][-+]?\d+)?\s*%?|\d+\.")
_OTHERS = {
    ";": "a semicolon",
    "\t": "a tab",
}  # what parts the fields of files that are not so named


def csv(
    file: str, columns: Columns | None = None, *, delimiter: str = ",", long: bool = False
) -> Latex:
    """Return the LaTeX of `csv_rows`, for a template."""
    return Latex(csv_rows(file, columns, delimiter=delimiter, long=long).dumps())


def csv_rows(
    file: str, columns: Columns | None = None, *, delimiter: str = ",", long: bool = False
) -> Tabular | LongTable:
    """Return a table of the CSV file at a path from the report's folder.

    `columns` names those that are printed, in their order, or gives each a heading of its own;
    otherwise all are. Numbers stand under each other by their decimal point. A `long` table may
    break over pages.

    Raises PressError for a file that is not there or no table, with the line of the file, and for
    a column that it does not have.
    """
    head, body = _read(Path(file), delimiter)
    chosen = (
        dict(columns) if isinstance(columns, Mapping) else {name: name for name in columns or head}
    )
    for name in chosen:
        if head.count(name) != 1:
            times = f"{head.count(name)} columns" if name in head else "no column"
            what = f"{file}:1 has {times} called {name}"
            raise PressError(what, mend=meant(name, head) or f"it has: {', '.join(head)}")
    listed = [[row[head.index(name)] for row in body] for name in chosen]
    numeric = [_is_numeric(cells) for cells in listed]
    shown = [
        _aligned(cells) if is_numeric else cells
        for cells, is_numeric in zip(listed, numeric, strict=True)
    ]
    spec = "".join("r" if is_numeric else "l" for is_numeric in numeric)
    make = long_rows if long else rows
    return make(spec, [*chosen.values()], [list(row) for row in zip(*shown, strict=True)])


def _read(file: Path, delimiter: str) -> tuple[list[str], list[list[str]]]:
    """Return the names of the columns, and the rows. Blank lines are none."""
    lines = [(number, row) for number, row in _lines(file, delimiter) if any(row)]
    if not lines:
        raise PressError(
            f"{file.as_posix()} holds no row", mend="name its columns on its first line"
        )
    (_, head), *body = lines
    if len(head) == 1 and (found := next((sign for sign in _OTHERS if sign in head[0]), None)):
        what = f"the fields of {file.as_posix()} are parted by {_OTHERS[found]}"
        raise PressError(what, mend=f"add delimiter={found!r}")
    for number, row in body:
        if len(row) != len(head):
            what = f"{file.as_posix()}:{number} has {_fields(row)}, its head has {len(head)}"
            raise PressError(
                what, mend="give each row as many, and set those with a comma in quotes"
            )
    return head, [row for _, row in body]


def _lines(file: Path, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            reader = format_of.reader(opened, delimiter=delimiter, strict=True)
            try:
                for row in reader:
                    yield reader.line_num, [field.strip() for field in row]
            except format_of.Error as error:
                what = f"{file.as_posix()}:{reader.line_num} is no row of a table: {error}"
                raise PressError(what, mend="balance its quotation marks") from error
            except UnicodeDecodeError as error:
                what = f"{file.as_posix()} is not UTF-8 text"
                raise PressError(what, mend="save it as UTF-8") from error
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        near = [
            path.as_posix()
            for folder in (file.parent, Path("data"), Path())
            for path in folder.glob("*.csv")
        ]
        mend = meant(file.as_posix(), near) or f"write its path from the folder of {SETTINGS}"
        raise PressError(f"there is no file {file.as_posix()}", mend=mend) from error


def _fields(row: Sequence[str]) -> str:
    return f"{len(row)} field{'s'[: len(row) != 1]}"


def _is_numeric(cells: Sequence[str]) -> bool:
    told = [cell for cell in cells if cell]
    return bool(told) and all(_LIKE_A_NUMBER.fullmatch(cell) for cell in told)


def _aligned(cells: Sequence[str]) -> list[Latex]:
    r"""Return numbers with room behind each, so that their decimal points stand below each other.

    >>> for cell in _aligned(["1.25", "-10", "3.5"]): print(cell)
    1.25
    $-$10\phantom{.25}
    3.5\phantom{0}
    """
    plain = [_NUMBER.fullmatch(cell) for cell in cells]
    parts = [found["part"] for found in plain if found and found["part"] is not None]
    longest = max(parts, key=len, default=None)
    made = []
    for cell, found in zip(cells, plain, strict=True):
        text = (
            re.sub(r"^[-\u2212]", "$-$", escape(cell))
            if cell[:1] in ("-", "\u2212")
            else escape(cell)
        )
        room = "" if found is None or longest is None or not cell else _room(found["part"], longest)
        made.append(Latex(f"{text}{room}"))
    return made


def _room(part: str | None, longest: str) -> str:
    if part is None:
        return rf"\phantom{{.{longest}}}"
    return rf"\phantom{{{'0' * (len(longest) - len(part))}}}" if len(part) < len(longest) else ""
