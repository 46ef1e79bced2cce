"""LaTeX tables made from data, by PyLaTeX.

Place in the chain: ledger and results -> **table** -> document. A report's tables/ holds one
module a table, with `table(facts)`; text in a cell is escaped, what is LaTeX passes.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pylatex import LongTable, NoEscape, Tabular
from pylatex.base_classes import LatexObject

from proofpress.assemble.facts import Facts
from proofpress.assemble.latex import escape
from proofpress.errors import PressError

Row = Sequence[Any]


def rows(spec: str, head: Row, body: Iterable[Row | None]) -> Tabular:
    """A table that stays in one piece. `None` in the body leaves a little space.

    >>> print(rows("lr", ["part", "count"], [["A & B", 78]]).dumps())
    \\begin{tabular}{lr}%
    \\toprule%
    part&count\\\\%
    \\midrule%
    A \\& B&78\\\\%
    \\bottomrule%
    \\end{tabular}
    """
    made = Tabular(NoEscape(spec), width=len(head), booktabs=False)
    made.append(NoEscape(r"\toprule"))
    _add(made, head)
    made.append(NoEscape(r"\midrule"))
    for row in body:
        _add(made, row)
    made.append(NoEscape(r"\bottomrule"))
    return made


def long_rows(spec: str, head: Row, body: Iterable[Row | None]) -> LongTable:
    """A table that may break over pages, with its head on each."""
    made = LongTable(NoEscape(spec), width=len(head), booktabs=False)
    made.append(NoEscape(r"\toprule"))
    _add(made, head)
    made.append(NoEscape(r"\midrule\endhead\bottomrule\endfoot"))
    for row in body:
        _add(made, row)
    return made


def write(*, module: Path, ledger: Path, results: Path, table: Path) -> None:
    """The step of one table: calls `table(facts)` of `module` and writes its LaTeX."""
    facts = Facts(*(json.loads(path.read_text(encoding="utf-8")) for path in (ledger, results)))
    name = ".".join(module.with_suffix("").parts)
    made = importlib.import_module(name).table(facts)
    if not isinstance(made, LatexObject):
        raise PressError(
            f"table() returned {type(made).__name__}, not a PyLaTeX object",
            str(module),
            "return proofpress.tables.rows(...)",
        )
    table.write_text(made.dumps() + "\n", encoding="utf-8")


def _add(made: Tabular, row: Row | None) -> None:
    if row is None:
        made.append(NoEscape(r"\addlinespace"))
    else:
        made.add_row([NoEscape(escape(cell)) for cell in row], strict=True)
