"""Outputs of a cell as LaTeX: recorded results, tables, plots, mathematics and text."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proofpress.latex.characters import latex_text
from proofpress.latex.mathematics import checked_mathematics
from proofpress.notebook.code import breaks_after, text_lines
from proofpress.notebook.faults import ANSI
from proofpress.notebook.markdown import markdown_latex
from proofpress.notebook.record import RESULT_TYPE, TABLE_TYPE
from proofpress.notebook.tables import Table, alignment, html_cells, longest

# Where a machine keeps its libraries, and what may be a path. Only at a line's start, or behind
# File, may one have spaces: elsewhere words before it would be taken for folders.
_KEPT = re.compile(r".*/(?:(?:site|dist)-packages|lib/python3\.\d+)/")
_PATHS = re.compile(r"(?:^(?:File )?|File \")~?/[^\n:\"]*|[^\s:\"'<>()]+", re.MULTILINE)
PICTURES = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


@dataclass
class Figures:
    """Where plots are saved, and under what names: STEM-figure-1.pdf and so on."""

    folder: Path
    prefix: str
    stem: str
    saved: int = 0

    def save(self, content: bytes, kind: str) -> str:
        """Return the name for LaTeX of a picture that is written to the folder."""
        name = f"{self.stem}-figure-{self.saved + 1}.{kind}"
        (self.folder / name).write_bytes(content)
        self.saved += 1
        return self.prefix + name

    def clear(self) -> None:
        """Make the folder, and remove the plots of an earlier run."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for path in self.folder.glob(f"{self.stem}-figure-*"):
            path.unlink()


def outputs_latex(
    outputs: Sequence[Mapping[str, Any]], prompt: int, where: str, figures: Figures, times: bool
) -> list[str]:
    """Return the LaTeX of a code cell's outputs, one text each; results in a row share one
    table."""
    parts: list[str] = []
    results: list[Mapping[str, Any]] = []
    for output in [*outputs, None]:
        data = output.get("data", {}) if output else {}
        if RESULT_TYPE in data:
            result = data[RESULT_TYPE]
            if result["shown"] and (times or not result["volatile"]):
                results.append(result)
            continue
        if results:
            parts.append(_results(results, where))
            results = []
        if output is not None:
            parts.append(_output(output, prompt, where, figures, times))
    return [part for part in parts if part]


def _output(
    output: Mapping[str, Any], prompt: int, where: str, figures: Figures, times: bool
) -> str:
    kind = output["output_type"]
    if kind == "stream":
        return _text(output["text"], "", where)
    if kind == "error":
        return _text("\n".join(output["traceback"]), "", where)
    label = str(prompt) if kind == "execute_result" else ""
    data = output["data"]
    if TABLE_TYPE in data:
        return _table(data[TABLE_TYPE], where, times)
    for mime, ending in PICTURES.items():
        if mime in data:
            return rf"\nbFigure{{{figures.save(base64.b64decode(data[mime]), ending)}}}"
    if formula := _formula(data.get("text/latex", "")):
        return f"\\[{checked_mathematics(formula, where)}\\]"
    if "text/markdown" in data:
        return markdown_latex(data["text/markdown"], where)
    if cells := html_cells(data.get("text/html", "")):
        head, rows = cells
        align = alignment(rows, len(head))
        return _latex_table(head, rows, align, where)
    return _text(data.get("text/plain", ""), label, where)


def _results(results: Sequence[Mapping[str, Any]], where: str) -> str:
    rows = []
    for result in results:
        unit = f" {result['unit']}" if result["unit"] else ""
        rows.append([result["title"], result["text"] + unit])
    return _latex_table(["", ""], rows, ["left", "right"], where)


def _table(data: Mapping[str, Any], where: str, times: bool) -> str:
    columns = data["columns"]
    shown = [n for n, name in enumerate(columns) if times or name not in data["volatile"]]
    if not shown:
        return ""

    def chosen(cells: Sequence[str]) -> list[str]:
        return [cells[n] for n in shown]

    rows = [chosen(row) for row in data["rows"]]
    return _latex_table(chosen(columns), rows, chosen(data["align"]), where)


def _latex_table(
    head: Sequence[str], rows: Sequence[Sequence[str]], align: Sequence[str], where: str
) -> str:
    def latex(cells: Sequence[str]) -> list[str]:
        return [latex_text(cell, where) for cell in cells]

    lengths = longest(head, rows)
    return Table(latex(head), [latex(row) for row in rows], list(align), lengths).latex()


def _formula(text: str) -> str:
    r"""Return what stands between the dollars (or \[ \]) of a LaTeX output; '' when it is no
    formula."""
    match = re.fullmatch(
        r"\s*(?:\$\$(.+)\$\$|\$(?:\\displaystyle)?(.+)\$|\\\[(.+)\\\])\s*", text, re.DOTALL
    )
    return next((inner.strip() for inner in match.groups() if inner), "") if match else ""


def _text(text: str, label: str, where: str) -> str:
    plain = _PATHS.sub(_without_folders, ANSI.sub("", text))
    lines = text_lines(plain.strip("\n"), where)
    if not lines:
        return ""
    body = [
        rf"\nbOutputLine{{{line}}}{place}"
        for line, place in zip(lines, breaks_after(lines), strict=True)
    ]
    return "\n".join([rf"\begin{{nbOutput}}{{{label}}}", *body, r"\end{nbOutput}"])


def _without_folders(path: re.Match[str]) -> str:
    """Return a path without the folders above a library: they are the machine's."""
    before, slash, below = path[0].partition("/")
    kept = _KEPT.match(slash + below)
    return before.removesuffix("~") + (slash + below)[kept.end() :] if kept else path[0]
