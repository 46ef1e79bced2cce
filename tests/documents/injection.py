"""Every field by which text from outside reaches the page, tried with texts that want out.

A text must be refused with one clear error, or come out as text: the LaTeX that the press
writes for it is read by category_codes.py, which knows TeX and not the press.
"""

import re
import shutil
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from category_codes import printed, skeleton
from nbformat.v4 import new_output

from proofpress.documents.facts import Facts
from proofpress.documents.latex import escape
from proofpress.documents.tables import rows
from proofpress.documents.templates import Templates, sentence
from proofpress.faults.errors import PressError
from proofpress.latex import characters, signs
from proofpress.latex.mathematics import COMMANDS, SYMBOLS
from proofpress.latex.styles import STYLES
from proofpress.notebook.code import code_lines
from proofpress.notebook.markdown import markdown_latex
from proofpress.notebook.outputs import Page, outputs_latex
from proofpress.notebook.pictures import Figures
from proofpress.notebook.record import RESULT_TYPE, TABLE_TYPE
from proofpress.typeset.compile import typeset
from proofpress.typeset.engine import find
from proofpress.typeset.run import Limits

PLAIN = "x"  # the harmless text whose LaTeX has the structure that all others must have
TEMPLATE = r"""\reportmeta{\VAR{document.course}}{\VAR{document.title}}{\VAR{document.author}}
\BLOCK{for word in document.collaborators}
\BLOCK{if loop.first}
\acknowledgement{With \VAR{document.collaborators|sentence}.}
\BLOCK{endif}
\BLOCK{endfor}
$\VAR{given(document.title)}$ \VAR{result("key")} \VAR{result("key").title}
"""
# What the tables of signs may print; that these commands only print was looked up one by one.
SIGNS = "".join([*signs.SIGNS, *characters.ALIKE, *characters.TEXT])
PRINTING = frozenset(
    name for sign in SIGNS for name in re.findall(r"\\([A-Za-z]+|.)", characters.latex_text(sign))
) - {"input", "def", "begin", "end", "\\"}
# The commands of the notebook's own style file, each of which stands around text.
CELLS = frozenset(
    re.findall(r"newcommand\\(nb\w+)", STYLES["notebook.sty"].read_text(encoding="utf-8"))
)
HEAD = frozenset(["reportmeta", "acknowledgement", "given", "fact", "toprule", "midrule"])
HEAD |= {"bottomrule", "\\"}
PROSE = CELLS | {"emph", "textbf", "href", "item", "\\", "[", "]", "blocks", "tabular", "linewidth"}
PROSE |= {"leavevmode", "textsubscript", "textsuperscript", "displaystyle", "tag", "textbullet"}
PROSE |= {"textendash", "textasteriskcentered", "textperiodcentered", "flushright", "center"}
PROSE |= COMMANDS | SYMBOLS

# The width of a text decides whether its column is one of paragraphs, and where it may be broken;
# and signs that the fonts lack are drawn, raised, or named.
SHAPES = {"nbParagraphColumn", "linewidth", "nbSplit", "nbGlyph", "nbNamed", "nbColumns"}
SHAPES |= {"textsuperscript", "textsubscript"}

EXACT = "a template's escape"
NOT_ALONE = ("the words of report.toml", "a PyLaTeX table", "a formula", "a list in a sentence")
REFUSED = re.compile("the page's fonts have no character|cannot be set")
HEADER = r"""\documentclass{article}
\usepackage[T1]{fontenc}\usepackage{lmodern,amsmath,notebook}\usepackage[psdextra]{hyperref}
\nofiles
\def\mark#1{\par\immediate\write-1{MARK #1 level \the\currentgrouplevel\space in
  \ifmmode mathematics\else text\fi}}
\begin{document}
"""


@dataclass(frozen=True)
class Field:
    """How a text becomes LaTeX in a field, and what must hold of the two."""

    made: Callable[[str], str]
    check: Callable[[str, str], None]


class Structure(AssertionError):
    """A text that came out as more than text."""


def fields(folder: Path) -> Mapping[str, Field]:
    """Each field by its name; what it needs is written to `folder`."""
    (folder / "main.tex").write_text(TEMPLATE, encoding="utf-8")
    (folder / "plots").mkdir()
    page = Page(Figures(folder / "plots", "plots/", "demo"))

    def template(text: str) -> str:
        words = {"course": text, "title": text, "author": text, "collaborators": [text] * 3}
        entry = {"value": text, "unit": text, "text": text, "title": text}
        facts = Facts({"claims": {}}, {"results": {"key": entry}})
        given = {"document": words, "result": facts.result, "claim": facts.claim}
        return Templates(folder, given).rendered("main.tex")[0]

    def outputs(*listed: Mapping[str, Any]) -> str:
        return "\n".join(outputs_latex(listed, 1, "demo, cell 1", page))

    def shown(**data: Any) -> str:
        return outputs(new_output("display_data", data=data))

    def recorded(text: str) -> str:
        data = {"key": "a", "value": text, "unit": text, "text": text, "title": text}
        return shown(**{RESULT_TYPE: data | {"volatile": False, "shown": True}})

    def tabulated(text: str) -> str:
        columns = {"columns": [text, "b"], "rows": [[text, text], ["x", text], [text, "x"]]}
        return shown(**{TABLE_TYPE: columns | {"align": ["left", "right"], "volatile": []}})

    def streamed(text: str) -> str:
        return outputs(new_output("stream", name="stdout", text=text))

    def raised(text: str) -> str:
        return outputs(new_output("error", ename=text, evalue=text, traceback=[text, text]))

    def framed(text: str) -> str:
        cell = text.replace("&", "&amp;").replace("<", "&lt;")
        return shown(**{"text/html": f"<table><tr><td>{cell}</td><td>x</td></tr></table>"})

    table = CELLS | {"\\", "tabular", "linewidth"}
    return {
        EXACT: Field(lambda t: str(escape(t)), _prints),
        "a list in a sentence": Field(lambda t: str(sentence([t])), _prints),
        "the words of report.toml": _fixed(template, HEAD),
        "a PyLaTeX table": _fixed(_pylatex, HEAD | {"tabular"}),
        "a recorded result": _fixed(recorded, table),
        "a table of a notebook": _fixed(tabulated, table),
        "a data frame": _fixed(framed, table),
        "a stream": _free(streamed, CELLS | SHAPES),
        "a traceback": _free(raised, CELLS | SHAPES),
        "code": _free(_code, CELLS | SHAPES),
        "Markdown": _free(lambda t: markdown_latex(t, "demo, cell 1"), PROSE),
        "HTML": _free(lambda t: shown(**{"text/html": t, "text/plain": t}), PROSE),
        "a formula": _free(lambda t: shown(**{"text/latex": f"${t}$", "text/plain": t}), PROSE),
    }


