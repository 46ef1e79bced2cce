"""An executed notebook as the body of a LaTeX document, in the report's own style.

Place in the chain: executed notebook -> **LaTeX body and plots** -> template -> PDF.
The body needs `notebook.sty`, which comes beside the document (latex/styles.py), and no other file
than the plots.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat

from proofpress.build import inside
from proofpress.faults.errors import FROM, PressError, PressErrors
from proofpress.faults.places import best_line, excerpt
from proofpress.latex.drawn import definitions, lacking, name
from proofpress.notebook.code import breaks_after, code_lines
from proofpress.notebook.markdown import markdown_latex
from proofpress.notebook.outputs import outputs_latex
from proofpress.notebook.parameters import INJECTED
from proofpress.notebook.pictures import Figures


def to_latex(
    executed_path: Path,
    figures_dir: Path,
    figure_prefix: str,
    *,
    times: bool = False,
) -> str:
    """Return the LaTeX of all cells, and the plots saved to `figures_dir` as vector graphics.

    Plots are named after the notebook, `figure_prefix` stands before the name in the LaTeX.
    Results and columns that were recorded as volatile are printed only with `times`: without
    them equal runs give equal text. Raises PressError for a character that the fonts lack and for
    mathematics that cannot be set, naming the cell of the source notebook.
    """
    notebook = nbformat.read(executed_path, as_version=4)
    label = notebook.metadata.get("proofpress", {}).get("source", executed_path.name)
    language = notebook.metadata.get("language_info", {}).get("pygments_lexer", "ipython3")
    figures = Figures(figures_dir, figure_prefix, executed_path.stem)
    figures.clear()
    parts = [r"% Made from the executed notebook; edit the notebook instead."]
    number = 0
    faults: list[PressError] = []
    for cell in notebook.cells:
        # The cell that holds the parameters of the run is not in the source.
        number += INJECTED not in cell.metadata.get("tags", ())
        where = f"{label}, cell {number}"
        try:
            if cell.cell_type == "markdown":
                part = _markdown_cell(cell.source, where)
            elif cell.cell_type == "code" and cell.source.strip():
                part = _code_cell(cell, language, where, figures, times)
            elif cell.cell_type == "raw":
                mend = "make it Markdown or code"
                raise PressError("a raw cell cannot be set", where=where, mend=mend)
            else:
                continue
        except PressError as error:
            faults.append(_at_line(error, cell.source, where))
            continue
        parts.append(f"{FROM}{where}\n{part}")
    if faults:
        raise PressErrors(faults)
    _tell_of_names(notebook, label)
    body = "\n\n".join(part for part in parts if part) + "\n"
    return definitions(body) + body


def _tell_of_names(notebook: Any, label: str) -> None:
    """Tell, all at once, which signs of a notebook print their names."""
    known: dict[str, list[int]] = {}
    own = [c for c in notebook.cells if INJECTED not in c.metadata.get("tags", ())]
    for number, cell in enumerate(own, start=1):
        texts = [cell.source, *(str(output) for output in cell.get("outputs", ()))]
        for letter in lacking("".join(texts)):
            known.setdefault(letter, [])
            known[letter] = [*dict.fromkeys([*known[letter], number])]
    if known:
        named = ", ".join(f"{letter} ({name(letter)})" for letter in known)
        cells = sorted({number for numbers in known.values() for number in numbers})
        listed = ", ".join(map(str, cells))
        what = f"the names of signs are printed that no font here has: {named}"
        inside.note(what, f"{label}, cell{'s' * (len(cells) > 1)} {listed}")


def _at_line(error: PressError, source: str, where: str) -> PressError:
    """Return the error at the line of the cell that holds most of its words."""
    lines = source.splitlines()
    sign = re.search(r"(\S) \(U\+", error.what)
    at = best_line(lines, sign[1] if sign else "", error.what)
    if at is None or error.where != where:
        return error
    return PressError(error.what, f"{where}, line {at}: {excerpt(lines[at - 1])}", error.mend)


def _markdown_cell(source: str, where: str) -> str:
    prose = "\\nbProse\n" + markdown_latex(source, where)
    introduces = source.lstrip().startswith("#") and prose.count("\n\n") == 1
    return prose + "\n\\nbKeep" if introduces else prose


def _code_cell(cell: Any, language: str, where: str, figures: Figures, times: bool) -> str:
    prompt = cell.execution_count or 0
    lines = code_lines(cell.source, language, where)
    code = [
        rf"\nbCodeLine{{{line}}}{place}"
        for line, place in zip(lines, breaks_after(lines), strict=True)
    ]
    parts = ["\n".join([rf"\begin{{nbCode}}{{{prompt or ''}}}", *code, r"\end{nbCode}"])]
    outputs = outputs_latex(cell.outputs, prompt, where, figures, times)
    parts += [r"\nbOutputs", *outputs] if outputs else [r"\nbAfterCode"]
    return "\n".join(parts)
