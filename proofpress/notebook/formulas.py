r"""Formulas of a notebook as LaTeX: what MathJax reads, rewritten to what TeX sets, and checked.

Place in the chain: a formula between dollars -> **own commands put in, rows with their numbers,
letters as commands** -> gate -> LaTeX. Labels are resolved here, so TeX sees none: an equation has
a number where its author gives it a tag, or a label that can be referred to.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from proofpress.faults.errors import PressError
from proofpress.latex.characters import LETTERS, latex_text
from proofpress.latex.mathematics import COMMANDS, IN_WORDS, TEXTS, checked_mathematics
from proofpress.latex.outlines import character, drawn
from proofpress.latex.signs import CHARACTERS, SIGNS
from proofpress.notebook.elements import colour_code
from proofpress.notebook.macros import Macros, argument

# Environments of whole equations, and what stands for each inside of a formula.
_INNER = {
    **dict.fromkeys(("align", "flalign", "eqnarray", "split"), "aligned"),
    **dict.fromkeys(("gather", "multline"), "gathered"),
    "alignat": "aligned",
}
_ALIKE = {"dcases": "cases", "rcases": "cases", "multlined": "gathered"}
_PLAIN = ("equation", "displaymath", "math", "subequations")
_WHOLE = re.compile(r"\\begin\{(\w+)\*?\}(.*)\\end\{\1\*?\}[\s.,;]*", re.DOTALL)
_TOKEN = re.compile(r"\\(begin|end)\{[A-Za-z]+\*?\}|\\\\|\\.|[{}]", re.DOTALL)
_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
_REFERENCE = re.compile(r"\\(eqref|ref)\s*\{([^{}]*)\}")
_SILENT = re.compile(r"\\(?:notag|nonumber)(?![A-Za-z])")
_COLOUR = re.compile(r"\\(color|textcolor)\s*(?=\{)")
_REQUIRED = re.compile(r"\\require\s*\{[^{}]*\}")
_NAMES = re.compile(r"\\(?:La)?TeX(?![A-Za-z])")
_ROW = re.compile(r"\\cr(?![A-Za-z])")
_TEXT = re.compile(rf"\\({'|'.join(sorted(TEXTS))})\s*(?=\{{)")
_LONG = 100  # characters of one that may be wider than the page
_SHORT = 60  # characters of a formula in a line that can be assumed to fit
_ASCII = {
    "\u2212": "-",
    "\u2217": "*",
    "\u00a0": " ",
    "\u2009": r"\,",
    "′": "'",
    "″": "''",
    "…": r"\ldots ",
}
_BOARD = {
    "DOUBLE-STRUCK": "mathbb",
    "BLACK-LETTER": "mathfrak",
    "FRAKTUR": "mathfrak",
    "SCRIPT": "mathscr",
}


@dataclass
class Equations:
    r"""The formulas of one notebook: the commands it defines, and the numbers of its labels.

    >>> Equations().latex("x²", "demo")
    '$x^{2}$'
    """

    macros: Macros = field(default_factory=Macros)
    numbers: dict[str, str] = field(default_factory=dict)

    def number(self, formulas: Iterable[str]) -> None:
        """Give each label of these formulas the tag beside it, or else the next number."""
        taken = 0
        for formula in formulas:
            for row in _rows(formula):
                for name in _LABEL.findall(row):
                    if tag := re.search(r"\\tag\*?\s*(?=\{)", row):
                        self.numbers.setdefault(name, argument(row, tag.end())[0])
                    elif name not in self.numbers:
                        taken += 1
                        self.numbers[name] = str(taken)

    def latex(self, formula: str, where: str, displayed: bool = False, narrow: bool = False) -> str:
        """Return a formula as LaTeX, displayed in lines of its own unless it stands in a narrow
        place.

        Raises PressError for what cannot be set.
        """
        text = re.sub(r"(?<!\\)((?:\\\\)*)%.*", r"\1", formula)
        text = _ROW.sub(r"\\\\ ", self.macros.expanded(text, where))
        text = _NAMES.sub(r"\\text{\g<0>}", text)
        text = self._referred(_SILENT.sub("", text), where)
        text = _coloured(_in_letters(_in_text(_stripped(_REQUIRED.sub("", text)))), where)
        text = drawn(text, COMMANDS)
        if not text.strip():
            return ""
        if displayed and not narrow:
            return self._displayed(text, where)
        content, tag = _split_tag(_without_outer(text), self.numbers)
        content = checked_mathematics(_stripped(_inner(content)), where)
        shown = rf"\quad\text{{{_checked_tag(tag, where)}}}" if tag else ""
        if displayed:
            return rf"$\displaystyle {content}{shown}$"
        if len(content) > _SHORT:
            return rf"\nbInline{{{content}{shown}}}{{{_loose(content)}{shown}}}"
        return f"${content}{shown}$"

    def _displayed(self, text: str, where: str) -> str:
        text = _without_outer(text)
        whole = _WHOLE.fullmatch(text)
        if whole and whole[1] in _INNER:
            return self._of_rows(whole[1], whole[2], where)
        content, tag = _split_tag(text, self.numbers)
        if len(_rows(content)) > 1:
            return self._of_rows("gather", content, where)
        content = checked_mathematics(_stripped(_inner(content)), where)
        if tag:
            return rf"\nbTagged{{{_checked_tag(tag, where)}}}{{{content}}}"
        loose = _loose(content)
        return (
            rf"\nbDisplay{{{content}}}" if loose == content else rf"\nbFits{{{content}}}{{{loose}}}"
        )

    def _of_rows(self, name: str, body: str, where: str) -> str:
        """Return rows below each other, which TeX may break over pages where they fit the line."""
        if name == "alignat":
            _, end = argument(body, 0)
            name, body = "align", body[end:]
        rows = [_split_tag(row, self.numbers) for row in _rows(body)]
        if rows and not rows[-1][0].strip() and not rows[-1][1]:
            rows.pop()
        if name == "eqnarray":
            rows = [(re.sub(r"&([^&]*)&", r"&\1{}", row, count=1), tag) for row, tag in rows]
        inner = _INNER[name]
        outer = "align*" if inner == "aligned" else "gather*"
        lines = [_guarded(_stripped(_inner(row))) for row, _ in rows]
        plain = "\\\\\n".join(lines)
        checked_mathematics(f"\\begin{{{inner}}}{plain}\\end{{{inner}}}", where)
        tags = [_checked_tag(tag, where) if tag else "" for _, tag in rows]
        narrow = "\\\\\n".join(
            row + (rf"\qquad\text{{{tag}}}" if tag else "")
            for row, tag in zip(lines, tags, strict=True)
        )
        full = "\\\\\n".join(
            row + (rf"\tag*{{{tag}}}" if tag else "") for row, tag in zip(lines, tags, strict=True)
        )
        small = f"\\begin{{{inner}}}\n{narrow}\n\\end{{{inner}}}"
        return f"\\nbRows{{{small}}}{{\\begin{{{outer}}}\n{full}\n\\end{{{outer}}}}}"

    def _referred(self, text: str, where: str) -> str:
        def number(found: re.Match[str]) -> str:
            if found[2] not in self.numbers:
                what = f"no equation has the label {found[2]!r}"
                raise PressError(what, where=where, mend=f"write \\label{{{found[2]}}} in one")
            shown = self.numbers[found[2]]
            return rf"\text{{({shown})}}" if found[1] == "eqref" else rf"\text{{{shown}}}"

        return _REFERENCE.sub(number, text)


def displayed(formula: str, where: str) -> str:
    r"""Return a formula that stands alone, such as an output of SymPy, as LaTeX.

    >>> displayed("x + y", "demo")
    '\\nbDisplay{x + y}'
    """
    return Equations().latex(formula, where, displayed=True)


def _loose(formula: str) -> str:
    r"""Return a long formula without what TeX breaks no line in: fences that grow with it.

    >>> _loose(r"\left(a + b\right)"), _loose(r"\left(a" + " + b" * 30 + r"\right)")[:12]
    ('\\left(a + b\\right)', '\\bigl(a + b ')
    """
    if len(formula) < _LONG or r"\begin" in formula:
        return formula
    loose = re.sub(r"\\(?:left|right)\s*\.", "", formula)
    return re.sub(r"\\(left|right|middle)(?![A-Za-z])", lambda side: rf"\big{side[1][0]}", loose)


def _without_outer(text: str) -> str:
    """Return what an environment of one plain equation holds."""
    while (whole := _WHOLE.fullmatch(text.strip())) and whole[1] in _PLAIN:
        text = whole[2]
    return text


def _inner(text: str) -> str:
    """Return a formula with environments of equations as those that stand inside of one."""

    text = re.sub(r"(\\begin\{alignat\*?\})\s*\{\d+\}", r"\1", text)

    def name(found: re.Match[str]) -> str:
        plain = found[2].rstrip("*")
        if plain in _PLAIN:
            return ""
        kept = _INNER.get(plain) or _ALIKE.get(plain) or found[2]
        return f"\\{found[1]}{{{kept}}}"

    return re.sub(r"\\(begin|end)\{([A-Za-z]+\*?)\}", name, text)


def _rows(text: str) -> list[str]:
    r"""Return the rows of a formula: \\ inside of braces and environments ends none.

    >>> _rows(r"a \\ \begin{cases} b \\ c \end{cases} \\[2pt] d")
    ['a ', ' \\begin{cases} b \\\\ c \\end{cases} ', ' d']
    """
    whole = _WHOLE.fullmatch(text.strip())
    if whole and (whole[1] in _INNER or whole[1] in _PLAIN):
        return _rows(whole[2])
    rows, depth, begin = [], 0, 0
    for token in _TOKEN.finditer(text):
        if token[0] == "{" or token[1] == "begin":
            depth += 1
        elif token[0] == "}" or token[1] == "end":
            depth -= 1
        elif token[0] == r"\\" and not depth:
            rows.append(text[begin : token.start()])
            room = re.compile(r"\*?(?:\[[-\d. a-z]*\])?").match(text, token.end())
            begin = room.end() if room else token.end()
    return [*rows, text[begin:]]


def _stripped(text: str) -> str:
    r"""Return a formula without space around it; a space that is escaped belongs to it.

    >>> _stripped(" x "), _stripped("x \\ ")
    ('x', 'x \\ ')
    """
    stripped = text.strip()
    escapes = len(stripped) - len(stripped.rstrip("\\"))
    return stripped + " " if escapes % 2 else stripped


def _guarded(row: str) -> str:
    """Return a row so that the end of the one before does not take its first sign as an option."""
    return "{}" + row if row.startswith(("[", "*")) else row


def _split_tag(row: str, numbers: dict[str, str]) -> tuple[str, str]:
    """Return a row without its tag and its label, and the tag as it is shown."""
    tag = ""
    if found := re.search(r"\\tag(\*?)\s*(?=\{)", row):
        text, end = argument(row, found.end())
        tag, row = text if found[1] else f"({text})", row[: found.start()] + row[end:]
    if (label := _LABEL.search(row)) and label[1] in numbers:
        tag = tag or f"({numbers[label[1]]})"
    return _LABEL.sub("", row), tag


def _checked_tag(tag: str, where: str) -> str:
    checked_mathematics(rf"\text{{{tag}}}", where)
    return tag


def _in_text(formula: str) -> str:
    r"""Return a formula the words in which are such as TeX sets: MathJax shows signs as typed.

    >>> _in_text(r"\text{a_1 \mathrm{b} $x_1$}")
    '\\text{a\\_1 \\textrm{b} $x_1$}'
    """
    parts, place = [], 0
    while found := _TEXT.search(formula, place):
        words, end = argument(formula, found.end())
        command = "text" if found[1] in ("mbox", "hbox", "textnormal") else found[1]
        parts += [formula[place : found.start()], rf"\{command}{{{_words(words)}}}"]
        place = end
    return "".join([*parts, formula[place:]])


def _words(text: str) -> str:
    parts = re.split(r"((?<!\\)\$[^$]*\$|\\\(.*?\\\))", text)
    for place, part in enumerate(parts):
        if place % 2:
            inner = part[1:-1] if part[0] == "$" else part[2:-2]
            parts[place] = f"${_in_text(inner)}$"
            continue
        part = re.sub(r"\\math(rm|bf|it|sf|tt)(?=\s*\{)", r"\\text\1", part)
        part = re.sub(r"\\([A-Za-z]+)", _sign_in_text, part)
        part = re.sub(r"(?<!\\)([_&#])", r"\\\1", part)
        parts[place] = re.sub(r"(?<!\\)\^", r"\\textasciicircum{}", part)
    return "".join(parts)


def _sign_in_text(found: re.Match[str]) -> str:
    return f"${found[0]}$" if found[1] in CHARACTERS else found[0]


def _coloured(formula: str, where: str) -> str:
    r"""Return a formula whose colours TeX knows without a list of names.

    >>> _coloured(r"\color{red}{x} \textcolor{blue}{y} {\color{#00ff00} z}", "demo")
    '{\\nbColour{FF0000}x} {\\nbColour{0000FF}y} {\\nbColour{00FF00} z}'
    """
    parts, place = [], 0
    while found := _COLOUR.search(formula, place):
        named, end = argument(formula, found.end())
        code = colour_code(named)
        if not code:
            raise PressError(
                f"the colour {named!r} is not known", where=where, mend="write it as #RRGGBB"
            )
        parts += [formula[place : found.start()]]
        place = end
        if found[1] == "textcolor" or formula.startswith("{", end):
            content, place = argument(formula, end)
            parts.append(rf"{{\nbColour{{{code}}}{_coloured(content, where)}}}")
        else:
            parts.append(rf"\nbColour{{{code}}}")
    return "".join([*parts, formula[place:]])


def _in_letters(formula: str) -> str:
    r"""Return a formula with letters of Unicode as the commands that set them.

    >>> _in_letters("α₁² ∈ ℝ")
    '\\alpha _{1}^{2} \\in  \\mathbb{R}'
    """
    if formula.isascii():
        return formula
    formula = re.sub("[⁰¹²³⁴-⁹⁺⁻ⁿⁱ]+", lambda run: f"^{{{_lowered(run[0])}}}", formula)
    formula = re.sub("[₀-₉₊₋ₐ-ₜ]+", lambda run: f"_{{{_lowered(run[0])}}}", formula)
    words = {place for found in IN_WORDS.finditer(formula) for place in range(*found.span(1))}
    return "".join(
        sign if sign.isascii() else _letter(sign, place in words)
        for place, sign in enumerate(formula)
    )


def _lowered(run: str) -> str:
    return unicodedata.normalize("NFKC", run).replace("\u2212", "-")


def _letter(sign: str, inside: bool) -> str:
    if sign in _ASCII:
        return _ASCII[sign]
    if sign in SIGNS:
        return SIGNS[sign][0] + " "
    plain = unicodedata.normalize("NFKC", sign)
    if plain.isascii() and plain != sign:
        name = unicodedata.name(sign, "")
        face = next((face for word, face in _BOARD.items() if word in name), "")
        return rf"\{face}{{{plain}}}" if face else plain
    if plain in SIGNS:
        return SIGNS[plain][0] + " "
    if sign in LETTERS:
        return sign if inside else rf"\text{{{latex_text(sign)}}}"
    return character(sign) or sign
