r"""HTML as LaTeX, by its structure: what Markdown becomes, and what it holds of HTML itself.

Place in the chain: Markdown -> HTML -> **LaTeX**. Elements that show nothing, and comments,
vanish; others are set by what they mean. An element that HTML does not know is an error, since
a browser would leave its name out without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

from proofpress.faults.errors import PressError, PressErrors
from proofpress.latex.drawn import any_text, any_verbatim
from proofpress.notebook.code import breaks_after, code_lines
from proofpress.notebook.dollars import Formula, Taken
from proofpress.notebook.elements import (
    BLOCKS,
    GONE,
    PLAYED,
    STYLES,
    TRANSPARENT,
    WORDS,
    colour,
    columns,
    hidden,
    item_labels,
    rows,
    side,
)
from proofpress.notebook.tables import Table, longest

HEADINGS = {"h1": "A", "h2": "B", "h3": "C", "h4": "C", "h5": "C", "h6": "C"}
LABELS = (r"\textbullet", r"\textendash", r"\textasteriskcentered", r"\textperiodcentered")
# A place inside a word where a long name may be broken over lines.
BREAKABLE = re.compile(r"(\\_|\.|/)(?=\w)")
SPLIT = r"\1\\nbSplit{}"
_LONG = re.compile(r"\S{25}")  # a word that TeX hardly breaks: an address, a path
_BREAK = "\\leavevmode\\\\\n"
_SUBSCRIPTS = {"sub": "textsubscript", "sup": "textsuperscript"}
_LINKED = re.compile(r"(https?://|mailto:|ftp://)")


@dataclass
class Around:
    """What stands around a text: its place in errors, how its formulas and its pictures are set.

    A formula is set from its text, whether it is displayed, and whether it stands where no
    display can. A picture is set from its address, its width, and its share of the line.
    """

    where: str
    formula: Callable[[str, bool, bool], str]
    picture: Callable[[str, str, float], str]


class Writer:
    """Writes the tree of one text; its faults are told together."""

    def __init__(self, around: Around, taken: Taken) -> None:
        self.around = around
        self.taken = taken
        self.faults: list[PressError] = []
        self.level = 0  # of lists
        self.mark = ""  # the command around each word, where one is struck through or underlined
        self.share = 1.0  # of the line, in a table's column
        self.narrow = False  # where neither display nor picture can have a line of its own

    def latex(self, body: Any) -> str:
        """Return the LaTeX of an element's content. Raises PressErrors with all its faults."""
        blocks = self.blocks(body)
        if self.faults:
            raise PressErrors(self.faults)
        return "\n\n".join(blocks)

    def blocks(self, element: Any) -> list[str]:
        """Return the blocks of an element's content; text between them is a paragraph."""
        found: list[str] = []
        line: list[str] = []

        def end() -> None:
            text = _trimmed("".join(line))
            if text:
                found.append(text)
            line.clear()

        line.append(self.text(element.text))
        for child in element:
            if _is_block(child):
                end()
                found += [block for block in self.block(child) if block]
            else:
                line.append(self.inline(child))
            line.append(self.text(child.tail))
        end()
        return found

    def block(self, node: Any) -> list[str]:
        tag = node.tag
        if hidden(node):
            return []
        if tag in HEADINGS:
            return self.heading(node)
        match tag:
            case "ul" | "ol" | "menu" | "dir":
                return [self.items(node)]
            case "dl":
                return [self.terms(node)]
            case "pre":
                return [self.code(node)]
            case "blockquote":
                return [_within("nbQuote", self.blocks(node))]
            case "table":
                return [self.table(node)]
            case "hr":
                return [r"\nbRule"]
            case "summary":
                return [rf"\textbf{{{part}}}" for part in self.blocks(node)]
            case "figcaption" | "caption":
                return [rf"\emph{{{part}}}" for part in self.blocks(node)]
        if tag in PLAYED:
            return [self.played(node)]
        blocks = self.blocks(node)
        if tag in STYLES:
            return [self.styled(node, block) for block in blocks]
        placed = side(node)
        return [_within(placed, blocks)] if placed and blocks else blocks

    def heading(self, node: Any) -> list[str]:
        self.narrow, before = True, self.narrow
        text = " ".join(self.blocks(node)).replace(_BREAK, " ")
        self.narrow = before
        return [rf"\nbHeading{HEADINGS[node.tag]}{{{text}}}"] if text else []

    def items(self, node: Any) -> str:
        items = [child for child in node if child.tag == "li" and not hidden(child)]
        bullet = LABELS[self.level % len(LABELS)]
        self.level += 1
        labels = item_labels(node, items, self.level, bullet)
        written = []
        for label, item in zip(labels, items, strict=True):
            box = _checkbox(item)
            if box is not None:
                label = _box(box)
                box.drop_tree()
            written.append(rf"\nbItem{{{label}}}{{}}" + "\n\n".join(self.blocks(item)))
        self.level -= 1
        return _within("nbList", ["\n".join(written)]) if written else ""

    def terms(self, node: Any) -> str:
        written = []
        for child in node:
            for block in self.blocks(child):
                word = rf"\textbf{{{block}}}" if child.tag == "dt" else block
                written.append(word if child.tag == "dt" else _within("nbQuote", [word]))
        return "\n\n".join(written)

    def code(self, node: Any) -> str:
        code = next(iter(node.iter("code")), node)
        named = re.search(r"language-(\S+)", code.get("class") or "")
        text = self.taken.restored(node.text_content())
        return self.tried(lambda: _code(text, named[1] if named else "text", self.where))

    def table(self, node: Any) -> str:
        head, body = rows(node)
        wide = max((len(row) for row in [head, *body]), default=0)
        if not wide:
            return ""
        before = self.share, self.narrow, self.level
        self.share, self.narrow, self.level = self.share * 0.94 / wide, True, 0
        every = [[*row, *[None] * (wide - len(row))] for row in [head, *body]]
        cells = [[self.cell(cell) for cell in row] for row in every]
        plain = [["" if cell is None else _plain(cell) for cell in row] for row in every]
        self.share, self.narrow, self.level = before
        lengths = longest(plain[0], plain[1:])
        table = Table(cells[0], cells[1:], columns(every, wide), lengths).latex()
        captions = [part for child in node.iter("caption") for part in self.block(child)]
        return "\n\n".join([*captions, table])

    def cell(self, cell: Any) -> str:
        """Return a cell; more lines than one are stacked."""
        if cell is None:
            return ""
        blocks = [line for block in self.blocks(cell) for line in _stacked(block)]
        lines = [line.strip() for block in blocks for line in _lines(block)]
        lines = [line for line in lines if line]
        if len(lines) < 2:
            return "".join(lines)
        return r"\nbStack{" + r"\nbNext ".join(lines) + "}"

    def inline(self, node: Any) -> str:
        if not isinstance(node.tag, str) or node.tag in GONE or hidden(node):
            return ""
        match node.tag:
            case "br":
                return _BREAK
            case "code" | "tt" | "kbd" | "samp":
                return self.inline_code(node)
            case "a":
                return self.link(node)
            case "img":
                return self.picture(node)
            case "input" if (node.get("type") or "") == "checkbox":
                return _box(node)
            case "q":
                return f"``{self.inlines(node)}''"
        if node.tag in _SUBSCRIPTS:
            return rf"\{_SUBSCRIPTS[node.tag]}{{{self.note(node) or self.inlines(node)}}}"
        if node.tag in WORDS:
            before, self.mark = self.mark, WORDS[node.tag]
            text = self.inlines(node)
            self.mark = before
            return text
        if node.tag in STYLES:
            return self.styled(node, self.inlines(node))
        if node.tag not in TRANSPARENT:
            what = f"<{node.tag}> is no element that can be printed"
            mend = f"if it is meant as text, write it as code: `<{node.tag}>`"
            self.faults.append(PressError(what, where=self.where, mend=mend))
        return self.inlines(node)

    def inlines(self, node: Any) -> str:
        parts = [self.text(node.text)]
        for child in node:
            parts += [self.inline(child), self.text(child.tail)]
        return re.sub(rf"({re.escape(_BREAK)})\s+", r"\1", "".join(parts))

    def styled(self, node: Any, text: str) -> str:
        command = STYLES[node.tag]
        if command:
            text = rf"\{command}{{{text}}}" if text.strip() else text
        code = colour(node)
        return rf"\nbColoured{{{code}}}{{{text}}}" if code and text.strip() else text

    def note(self, node: Any) -> str:
        """Return the number of a footnote where one is referred to, else ''."""
        return any_text(node.text_content().strip("[]")) if _is_note(node) else ""

    def text(self, text: str | None) -> str:
        if not text:
            return ""
        return "".join(self.tried(partial(self.piece, part)) for part in self.taken.parts(text))

    def piece(self, part: str | Formula) -> str:
        return self.formula(part) if isinstance(part, Formula) else self.words(part)

    def formula(self, formula: Formula) -> str:
        latex = self.around.formula(formula.content, formula.displayed, self.narrow)
        return rf"\{self.mark}{{{latex}}}" if self.mark and self.narrow else latex

    def words(self, text: str) -> str:
        lines = re.split(r"[ \t\r\f\v]*\n\s*", text)
        return "\n".join(" ".join(self.word(word) for word in self.split(line)) for line in lines)

    def split(self, line: str) -> list[str]:
        return line.split(" ") if self.mark else [line]

    def word(self, text: str) -> str:
        latex = any_text(text, self.where)
        if _LONG.search(text):
            latex = BREAKABLE.sub(SPLIT, latex)
        return rf"\{self.mark}{{{latex}}}" if self.mark and text else latex

    def inline_code(self, node: Any) -> str:
        text = " ".join(self.taken.restored(node.text_content()).split("\n"))
        shown = self.tried(lambda: any_verbatim(text, self.where))
        return rf"\nbInlineCode{{{BREAKABLE.sub(SPLIT, shown)}}}"

    def link(self, node: Any) -> str:
        if "footnote-backref" in (node.get("class") or ""):
            return ""
        text = self.inlines(node)
        target = self.taken.restored(node.get("href") or "").strip()
        if not _LINKED.match(target) or not text.strip():
            return text
        return rf"\href{{{_address(target)}}}{{{text}}}"

    def picture(self, node: Any) -> str:
        address = self.taken.restored(node.get("src") or "")
        width = node.get("width") or _declared_width(node.get("style") or "")
        return self.tried(lambda: self.around.picture(address, width, self.share))

    def played(self, node: Any) -> str:
        """Return a line that names what paper cannot play."""
        inner = [node, *node.iter("source")]
        address = next(
            (found for each in inner if (found := each.get("src") or each.get("data"))), ""
        )
        if not _LINKED.match(address):
            what = f"<{node.tag}> cannot be printed: {address or 'it names no address'}"
            mend = "put a picture or a link in its place"
            self.faults.append(PressError(what, where=self.where, mend=mend))
            return ""
        shown = self.tried(lambda: any_text(address, self.where))
        linked = rf"\href{{{_address(address)}}}{{{BREAKABLE.sub(SPLIT, shown)}}}"
        return rf"\nbPlayed{{{node.tag}}}{{{linked}}}"

    @property
    def where(self) -> str:
        return self.around.where

    def tried(self, make: Callable[[], str]) -> str:
        """Return what is made, or nothing, with the fault kept."""
        try:
            return make()
        except PressError as error:
            self.faults.append(error)
            return ""


