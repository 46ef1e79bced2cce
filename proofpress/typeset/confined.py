"""What a document reads that is none of its business.

Place in the chain: passes -> **files that were read** -> PDF, or an error. Web2C refuses most files
outside of the working folder by itself (`openin_any`), but not those that a PDF object takes in
whole. TeX's recorder list names them all the same, and such a PDF is not published.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from proofpress.typeset.engine import Engine
from proofpress.typeset.log import Problem


def strangers(
    read: Mapping[str, str], room: Path, engine: Engine, files: Mapping[str, Path]
) -> list[Problem]:
    """Return a problem for each file that was read and belongs neither to the document nor to TeX.

    `read` gives the place of each name of `formats.recorded`; `files` are the document's own, in
    which the line is looked for.
    """
    found = []
    for name, path in read.items():
        inside = _below(os.path.normpath(path), room)
        if not inside and not (name.startswith("engine:") and _owns(engine, path)):
            shown = name if not name.startswith("engine:") else Path(path).as_posix()
            file, line = mentioned_at(shown, files)
            what = f"the document takes in {shown}, which is none of its files"
            mend = "put a copy beside the templates, and use that"
            found.append(Problem("error", what, file, line, mend=mend))
    return found


def forgeries(room: Path, stem: str, log: str, files: Mapping[str, Path]) -> list[Problem]:
    """Return a problem when the document wrote into TeX's own recorder list or log of the job
    `stem`."""
    names = [f"{stem}.fls", f"{stem}.log"]
    opened = set(re.findall(r"\\openout\d+ = [`'](?:\./)?(.+?)'", log)) & set(names)
    whole = (room / names[0]).read_bytes()[:4] == b"PWD "
    if whole and not opened:
        return []
    name = min(opened, default=names[0])
    what = f"the document writes into {name}, by which TeX tells what it does"
    return [Problem("error", what, *mentioned_at(name, files), mend="write into another file")]


def _owns(engine: Engine, path: str) -> bool:
    """Return whether a file belongs to the engine; a TeX Live of the system has trees in many
    places, but all of them are called texmf or texmf-something."""
    if engine.name == "embedded":
        tree = engine.program.parents[2]
        return _below(path, tree) or Path(path).resolve().is_relative_to(tree.resolve())
    return any(part.startswith("texmf") for part in Path(path).parts)


def _below(path: str, folder: Path) -> bool:
    """As is_relative_to, for hundreds of normal paths."""
    return path.startswith(os.path.join(folder, ""))


def mentioned_at(name: str, files: Mapping[str, Path]) -> tuple[str | None, int | None]:
    """Return the first file and line of the document's own that mention a name."""
    for file, path in files.items():
        if path.suffix in (".tex", ".sty", ".cls"):
            text = path.read_text(encoding="utf-8", errors="replace")
            for number, line in enumerate(text.splitlines(), 1):
                if name in line:
                    return file, number
    return None, None
