"""Values that leave a notebook for the report, and the small outputs that show them.

`record` and `tabulate` are called in a notebook's cells. Each shows one output that carries its
data under a MIME type of the press, beside plain text for every other reader. `results`
collects what an executed notebook recorded; text, tables and templates quote it from there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from proofpress.faults.errors import PressError
from proofpress.notebook.parameters import INJECTED

RESULT_TYPE = "application/vnd.proofpress.result+json"
TABLE_TYPE = "application/vnd.proofpress.table+json"
SCHEMA = 1
KEY = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")

Value = bool | int | float | str


def record(
    key: str,
    value: object,
    *,
    unit: str | None = None,
    digits: int | None = None,
    title: str | None = None,
    volatile: bool = False,
    shown: bool = True,
) -> None:
    """Show `value` and mark it as a result of the notebook under `key`.

    `key` is lower-case words joined by dots ("sentiment.test.accuracy"). `value` is a number, a
    truth value or a text, already in `unit`; `digits` says how many decimals are printed.
    `volatile` marks what differs from run to run, as times do. What is not `shown` is left out
    of the page, where the notebook prints the value in a table of its own. Raises ValueError for
    a key of another form and for a number that is not finite, TypeError for any other kind of
    value.

    >>> record("demo.accuracy", 81.25, unit="%", digits=1, title="Accuracy")
    Accuracy: 81.2 %
    """
    if not KEY.fullmatch(key):
        raise ValueError(f"{key!r} is not lower-case words joined by dots")
    plain = _plain(value, key)
    data = {
        "key": key,
        "value": plain,
        "unit": unit,
        "text": formatted(plain, digits),
        "title": title or key,
        "volatile": volatile,
        "shown": shown,
    }
    plain_text = f"{data['title']}: {data['text']}" + (f" {unit}" if unit else "")
    _display({RESULT_TYPE: data, "text/plain": plain_text})


def tabulate(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    digits: Sequence[int | None] | None = None,
    volatile: Sequence[str] = (),
) -> None:
    """Show a table whose cells are numbers or texts.

    `digits` says for each column how many decimals are printed; `volatile` names the columns
    that differ from run to run. Raises ValueError for a row, or `digits`, of another length than
    `columns`, and for a name that is not a column.

    >>> tabulate(["epoch", "loss"], [[1, 0.512], [2, 0.4]], digits=[None, 2])
    epoch  loss
        1  0.51
        2  0.40
    """
    digits = digits or [None] * len(columns)
    if unknown := sorted(set(volatile) - set(columns)):
        raise ValueError(f"{unknown[0]!r} is not a column: {', '.join(columns)}")
    table = [list(row) for row in rows]
    for row in [digits, *table]:
        if len(row) != len(columns):
            raise ValueError(f"{len(row)} cells for {len(columns)} columns: {row!r}")
    values = [[_plain(v, name) for name, v in zip(columns, row, strict=True)] for row in table]
    body = [[formatted(v, d) for v, d in zip(row, digits, strict=True)] for row in values]
    numeric = [
        all(not isinstance(row[place], str) for row in values) for place in range(len(columns))
    ]
    data = {
        "columns": list(columns),
        "rows": body,
        "align": ["right" if number else "left" for number in numeric],
        "volatile": list(volatile),
    }
    _display({TABLE_TYPE: data, "text/plain": _plain_table(data)})


def formatted(value: Value, digits: int | None) -> str:
    """Return the text of a value: thousands separated by commas, `digits` decimals where given.

    >>> formatted(112241409, None), formatted(0.05, 3), formatted(-1234.5, 1), formatted(True, 2)
    ('112,241,409', '0.050', '-1,234.5', 'yes')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        text = f"{value:,.6g}" if digits is None else f"{value:,.{digits}f}"
        # A rounded zero has no sign.
        return text.lstrip("-") if float(text.replace(",", "")) == 0 else text
    return value


def results(executed: Path | Mapping[str, Any]) -> dict[str, Any]:
    """Return what an executed notebook recorded: {"schema": 1, "results": {key: {...}}}, in its
    order.

    Each entry holds value, unit, text and title, and `"volatile": True` where it was so marked.
    Raises PressError when one key was recorded twice, and for a key that `record` would refuse:
    a key becomes the name of a place in the PDF, and an output can be made by other means.
    """
    notebook = _read(executed)
    found: dict[str, dict[str, Any]] = {}
    first_cell: dict[str, int] = {}
    # The cell with the injected parameters is none of the author's, and records nothing.
    own = [cell for cell in notebook["cells"] if INJECTED not in cell["metadata"].get("tags", ())]
    for number, cell in enumerate(own, start=1):
        for output in cell.get("outputs", ()):
            data = output.get("data", {}).get(RESULT_TYPE)
            if data is None:
                continue
            key = data["key"]
            if not KEY.fullmatch(key):
                raise PressError(
                    f"the result {key!r} has a name that is not lower-case words joined by dots",
                    where=f"the notebook's cell {number}",
                    mend="record it with proofpress.notebook.record",
                )
            if key in found:
                raise PressError(
                    f"the result {key} is recorded twice",
                    where=f"the notebook's cells {first_cell[key]} and {number}",
                    mend="record it under two names, or once",
                )
            first_cell[key] = number
            found[key] = {name: data[name] for name in ("value", "unit", "text", "title")}
            if data["volatile"]:
                found[key]["volatile"] = True
    return {"schema": SCHEMA, "results": found}


def _read(executed: Path | Mapping[str, Any]) -> Mapping[str, Any]:
    if isinstance(executed, Mapping):
        return executed
    import nbformat

    notebook: Mapping[str, Any] = nbformat.read(executed, as_version=4)
    return notebook


def _plain(value: object, name: str) -> Value:
    # Numbers of numpy and torch bring their plain one along.
    if not isinstance(value, bool | int | float | str) and hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{name} is {value}, which cannot be printed as a result")
    if isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"{name} is a {type(value).__name__}, not a number or a text")


def _plain_table(data: Mapping[str, Any]) -> str:
    lines = [data["columns"], *data["rows"]]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    place = {"right": str.rjust, "left": str.ljust}
    return "\n".join(
        "  ".join(
            place[align](text, width)
            for text, width, align in zip(line, widths, data["align"], strict=True)
        ).rstrip()
        for line in lines
    )


class _Bundle:
    """An object that shows as the given MIME bundle."""

    def __init__(self, bundle: dict[str, Any]) -> None:
        self.bundle = bundle

    def __repr__(self) -> str:
        return str(self.bundle["text/plain"])

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return self.bundle


def _display(bundle: dict[str, Any]) -> None:
    from IPython.core.display_functions import display

    display(_Bundle(bundle))