def _code(text: str, language: str, where: str) -> str:
    lines = code_lines(text, language, where)
    body = [
        rf"\nbCodeLine{{{line}}}{place}"
        for line, place in zip(lines, breaks_after(lines), strict=True)
    ]
    return "\n".join([r"\begin{nbCode}{}", *body, r"\end{nbCode}", r"\nbAfterCode"])


def _is_block(node: Any) -> bool:
    tag = node.tag
    if not isinstance(tag, str) or tag in GONE:
        return False
    return tag in BLOCKS or (tag != "code" and any(_is_block(child) for child in node))


def _trimmed(text: str) -> str:
    text = text.strip()
    while text.endswith(_BREAK.strip()) and not text.endswith("}" + _BREAK.strip()):
        text = text.removesuffix(_BREAK.strip()).rstrip()
    return text


def _within(name: str, blocks: Sequence[str]) -> str:
    return f"\\begin{{{name}}}\n" + "\n\n".join(blocks) + f"\n\\end{{{name}}}" if blocks else ""


def _lines(block: str) -> list[str]:
    """Return the lines of a block; where a line ends inside of a command, it goes on."""
    lines = [""]
    for part in block.split(_BREAK):
        bare = re.sub(r"\\[{}]", "", lines[-1])
        if bare.count("{") == bare.count("}"):
            lines.append(part)
        else:
            lines[-1] += f" {part}"
    return lines


