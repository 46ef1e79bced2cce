"""A printed formula read back as a mathematician reads it, to be compared with what was proved.

Nothing is shared with what prints. Letters are single ones; what the reader does not know raises
Unread, and the formula has one witness less. Cases that overlap are read as any of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from .reference import NoValue, evaluated, whole


class Unread(Exception):
    """Raised for LaTeX that is not read here."""


_TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|\d+|[a-zA-Z]|\S")
_NOISE = re.compile(
    r"\\(?:left|right|[bB]igg?[lr]?)(?![a-zA-Z])|\\[,;:!]|\\q?quad|\\allowbreak|\\displaystyle|~"
)
_RELATIONS = {
    **{"=": "==", r"\ne": "!=", r"\neq": "!=", "<": "<", ">": ">"},
    **{r"\le": "<=", r"\leq": "<=", r"\ge": ">=", r"\geq": ">="},
}
_PAIRS = {r"\lfloor": (r"\rfloor", "floor"), r"\lceil": (r"\rceil", "ceiling")}
_LISTS = {r"\max": "Max", r"\min": "Min"}


def value(latex: str, values: dict[str, int]) -> Any:
    """Return the value of a printed formula at integer letters.

    Raises Unread, NoValue where there is none, and where cases that hold disagree.

    >>> value(r"-\\dfrac{n(n + 1)}{2}", {"n": 4}), value(r"(-1)^{n} n^2 + 2t", {"n": 3, "t": 1})
    (-10, -7)
    >>> value(r"\\left\\lfloor \\tfrac{n - 1}{3} \\right\\rfloor + (2n \\bmod 3)", {"n": 5})
    2
    >>> rows = r"1 & \\text{if } n \\le 3, \\\\ n & \\text{otherwise}."
    >>> value(r"\\begin{cases}" + rows + r"\\end{cases}", {"n": 7})
    7
    """
    if r"\begin{cases}" in latex:
        return _cases(latex, values)
    return whole(evaluated(_read(latex, _Reader.sum), values))


def holds(latex: str, values: dict[str, int]) -> bool:
    """Return whether a printed condition holds at integer letters. Raises Unread.

    >>> holds(r"1 \\le i \\le n,\\ w \\mid n", {"i": 2, "n": 4, "w": 2})
    True
    """
    return bool(evaluated(_read(latex, _Reader.condition), values))


def _cases(latex: str, values: dict[str, int]) -> Any:
    before, _, rest = latex.partition(r"\begin{cases}")
    body, _, after = rest.partition(r"\end{cases}")
    if before.strip() or after.strip(" ."):
        raise Unread(latex)
    found: list[Any] = []
    for row in re.split(r"\\\\(?:\[[^]]*\])?", body):
        said, _, when = row.strip().rstrip(".,; ").partition("&")
        # "Otherwise, if" counts only where no row before it holds.
        when, otherwise = re.subn(r"\\text\{\s*otherwise, if\s*\}", "", when)
        if otherwise and found:
            continue
        condition = re.sub(r"\\text\{\s*if\s*\}", "", when).strip().rstrip(".,; ")
        if re.fullmatch(r"\\text\{\s*(otherwise|else)\.?,?\s*\}", condition):
            if not found:
                found.append(value(said.strip().rstrip(","), values))
        elif holds(condition, values):
            found.append(value(said.strip().rstrip(","), values))
    if not found:
        raise NoValue("none of the printed cases holds")
    if len(set(found)) > 1:
        raise NoValue(f"printed cases that hold at once disagree: {found}")
    return found[0]


def _read(latex: str, part: Callable[[_Reader], str]) -> str:
    reader = _Reader(_TOKEN.findall(_NOISE.sub(" ", latex)))
    text = part(reader)
    if reader.rest:
        raise Unread(f"{' '.join(reader.rest)} in {latex}")
    return text


class _Reader:
    """Turns LaTeX into the text that the reference evaluates."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.rest = list(tokens)

    @property
    def next(self) -> str:
        return self.rest[0] if self.rest else ""

    def take(self, wanted: str | None = None) -> str:
        if not self.rest or (wanted is not None and self.rest[0] != wanted):
            raise Unread(f"{wanted} is not there: {' '.join(self.rest)}")
        return self.rest.pop(0)

    def words(self) -> str:
        """Return the words of a \\text that comes next, "" where none does."""
        if self.next != r"\text":
            return ""
        return "".join(self.rest[2 : self.rest.index("}")])

    def skip_words(self) -> None:
        del self.rest[: self.rest.index("}") + 1]

    def condition(self) -> str:
        text = self.joined()
        while self.words() == "or":
            self.skip_words()
            text = f"({text}) | ({self.joined()})"
        return text

    def joined(self) -> str:
        text = f"({self.relation()})"
        while self.next in (",", r"\ ") or self.words() == "and":
            if self.next in (",", r"\ "):
                self.take()
                if self.next == r"\ ":
                    self.take()
            else:
                self.skip_words()
            text += f" & ({self.relation()})"
        return text

    def relation(self) -> str:
        if self.words() == "always":
            self.skip_words()
            return "True"
        if self.words() == "not":
            self.skip_words()
            self.take("(")
            inner = self.condition()
            self.take(")")
            return f"~({inner})"
        if self.next == "(":
            # A bracket opens a condition or a term; whichever can be read to its end.
            kept = list(self.rest)
            try:
                self.take("(")
                inner = self.condition()
                self.take(")")
                if "<" in inner or ">" in inner or "=" in inner:
                    return inner
            except Unread:
                pass
            self.rest = kept
        left = self.sum()
        if self.next in (r"\mid", r"\nmid"):
            sign = self.take()
            return f"{'Eq' if sign == chr(92) + 'mid' else 'Ne'}(Mod({self.sum()}, {left}), 0)"
        parts = []
        while self.next in _RELATIONS:
            sign = _RELATIONS[self.take()]
            right = self.sum()
            parts.append(f"(({left}) {sign} ({right}))")
            left = right
        if not parts:
            raise Unread(f"{left} is no condition")
        return " & ".join(parts)

    def sum(self) -> str:
        text = ""
        if self.next in ("-", "+"):
            text = self.take()
        text += self.product()
        while self.next in ("+", "-"):
            text += f" {self.take()} {self.product()}"
        return text

    def product(self) -> str:
        text = self.power()
        while True:
            if self.next == r"\bmod":
                self.take()
                text = f"Mod({text}, {self.power()})"
                if self._factor():
                    raise Unread("what follows a remainder's divisor may belong to it")
            elif self.next in (r"\cdot", r"\times"):
                self.take()
                text = f"{text}*{self.power()}"
            elif self._factor():
                text = f"{text}*{self.power()}"
            else:
                return text

    def _factor(self) -> bool:
        opening = ("(", "|", r"\lvert", r"\dfrac", r"\tfrac", r"\frac", r"\binom", *_PAIRS, *_LISTS)
        return self.next in opening[:1] + opening[2:] or self.next.isalnum()

    def power(self) -> str:
        base = self.atom()
        if self.next == "_":
            raise Unread("an index")
        if self.next == "!":
            self.take()
            base = f"factorial({base})"
        if self.next == "^":
            self.take()
            return f"({base})**({self.group()})"
        return base

    def group(self) -> str:
        if self.next != "{":
            token = self.take()
            # \tfrac12 and x^23 take one digit each.
            if token.isdigit() and len(token) > 1:
                self.rest.insert(0, token[1:])
                token = token[0]
            return token
        self.take("{")
        text = self.sum()
        self.take("}")
        return f"({text})"

    def atom(self) -> str:
        token = self.take()
        if token.isdigit() or (len(token) == 1 and token.isalpha()):
            return token
        if token in (r"\dfrac", r"\tfrac", r"\frac"):
            return f"({self.group()}/{self.group()})"
        if token == r"\binom":
            return f"binomial({self.group()}, {self.group()})"
        if token == "(":
            return f"({self._until(')')})"
        if token in ("|", r"\lvert"):
            return f"Abs({self._until('|' if token == '|' else chr(92) + 'rvert')})"
        if token in _PAIRS:
            closing, name = _PAIRS[token]
            return f"{name}({self._until(closing)})"
        if token in _LISTS:
            self.take("(") if self.next == "(" else self.take(r"\{")
            texts = [self.sum()]
            while self.next == ",":
                self.take()
                texts.append(self.sum())
            self.take(")") if self.next == ")" else self.take(r"\}")
            return f"{_LISTS[token]}({', '.join(texts)})"
        raise Unread(token)

    def _until(self, closing: str) -> str:
        text = self.sum()
        self.take(closing)
        return text
