"""A small reader of LaTeX by TeX's category codes, unrelated to the code that writes it.

It knows what each character means to TeX (The TeXbook, chapter 7) and nothing of the press. It
answers two questions about a piece of LaTeX: which text it prints, and which commands, groups and
environments it is made of.
"""

from collections.abc import Container, Iterator
from typing import NamedTuple

MEANINGS = {"{": "open", "}": "close", "$": "mathematics", "&": "column", "#": "parameter"}
MEANINGS |= {"^": "superscript", "_": "subscript", "~": "tie", " ": "space", "\t": "space"}
# What commands print that may stand in escaped text, by LaTeX's own documentation.
ESCAPED = {sign: sign for sign in "{}$&#%_"} | {
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textquotedbl": '"',
    "textasciigrave": "`",
    "textquotesingle": "'",
}
# Letters that the fonts of the encoding T1 join into another sign (its documentation, table 1).
LIGATURES = ("--", "<<", ">>", ",,", "``", "''", "?`", "!`")
FORBIDDEN = ("hidden character", "control character", "comment", "parameter", "paragraph")


class Token(NamedTuple):
    """What TeX sees: a command with its name, a letter, or one of the meanings above."""

    kind: str
    sign: str


def tokens(source: str) -> Iterator[Token]:
    """The tokens of a piece of LaTeX, up to its first comment.

    >>> [token.sign for token in tokens(r"a\\& {b}")]
    ['a', '&', ' ', '{', 'b', '}']
    """
    place = 0
    while place < len(source):
        sign = source[place]
        place += 1
        if source.startswith("^^", place - 1):
            yield Token("hidden character", source[place - 1 : place + 3])
        elif sign == "\\":
            end = place
            while end < len(source) and source[end].isascii() and source[end].isalpha():
                end += 1
            end = max(end, place + 1)
            yield Token("command", source[place:end])
            # The space that ends a command's name prints nothing.
            skipped = source[place : place + 1].isalpha() and source[end : end + 1] in (" ", "\n")
            place = end + bool(skipped)
        elif sign == "%":
            yield Token("comment", source[place:])
            return
        elif sign == "\n":
            empty = source[place:].lstrip(" ").startswith("\n")
            yield Token("paragraph" if empty else "space", sign)
        elif (ord(sign) < 32 and sign != "\t") or ord(sign) == 127:
            yield Token("control character", sign)
        else:
            yield Token(MEANINGS.get(sign, "letter"), sign)


def printed(source: str) -> str:
    """The text that escaped LaTeX prints.

    Raises ValueError for whatever is no escaped text: a command that does more than print, a
    group that does not close, mathematics, columns, comments, and signs outside of groups that
    a command before the text would take as its option.

    >>> printed(r"5\\,\\%")
    Traceback (most recent call last):
    ...
    ValueError: the command ','
    """
    depth = 0
    shown = last = ""
    for token in tokens(source):
        if token.kind == "letter" and last + token.sign in LIGATURES:
            raise ValueError(f"a ligature: {last}{token.sign}")
        last = token.sign if token.kind == "letter" else ""
        match token.kind:
            case "open":
                depth += 1
            case "close" if depth:
                depth -= 1
            case "command" if token.sign in ESCAPED:
                shown += ESCAPED[token.sign]
            case "command":
                raise ValueError(f"the command {token.sign!r}")
            case "letter" if depth or token.sign not in "[]*":
                shown += token.sign
            case "space":
                shown += " "
            case _:
                raise ValueError(f"a {token.kind}: {token.sign!r}")
    if depth:
        raise ValueError("a group stays open")
    return shown


def skeleton(source: str, printing: Container[str], allowed: Container[str]) -> list[str]:
    """The commands, columns and environments of a piece of LaTeX, its text left out.

    Commands of `printing` count as text. Raises ValueError for one that is neither among them
    nor in `allowed`, for groups and environments that do not close in order, for an empty line
    or an option where none may be, and for characters that hide others.
    """
    found: list[str] = []
    opened: list[str] = []
    stream = iter(tokens(source))
    row_ended = False
    for token in stream:
        if token.kind in FORBIDDEN and not (token.kind == "paragraph" and "blocks" in allowed):
            raise ValueError(f"a {token.kind}: {token.sign!r}")
        if row_ended and token.sign in ("[", "*") and "options" not in allowed:
            raise ValueError(f"the row before takes {token.sign} as its option")
        row_ended = token == Token("command", "\\") or (row_ended and token.kind == "space")
        if token.kind == "open":
            opened.append("}")
        elif token.kind == "close":
            if not opened or opened.pop() != "}":
                raise ValueError("a group closes that was not opened")
        elif token.kind == "command" and token.sign in ("begin", "end"):
            name = _argument(stream)
            found.append(f"{token.sign} {name}")
            if token.sign == "begin":
                opened.append(name)
            elif not opened or opened.pop() != name:
                raise ValueError(f"the environment {name} ends that was not begun")
        elif token.kind == "command":
            if token.sign in allowed:
                found.append(token.sign)
            elif token.sign not in printing and token.sign not in ESCAPED:
                raise ValueError(f"the command {token.sign!r}")
        elif token.kind in ("mathematics", "column", "superscript", "subscript"):
            found.append(token.kind)
    if opened:
        raise ValueError(f"{opened} stay open")
    return found


def _argument(stream: Iterator[Token]) -> str:
    """The name in braces that comes next."""
    name = ""
    if next(stream, Token("", "")).kind == "open":
        for token in stream:
            if token.kind == "close":
                return name
            name += token.sign
    raise ValueError("an environment without a name")
