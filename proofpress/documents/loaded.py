"""Whether a document that prints facts loads the package by which they leave their mark on paper.

Place in the chain: assembled document -> **package** -> TeX. Without it the ink could not be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from proofpress.documents.printed import places
from proofpress.faults.errors import PressError
from proofpress.latex.vocabulary import PACKAGE
from proofpress.typeset.doctor import packages
from proofpress.typeset.formats import cut

_CLASS = re.compile(r"^[^%\n]*\\documentclass", re.MULTILINE)


def refuse_unloaded(texts: Sequence[str], beginnings: Sequence[Path]) -> None:
    """Raise PressError when some of the texts print facts and nothing loads proofpress.sty.

    `beginnings` are the files that hold the document's preamble; classes and packages of the
    author's that stand beside them may load it, too.
    """
    if not any(map(places, texts)):
        return
    own = [path for kind in ("*.cls", "*.sty") for path in beginnings[0].parent.glob(kind)]
    read = {path: _preamble(path) for path in (*beginnings, *sorted(own))}
    if any(PACKAGE in packages(text) for text in read.values()):
        return
    raise PressError(
        "the templates print facts of the ledger, and the preamble does not load proofpress.sty",
        _class_line([(path, read[path]) for path in beginnings]),
        rf"write \usepackage{{{PACKAGE}}} below the other packages",
    )


def _preamble(path: Path) -> str:
    """Return what stands in a file before the document's text begins."""
    text = path.read_text(encoding="utf-8", errors="replace")
    document = cut(text)
    return text if document is None else document.preamble


def _class_line(read: Sequence[tuple[Path, str]]) -> str:
    r"""Return the author's line that chooses the class; the first line of all when none does."""
    for path, text in read:
        if found := _CLASS.search(text):
            return f"{path.as_posix()}:{text.count(chr(10), 0, found.end()) + 1}"
    return f"{read[-1][0].as_posix()}:1"
