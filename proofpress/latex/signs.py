r"""The signs of mathematics and the names of functions, as `presstype.sty` lists them.

Place in the chain: **one table** -> letters, gates for text and formulas, ink. By the same rows TeX
knows which characters a text may hold. They say how a sign is spelled, never what it means: that
is said by the printer, by `formulas/` and by the ink's reader, each for itself. `formulas/` takes
no spelling from here either: a letter's name is all that it reads of a letter, and if a row here
made a letter of another command, printer and reader would agree on a wrong text.
"""

from __future__ import annotations

import re
import unicodedata

from proofpress.latex.shared import TYPE


def _listed(macro: str) -> list[str]:
    (rows,) = re.findall(rf"\\def\\press@{macro}\{{([^}}]*)\}}", TYPE)
    return re.sub(r"%\n\s*", "", rows).split(",")


def _rows() -> dict[str, tuple[str, ...]]:
    found = {}
    for row in (row for kind in ("letter", "relation", "sign") for row in _listed(f"{kind}rows")):
        code, latex = row.split(" ")
        found[chr(int(code, 16))] = tuple(re.findall(r"\\?[A-Za-z-]+", latex))
    return found


# Characters, and the LaTeX that prints each: first what the press writes, then what else does.
SIGNS = _rows()
# The commands among that LaTeX, and their characters.
CHARACTERS = {
    latex.removeprefix("\\"): sign
    for sign, row in SIGNS.items()
    for latex in row
    if latex.startswith("\\")
}
# The Greek letters that an author may name. Of two shapes of one letter that is the plain one.
GREEK = frozenset(
    name
    for name, sign in CHARACTERS.items()
    if unicodedata.name(sign).startswith("GREEK") and not name.startswith("var")
)
FUNCTIONS = frozenset([*_listed("functions"), *_listed("barefunctions")])
