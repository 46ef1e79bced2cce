r"""Cells that do not run: Markdown, and raw cells by their format.

Place in the chain: cell -> **LaTeX**. All text of one notebook shares its equations' numbers and
its own commands. Of raw LaTeX only what sets room and pages, and formulas, pass; a raw cell for
another kind of document is none of this one's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from proofpress.build import inside
from proofpress.faults.errors import PressError
from proofpress.notebook.beside import Pictures
from proofpress.notebook.code import breaks_after, text_lines
from proofpress.notebook.dollars import taken
from proofpress.notebook.formulas import Equations
from proofpress.notebook.markdown import html_latex, markdown_latex
from proofpress.notebook.terminal import final_lines

_LAYOUT = re.compile(
    r"\\(?:newpage|clearpage|pagebreak|bigskip|medskip|smallskip|noindent|par|nopagebreak)"
    r"(?![A-Za-z])\s*|\\vspace\*?\{-?\d{1,3}(?:\.\d+)?(?:em|ex|pt|cm|mm|in)\}\s*"
)
_FORMULA = re.compile(
    r"\s*(?:\\\[(.*?)\\\]|\$\$(.*?)\$\$|(\\begin\{(\w+)(\*?)\}.*?\\end\{\4\5\}))", re.S
)
_LATEX = ("text/latex", "latex", "application/x-latex", "tex")
_HTML = ("text/html", "html")
_MARKDOWN = ("text/markdown", "markdown")
_PLAIN = ("", "text/plain")


class Prose:
    """The text of one notebook."""

    def __init__(self, pictures: Pictures, cells: Sequence[Any]) -> None:
        self.pictures = pictures
        self.equations = Equations()
        sources = [cell.source for cell in cells if cell.cell_type == "markdown"]
        self.equations.number(
            formula.content for source in sources for formula in taken(source).formulas
        )

    def latex(self, cell: Any, where: str) -> str:
        """Return a cell as LaTeX. Raises PressErrors for all that cannot be set."""
        self.pictures.attachments = cell.get("attachments") or {}
        kind = cell.metadata.get("raw_mimetype") or cell.metadata.get("format") or ""
        if cell.cell_type == "markdown" or kind in _MARKDOWN:
            return self._markdown(cell.source, where)
        if kind in _LATEX:
            return self._raw_latex(cell.source, where)
        if kind in _HTML:
            return html_latex(cell.source, where, self.pictures)
        if kind in _PLAIN:
            return _text(cell.source, where)
        if self.pictures.save is not None:  # not while the text is only looked through
            inside.note(f"a raw cell of the format {kind} is left out", where)
        return ""

    def _markdown(self, source: str, where: str) -> str:
        latex = markdown_latex(source, where, self.equations, self.pictures)
        if not latex:
            return ""
        introduces = (
            source.lstrip().startswith("#") and "\n\n" in latex and latex.count("\n\n") == 1
        )
        return f"\\nbProse\n{latex}" + ("\n\\nbKeep" if introduces else "")

    def _raw_latex(self, source: str, where: str) -> str:
        text = re.sub(r"(?<!\\)%.*", "", source).strip()
        parts, place = [], 0
        while place < len(text):
            if found := _LAYOUT.match(text, place):
                parts.append(found[0].strip() + "\n")
            elif found := _FORMULA.match(text, place):
                content = found[1] or found[2] or found[3] or ""
                parts.append(self.equations.latex(content, where, displayed=True) + "\n")
            else:
                shown = " ".join(text[place : place + 60].split())
                raise PressError(
                    f"the raw LaTeX {shown!r} cannot be set in a notebook",
                    where=where,
                    mend="write it in Markdown, put it into a template, or tag it remove-cell",
                )
            place = found.end()
        return "".join(parts)


def _text(source: str, where: str) -> str:
    lines = text_lines(final_lines(source), where)
    body = [
        rf"\nbOutputLine{{{line}}}{place}"
        for line, place in zip(lines, breaks_after(lines), strict=True)
    ]
    return "\n".join([r"\begin{nbOutput}{}", *body, r"\end{nbOutput}"])
