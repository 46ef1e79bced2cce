"""Code and plain output as lines of LaTeX: highlighted, wrapped, and breakable over pages.

Each printed line is one macro of notebook.sty with its text as the argument. No verbatim
environment takes part, so the lines can stand anywhere, and no text in them can end them. TeX,
which knows the width, wraps a line that is too long: where it may is said in the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, Operator, String, Token
from pygments.util import ClassNotFound

from proofpress.latex.drawn import any_verbatim, spelled

# Lines of up to so many columns fit any width; in others TeX is told where they may be broken:
# behind a sign that letters follow, and anywhere in what is longer than a word.
FITTING = 40
_IN_WORD = r"[^\s,()[\]{}=+*/|\-:.;]"
_PARTS = re.compile(rf"(?<=[,([{{=+*/|\-:.;])(?={_IN_WORD})")
_LONG = re.compile(rf"{_IN_WORD}{{25,}}|\s{{25,}}")
HANGING = 4
SUMMABLE = 1000  # columns
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
    lines = map(_named, _highlighted(source, language))
    return [_latex(part, where) for line in lines for part in _summable(line)]


def text_lines(lines: Iterable[Line], where: str, *, whole: bool = False) -> list[str]:
    """Return the printed lines of an output, each as LaTeX; `whole` if none is to be broken."""
    parts = (part for line in lines for part in _summable(_named(line)))
    return [_latex(part, where, whole) for part in parts]


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


def _summable(line: Line) -> Iterator[Line]:
    """Yield the line in parts whose width TeX can still add up."""
    part: Line = []
    room = SUMMABLE
    for macro, text in line:
        while len(text) > room:
            yield [*part, (macro, text[:room])]
            text, part, room = text[room:], [], SUMMABLE
        part.append((macro, text))
        room -= len(text)
    yield part


def _named(line: Line) -> Line:
    """Return a line with the names of the signs that no font has."""
    return [
        ("Named" if is_name else macro, part)
        for macro, text in line
        for is_name, part in spelled(text)
    ]


def _latex(line: Line, where: str, whole: bool = False) -> str:
    text = "".join(text for _, text in line)
    breaks = [] if whole else _breaks(text)
    long = rf"\nbLong{{{len(text) - len(text.lstrip()) + HANGING}}}" if breaks else ""
    printed, end = "", 0
    for macro, text in line:
        cuts = [at - end for at in breaks if end < at < end + len(text)]
        end += len(text)
        parts = [text[a:b] for a, b in pairwise([0, *cuts, len(text)])]
        shown = r"\nbSplit{}".join(any_verbatim(part, where) for part in parts)
        # TeX drops a space at the start of the line, after another, and after a colour.
        if shown.startswith(" ") and (macro or not printed or printed[-1] in " ~"):
            shown = "~" + shown[1:]
        printed += f"\\nb{macro}{{{shown}}}" if macro else shown
        if end in breaks:
            printed += r"\nbSplit{}"
    return long + printed.rstrip(" ~")


def _breaks(text: str) -> list[int]:
    """Return where a long line may be broken beside at its spaces.

    >>> _breaks("short = 1"), _breaks("a_name(one,two)" + " and" * 9), _breaks("x" * 41)[:3]
    ([], [7, 11], [1, 2, 3])
    """
    if len(text) <= FITTING:
        return []
    anywhere = (at for word in _LONG.finditer(text) for at in range(word.start() + 1, word.end()))
    return sorted({*(found.start() for found in _PARTS.finditer(text)), *anywhere})


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
