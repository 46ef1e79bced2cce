r"""The chapters of a document: the files that it takes in by LaTeX's own \include.

Place in the chain: document -> **chapters** -> a pass of TeX over each. A chapter begins on a new
page, and sees the preamble, the counters and the labels of the others; nothing else.
"""

from __future__ import annotations

import re

_LINE = re.compile(r"^(?P<told>(?:[^%\\]|\\.)*)", re.DOTALL)
_INCLUDE = re.compile(r"\\include\s*\{([^{}]*)\}")


def included(text: str) -> list[tuple[str, int]]:
    r"""Return the name of each chapter and the line, from 1, that takes it in; comments are left
    out.

    >>> included("\\include{one}\n% \\include{two}\n\\includegraphics{x}")
    [('one', 1)]
    """
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if "\\include" in line and (told := _LINE.match(line)):
            found += [(name.strip(), number) for name in _INCLUDE.findall(told["told"])]
    return found
