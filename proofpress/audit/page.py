"""Changes as a small PDF.

Place in the chain: changes -> **a page to read**.
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from proofpress.audit.difference import KINDS, Change
from proofpress.documents.latex import escape
from proofpress.faults.errors import PressError
from proofpress.latex.characters import missing
from proofpress.latex.mathematics import checked_mathematics
from proofpress.latex.shared import TYPE
from proofpress.typeset.compile import TypesettingError, typeset
from proofpress.typeset.engine import find

_HEAD = r"""\documentclass[10pt]{article}
\usepackage[a4paper, margin=22mm]{geometry}
\usepackage[T1]{fontenc}
\usepackage{lmodern,amsmath,array,longtable,graphicx}
\usepackage{xcolor}\makeatletter
%s\makeatother
\setlength\parindent{0pt}\setlength\emergencystretch{4em}\sloppy\raggedright
\newcolumntype{L}[1]{>{\raggedright\arraybackslash}p{#1}}
% \shown{formula}: in its own size where it fits into the column and on the page, else somewhat
% smaller; a much wider one is broken.
\newsavebox\shownbox
\newcommand\shown[1]{\sbox\shownbox{$#1$}\edef\shownheight{\the\ht\shownbox}%
  \ifdim\wd\shownbox>\linewidth\sbox\shownbox{\resizebox{\linewidth}{!}{\usebox\shownbox}}\fi
  \ifdim\dimexpr\ht\shownbox+\dp\shownbox>.8\textheight
    \sbox\shownbox{\resizebox{!}{.8\textheight}{\usebox\shownbox}}\fi
  \ifdim\ht\shownbox<.6\dimexpr\shownheight\relax{$#1$}\else\usebox\shownbox\fi}
\nofiles
\begin{document}
"""
_LONGEST = 400  # characters of a state; a page shows that it changed, not all of it
_WORD = 12  # characters of a word that is not broken


def write(changes: Sequence[Change], old: str, new: str, into: Path, engine: str) -> None:
    """Typeset the changes from `old` to `new`, kind by kind, and put the PDF at `into`."""
    with tempfile.TemporaryDirectory() as place:
        main = Path(place) / "changes.tex"
        into.parent.mkdir(parents=True, exist_ok=True)

        def print_(changes: Sequence[Change]) -> None:
            main.write_text(source(changes, old, new), encoding="utf-8")
            typeset(main, into, engine=find(engine), store=Path(place) / "store")

        try:
            print_(changes)
        except TypesettingError:
            # A PDF from elsewhere can hold formulas that TeX refuses; their LaTeX is printed then.
            print_([replace(change, mathematics=False) for change in changes])


def source(changes: Sequence[Change], old: str, new: str) -> str:
    """Return the LaTeX of that page, which no change can make too wide."""
    lines = [
        _HEAD.replace("%s", TYPE, 1),
        rf"\textbf{{\large Changes}}\par From {_text(old)} to {_text(new)}.\par",
    ]
    if not changes:
        lines.append("Nothing changed.")
    for kind in KINDS:
        mine = [change for change in changes if change.kind == kind]
        if mine:
            lines.append(rf"\section*{{{kind.capitalize()}s}}")
            lines.append(
                r"\begin{longtable}{@{}L{48mm}L{54mm}L{54mm}@{}}what&before&after\\\hline\endhead"
            )
            lines += [
                rf"{_text(c.what)}&{_state(c, c.before)}&{_state(c, c.after)}\\[2pt]" for c in mine
            ]
            lines.append(r"\end{longtable}")
    return "\n".join([*lines, r"\end{document}", ""])


def _state(change: Change, state: str) -> str:
    """Return a state as mathematics, when it is harmless: a PDF from elsewhere can carry
    anything."""
    if not change.mathematics or len(state) > _LONGEST:
        return _text(state)
    try:
        return f"\\shown{{{checked_mathematics(state)}}}"
    except PressError:
        return _text(state)


def _text(text: str) -> str:
    """Text that may break after its dots and strokes, and anywhere in a word that is long."""
    short = text if len(text) <= _LONGEST else text[:_LONGEST] + " ..."
    short = unicodedata.normalize("NFC", short)
    printable = "".join(f"U+{ord(sign):04X}" if missing(sign) else sign for sign in short)
    return " ".join(map(_broken, printable.split()))


def _broken(word: str) -> str:
    pieces = re.findall(r"[^._/]*[._/]?", word)
    if any(len(piece) > _WORD for piece in pieces):
        pieces = [*word]
    return r"\allowbreak{}".join(str(escape(piece)) for piece in pieces if piece)
