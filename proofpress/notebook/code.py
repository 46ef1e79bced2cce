"""Code and plain output as lines of LaTeX: highlighted, wrapped, and breakable over pages.

Each printed line is one macro of notebook.sty with its text as the argument. No verbatim
environment takes part, so the lines can stand anywhere, and no text in them can end them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, Operator, String, Token
from pygments.util import ClassNotFound

from proofpress.latex.characters import latex_verbatim

# Columns that fit the width of the page at the size that notebook.sty sets.
COLUMNS = 100
LEAST_FILLED = 0.5
HANGING = 4
# Cells of up to so many lines are kept whole.
SHORT = 12

# The first kind that a token belongs to gives its macro; the others print plain.
MACROS = (
    (Comment, "Comment"),
    (Keyword, "Keyword"),
    (Operator.Word, "Keyword"),
    (String, "String"),
    (Number, "Number"),
    (Name.Function, "Name"),
    (Name.Class, "Name"),
    (Name.Decorator, "Name"),
    (Name.Builtin, "Builtin"),
    (Name.Exception, "Builtin"),
)

# A line is a run of pieces, each a macro's name ('' for plain text) and its text.
Piece = tuple[str, str]
Line = list[Piece]


def code_lines(source: str, language: str, where: str) -> list[str]:
    """Return the printed lines of a piece of code, each as LaTeX with highlighting."""
    printed = []
    for line in _highlighted(source, language):
        for place, part in enumerate(wrapped(line, COLUMNS)):
            printed.append(_latex(part, where, continued=place > 0))
    return printed


def text_lines(text: str, where: str) -> list[str]:
    """Return the printed lines of plain text, wrapped as code is."""
    printed = []
    for line in text.expandtabs(8).splitlines():
        for place, part in enumerate(wrapped([("", line.rstrip())], COLUMNS)):
            printed.append(_latex(part, where, continued=place > 0))
    return printed


def breaks_after(lines: Sequence[str], least: int = 3, short: int = SHORT) -> list[str]:
    """Return the macro that allows a page break after each line, or '' where none may come.

    At most `short` lines stay together, and so do the first and the last `least` of more. A line
    that opens a block or a bracket keeps the next, and the end of a run of empty lines is the
    best place. Lines that are boxes without glue break nowhere else.

    >>> breaks_after(["a", "", "", "b", "c:", "d"], 1, 3)
    ['\\\\nbBreak', '', '\\\\nbGoodBreak', '\\\\nbBreak', '', '']
    """
    if len(lines) <= short:
        return [""] * len(lines)
    places = []
    for index, line in enumerate(lines):
        last = index >= len(lines) - least
        if index < least - 1 or last or line.endswith((":", "(", "[", r"\{")):
            places.append("")
        elif line:
            places.append(r"\nbBreak")
        else:
            places.append(r"\nbGoodBreak" if lines[index + 1] else "")
    return places


def wrapped(line: Line, columns: int) -> list[Line]:
    """Return the line in parts of at most `columns` characters, broken where a reader would.

    Parts after the first are shorter by their indent, which stands in them as spaces.

    >>> for part in wrapped([("Name", "total"), ("", " = 1 + 2 + 3")], 12):
    ...     print(part)
    [('Name', 'total'), ('', ' = 1 + ')]
    [('', '    '), ('', '2 + 3')]
    """
    parts = []
    rest = line
    indent = 0
    text = "".join(text for _, text in line)
    hanging = min(len(text) - len(text.lstrip()) + HANGING, columns // 3)
    while (text := "".join(text for _, text in rest)) and indent + len(text) > columns:
        cut = _place_to_break(text, columns - indent)
        first, rest = _split(rest, cut)
        parts.append(_indented(first, indent))
        indent = hanging
    parts.append(_indented(rest, indent))
    return parts


def _place_to_break(text: str, room: int) -> int:
    # Only beyond the text's own indent, or the first part would be empty.
    start = max(int(room * LEAST_FILLED), len(text) - len(text.lstrip()) + 1)
    for separators in (" ", ",([{=+*/|-:.;"):
        for cut in range(room, start, -1):
            if text[cut - 1] in separators:
                return cut
    return room


def _split(line: Line, cut: int) -> tuple[Line, Line]:
    before: Line = []
    after: Line = []
    for macro, text in line:
        here = max(0, min(len(text), cut))
        cut -= len(text)
        if text[:here]:
            before.append((macro, text[:here]))
        if text[here:]:
            after.append((macro, text[here:]))
    return before, after


def _indented(line: Line, indent: int) -> Line:
    return [("", " " * indent), *line] if indent else line


def _latex(line: Line, where: str, *, continued: bool) -> str:
    if continued:
        # The mark stands in the indent, two columns before the text.
        (_, indent), *line = line
        line = [("", " " * (len(indent) - 2)), ("Continued", ""), *line]
    printed = ""
    for macro, text in line:
        shown = latex_verbatim(text, where)
        # TeX drops a space at the start of the line, after another, and after a colour.
        if shown.startswith(" ") and (macro or not printed or printed[-1] in " ~"):
            shown = "~" + shown[1:]
        printed += f"\\nb{macro}{{{shown}}}" if macro else shown
    return printed.rstrip(" ~")


def _highlighted(source: str, language: str) -> Iterable[Line]:
    line: Line = []
    for kind, text in _lexer(language).get_tokens(source.expandtabs(4)):
        macro = _macro(kind)
        for place, part in enumerate(text.split("\n")):
            if place:
                yield _without_end(line)
                line = []
            if part:
                line.append((macro, part))
    if line:
        yield _without_end(line)


def _without_end(line: Line) -> Line:
    while line and not line[-1][1].rstrip():
        line.pop()
    return line


def _macro(kind: Token) -> str:
    return next((name for parent, name in MACROS if kind in parent), "")


@cache
def _lexer(language: str) -> Lexer:
    try:
        return get_lexer_by_name(language, stripnl=True, ensurenl=True)
    except ClassNotFound:
        return get_lexer_by_name("text", stripnl=True, ensurenl=True)
