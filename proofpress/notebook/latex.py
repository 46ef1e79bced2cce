"""An executed notebook as the body of a LaTeX document, in the report's own style.

Place in the chain: executed notebook -> **LaTeX body and plots** -> template -> PDF.
The body needs `notebook.sty`, which comes beside the document (latex/styles.py), and no other file
than the plots.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import nbformat

from proofpress.build import inside
from proofpress.faults.errors import FROM, PressError, PressErrors
from proofpress.faults.places import best_line, excerpt
from proofpress.latex import drawn, outlines
from proofpress.notebook.beside import Pictures
from proofpress.notebook.code import breaks_after, code_lines
from proofpress.notebook.outputs import Page, outputs_latex
from proofpress.notebook.parameters import INJECTED
from proofpress.notebook.pictures import Figures
from proofpress.notebook.prose import Prose
from proofpress.notebook.shown import shown, without_options
from proofpress.notebook.widgets import kept


def to_latex(
    executed_path: Path,
    figures_dir: Path,
    figure_prefix: str,
    *,
    times: bool = False,
    folder: Path | None = None,
) -> str:
    """Return the LaTeX of all cells, and the plots saved to `figures_dir` as vector graphics.

    Plots are named after the notebook, `figure_prefix` stands before the name in the LaTeX.
    Results and columns that were recorded as volatile are printed only with `times`: without
    them equal runs give equal text. `folder` is that of the source notebook, where the pictures of
    its Markdown are. Raises PressErrors for a character that the fonts lack and for
    mathematics that cannot be set, naming the cell of the source notebook.
    """
    notebook = nbformat.read(executed_path, as_version=4)
    label = notebook.metadata.get("proofpress", {}).get("source", executed_path.name)
    language = notebook.metadata.get("language_info", {}).get("pygments_lexer", "ipython3")
    page = Page(Figures(figures_dir, figure_prefix, executed_path.stem), times, kept(notebook))
    page.figures.clear()
    prose = Prose(Pictures(folder or executed_path.parent, page.figures.save), notebook.cells)

    def written(cell: Any, where: str) -> str:
        if cell.cell_type != "code":
            return prose.latex(cell, where)
        return _code_cell(cell, language, where, page)

    parts = _each(notebook.cells, label, written)
    _tell_of_names(notebook, label)
    body = "\n\n".join(parts)
    head = r"% Made from the executed notebook; edit the notebook instead."
    return f"{head}\n{drawn.definitions(body)}{outlines.definitions(body)}\n{body}\n"


def check(source: Path, label: str | None = None) -> None:
    """Look through the text of a notebook that has not run yet.

    Raises PressErrors with all in it that cannot be set, so that it is told before the run. What is
    no notebook is left to the run, which says why.
    """
    try:
        notebook = nbformat.read(source, as_version=4)
    except Exception:
        return
    prose = Prose(Pictures(source.parent), notebook.cells)

    def written(cell: Any, where: str) -> str:
        return prose.latex(cell, where) if cell.cell_type != "code" else ""

    _each(notebook.cells, label or source.as_posix(), written)


def _each(cells: Sequence[Any], label: str, written: Callable[[Any, str], str]) -> list[str]:
    """Return what is written of the cells that are shown. Raises PressErrors with all faults."""
    parts: list[str] = []
    faults: list[PressError] = []
    number = 0
    for cell in cells:
        # The cell that holds the parameters of the run is not in the source.
        number += INJECTED not in cell.metadata.get("tags", ())
        where = f"{label}, cell {number}"
        if not cell.source.strip() or not shown(cell).cell:
            continue
        try:
            part = written(cell, where)
        except PressError as error:
            faults += [_at_line(single, cell.source, where) for single in error.each()]
            continue
        if part:
            parts.append(f"{FROM}{where}\n{part}")
    if faults:
        raise PressErrors(faults)
    return parts


def _tell_of_names(notebook: Any, label: str) -> None:
    """Tell, all at once, which signs of a notebook print their names."""
    known: dict[str, list[int]] = {}
    own = [c for c in notebook.cells if INJECTED not in c.metadata.get("tags", ())]
    for number, cell in enumerate(own, start=1):
        texts = [cell.source, *(str(output) for output in cell.get("outputs", ()))]
        for letter in drawn.lacking("".join(texts)):
            known.setdefault(letter, [])
            known[letter] = [*dict.fromkeys([*known[letter], number])]
    if known:
        named = ", ".join(_with_name(letter) for letter in known)
        cells = sorted({number for numbers in known.values() for number in numbers})
        listed = ", ".join(map(str, cells))
        what = f"the names of signs are printed that no font here has: {named}"
        inside.note(what, f"{label}, cell{'s' * (len(cells) > 1)} {listed}")


def _with_name(letter: str) -> str:
    named = drawn.name(letter)
    return f"{letter} ({named})" if letter.isprintable() else named


def _at_line(error: PressError, source: str, where: str) -> PressError:
    """Return the error at the line of the cell that holds most of its words."""
    lines = source.splitlines()
    sign = re.search(r"(\S) \(U\+", error.what)
    at = best_line(lines, sign[1] if sign else "", error.what)
    if at is None or error.where != where:
        return error
    return PressError(error.what, f"{where}, line {at}: {excerpt(lines[at - 1])}", error.mend)


def _code_cell(cell: Any, language: str, where: str, page: Page) -> str:
    prompt = cell.execution_count or 0
    seen = shown(cell)
    parts = []
    if seen.input:
        lines = code_lines(without_options(cell.source), language, where)
        code = [
            rf"\nbCodeLine{{{line}}}{place}"
            for line, place in zip(lines, breaks_after(lines), strict=True)
        ]
        parts.append("\n".join([rf"\begin{{nbCode}}{{{prompt or ''}}}", *code, r"\end{nbCode}"]))
    outputs = outputs_latex(cell.outputs, prompt, where, page) if seen.output else []
    if outputs:
        parts += [r"\nbOutputs" if seen.input else r"\nbAfterCode", *outputs]
    elif parts:
        parts.append(r"\nbAfterCode")
    return "\n".join(parts)
