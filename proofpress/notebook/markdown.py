"""Markdown of a notebook as LaTeX, read as Jupyter reads it.

Place in the chain: cell -> formulas taken out -> HTML -> **LaTeX**. Markdown may hold HTML, so it
is made HTML first, as a browser would see it, and that is set by its structure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import lxml.html
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from proofpress.latex.characters import latex_text
from proofpress.notebook.beside import Pictures
from proofpress.notebook.dollars import Taken, taken
from proofpress.notebook.elements import unnest_cells
from proofpress.notebook.formulas import Equations
from proofpress.notebook.hypertext import Around, Writer

# What a parser of HTML refuses or loses, and the two signs that stand around a formula's number.
_UNREADABLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ue000\ue001\ufffe\uffff]"
)
_SPACES = re.compile("[\x0b\x0c\x1c-\x1f\x85]")


def markdown_latex(
    source: str,
    where: str,
    equations: Equations | None = None,
    pictures: Pictures | None = None,
) -> str:
    """Return the LaTeX of a Markdown text. `where` names its cell in errors (PressErrors).

    >>> print(markdown_latex("# Sets\\n\\nOf *all* 50 % hold $x < 2$.", "demo"))
    \\nbHeadingA{Sets}
    <BLANKLINE>
    Of \\emph{all} 50 \\% hold $x < 2$.
    """
    found = taken(_readable(source, where))
    return _latex(_parser().render(found.text), found, where, equations, pictures)


def html_latex(source: str, where: str, pictures: Pictures | None = None) -> str:
    """Return the LaTeX of HTML, its formulas included.

    >>> html_latex("Up to <b>50 %</b><!-- no more -->", "demo")
    'Up to \\\\textbf{50 \\\\%}'
    """
    found = taken(_readable(source, where))
    return _latex(found.text, found, where, None, pictures)


def _latex(
    html: str,
    found: Taken,
    where: str,
    equations: Equations | None,
    pictures: Pictures | None,
) -> str:
    known, beside = equations or Equations(), pictures or Pictures(Path())
    around = Around(
        where,
        formula=lambda text, displayed, narrow: known.latex(text, where, displayed, narrow),
        picture=lambda address, width, share: beside.latex(address, width, share, where),
    )
    return Writer(around, found).latex(_tree(html))


def _readable(source: str, where: str) -> str:
    """Return a text with plain spaces for those that HTML does not know.

    Raises PressError for a character that no text holds, and that a parser would leave out.
    """
    for letter in _UNREADABLE.findall(source):
        latex_text(letter, where)
    return _SPACES.sub(" ", source)


def _tree(html: str) -> lxml.html.HtmlElement:
    """Return the body of a document; signs that HTML does not allow were refused or taken out."""
    # An HTML parser takes an unclosed comment for text; a browser hides all behind it.
    html = re.sub(
        r"<!--(?:(?!-->).)*\Z", "", re.sub(r"<!--.*?-->", "", html, flags=re.S), flags=re.S
    )
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    page = f"<html><body><div>{html}</div></body></html>".encode()
    body = lxml.html.document_fromstring(page, parser=parser).body
    unnest_cells(body)
    return body


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"typographer": True, "html": True})
    parser.enable(["table", "strikethrough", "smartquotes"])
    plugins: list[Callable[..., None]] = [deflist_plugin, footnote_plugin, tasklists_plugin]
    for plugin in plugins:
        parser.use(plugin)
    return parser
