"""Outputs of a cell as LaTeX: of the forms of each the best that paper can take.

Place in the chain: outputs of an executed cell -> **LaTeX**. What has no form for paper prints its
name, and the author is told at the cell.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from proofpress.build import inside
from proofpress.faults.errors import PressError
from proofpress.latex.drawn import any_text
from proofpress.notebook import html
from proofpress.notebook.code import SHORT, breaks_after, text_lines
from proofpress.notebook.markdown import markdown_latex
from proofpress.notebook.mathjax import latex_of
from proofpress.notebook.pictures import DOTS, VECTORS, Figures, Unreadable, decoded, picture
from proofpress.notebook.record import RESULT_TYPE, TABLE_TYPE
from proofpress.notebook.tables import Table, longest
from proofpress.notebook.terminal import final_lines, plain_text, width
from proofpress.notebook.traces import shortened
from proofpress.notebook.widgets import WIDGET, Widgets, in_words

# What answers to a reader, by the beginning of its type and the name under which it is told.
_ALIVE = {
    "application/vnd.plotly": "an interactive plot (plotly)",
    "application/vnd.bokeh": "an interactive plot (bokeh)",
    "application/vnd.holoviews": "an interactive plot (holoviews)",
    "application/vnd.vega": "an interactive plot (vega)",
    "application/vnd.jupyter.widget": "a widget",
    "application/geo+json": "a map",
    "application/javascript": "what a script draws (JavaScript)",
    "video/": "a video",
    "audio/": "a sound",
}
# What Python says of an object that is to be shown in another way.
_ONLY_NAMED = re.compile(
    r"<(?:IPython\.\w+\.display\.(\w+) (?:object|at \w+)|(Figure) size [^>]*)>"
)
_NAMES = {"Figure": "a plot", "HTML": "a piece of HTML", "SVG": "a drawing (SVG)"}
_BARE = re.compile(r"<[^<>\n]* at 0x[0-9a-fA-F]+>|<[\w.]+ object>|<Figure size [^<>]*>")
# Lines that hold a table together are made smaller, not broken, up to so many columns.
_RULED = re.compile(r"[\u2500-\u257f]|^[\s+|=_-]{12,}$")
_WIDEST = 170


@dataclass
class Page:
    """What the outputs of a notebook share: where pictures go, whether times are printed, and the
    widgets as they were in the end."""

    figures: Figures
    times: bool = True
    widgets: Widgets = field(default_factory=dict)


def outputs_latex(
    outputs: Sequence[Mapping[str, Any]], prompt: int, where: str, page: Page
) -> list[str]:
    """Return the LaTeX of a code cell's outputs, one text each; results in a row share one
    table."""
    cell = _Cell(prompt, where, page)
    parts: list[str] = []
    results: list[Mapping[str, Any]] = []
    for output in [*_joined(outputs), None]:
        data = output.get("data", {}) if output else {}
        if RESULT_TYPE in data:
            result = data[RESULT_TYPE]
            if result["shown"] and (page.times or not result["volatile"]):
                results.append(result)
            continue
        if results:
            parts.append(cell.results(results))
            results = []
        if output is not None:
            parts.append(cell.output(output))
    return [part for part in parts if part]


def _joined(outputs: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield the outputs, with what was written to one stream in a row as one: it may go back."""
    last: dict[str, Any] | None = None
    for output in outputs:
        if last and output["output_type"] == "stream" and output["name"] == last["name"]:
            last["text"] += "".join(output["text"])
            continue
        if last:
            yield last
        last = None
        if output["output_type"] == "stream":
            last = {**output, "text": "".join(output["text"])}
        else:
            yield output
    if last:
        yield last


