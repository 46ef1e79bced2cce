"""Markdown of a notebook as LaTeX: prose, headings, lists, tables, code and mathematics."""

from __future__ import annotations

import re
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode

from proofpress.faults.errors import PressError
from proofpress.latex.drawn import any_text, any_verbatim
from proofpress.latex.mathematics import checked_mathematics
from proofpress.notebook.code import breaks_after, code_lines
from proofpress.notebook.tables import Table, longest

HEADINGS = ("HeadingA", "HeadingB", "HeadingC")
# A place inside a word where a long name may be broken over lines.
BREAKABLE = re.compile(r"(\\_|\.|/)(?=\w)")
SPLIT = r"\1\\nbSplit{}"


def markdown_latex(source: str, where: str) -> str:
    """Return the LaTeX of a Markdown text. `where` names its cell in errors (PressError).

    >>> print(markdown_latex("# Sets\\n\\nOf *all* 50 % hold $x < 2$.", "demo"))
    \\nbHeadingA{Sets}
    <BLANKLINE>
    Of \\emph{all} 50 \\% hold $x < 2$.
    """
    root = SyntaxTreeNode(_parser().parse(source))
    return "\n\n".join(_Writer(where).block(node) for node in root.children)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"typographer": True, "html": False})
    parser.enable(["table", "replacements", "smartquotes"])
    parser.inline.ruler.before("escape", "mathematics", _dollars)
    return parser


def _dollars(state: StateInline, silent: bool) -> bool:
    """Inline rule: `$x$` and `$$x$$`, where the dollars hug what they enclose."""
    text, start = state.src, state.pos
    if text[start] != "$":
        return False
    mark = "$$" if text.startswith("$$", start) else "$"
    begin = start + len(mark)
    end = text.find(mark, begin)
    while end > 0 and text[end - 1] == "\\":
        end = text.find(mark, end + 1)
    inner = text[begin:end] if end > begin else ""
    if not inner.strip():
        return False
    # "5 $ or 6 $" is money: single dollars enclose no space at their sides.
    if mark == "$" and (inner != inner.strip() or text[end + 1 : end + 2].isdigit()):
        return False
    if not silent:
        token = state.push("math_block" if mark == "$$" else "math_inline", "math", 0)
        token.content = inner.strip()
    state.pos = end + len(mark)
    return True


class _Writer:
    """Writes the tree of one cell; every method gives the LaTeX of a node."""

    def __init__(self, where: str) -> None:
        self.where = where

    def block(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "paragraph":
                return self.inlines(node.children[0])
            case "heading":
                name = HEADINGS[min(int(node.tag[1]), len(HEADINGS)) - 1]
                return rf"\nb{name}{{{self.inlines(node.children[0])}}}"
            case "bullet_list":
                return self.list(node, "itemize")
            case "ordered_list":
                start = int(node.attrs.get("start", 1))
                return self.list(node, "enumerate", start)
            case "fence" | "code_block":
                return self.code(node)
            case "blockquote":
                return f"\\begin{{quote}}\n{self.blocks(node)}\n\\end{{quote}}"
            case "table":
                return self.table(node)
            case "hr":
                return r"\nbRule"
        raise AssertionError(f"markdown-it gave a block of type {node.type}")

    def blocks(self, node: SyntaxTreeNode) -> str:
        return "\n\n".join(self.block(child) for child in node.children)

    def list(self, node: SyntaxTreeNode, name: str, start: int = 1) -> str:
        # The brace keeps a leading bracket from being read as the item's label.
        items = [rf"\item {{}}{self.blocks(item)}" for item in node.children]
        if start != 1:
            # enumerate counts on from the number before.
            items[0] = rf"\nbItemNumber{{{start}}}" + items[0]
        return "\n".join([rf"\begin{{{name}}}", *items, rf"\end{{{name}}}"])

    def code(self, node: SyntaxTreeNode) -> str:
        language = node.info.split()[0] if node.info.split() else "text"
        lines = code_lines(node.content, language, self.where)
        body = [
            rf"\nbCodeLine{{{line}}}{place}"
            for line, place in zip(lines, breaks_after(lines), strict=True)
        ]
        return "\n".join([r"\begin{nbCode}{}", *body, r"\end{nbCode}", r"\nbAfterCode"])

    def table(self, node: SyntaxTreeNode) -> str:
        rows = [row for part in node.children for row in part.children]
        align = [
            str(cell.attrs.get("style", "left")).removeprefix("text-align:")
            for cell in rows[0].children
        ]
        plain = [[_plain(cell) for cell in row.children] for row in rows]
        head, *body = [
            [self.inlines(cell.children[0]) if cell.children else "" for cell in row.children]
            for row in rows
        ]
        return Table(head, body, align, longest(plain[0], plain[1:])).latex()

    def inlines(self, node: SyntaxTreeNode) -> str:
        return "".join(self.inline(child) for child in node.children)

    def inline(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "text":
                return any_text(node.content, self.where)
            case "softbreak":
                return "\n"
            case "hardbreak":
                # A paragraph can begin with one, where TeX has no line to end yet.
                return "\\leavevmode\\\\\n"
            case "code_inline":
                shown = any_verbatim(node.content, self.where)
                return rf"\nbInlineCode{{{BREAKABLE.sub(SPLIT, shown)}}}"
            case "em":
                return rf"\emph{{{self.inlines(node)}}}"
            case "strong":
                return rf"\textbf{{{self.inlines(node)}}}"
            case "math_inline":
                return f"${checked_mathematics(node.content, self.where)}$"
            case "math_block":
                return f"\\[{checked_mathematics(node.content, self.where)}\\]"
            case "link":
                return self.link(node)
            case "image":
                raise PressError(
                    "a picture in Markdown cannot be set",
                    where=self.where,
                    mend="draw it in a code cell, or put it into the report's template",
                )
        raise AssertionError(f"markdown-it gave an inline of type {node.type}")

    def link(self, node: SyntaxTreeNode) -> str:
        target = str(node.attrs["href"])
        text = self.inlines(node)
        if not re.match(r"(https?://|mailto:)", target):
            return text
        # Percent signs and number signs stay, escaped; all else that TeX reads is encoded.
        address = quote(target, safe=":/?#[]@!$&'()*+,;=%-._")
        address = re.sub(r"([%#&_$])", r"\\\1", address)
        return rf"\href{{{address}}}{{{text}}}"


def _plain(node: SyntaxTreeNode) -> str:
    if node.children:
        return "".join(_plain(child) for child in node.children)
    return node.content if node.type != "inline" else ""
