"""Numbers and formulas that are typed by hand where a claim should speak.

Place in the chain: templates, tables -> **findings** -> `make check`. Free are years, numbers of
questions and sections, lengths, labels and file names, what the template computes (\\VAR), and
what its author answers for: \\given{...} in LaTeX, given(...) in Python. So are verbatim code,
addresses, references to literature, and what LaTeX's commands take for themselves.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from proofpress.latex.vocabulary import CLOSEDFORM, GIVEN, MACROS

# Calls of a module of tables: for whose arguments the author answers, or a file; which hand a
# number on to a cell; and which only compute with it.
_ANSWERED = ("given", "csv_rows")
_PASSING = ("str", "repr", "format", "Latex", "escape", "NoEscape", "number", "decimal", "percent")
_COMPUTING = ("range", "isinstance", "sum", "max", "min", "len", "islice", "zip")
PRINTED = "\ue010"  # stands for what a template prints: a claim's formula, a value

_INNER = r"(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*"
_BRACES = rf"\{{{_INNER}\}}"
# What the press's own macros are given that holds no words of the author's.
_NAMED = "|".join(macro.opening + _BRACES * macro.skipped for macro in MACROS if macro.silent)
_OPTIONS = r"(?:\s*\[[^\]]*\])*"
# Shown letter by letter: mathematics and comments are none there.
_LITERAL = (
    r"\\begin\{(?P<literal>(?:[Vv]erbatim|lstlisting|minted|comment)\*?)\}.*?\\end\{(?P=literal)\}"
    r"|\\(?:verb|lstinline)\*?(?:\[[^\]]*\])?(?P<bar>[^\sA-Za-z*{\[])[^\n]*?(?P=bar)"
    rf"|\\(?:url|nolinkurl|path|lstinline|href){_OPTIONS}{_BRACES}"
)
# In mathematics, too.
_ANYWHERE = (
    rf"{_LITERAL}|\\BLOCK{_BRACES}|\\COMMENT{_BRACES}|{GIVEN.opening}{_BRACES}|\\label{_BRACES}"
    r"|\\begin\{thebibliography\}.*?\\end\{thebibliography\}|(?<!\\)%[^\n]*"
)
_FREE = re.compile(_ANYWHERE, re.DOTALL)
# Commands whose options and first arguments say nothing to a reader, by how many these are.
_SILENT = (
    "ref pageref eqref autoref input include includegraphics graphicspath lstinputlisting"
    " verbatiminput usepackage documentclass RequirePackage begin end hspace vspace import"
    " needspace Needspace enlargethispage cite citep citet nocite bibitem bibliography"
    " bibliographystyle linespread pagestyle multicolumn cline cmidrule scalebox rotatebox color"
    " textcolor hypersetup lstset hyphenation",
    "setlength addtolength addvspace setcounter addtocounter fontsize resizebox",
    "definecolor",
)
# A command's own name, and how many arguments it takes; what it prints is read.
_DEFINED = (
    r"\\(?:(?:re)?new|provide)(?:command|environment)\*?\s*(?:\{[^{}]*\}|\\[A-Za-z@]+)\s*\[\d\]"
)
_TABLES = r"\\begin\{(?:tabular|array|longtable|tabularx|multicols)\*?\}"
_HIDDEN = re.compile(
    "|".join(
        [
            _ANYWHERE,
            _NAMED,
            _DEFINED,
            rf"{_TABLES}{_OPTIONS}{_BRACES}",
            *(
                rf"\\(?:{names.replace(' ', '|')})(?![A-Za-z@])\*?"
                + rf"(?:{_OPTIONS}\s*{_BRACES}){{1,{count}}}"
                for count, names in enumerate(_SILENT, 1)
            ),
            r"\\(?:hyphen|line|ex)?penalty\s*=?-?\d+",
        ]
    ),
    re.DOTALL,
)
_VAR = re.compile(rf"\\VAR{_BRACES}")
_ENVIRONMENTS = r"(?:equation|align|gather|multline|displaymath|math)\*?"
_MATHS = re.compile(
    rf"(?<!\\)\$(?P<inline>[^$]+)\$|\\\[(?P<display>.*?)\\\]|\\\((?P<round>.*?)\\\)"
    rf"|{CLOSEDFORM.opening}\{{(?P<boxed>{_INNER})\}}"
    rf"|\\begin\{{(?P<name>{_ENVIRONMENTS})\}}(?P<block>.*?)\\end\{{(?P=name)\}}",
    re.DOTALL,
)
_FORMS = ("inline", "display", "round", "boxed", "block")
_UNITS = r"pt|mm|cm|em|ex|in|bp|sp|pc"
_NUMBER = re.compile(
    rf"(?<![\w.\\#])(?!(?:19|20)\d\d(?![\d.,]*\d))\d+(?:(?:\{{,\}}|[.,])\d+)*"
    # No part of a longer number. (A possessive group would say so, but early 3.11 gets it wrong.)
    rf"(?!\d|(?:\{{,\}}|[.,])\d)(?![a-z]\b|\s*(?:{_UNITS})\b|\s*\\(?:line|text|column|baseline))"
)
_OPERATOR = re.compile(
    r"\\(?:le|ge|leq|geq|ne|neq|times|cdot|frac|dfrac|tfrac|sum|prod|to|approx|equiv|sqrt|binom)\b"
    r"|[-+=<>/*]"
)


@dataclass(frozen=True)
class Finding:
    """Something typed by hand: "number" or "formula", its text, and where it stands."""

    kind: str
    text: str
    file: str
    line: int


def findings(templates: Iterable[Path], tables: Iterable[Path]) -> list[Finding]:
    """Everything typed by hand in the templates and the modules of tables, in their order."""
    found = []
    for path in templates:
        found += list(in_template(path.read_text(encoding="utf-8"), path.as_posix()))
    for path in tables:
        found += list(in_module(path.read_text(encoding="utf-8"), path.as_posix()))
    return found


def in_template(text: str, file: str, first: int = 1) -> Iterator[Finding]:
    """Yield what is typed by hand in LaTeX with Jinja.

    >>> list(in_template("So it is 78,\\nor $n(n+1)/2$ in 2020.", "a.j2"))
    [Finding(kind='number', text='78', file='a.j2', line=1), \
Finding(kind='formula', text='n(n+1)/2', file='a.j2', line=2)]
    >>> list(in_template(r"$\\VAR{claim('x')}$, item 2b, \\given{3} points, \\vskip 3pt", "a.j2"))
    []
    """
    shown = _VAR.sub(lambda found: _blank(found[0], PRINTED), text)
    # The environments' names are needed to find the mathematics, so they are hidden after it.
    formulas = [
        (found.start(), found[0], next(filter(None, found.group(*_FORMS))))
        for found in _MATHS.finditer(_hide_given(shown))
    ]
    places: list[tuple[int, Finding]] = []
    prose = _hide_given(shown)
    for start, whole, inner in formulas:
        at = start + whole.index(inner)
        prose = prose[:start] + _blank(whole) + prose[start + len(whole) :]
        if _is_formula(inner):
            at += len(inner) - len(inner.lstrip())
            line = first + text.count("\n", 0, at)
            places.append((at, Finding("formula", _original(text, at, inner), file, line)))
    for found in _NUMBER.finditer(_HIDDEN.sub(lambda found: _blank(found[0]), prose)):
        line = first + text.count("\n", 0, found.start())
        places.append((found.start(), Finding("number", found[0], file, line)))
    yield from (finding for _, finding in sorted(places, key=lambda place: place[0]))


def in_module(text: str, file: str) -> Iterator[Finding]:
    """Yield what is typed by hand in a module of tables: in its texts, and as numbers that can get
    into a cell. Numbers by which it computes or chooses are free.

    >>> list(in_module('ROW = ["reviews", "17,500", given("25,000")]', "tables/a.py"))
    [Finding(kind='number', text='17,500', file='tables/a.py', line=1)]
    >>> list(in_module('ROWS = [[name[0], 0.5] for name in names[:3]]', "tables/a.py"))
    [Finding(kind='number', text='0.5', file='tables/a.py', line=1)]
    """
    tree = ast.parse(text)
    free: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in _ANSWERED:
            free |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            free.add(id(node.value))  # a docstring
    numbers = {id(node) for node in _in_cells(tree)}
    typed = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in free]
    for node in sorted(typed, key=lambda constant: (constant.lineno, constant.col_offset)):
        if isinstance(node.value, str):
            yield from in_template(node.value, file, node.lineno)
        elif id(node) in numbers:
            yield from in_template(ast.unparse(node), file, node.lineno)


def _in_cells(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the numbers that can get into a cell: those of rows and of what a function returns, and
    those with a name that stands there."""
    parents = {id(inner): node for node in ast.walk(tree) for inner in ast.iter_child_nodes(node)}
    nodes = [node for node in ast.walk(tree) if _into_cell(node, parents)]
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    yield from (node for node in nodes if _is_number(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and {getattr(to, "id", "") for to in node.targets} & names:
            yield from _plain_numbers(node.value)


def _into_cell(node: ast.AST, parents: Mapping[int, ast.AST]) -> bool:
    """Return whether the value of a name or number can get into a cell as it is."""
    if not isinstance(node, ast.Name) and not _is_number(node):
        return False
    inside = False
    while (parent := parents.get(id(node))) is not None and not isinstance(parent, ast.stmt):
        match parent:
            case ast.Dict():
                inside |= node in parent.values
                if not inside:
                    return False
            case ast.List() | ast.Tuple() | ast.Set() | ast.FormattedValue():
                inside = True
            case ast.Call():
                first = _called(parent) in _PASSING and node in parent.args[:1]
                if _called(parent) in _COMPUTING or not (inside or first):
                    return False
            case ast.BinOp() if _is_number(node) and not [*_plain_numbers(parent)]:
                return False  # it changes a value that is not typed
            case ast.Compare() | ast.Attribute() | ast.comprehension() | ast.arguments():
                return False
            case ast.Subscript():
                if node is parent.slice:
                    return False
            case ast.keyword():
                if not inside:
                    return False
        node = parent
    return inside or isinstance(parent, ast.Return)


def _is_number(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
    )


def _plain_numbers(node: ast.expr) -> Iterator[ast.expr]:
    """Yield a number, or those of a calculation of numbers alone."""
    found = [inner for inner in ast.walk(node) if isinstance(inner, ast.Constant)]
    kinds = ast.Constant | ast.BinOp | ast.UnaryOp | ast.operator | ast.unaryop
    if all(isinstance(inner, kinds) for inner in ast.walk(node)):
        yield from filter(_is_number, found)


def _called(call: ast.Call) -> str:
    """Return the last name of what is called."""
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def _hide_given(text: str) -> str:
    return _FREE.sub(lambda found: _blank(found[0]), text)


def _blank(text: str, mark: str = " ") -> str:
    """As many signs, lines kept: `mark` first and spaces after it."""
    return mark + "".join("\n" if character == "\n" else " " for character in text[1:])


def _original(text: str, at: int, inner: str) -> str:
    return " ".join(text[at : at + len(inner.strip())].split())


def _is_formula(inner: str) -> bool:
    """Return whether mathematics says something: it holds a number, or an operator between two
    signs that are both typed. A name for what a claim gives, $L = \\VAR{...}$, is none."""
    plain = re.sub(r"\{\s*\}|\\[,;!: ]|\\(?:bigl?|Bigl?|bigr|Bigr|left|right)\b", " ", inner)
    plain = re.sub(r"\\mathrm\{[^{}]*\}|\\text\{[^{}]*\}", "a", plain)
    if _NUMBER.search(re.sub(r"[_^]", " ", plain)):
        return True
    for operator in _OPERATOR.finditer(plain):
        before = plain[: operator.start()].rstrip("\n {}&\\")[-1:]
        behind = plain[operator.end() :].lstrip("\n {}&\\")[:1]
        if operator[0].startswith(("\\frac", "\\dfrac", "\\tfrac", "\\sqrt", "\\binom", "\\sum")):
            before = before or "a"
            before = "a" if before == PRINTED else before
        if before and behind and PRINTED not in (before, behind):
            return True
    return False
