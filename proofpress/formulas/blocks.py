"""Aligned blocks: lines of one formula, or the rows of a table of parts.

Place in the chain: tokens -> **lines joined, rows taken apart** -> tree of the formula.
"""

from __future__ import annotations

from collections.abc import Sequence

from proofpress.formulas.tokens import NotRead, Token

BEGIN, END = r"\begin{aligned}", r"\end{aligned}"
_GOES_ON = ("+", "-", "=", "<", ">", r"\le", r"\ge", r"\ne")


def table(found: Sequence[Token], source: str) -> list[list[Token]] | None:
    """Return the rows of an aligned block with labels, None where there is no such block.

    >>> from proofpress.formulas.tokens import tokens
    >>> text = r"\\begin{aligned} W :\\quad & h &&= h \\end{aligned}"
    >>> len(table(tokens(text), text)), table(tokens("n"), "n")
    (1, None)
    """
    signs = [token.sign for token in found]
    if len(signs) < 2 or signs[0] != BEGIN or signs[-1] != END or signs.count(BEGIN) > 1:
        return None
    labelled = any(signs[k : k + 3] == [":", r"\quad", "&"] for k in range(len(signs)))
    return _lines(found[1:-1]) if labelled else None


def joined(found: Sequence[Token], source: str) -> list[Token]:
    """Return the tokens with the lines of aligned blocks as one line.

    A line but the first has to begin with a relation, or with the sign of a term. Raises NotRead.

    >>> from proofpress.formulas.tokens import tokens
    >>> text = r"\\begin{aligned} &a \\\\ &\\quad + b \\end{aligned}"
    >>> [token.sign for token in joined(tokens(text), text)]
    ['a', '+', 'b']
    """
    result: list[Token] = []
    at = 0
    while at < len(found):
        if found[at].sign != BEGIN:
            result.append(found[at])
            at += 1
            continue
        end = next((k for k in range(at, len(found)) if found[k].sign == END), None)
        if end is None:
            raise NotRead("lines without an end", found[at].column, source)
        for k, line in enumerate(_lines(found[at + 1 : end])):
            result += _line(line, k, source)
        at = end + 1
    return result


def _line(line: list[Token], position: int, source: str) -> list[Token]:
    """Return a line without its places of alignment."""
    if line and line[0].sign == "&":
        line = line[2:] if position and len(line) > 1 and line[1].sign == r"\quad" else line[1:]
    if not line or (position and line[0].sign not in _GOES_ON):
        column = line[0].column if line else len(source)
        raise NotRead("a line that does not go on with a sign", column, source)
    kept, depth = [], 0
    for k, token in enumerate(line):
        depth += token.sign.startswith(r"\begin") - token.sign.startswith(r"\end")
        if token.sign == "&" and not depth:
            if k + 1 == len(line) or line[k + 1].sign not in _GOES_ON[2:]:
                raise NotRead("an alignment before no relation", token.column, source)
            continue
        kept.append(token)
    return kept


def _lines(found: Sequence[Token]) -> list[list[Token]]:
    """Return the tokens between the line ends that belong to no inner block."""
    lines: list[list[Token]] = [[]]
    depth = 0
    for token in found:
        depth += token.sign.startswith(r"\begin") - token.sign.startswith(r"\end")
        if token.sign == r"\\" and not depth:
            lines.append([])
        else:
            lines[-1].append(token)
    return lines
