r"""Mathematics taken out of Markdown, as Jupyter does before it reads the rest.

Place in the chain: Markdown of a cell -> **text without mathematics, formulas** -> HTML -> LaTeX.
Jupyter and MathJax know $x$, $$x$$, \\(x\\), \\[x\\] and bare environments. Code is left alone,
an empty line ends a search, and braces must be balanced. Where MathJax would set a sum of money
and the words behind it as a formula, it stays money here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# What stands for a formula in the text: the number of the formula between two characters that no
# text holds.
OPEN, CLOSE = "\ue000", "\ue001"
HELD = re.compile(f"{OPEN}([0-9]+){CLOSE}")
_MARKS = re.compile(
    r"""(?P<code>^[ >]*(?:[-*+][ ]+|\d+[.)][ ]+)?(?P<fence>`{3,}|~{3,})[^`\n]*\n
        (?s:.*?)(?:^[ >]*(?P=fence)[`~]*[ ]*$|\Z)
      |(?<!`)(?P<ticks>`+)(?!`)(?s:(?:(?!\n[ \t]*\n).)+?)(?<!`)(?P=ticks)(?!`)
      |<!--(?s:.*?)-->)
    |(?P<mark>\$\$?|\\(?:begin|end)\{[A-Za-z]+\*?\}|\\\\[()\[\]]
      |\\(?:eq)?ref\{[^{}\n]*\}|\\[^\n]|[{}]|\n[ \t]*(?=\n))""",
    re.VERBOSE | re.MULTILINE,
)
_ENDS = {"$": "$", "$$": "$$", r"\\(": r"\\)", r"\\[": r"\\]"}
_DISPLAYED = ("$$", r"\\[")
# An amount, and behind it words, or a sign at which a sentence goes on.
_MONEY = re.compile(r"\s?\d[\d,.]*[kKmMbB]?(?:[,.;:)!?/-]+\s*$|[,;:)!?]*\s+[A-Za-z]{2,})")


@dataclass
class Formula:
    """A formula as it stands in the source, what it holds, and whether in a line of its own."""

    source: str
    content: str
    displayed: bool


@dataclass
class Taken:
    """A text with its formulas taken out; each left a sign that holds its number."""

    text: str
    formulas: list[Formula] = field(default_factory=list)

    def restored(self, text: str) -> str:
        """Return a piece of the text with its formulas as they were typed."""
        return HELD.sub(lambda held: self.formulas[int(held[1])].source, text)

    def parts(self, text: str) -> Iterator[str | Formula]:
        """Yield what stands between formulas, and the formulas."""
        for place, part in enumerate(HELD.split(text)):
            if place % 2:
                yield self.formulas[int(part)]
            elif part:
                yield part


def taken(source: str) -> Taken:
    r"""Return the text without its formulas.

    >>> [formula.content for formula in taken(r"A 3$\times$3 map, $ x $ of `$y$`").formulas]
    ['\\times', ' x ']
    >>> [formula.content for formula in taken(r"It costs $5 or $ 6, \\(x\\).").formulas]
    ['x']
    """
    found = Taken("")
    parts: list[str] = []
    end = 0
    marks = [mark for mark in _MARKS.finditer(source) if mark["code"] is None]
    place = 0
    while place < len(marks):
        last = _last(source, marks, place)
        if last is None:
            place += 1
            continue
        begin, stop = marks[place].start(), marks[last].end()
        parts += [source[end:begin], f"{OPEN}{len(found.formulas)}{CLOSE}"]
        found.formulas.append(_formula(source, marks[place], marks[last]))
        end, place = stop, last + 1
    found.text = "".join([*parts, source[end:]])
    return found


def _last(source: str, marks: list[re.Match[str]], first: int) -> int | None:
    """Return the mark that ends the formula which one begins, or None where none begins."""
    begin = marks[first]["mark"]
    if begin.startswith((r"\ref", r"\eqref")):
        return first
    wanted = _ENDS.get(begin) or (begin.replace("begin", "end") if "begin{" in begin else None)
    if wanted is None:
        return None
    depth, inner, candidate = 0, 0, None
    for place in range(first + 1, len(marks)):
        mark = marks[place]["mark"]
        if mark.isspace():
            break
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth = max(depth - 1, 0)
        elif mark == begin and begin not in _ENDS:
            inner += 1
        elif mark == wanted and inner:
            inner -= 1
        elif mark == wanted:
            candidate = place
            if not depth:
                break
    if candidate is None or not source[marks[first].end() : marks[candidate].start()].strip():
        return None
    return None if begin == "$" and _is_money(source, marks[first], marks[candidate]) else candidate


def _is_money(source: str, first: re.Match[str], last: re.Match[str]) -> bool:
    """Return whether a dollar stands before an amount, and the next one before another."""
    inner = source[first.end() : last.start()]
    before_digit = source[last.end() : last.end() + 1].isdigit()
    ends_open = inner[-1].isspace() or (before_digit and not inner[-1].isalnum())
    return bool(_MONEY.match(inner)) and ends_open


def _formula(source: str, first: re.Match[str], last: re.Match[str]) -> Formula:
    whole = source[first.start() : last.end()]
    if first["mark"] not in _ENDS:
        return Formula(whole, whole, "ref{" not in first["mark"])
    content = source[first.end() : last.start()]
    return Formula(whole, _unquoted(content, source, first), first["mark"] in _DISPLAYED)


def _unquoted(content: str, source: str, first: re.Match[str]) -> str:
    """Return a formula in a quotation without the sign before each of its lines."""
    line = source[source.rfind("\n", 0, first.start()) + 1 : first.start()]
    if not line.lstrip().startswith(">"):
        return content
    return re.sub(r"\n[ \t]*(?:>[ \t]?)+", "\n", content)
