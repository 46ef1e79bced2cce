"""Numbers and formulas that are typed by hand where a claim should speak.

Place in the chain: templates, tables -> **findings** -> `make check`. Free are years, numbers of
questions and sections, lengths, labels and file names, what the template computes (\\VAR), and
what its author answers for: \\given{...} in LaTeX, given(...) in Python.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from proofpress.latex.vocabulary import CLOSEDFORM, GIVEN, MACROS

PRINTED = "\ue010"  # stands for what a template prints: a claim's formula, a value

_INNER = r"(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*"
_BRACES = rf"\{{{_INNER}\}}"
# What the press's own macros are given that holds no words of the author's.
_NAMED = "|".join(macro.opening + _BRACES * macro.skipped for macro in MACROS if macro.silent)
_HIDDEN = re.compile(
    rf"\\BLOCK{_BRACES}|\\COMMENT{_BRACES}|{_NAMED}|(?<!\\)%[^\n]*"
    rf"|\\(?:label|ref|pageref|eqref|input|include|includegraphics|usepackage|documentclass|begin"
    rf"|end|hspace|vspace|setlength|addvspace|needspace|import|nocite|cite)\*?(?:\[[^\]]*\])?{_BRACES}"
)
_FREE = re.compile(  # in mathematics, too
    rf"\\BLOCK{_BRACES}|\\COMMENT{_BRACES}|{GIVEN.opening}{_BRACES}|\\label{_BRACES}|(?<!\\)%[^\n]*"
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
    """What is typed by hand in LaTeX with Jinja.

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
    """What is typed by hand in the strings of a module of tables.

    >>> list(in_module('ROW = ["reviews", "17,500", given("25,000")]', "tables/a.py"))
    [Finding(kind='number', text='17,500', file='tables/a.py', line=1)]
    """
    tree = ast.parse(text)
    free: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "given":
            free |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            free.add(id(node.value))  # a docstring
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in free:
            yield from in_template(node.value, file, node.lineno)  # type: ignore[attr-defined]


def _hide_given(text: str) -> str:
    return _FREE.sub(lambda found: _blank(found[0]), text)


def _blank(text: str, mark: str = " ") -> str:
    """As many signs, lines kept: `mark` first and spaces after it."""
    return mark + "".join("\n" if character == "\n" else " " for character in text[1:])


def _original(text: str, at: int, inner: str) -> str:
    return " ".join(text[at : at + len(inner.strip())].split())


def _is_formula(inner: str) -> bool:
    """Whether mathematics says something: it holds a number, or an operator between two signs
    that are both typed. A name for what a claim gives, $L = \\VAR{...}$, is none."""
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
