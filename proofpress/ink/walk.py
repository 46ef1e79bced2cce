"""A reading taken sign by sign, and written as `proofpress.ledger.expressions` writes closed forms.

Place in the chain: ink -> reading -> **expression** -> value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from proofpress.faults.errors import PressError
from proofpress.ink.readings import of_latex
from proofpress.latex.names import letter_latex

_WORDS = r"⟩/⟨|⟩¦⟨|[\^_]⟨|\d+|otherwise|if|max|min|mod|or(?=\()|not(?=\()|."
_OPEN = {"(": ("(", ")"), "⟨": ("(", "⟩"), "⌊": ("floor(", "⌋"), "⌈": ("ceiling(", "⌉")}
_RELATIONS = {"≤": "<=", "≥": ">=", "<": "<", ">": ">", "=": "==", "≠": "!="}
_KEYWORDS = ("otherwise", "if", "mod", "or", "not")
_DEEPEST = 60  # brackets within brackets

Made = TypeVar("Made")


class NotRead(Exception):
    """A reading that is no formula of numbers: a set, a sum, a change of letters."""


class Walk:
    """A walk over a reading; the letters are those of the claim, by their names."""

    def __init__(self, reading: str, letters: Iterable[str] = ()) -> None:
        self.names = {_shown(name): name for name in letters}
        longest = sorted((shown for shown in self.names if len(shown) > 1), key=len, reverse=True)
        pattern = "|".join([*map(re.escape, longest), _WORDS])
        self.tokens: Sequence[str] = re.findall(pattern, reading)
        self.at, self.bars, self.depth = 0, 0, 0

    def peek(self) -> str:
        """Return the next token, nothing at the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        """Return the next token, stepped over. Raises NotRead where another one is wanted."""
        token = self.peek()
        if not token or (wanted and token != wanted):
            raise NotRead(f"{token or 'the end'} instead of {wanted or 'a sign'}")
        self.at += 1
        return token

    def tried(self, what: Callable[[], Made]) -> Made | None:
        """Return what can be read here, None where that is something else; then no step is
        taken."""
        place = self.at, self.bars, self.depth
        try:
            return what()
        except NotRead:
            self.at, self.bars, self.depth = place
            return None

    def sides(self) -> list[str]:
        """Return the sides of all relations, one after another; cases and a formula are one
        side."""
        if self.peek() == "{":
            return [self.cases()]
        found = self.chain()[0]
        while self.peek() == ",":
            self.take()
            found += self.chain()[0]
        return found

    def cases(self) -> str:
        """Cases, each with its condition."""
        self.take("{")
        pieces = []
        while self.peek() and self.peek() != ")":
            piece = self.sum()
            if self.peek() == "otherwise" and self.tokens[self.at + 1 : self.at + 3] != [",", "if"]:
                self.take()
                pieces.append(f"({piece}, True)")
            else:
                if self.peek() == "otherwise":
                    self.take()
                    self.take(",")
                self.take("if")
                pieces.append(f"({piece}, {self.conditions()})")
            if self.peek() in (",", ".", ";"):
                self.take()
        return f"Piecewise({', '.join(pieces)})"

    def conditions(self) -> str:
        """Return conditions between commas, as far as no next case begins."""
        found = [self.condition()]
        while self.peek() == "," and not self.tried(self._next_case):
            more = self.tried(lambda: (self.take(","), self.condition())[1])
            if more is None:
                break
            found.append(more)
        return found[0] if len(found) == 1 else f"And({', '.join(found)})"

    def _next_case(self) -> bool:
        """Return whether a case begins after the comma; no step is taken either way."""
        start = self.at
        self.take(",")
        self.sum()
        begins = self.peek() in ("if", "otherwise")
        self.at = start
        if not begins:
            raise NotRead("no case")
        return True

    def condition(self) -> str:
        """Return one condition."""
        if self.peek() == "not":
            self.take()
            return f"Not({self._group()})"
        if self.peek() == "(" and (first := self.tried(self._group)) is not None:
            found = [first]
            while self.peek() == "or":
                self.take()
                found.append(self._group())
            return found[0] if len(found) == 1 else f"Or({', '.join(found)})"
        sides, signs = self.chain()
        if self.peek() == "|" and not signs:
            self.take()
            return f"Eq(Mod({self.sum()}, {sides[0]}), 0)"
        if not signs:
            raise NotRead("a number instead of a condition")
        made = sides[0]
        for sign, side in zip(signs, sides[1:], strict=True):
            made += sign + side
        return made

    def _group(self) -> str:
        self.take("(")
        self._deeper()
        made = self.conditions()
        self.depth -= 1
        self.take(")")
        return made

    def chain(self) -> tuple[list[str], list[str]]:
        """Return the sides of a chain of relations, and the relations."""
        sides, signs = [self.sum()], []
        while self.peek() in _RELATIONS:
            signs.append(_RELATIONS[self.take()])
            sides.append(self.sum())
        return sides, signs

    def sum(self) -> str:
        """Return terms with their signs."""
        made = ""
        while True:
            if self.peek() in ("+", "−"):
                made += self.take().replace("−", "-")
            elif made:
                return made
            made += self.product()

    def product(self) -> str:
        """Factors, with and without a sign between them."""
        made = self.factor()
        while True:
            token = self.peek()
            if token in ("×", "·"):
                self.take()
            elif token == "|" and not self.bars:
                # Two bars are an absolute value, one says that a number divides another.
                more = self.tried(self.factor)
                if more is None:
                    return made
                made += "*" + more
                continue
            elif not self._begins_factor(token):
                return made
            made += "*" + self.factor()

    def _begins_factor(self, token: str) -> bool:
        if token in _KEYWORDS and token not in self.names:
            return False
        return token in _OPEN or token in self.names or token.isalnum()

    def factor(self) -> str:
        """Return an atom with its factorial sign and exponent."""
        made = self.atom()
        if self.peek() == "_⟨":
            raise NotRead("a letter with an index")
        if self.peek() == "!":
            self.take()
            made = f"factorial({made})"
        if self.peek() == "^⟨":
            self.take()
            made += f"**({self.sum()})"
            self.take("⟩")
        return made

    def atom(self) -> str:
        """Return a number, a letter, or what stands between two signs."""
        self._deeper()
        made = self._atom(self.take())
        self.depth -= 1
        return made

    def _atom(self, token: str) -> str:
        if token in self.names:
            return self.names[token]
        if token in ("max", "min"):
            self.take("(")
            made = self.sum()
            while self.peek() == ",":
                self.take()
                made += ", " + self.sum()
            self.take(")")
            return f"{token.capitalize()}({made})"
        if token == "|":
            self.bars += 1
            made = f"Abs({self.sum()})"
            self.bars -= 1
            self.take("|")
            return made
        if token in _OPEN:
            return self._fenced(token)
        if token.isdigit() or (len(token) == 1 and token.isalpha()):
            return token
        raise NotRead(token)

    def _fenced(self, token: str) -> str:
        opening, closing = _OPEN[token]
        bars, self.bars = self.bars, 0
        made = self.cases() if token == "(" and self.peek() == "{" else self.sum()
        if token == "(" and self.peek() == "mod":
            self.take()
            made, opening = f"Mod({made}, {self.factor()}", ""
        elif token == "⟨":
            sign = self.take()
            if sign not in ("⟩/⟨", "⟩¦⟨"):
                raise NotRead(sign)
            under = self.sum()
            made = f"binomial({made}, {under}" if sign == "⟩¦⟨" else f"(({made})/({under})"
            opening = ""
        self.take(closing)
        self.bars = bars
        return opening + made + ")"

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise NotRead("too many brackets within brackets")


def _shown(name: str) -> str:
    """Return a letter as it reads on the page: α, n_⟨1⟩, rows."""
    try:
        return of_latex(letter_latex(name))
    except PressError as error:
        raise NotRead(error.what) from error