def _code(text: str) -> str:
    return "\n".join(rf"\nbCodeLine{{{line}}}" for line in code_lines(text, "python", "demo"))


def _pylatex(text: str) -> str:
    made: str = rows("ll", [text, text], [[text, "x"], [text, text]]).dumps()
    # PyLaTeX ends each of its lines with the sign of a comment; no text ends a line.
    return "\n".join(line.removesuffix("%") for line in made.splitlines())


def _prints(text: str, latex: str) -> None:
    """That a text prints as itself, letter by letter; signs from the tables, as signs."""
    if set(text) & set(SIGNS):
        skeleton(latex, PRINTING, ())
        return
    wanted = "".join(" " if c in characters.SPACES else c for c in _composed(text))
    if (shown := printed(latex)) != wanted:
        raise Structure(f"{wanted!r} prints {shown!r}")


def _composed(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return "".join(letter for letter in composed if letter not in characters.INVISIBLE)


def _fixed(made: Callable[[str], str], allowed: frozenset[str]) -> Field:
    """A field whose LaTeX has the commands that it has for a harmless text, and no other."""

    def tidied(latex: str) -> Counter[str]:
        found = skeleton(latex, PRINTING, allowed | SHAPES)
        return Counter(name for name in found if name not in SHAPES)

    wanted = tidied(made(PLAIN))

    def check(text: str, latex: str) -> None:
        if (found := tidied(latex)) != wanted:
            raise Structure(f"{text!r} is more than text: {(found - wanted) or (wanted - found)}")

    return Field(made, check)


def _free(made: Callable[[str], str], allowed: frozenset[str]) -> Field:
    """A field whose LaTeX may hold these commands in any number, all in order."""

    def check(text: str, latex: str) -> None:
        # A row of a formula may say how much room follows it.
        room = {"options"} if allowed is PROSE and re.search(r"\\\\\s*\[", text) else set()
        skeleton(latex, PRINTING, allowed | room)

    return Field(made, check)


def faults(texts: Iterable[str], folder: Path) -> tuple[int, int, list[str]]:
    """How many texts were tried, how often one came out as text, and what went wrong.

    A text that is refused must be refused with words that name the reason.
    """
    tried = fields(folder)
    number = passed = 0
    wrong: list[str] = []
    for text in texts:
        number += 1
        for name, field in tried.items():
            try:
                field.check(text, field.made(text))
            except PressError as error:
                if not error.what or not re.search(
                    "no character|cannot be|picture|no element|no equation|the command|the colour",
                    error.what,
                ):
                    wrong.append(f"{name}, {text!r}: refused with {error.what!r}")
            except Exception as error:
                wrong.append(f"{name}, {text!r}: {type(error).__name__}: {error}")
            else:
                passed += 1
    return number, passed, wrong


def typeset_faults(texts: Iterable[str], folder: Path) -> tuple[int, list[str]]:
    """How many texts TeX itself set, in all fields of text, and those that left it changed.

    Before and after each, TeX must be in the same group and outside of mathematics. Formulas are
    left out: what is let through there can still be wrong, and is then told as TeX's error.
    """
    tried = {name: field for name, field in fields(folder).items() if name not in NOT_ALONE}
    parts = [HEADER]
    number = 0
    for text in texts:
        for field in tried.values():
            with suppress(PressError):
                latex = field.made(text)
                if field is tried["Markdown"] and "$" in latex.replace(r"\$", ""):
                    continue
                titled = rf"\pdfstringdef\x{{{latex}}}" if field is tried[EXACT] else ""
                parts.append(f"\\mark{{{number}}}\n{titled}{latex}\n\\mark{{{number}}}")
                number += 1
    (folder / "main.tex").write_text("\n\n".join([*parts, r"\end{document}"]), encoding="utf-8")
    for style in ("notebook.sty", "presstype.sty"):
        shutil.copy(STYLES[style], folder)
    limits = Limits(seconds=300.0, passes=2)
    made = typeset(
        folder / "main.tex", folder / "out.pdf", engine=find(), limits=limits, widest=1e9
    )
    seen = Counter(re.findall(r"^MARK (\d+ .*)$", made.log, re.MULTILINE))
    wanted = {f"{k} level 0 in text": 2 for k in range(number)}
    return number, [f"{mark}: {n} times" for mark, n in (seen - Counter(wanted)).items()] + [
        f"{mark}: lost" for mark in (Counter(wanted) - seen)
    ]
