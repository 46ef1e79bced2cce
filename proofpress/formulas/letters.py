"""Letters and labels as they stand in LaTeX: n, n_{1}, \\alpha, \\mathrm{rows}, n'.

Place in the chain: tokens -> **letters** -> tree of the formula.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache

from proofpress.formulas.tokens import NotRead, Token


class Cursor:
    """A place between tokens, from which a reader takes one after another."""

    def __init__(self, found: list[Token], source: str) -> None:
        self.found, self.source, self.at = found, source, 0

    @property
    def sign(self) -> str:
        """Return the next token's sign, nothing at the end."""
        return self.found[self.at].sign if self.at < len(self.found) else ""

    def ahead(self, steps: int = 1) -> str:
        """Return the sign of a token after the next one."""
        return self.found[self.at + steps].sign if self.at + steps < len(self.found) else ""

    @property
    def token(self) -> Token:
        """Return the next token; raises NotRead at the end."""
        if self.at >= len(self.found):
            raise NotRead("the formula ends too early", len(self.source) + 1, self.source)
        return self.found[self.at]

    def take(self, *wanted: str) -> Token:
        """Return the next token and step over it; raises NotRead where another one is wanted."""
        if wanted and (self.at >= len(self.found) or self.sign not in wanted):
            raise self.fault(f"{self.sign or 'the end'} instead of {' or '.join(wanted)}")
        token = self.token
        self.at += 1
        return token

    def taken(self, *signs: str) -> bool:
        """Return whether the next tokens are these, having stepped over them if so."""
        if [token.sign for token in self.found[self.at : self.at + len(signs)]] != list(signs):
            return False
        self.at += len(signs)
        return True

    def text(self, *wanted: str) -> str:
        """Return the words of the text that comes next and step over it; nothing if others do."""
        if self.sign == r"\text" and (words := self.token.text.strip()) in wanted:
            self.at += 1
            return words
        return ""

    def fault(self, what: str) -> NotRead:
        """Return an error at the next token."""
        at_end = self.at >= len(self.found)
        column = len(self.source) + 1 if at_end else self.found[self.at].column
        return NotRead(what, column, self.source)

    def stands_at_letter(self) -> bool:
        """Return whether a letter comes next."""
        return _is_latin(self.sign) or self.sign == r"\mathrm" or is_greek(self.sign[1:])

    def letter(self) -> str:
        """Return the name of the letter that comes next and step over it."""
        if self.sign == r"\mathrm":
            name = self.word()
            if len(name) == 1:
                raise self.fault(f"the single letter {name} upright")
        elif self.stands_at_letter():
            name = self.take().sign.removeprefix("\\")
        else:
            raise self.fault(f"{self.sign or 'the end'} instead of a letter")
        if self.taken("_"):
            name += "_" + self._index()
        while self.taken("'"):
            name += "'"
        return name

    def word(self) -> str:
        """Return what stands in \\mathrm{...} and step over it."""
        self.take(r"\mathrm")
        self.take("{")
        name = ""
        while self.sign != "}":
            sign = self.take().sign
            if not (sign.isascii() and sign.isalnum()) and sign != ",":
                self.at -= 1
                raise self.fault(f"{sign} in a name")
            name += sign.replace(",", "_")
        self.take("}")
        if not name:
            raise self.fault("a name without letters")
        return name

    def _index(self) -> str:
        self.take("{")
        if self.sign == r"\mathrm":
            name = self.word()
        elif self.sign.isdigit() or self.stands_at_letter():
            name = self.take().sign.removeprefix("\\")
        else:
            raise self.fault(f"{self.sign or 'the end'} as an index")
        self.take("}")
        return name

    def label(self) -> str:
        """Return the label of a part: words, or a matrix with its index and a note."""
        if self.sign == r"\text":
            return plain_text(self.take().text, self.fault)
        name = self.letter()
        if self.sign == r"\text":
            name += plain_text(self.take().text, self.fault)
        return name


def plain_text(words: str, fault: Callable[[str], NotRead]) -> str:
    """Return a text without the backslashes before its special signs."""
    plain, at = "", 0
    while at < len(words):
        if words[at] == "\\":
            at += 1
            if words[at : at + 1] not in tuple("_&%#$"):
                raise fault(f"the command \\{words[at : at + 1]} in a text")
        elif words[at] in "{}$#%&_^~":
            raise fault(f"the sign {words[at]} in a text")
        plain += words[at : at + 1]
        at += 1
    return plain


@lru_cache(maxsize=256)
def is_greek(name: str) -> bool:
    """Return whether a command's name is that of a Greek letter.

    Unicode is asked, not the list of letters that the printer has: if that held the name of another
    command, both would take what it prints for a letter.

    >>> [is_greek(name) for name in ("lambda", "Omega", "oMEGA", "in")]
    [True, True, False, False]
    """
    if not name[1:].islower():
        return False
    size = "CAPITAL" if name[0].isupper() else "SMALL"
    spelled = name.upper().replace("LAMBDA", "LAMDA")
    try:
        return bool(unicodedata.lookup(f"GREEK {size} LETTER {spelled}"))
    except KeyError:
        return False


def _is_latin(sign: str) -> bool:
    return len(sign) == 1 and sign.isascii() and sign.isalpha()
