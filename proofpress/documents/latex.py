"""Text that is LaTeX already, and the escaping of all text that is not.

Place in the chain: the gate of the document. Whatever a template prints passes here; only what
carries the type `Latex` (or came out of a macro) passes unescaped.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from proofpress.faults.errors import PressError
from proofpress.latex.characters import latex_text


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
    """Return the LaTeX that prints `value` letter by letter, whatever it contains.

    Raises PressError for a character that the page's fonts lack, and for None, which is no text.

    >>> print(escape("100 % of $5 & #1_a"), escape("{b} ^ \\\\ <"))
    100 \\% of \\$5 \\& \\#1\\_a \\{b\\} \\textasciicircum{} \\textbackslash{} <
    """
    if value is None:
        mend = "give it a value, or leave the place empty where there is none"
        raise PressError("None stands where something is printed", mend=mend)
    return Latex(value if hasattr(value, "__html__") else latex_text(str(value)))
