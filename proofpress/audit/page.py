"""Changes as a small PDF.

Place in the chain: changes -> **a page to read**.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from proofpress.audit.difference import KINDS, Change
from proofpress.documents.latex import escape
from proofpress.faults.errors import PressError
from proofpress.latex.characters import missing
from proofpress.latex.mathematics import checked_mathematics
from proofpress.typeset.compile import typeset
from proofpress.typeset.engine import find

_HEAD = r"""\documentclass[10pt]{article}
\usepackage[a4paper, margin=22mm]{geometry}
\usepackage[T1]{fontenc}
\usepackage{lmodern,amsmath,array,longtable}
\setlength\parindent{0pt}\setlength\emergencystretch{4em}\sloppy\raggedright
\newcolumntype{L}[1]{>{\raggedright\arraybackslash}p{#1}}
\nofiles
\begin{document}
"""
_LONGEST = 400  # characters of a state; a page shows that it changed, not all of it


def write(changes: Sequence[Change], old: str, new: str, into: Path, engine: str) -> None:
    """Typesets the changes from `old` to `new`, kind by kind, and puts the PDF at `into`."""
    with tempfile.TemporaryDirectory() as place:
        main = Path(place) / "changes.tex"
        main.write_text(source(changes, old, new), encoding="utf-8")
        into.parent.mkdir(parents=True, exist_ok=True)
        typeset(main, into, engine=find(engine), store=Path(place) / "store", widest=60)


def source(changes: Sequence[Change], old: str, new: str) -> str:
    """The LaTeX of that page."""
    lines = [_HEAD, rf"\textbf{{\large Changes}}\par From {_text(old)} to {_text(new)}.\par"]
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
    """A state as mathematics, when it is harmless: a PDF from elsewhere can carry anything."""
    if not change.mathematics or len(state) > _LONGEST:
        return _text(state)
    try:
        return f"${checked_mathematics(state)}$"
    except PressError:
        return _text(state)


def _text(text: str) -> str:
    """Text that may break after its dots and strokes."""
    short = text if len(text) <= _LONGEST else text[:_LONGEST] + " ..."
    printable = "".join(f"U+{ord(sign):04X}" if missing(sign) else sign for sign in short)
    escaped = str(escape(printable)).replace("\\_", "\\_\\allowbreak{}")
    return escaped.replace(".", r".\allowbreak{}").replace("/", r"/\allowbreak{}")