def _stacked(block: str) -> Iterator[str]:
    """Yield the lines of a block that stands in a cell: those of a list, or the block."""
    inner = re.sub(r"\\(?:begin|end)\{nb(?:List|Quote)\}", "\n\n", block)
    for line in re.split(r"\n\s*\n|\n(?=\\nbItem)", inner):
        yield re.sub(r"^\\nbItem\{((?:[^{}]|\{[^{}]*\})*)\}\{\}", r"\1~", line.strip())


def _plain(cell: Any) -> str:
    """Return the longest line of a cell as plain text."""
    lines = [""]
    for node in cell.iter():
        if node.tag in ("br", "p", "li", "div"):
            lines.append("")
        lines[-1] += node.text or "" if isinstance(node.tag, str) else ""
        lines[-1] += node.tail or "" if node is not cell else ""
    return max((" ".join(line.split()) for line in lines), key=len)


def _checkbox(item: Any) -> Any:
    """Return the box with which an item of a task list begins, or None."""
    first = next(iter(item), None)
    if first is not None and first.tag in ("p", "label") and not (first.text or "").strip():
        first = next(iter(first), None)
    is_box = first is not None and first.tag == "input" and first.get("type") == "checkbox"
    return first if is_box else None


def _box(node: Any) -> str:
    return r"\nbChecked{}" if node.get("checked") is not None else r"\nbUnchecked{}"


def _is_note(node: Any) -> bool:
    return "footnote-ref" in (node.get("class") or "")


def _address(target: str) -> str:
    # Percent signs and number signs stay, escaped; all else that TeX reads is encoded.
    address = quote(target, safe=":/?#[]@!$&'()*+,;=%-._")
    return re.sub(r"([%#&_$])", r"\\\1", address)


def _declared_width(style: str) -> str:
    found = re.search(r"(?:^|[;\s])(?:max-)?width\s*:\s*([\d.]+(?:px|%)?)", style)
    return found[1] if found else ""
