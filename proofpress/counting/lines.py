"""Terms joined by their signs, and long sums cut into the lines of an aligned block.

Place in the chain: definition -> derivation -> proof -> **figure, template**.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# About so many characters of mathematics fit into 160 mm at 11 pt, with room for a margin.
WIDEST = 76

_OPENING = ("(", "{", r"\left", r"\lvert")
_CLOSING = (")", "}", r"\right", r"\rvert")
_FENCE_OR_SIGN = re.compile(r"\\(?:left|right|lvert|rvert)(?![A-Za-z])|[(){}]| [+-]")


def visible(text: str) -> int:
    """Return about how many characters wide a formula is printed.

    >>> visible(r"\\dfrac{n(n + 1)}{2}")
    8
    """
    plain = re.sub(r"\\[a-zA-Z]+|[{}\\&^_ ]", "", text)
    return len(plain) + plain.count("+") + plain.count("-") + plain.count("=")


def in_lines(text: str) -> list[str]:
    """Return a sum cut between its terms into lines that fit the text width.

    >>> in_lines("a + b")
    ['a + b']
    """
    lines, current, depth = [], "", 0
    for piece in re.split(r"( [+-] )", text):
        if piece in (" + ", " - ") and depth == 0 and visible(current) > WIDEST / 2:
            lines.append(current)
            current = piece.strip() + " "
        else:
            current += piece
            depth += piece.count("(") + piece.count("{") - piece.count(")") - piece.count("}")
    if lines and visible(current) < WIDEST / 6:
        return [*lines[:-1], f"{lines[-1]} {current}"]
    return [*lines, current]


def broken(text: str) -> str:
    """Return a long sum as lines of an aligned block, a short one as it is.

    >>> broken("a + b")
    'a + b'
    """
    if visible(text) <= WIDEST:
        return text
    body = r" \\ &\quad ".join(in_lines(text))
    return rf"\begin{{aligned}} &{body} \end{{aligned}}"


def equated(first: str, second: str) -> str:
    """Return first = second, on lines of their own where one line would be too long.

    >>> equated("a + b", "c")
    'a + b = c'
    """
    if visible(first) + visible(second) <= WIDEST:
        return f"{first} = {second}"
    left, right = (r" \\ &\quad ".join(in_lines(side)) for side in (first, second))
    return rf"\begin{{aligned}} &{left} \\ &= {right} \end{{aligned}}"


def is_sum(text: str) -> bool:
    """Return whether a term's LaTeX needs brackets beside a factor: a sum, or a sign before it.

    >>> is_sum("2n - 1"), is_sum("-n"), is_sum("n(n + 1)"), is_sum("")
    (True, True, False, False)
    >>> is_sum(r"\\left\\lfloor n + 1 \\right\\rfloor")
    False
    """
    depth = 0
    for found in _FENCE_OR_SIGN.findall(text):
        depth += (found in _OPENING) - (found in _CLOSING)
        if not depth and found in (" +", " -"):
            return True
    return text.startswith("-")


def joined(texts: Iterable[str]) -> str:
    """Return terms joined by their signs.

    >>> joined(["a", "-b", "c"])
    'a - b + c'
    """
    first, *others = texts
    signed = (f" - {text[1:]}" if text.startswith("-") else f" + {text}" for text in others)
    return first + "".join(signed)