class _Cell:
    """Writes the outputs of one cell."""

    def __init__(self, prompt: int, where: str, page: Page) -> None:
        self.prompt, self.where, self.page = prompt, where, page
        self.told = False  # of an object's name; once is enough

    def output(self, output: Mapping[str, Any]) -> str:
        match output["output_type"]:
            case "stream":
                text = output["text"]
                return self._text(shortened(text) if output["name"] == "stderr" else text)
            case "error":
                return self._text(shortened("\n".join(output["traceback"])))
        data, told = output["data"], output.get("metadata", {})
        if TABLE_TYPE in data:
            return self._table(data[TABLE_TYPE])
        label = str(self.prompt) if output["output_type"] == "execute_result" else ""
        lost: list[str] = []
        for form in self._forms(data, told, label, lost):
            if form is not None:
                return form
        if lost or any(data.values()):
            return self._placeholder(lost[0] if lost else _subject(data))
        return ""

    def _forms(
        self, data: Mapping[str, Any], told: Mapping[str, Any], label: str, lost: list[str]
    ) -> Iterator[str | None]:
        """Yield the forms of an output, the best first; None for one that it does not bring, or
        that paper cannot take: why is added to `lost`."""
        if "text/latex" in data:
            yield self._checked(latex_of, _text_of(data["text/latex"]), lost)
        for kind in (kind for kind in (*VECTORS, *DOTS) if kind in data):
            size = told.get(kind) if isinstance(told.get(kind), Mapping) else told
            yield self._picture(kind, data[kind], size or {}, lost)
        plain = plain_text(_text_of(data.get("text/plain", "")))
        alive = next((name for kind, name in _ALIVE.items() if _has(data, kind)), "")
        if alive:
            lost.append(alive)
            yield self._widget(data) if WIDGET in data else None
            return
        if "text/html" in data:
            yield self._html(_text_of(data["text/html"]), lost)
        if "text/markdown" in data:
            yield self._checked(markdown_latex, _text_of(data["text/markdown"]), lost)
        if "application/json" in data:
            shown = json.dumps(data["application/json"], indent=2, ensure_ascii=False)
            yield self._text(shown, label)
        name = plain.strip()
        only_named = _ONLY_NAMED.fullmatch(name) or (lost and _BARE.fullmatch(name))
        if name and not only_named:
            yield self._text(_text_of(data["text/plain"]), label)

    def _checked(self, write: Callable[[str, str], str], text: str, lost: list[str]) -> str | None:
        """Return the LaTeX of a text whose formulas are checked while it is written."""
        try:
            return _as_text(write(text, self.where))
        except PressError as error:
            lost.append(f"a formula: {error.what}")
            return None

    def _widget(self, data: Mapping[str, Any]) -> str | None:
        words = in_words(data[WIDGET], self.page.widgets)
        return self._text(words) if words else None

    def _picture(
        self, kind: str, data: Any, size: Mapping[str, Any], lost: list[str]
    ) -> str | None:
        try:
            return picture(kind, decoded(kind, data), size, self.page.figures)
        except Unreadable as error:
            lost.append(str(error))
            return None

    def _html(self, text: str, lost: list[str]) -> str | None:
        root = html.read(text)
        if root is None:
            return ""
        if needed := html.needs(root):
            return self._still(text, needed, lost)
        return _as_text(html.html_latex(root, self.where, self._drawn))

    def _still(self, text: str, needed: str, lost: list[str]) -> str | None:
        """Return the first picture of what moves, such as an animation, where it brings one."""
        lost.append(needed)
        found = html.first_picture(text)
        if found is None:
            return None
        try:
            shown = picture(*found, {}, self.page.figures)
        except Unreadable:
            return None
        inside.note(f"only the first picture is printed: {needed}", self.where)
        return shown

    def _drawn(self, kind: str, data: bytes | None, size: dict[str, str]) -> str:
        """Return the LaTeX of a picture inside of HTML, which may be a file beside the notebook."""
        lost = [f"a picture that is elsewhere: {kind}"]
        if data is None and "://" not in kind:
            path = PurePath(self.where.partition(",")[0]).parent / kind
            try:
                with open(path, "rb") as file:
                    data = file.read()
            except (OSError, ValueError):
                lost = [f"the picture {kind}, which is not there"]
            kind = "image/svg+xml" if kind.lower().endswith(".svg") else "image/*"
        try:
            if data is not None:
                return picture(kind, data, size, self.page.figures)
        except Unreadable as error:
            lost = [str(error)]
        return self._placeholder(size.get("alt") or lost[0])

    def _placeholder(self, what: str) -> str:
        inside.note(f"only its name is printed: {what}", self.where)
        return rf"\nbPlaceholder{{Here the notebook shows {any_text(what)}.}}"

    def results(self, results: Sequence[Mapping[str, Any]]) -> str:
        rows = []
        for result in results:
            unit = f" {result['unit']}" if result["unit"] else ""
            rows.append([result["title"], result["text"] + unit])
        return self._cells(["", ""], rows, ["left", "right"])

    def _table(self, data: Mapping[str, Any]) -> str:
        columns = data["columns"]
        shown = [
            n for n, name in enumerate(columns) if self.page.times or name not in data["volatile"]
        ]
        if not shown:
            return ""

        def chosen(cells: Sequence[str]) -> list[str]:
            return [cells[n] for n in shown]

        rows = [chosen(row) for row in data["rows"]]
        return self._cells(chosen(columns), rows, chosen(data["align"]))

    def _cells(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], align: Sequence[str]
    ) -> str:
        def latex(cells: Sequence[str]) -> list[str]:
            return [any_text(cell, self.where) for cell in cells]

        lengths = longest(head, rows)
        return Table(latex(head), [latex(row) for row in rows], list(align), lengths).latex()

    def _text(self, text: str, label: str = "") -> str:
        found = final_lines(text)
        if (bare := _BARE.search(plain_text(text))) and not self.told:
            self.told = True
            what = "Python's name of an object is printed, not what the object shows"
            inside.note(f"{what}: {bare[0]}", self.where)
        widest = max(map(width, found), default=0)
        ruled = any(_RULED.search("".join(part for _, part in line)) for line in found)
        scaled = ruled and widest <= _WIDEST
        lines = text_lines(found, self.where, whole=scaled)
        if not lines:
            return ""
        kept = len(lines) if ruled and len(lines) <= 2 * SHORT else SHORT
        body = [
            rf"\nbOutputLine{{{line}}}{place}"
            for line, place in zip(lines, breaks_after(lines, short=kept), strict=True)
        ]
        scale = [rf"\nbScaled{{{widest}}}"] if scaled else []
        return "\n".join([rf"\begin{{nbOutput}}{{{label}}}", *scale, *body, r"\end{nbOutput}"])


def _as_text(latex: str) -> str:
    return f"\\begin{{nbText}}\n{latex}\n\\end{{nbText}}" if latex else ""


def _has(data: Mapping[str, Any], kind: str) -> bool:
    return any(one.startswith(kind) for one in data)


def _subject(data: Mapping[str, Any]) -> str:
    """Return the name of what has no form for paper."""
    found = _ONLY_NAMED.search(_text_of(data.get("text/plain", "")))
    if found is None:
        return f"something of type {next(kind for kind in data if kind != 'text/plain')}"
    named = found[1] or found[2]
    return _NAMES.get(named, f"something of the kind {named}")


def _text_of(value: Any) -> str:
    return value if isinstance(value, str) else "".join(value)
