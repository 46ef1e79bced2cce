"""Which template line each line of the assembled document came from.

Place in the chain: template -> document -> TeX's complaint -> **the author's line**. Every line
of template text carries an invisible mark through loops, macros and includes; the finished
document is stripped of them, and what they said is kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import TemplateSyntaxError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

# Private-use characters: TeX would refuse them, so no author's text can hold them on purpose.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([^{_CLOSE}]*):(\\d+){_CLOSE}")
_LEADING = re.compile(f"(?:\\s*{_MARK.pattern})+")
_COMMENT = re.compile(r"\\COMMENT\{([^}]*)")
BRACE = "a comment holds a {"


class Marks(Extension):
    """Puts a mark at the start of each line of template text."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source as it is. Raises TemplateSyntaxError for a comment that holds a brace:
        it would end at the first that closes, and the rest of it be printed."""
        for found in _COMMENT.finditer(source):
            if "{" in found[1]:
                line = source.count("\n", 0, found.start()) + 1
                raise TemplateSyntaxError(BRACE, line, name, filename)
        return source

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens; template text is marked, and so is what is printed before any."""
        if stream.current.type == "variable_begin":
            mark = f"{_OPEN}{stream.name}:{stream.current.lineno}{_CLOSE}"
            yield Token(stream.current.lineno, "data", mark)
        for token in stream:
            if token.type != "data":
                yield token
                continue
            lines = token.value.split("\n")
            marked = (
                f"{_OPEN}{stream.name}:{token.lineno + k}{_CLOSE}{line}"
                for k, line in enumerate(lines)
            )
            yield Token(token.lineno, token.type, "\n".join(marked))


def strip(marked: str) -> tuple[str, list[tuple[str, int]]]:
    """Return the text without its marks, and for each of its lines the template and line it came
    from.

    >>> strip("\\ue000a.tex:3\\ue001x\\nmore\\n\\ue000a.tex:4\\ue001y")
    ('x\\nmore\\ny', [('a.tex', 3), ('a.tex', 3), ('a.tex', 4)])
    """
    last = ("", 0)
    lines, origins = [], []
    for line in marked.split("\n"):
        # Of the marks before the first letter the last one counts: those before it end lines
        # of which nothing was printed, such as a loop's.
        if leading := _LEADING.match(line):
            last = (leading[1], int(leading[2]))
        origins.append(last)
        lines.append(_MARK.sub("", line))
        for name, number in _MARK.findall(line)[-1:]:
            last = (name, int(number))
    return "\n".join(lines), origins
