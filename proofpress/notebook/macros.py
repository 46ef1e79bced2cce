r"""The author's own commands in formulas, \newcommand and its kin, put in by the press.

Place in the chain: formulas of Markdown -> **formulas without commands of their own** -> gate. TeX
never sees a definition: what is defined is kept here, and its uses are replaced.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from proofpress.faults.errors import PressError

_DEFINED = re.compile(
    r"\\(?:(?P<new>(?:re)?newcommand|providecommand)\*?|(?P<operator>DeclareMathOperator)(?P<star>\*?)"
    r"|(?P<def>def))\s*(?:\{\s*\\(?P<braced>[A-Za-z]+|.)\s*\}|\\(?P<bare>[A-Za-z]+|.))"
    r"(?:\s*\[(?P<count>\d)\])?(?:\s*\[(?P<default>[^\]]*)\])?(?P<pattern>(?:#\d)*)\s*(?=\{)"
)
_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
# So long may a formula become, and so often may commands be put in.
_LONGEST, _MOST = 20_000, 2_000


@dataclass(frozen=True)
class Macro:
    """A command: how many arguments it has, the first one where it may be left out, and its
    text."""

    arguments: int
    default: str | None
    body: str


@dataclass
class Macros:
    r"""The commands that are defined so far.

    >>> macros = Macros()
    >>> macros.expanded(r"\newcommand{\R}[1]{\mathbb{R}^{#1}} x \in \R{2}", "demo")
    ' x \\in \\mathbb{R}^{2}'
    """

    known: dict[str, Macro] = field(default_factory=dict)

    def expanded(self, formula: str, where: str) -> str:
        """Return a formula without definitions and with all that is defined put in.

        Raises PressError for commands that hold themselves.
        """
        formula = self._learnt(formula)
        if not self.known:
            return formula
        place = used = 0
        while found := _COMMAND.search(formula, place):
            macro = self.known.get(found[1])
            if macro is None:
                place = found.end()
                continue
            text, end = _put_in(macro, formula, found.end())
            formula = _joined(_joined(formula[: found.start()], text), formula[end:])
            place, used = found.start(), used + 1
            if used > _MOST or len(formula) > _LONGEST:
                what = f"the command \\{found[1]} holds itself, or becomes too long"
                raise PressError(what, where=where, mend="define it without itself")
        return formula

    def _learnt(self, formula: str) -> str:
        place = 0
        while found := _DEFINED.search(formula, place):
            body, end = argument(formula, found.end())
            name = found["braced"] or found["bare"]
            if found["operator"]:
                star = found["star"]
                self.known[name] = Macro(0, None, rf"\operatorname{star}{{{body}}}")
            else:
                count = int(found["count"] or 0) or found["pattern"].count("#")
                self.known[name] = Macro(count, found["default"], body)
            formula = formula[: found.start()] + formula[end:]
            place = found.start()
        return formula


def argument(text: str, place: int) -> tuple[str, int]:
    r"""Return the argument that begins at a place, without its braces, and where it ends.

    >>> argument(r" {a{b}}c", 0), argument(r"\alpha x", 0), argument("xy", 0)
    (('a{b}', 7), ('\\alpha', 6), ('x', 1))
    """
    while place < len(text) and text[place].isspace():
        place += 1
    if not text.startswith("{", place):
        found = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL).match(text, place)
        return (found[0], found.end()) if found else ("", place)
    depth = 0
    for mark in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, place):
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if not depth:
            return text[place + 1 : mark.start()], mark.end()
    return text[place + 1 :], len(text)


def _put_in(macro: Macro, formula: str, place: int) -> tuple[str, int]:
    """Return a macro's text with the arguments at a place, and where they end."""
    given: list[str] = []
    if macro.default is not None:
        optional = re.compile(r"\s*\[([^\]]*)\]").match(formula, place)
        given.append(optional[1] if optional else macro.default)
        place = optional.end() if optional else place
    while len(given) < macro.arguments:
        text, place = argument(formula, place)
        given.append(text)
    body = ""
    for number, part in enumerate(re.split("#([1-9])", macro.body)):
        is_argument = number % 2
        body = _joined(body, _nth(given, int(part)) if is_argument else part)
    return body, place


def _joined(before: str, behind: str) -> str:
    """Return two pieces of a formula as one: a command does not run into letters behind it."""
    glue = " " if behind[:1].isalpha() and re.search(r"\\[A-Za-z]+$", before) else ""
    return before + glue + behind


def _nth(given: list[str], number: int) -> str:
    return given[number - 1] if number <= len(given) else ""
