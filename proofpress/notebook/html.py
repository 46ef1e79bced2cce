r"""HTML of an output by its structure: paragraphs, headings, lists, tables, pictures, type.

Place in the chain: output of a cell -> **LaTeX**. Style sheets, scripts and what is hidden print
nothing, as in Jupyter. What needs a script, a player or a page of its own is no text: `needs` says
so, and the output is then printed in another of its forms.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from proofpress.latex.drawn import any_text
from proofpress.notebook.code import text_lines
from proofpress.notebook.grids import grid_latex
from proofpress.notebook.terminal import final_lines

# Saves a picture of a kind of data and returns its LaTeX; a picture that is elsewhere has no data.
Draw = Callable[[str, bytes | None, dict[str, str]], str]

_HEADINGS = frozenset(f"h{depth}" for depth in range(1, 7))
_LISTS = frozenset(["ul", "ol", "dl"])
# What begins a line of its own besides.
_BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div"),
        *("dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html"),
        *("img", "legend", "li", "main", "nav", "p", "pre", "section", "summary", "table"),
    ]
)
_SILENT = frozenset(
    [
        *("button", "colgroup", "datalist", "head", "input", "link", "meta", "noscript", "option"),
        *("script", "select", "style", "template", "textarea", "title"),
    ]
)
_TYPES = {
    **dict.fromkeys(("b", "strong", "th"), r"\textbf"),
    **dict.fromkeys(("i", "em", "cite", "var", "dfn"), r"\emph"),
    **dict.fromkeys(("code", "tt", "kbd", "samp"), r"\nbInlineCode"),
    "sub": r"\textsubscript",
    "sup": r"\textsuperscript",
    "u": r"\underline",
    "small": r"{\small",
}
# What cannot stand on paper, by the name under which the author is told of it.
_ALIVE = {
    "audio": "a sound",
    "video": "a video",
    "iframe": "another page",
    "embed": "another page",
    "object": "another page",
    "canvas": "a drawing made by a script",
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_CARRIED = re.compile(r"data:(image/[\w+.-]+);base64,([A-Za-z0-9+/=\\\s]+)")
_SVG = re.compile(r"<svg\b.*?</svg\s*>", re.DOTALL | re.IGNORECASE)
_DEEPEST = 4  # lists that LaTeX allows inside of one another


def read(html: str) -> Any:
    """Return the tree of a piece of HTML, mended as a browser would; None when it is empty."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    # As HTML the names in a drawing would lose their capital letters.
    html = _SVG.sub(lambda found: f'<img src="{_as_data(found[0])}">', html)
    if not html.strip():
        return None
    try:
        return document_fromstring(
            html.encode("utf-8", "replace"),
            parser=HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True),
        )
    except etree.ParserError:  # nothing but a comment
        return None


def needs(root: Any) -> str:
    """Return what it is that paper cannot show; '' for what it can.

    >>> needs(read("<p>text</p>")), needs(read("<video src='a.mp4'></video>"))
    ('', 'a video')
    """
    for node in root.iter(*_ALIVE):
        return _ALIVE[node.tag] + _at(node)
    if next(root.iter("table"), None) is not None:
        return ""
    if any(node.get("src") or (node.text or "").strip() for node in root.iter("script")):
        return "a piece of HTML that a script draws"
    if next(root.iter("input", "button", "select"), None) is not None:
        return "a piece of HTML with controls"
    return ""


def first_picture(html: str) -> tuple[str, bytes] | None:
    """Return kind and bytes of the first picture that a script brings along.

    >>> first_picture('<script>frames[0] = "data:image/png;base64,eHl6"</script>')
    ('image/png', b'xyz')
    """
    found = _CARRIED.search(html)
    if found is None:
        return None
    digits = re.sub(r"[\\\s]|\\n", "", found[2])
    try:
        return found[1], base64.b64decode(digits)
    except ValueError:
        return None


def html_latex(root: Any, where: str, draw: Draw) -> str:
    r"""Return the LaTeX of a tree; '' for what shows nothing.

    >>> print(html_latex(read("<h3>A & b</h3><p>x<sup>2</sup> <b>bold"), "demo", None))
    \nbSmallHeading{A \& b}
    <BLANKLINE>
    x\textsuperscript{2} \textbf{bold}
    """
    return "\n\n".join(_Writer(where, draw).blocks(root))


