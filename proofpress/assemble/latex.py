"""Text that is LaTeX already, and the escaping of all text that is not.

Place in the chain: the gate of the document. Whatever a template prints passes here; only what
carries the type `Latex` (or came out of a macro) passes unescaped.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from pylatex.utils import escape_latex

# PyLaTeX leaves these alone. In T1 fonts they form ligatures or stand for other signs.
_BEYOND_PYLATEX = str.maketrans(
    {
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        '"': r"\textquotedbl{}",
        "'": r"'{}",
        "`": r"\textasciigrave{}",
        ",": ",{}",
    }
)


class Latex(Markup):
    """A string that is LaTeX already. Joining it with other text escapes that text.

    >>> print(Latex("$n$") + " & 5 %")
    $n$ \\& 5 \\%
    """

    __slots__ = ()

    @classmethod
    def escape(cls, s: Any) -> Latex:
        """`s` as LaTeX: what has the type already as it is, all else escaped."""
        return escape(s)


def escape(value: Any) -> Latex:
    """The LaTeX that prints `value` letter by letter, whatever it contains.

    >>> print(escape("100 % of $5 & #1_a"), escape("{b} ^ \\\\ <"))
    100 \\% of \\$5 \\& \\#1\\_a \\{b\\} \\^{} \\textbackslash{} \\textless{}
    """
    if hasattr(value, "__html__"):
        return Latex(value)
    text = str(value).replace("\r\n", "\n").replace("\n", " ")
    return Latex(escape_latex(text).translate(_BEYOND_PYLATEX))
