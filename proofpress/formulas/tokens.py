"""The tokens of a formula's LaTeX, each with its column.

Place in the chain: ledger's LaTeX -> **tokens** -> tree of the formula.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from proofpress.faults.errors import PressError

_TOKEN = re.compile(r"\\(?:begin|end)\{[a-z]+\}|\\[A-Za-z]+|\\.|\d+|\S", re.DOTALL)
_TEXT = r"\text"
_LONGEST = 1_000_000  # characters of a formula


class NotRead(PressError):
    """A formula that is not understood, with the column (from 1) at which it stops being so."""

    def __init__(self, what: str, column: int, source: str) -> None:
        start = max(0, column - 25)
        around = source[start : column + 35]
        super().__init__(
            f"{what} in column {column} of the formula",
            f"at {around!r}",
            "write it as the press prints formulas, or teach proofpress.formulas to read it",
        )
        self.column = column


class Token(NamedTuple):
    """A command, a sign, a numeral, or a whole \\text{...} (then `sign` is \\text)."""

    sign: str
    column: int
    text: str = ""


def tokens(source: str) -> list[Token]:
    """Return the tokens of LaTeX in mathematical mode, without its spaces.

    Raises NotRead for a text that is not closed.

    >>> [token.sign for token in tokens(r"12n \\le \\text{if }")]
    ['12', 'n', '\\\\le', '\\\\text']
    """
    if len(source) > _LONGEST:
        raise NotRead("a formula of more than a million characters", 1, source)
    found, at = [], 0
    while match := _TOKEN.search(source, at):
        sign, at = match[0], match.end()
        column = match.start() + 1
        if sign != _TEXT:
            found.append(Token(sign, column))
            continue
        if source[at : at + 1] != "{":
            raise NotRead("a text without braces", column, source)
        end = _closing(source, at)
        found.append(Token(sign, column, source[at + 1 : end]))
        at = end + 1
    return found


def _closing(source: str, at: int) -> int:
    """Return where the brace that opens at `at` is closed."""
    depth, k = 0, at
    while k < len(source):
        if source[k] == "\\":
            k += 1
        elif source[k] in "{}":
            depth += 1 if source[k] == "{" else -1
            if not depth:
                return k
        k += 1
    raise NotRead("a brace that is not closed", at + 1, source)