class _Writer:
    def __init__(self, where: str, draw: Draw) -> None:
        self.where, self.draw, self.depth = where, draw, 0

    def blocks(self, node: Any) -> list[str]:
        """Return the blocks of LaTeX inside of an element."""
        found: list[str] = []
        words = self._text(node.text)
        for child in node:
            if self._is_block(child):
                found += [*self._paragraph(words), *self._block(child)]
                words = ""
            else:
                words += self._inline(child)
            words += self._text(child.tail)
        return [*found, *self._paragraph(words)]

    def _paragraph(self, words: str) -> list[str]:
        words = re.sub(r"^(?:\s|\\\\)+|(?:\s|\\\\)+$", "", words)
        return [words] if words else []

    def _block(self, node: Any) -> list[str]:
        if _silent(node):
            return []
        match node.tag:
            case heading if heading in _HEADINGS:
                words = self._words(node)
                return [rf"\nbSmallHeading{{{words}}}"] if words else []
            case "hr":
                return [r"\nbRule"]
            case "pre":
                lines = text_lines(final_lines("".join(_strings(node))), self.where)
                body = [rf"\nbOutputLine{{{line}}}" for line in lines]
                return ["\n".join([r"\begin{nbOutput}{}", *body, r"\end{nbOutput}"])] * bool(body)
            case "ul" | "ol" | "dl":
                return self._list(node)
            case "blockquote":
                return self._within("quote", self.blocks(node))
            case "table":
                return grid_latex(node, self.where, self.blocks, self._words)
            case "img":
                return [self._picture(node)]
        return self.blocks(node)

    def _list(self, node: Any) -> list[str]:
        self.depth += 1
        items = []
        for child in node:
            if not isinstance(child.tag, str) or _silent(child):
                continue
            body = "\n\n".join(self.blocks(child))
            label = r"[]" if child.tag in ("dt", "dd") else r" {}"
            shown = rf"\textbf{{{self._words(child)}}}" if child.tag == "dt" else body
            items.append(rf"\item{label}{shown}")
        self.depth -= 1
        if self.depth >= _DEEPEST:
            return [item.removeprefix(r"\item {}") for item in items]
        name = {"ul": "itemize", "ol": "enumerate", "dl": "description"}[node.tag]
        return self._within(name, items)

    def _within(self, name: str, parts: list[str]) -> list[str]:
        body = "\n".join(parts)
        return [f"\\begin{{{name}}}\n{body}\n\\end{{{name}}}"] if body else []

    def _picture(self, node: Any) -> str:
        kind, data = _data_of(node.get("src", ""))
        return self.draw(kind, data, dict(node.attrib))

    def _words(self, node: Any) -> str:
        """Return all text inside of an element as one run."""
        words = self._text(node.text)
        for child in node:
            words += self._inline(child) + self._text(child.tail)
        return words.strip()

    def _inline(self, node: Any) -> str:
        if not isinstance(node.tag, str) or _silent(node):
            return ""
        if node.tag == "br":
            return r"\leavevmode\\ "
        if node.tag == "img":
            return self._picture(node)
        words = self._text(node.text)
        for child in node:
            words += self._inline(child) + self._text(child.tail)
        if self._is_block(node):
            return f" {words} "
        if not words.strip():
            return words
        if node.tag == "a" and (address := _address(node.get("href", ""))):
            return rf"\href{{{address}}}{{{words}}}"
        if node.tag == "q":
            return f"``{words}''"
        command = _TYPES.get(node.tag) or _styled(node.get("style", ""))
        return f"{command}{{{words}}}" + "}" * command.startswith("{") if command else words

    def _text(self, text: str | None) -> str:
        return any_text(re.sub(r"\s+", " ", text), self.where) if text else ""

    def _is_block(self, node: Any) -> bool:
        # An inline element can hold blocks: <a><img></a>, <font><table>.
        return isinstance(node.tag, str) and any(
            one.tag in _BLOCKS | _HEADINGS | _LISTS for one in node.iter()
        )


def _silent(node: Any) -> bool:
    hidden = node.get("hidden") is not None or _HIDDEN.search(node.get("style", ""))
    return node.tag in _SILENT or bool(hidden)


def _styled(style: str) -> str:
    """Return the command of what a style sheet asks for.

    >>> _styled("font-weight: bold"), _styled("color: red")
    ('\\\\textbf', '')
    """
    if re.search(r"font-weight\s*:\s*(bold|[6-9]00)", style):
        return r"\textbf"
    return r"\emph" if re.search(r"font-style\s*:\s*italic", style) else ""


def _strings(node: Any) -> Iterator[str]:
    """Yield the text inside of an element as it is written."""
    if not isinstance(node.tag, str) or _silent(node):
        return
    yield "\n" if node.tag == "br" else node.text or ""
    for child in node:
        yield from _strings(child)
        yield child.tail or ""


def _address(target: str) -> str:
    if not re.match(r"(https?://|mailto:)", target):
        return ""
    return re.sub(r"([%#&_$])", r"\\\1", quote(target, safe=":/?#[]@!$&'()*+,;=%-._"))


def _at(node: Any) -> str:
    address = node.get("src") or node.get("data") or ""
    return f" at {address}" if address.startswith("http") and len(address) < 200 else ""


def _as_data(svg: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _data_of(source: str) -> tuple[str, bytes | None]:
    """Return the kind and the bytes of a picture that is written where it stands; else its address.

    >>> _data_of("data:image/png;base64,eA=="), _data_of("a.png")
    (('image/png', b'x'), ('a.png', None))
    """
    found = re.match(r"\s*data:([\w/+.-]+)([^,]*),(.*)", source, re.DOTALL)
    if not found:
        return source, None
    kind, told, data = found.groups()
    raw = unquote_to_bytes(data)
    try:
        return kind, base64.b64decode(raw) if "base64" in told else raw
    except ValueError:
        return kind, b""
