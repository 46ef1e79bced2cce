"""The step that prints: the assembled document becomes the report's PDF.

Place in the chain: document, figures, tables, notebook -> **PDF**. It is the only step whose
complaints are about lines that a machine wrote; they are told of the author's line.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from proofpress.build.inside import progress, saw
from proofpress.faults.errors import PressError
from proofpress.typeset import compile as typesetting
from proofpress.typeset.authors import Authors
from proofpress.typeset.engine import find

Lines = dict[str, list[list[Any]]]  # of each generated file: the author's file and line


def warm() -> None:
    """Take the digest of the engine's program, which takes a while and is kept in a process."""
    with suppress(PressError):
        find().digest  # noqa: B018


def print_report(
    *,
    main: Path,
    origins: Path,
    beside: Sequence[Path],
    figures: Sequence[Path],
    engine: str,
    built: str,
    store: Path,
    settings: str,
    pdf: Path,
    pictures: Sequence[str] = (),
) -> None:
    """Typeset `main` with all that stands `beside` it, the folders of its `figures`, and whatever
    else of the author's it names; no such file stands in the folder `built`.

    `store` is a folder for formats, auxiliary files and measures that outlive a build. `origins`
    holds for each line of a generated file the author's file and line; `settings` is the file of
    settings, some of whose words are printed; `pictures` are folders of the author's in which a
    picture may stand that the document names.
    """
    lines = _lines(origins)
    places = [*_places(main, lines), *map(Path, pictures)]
    outcome = typesetting.typeset(
        main,
        pdf,
        engine=find(engine),
        search=sorted({path.parent for path in figures}),
        store=store,
        on_event=lambda event: progress(**event),
        origin=Authors(main.parent, lines, places, Path(settings)),
        places=places,
        built=Path(built),
    )
    saw(str(path) for path in outcome.inputs)


def _lines(origins: Path) -> Lines:
    found: Lines = json.loads(origins.read_text(encoding="utf-8"))
    return found


def _places(main: Path, lines: Lines) -> list[Path]:
    """Return where the author's own files stand: in the report's folder, or with its templates."""
    template = next((Path(file) for file, _ in lines.get(main.name, ()) if file), None)
    folders = [Path(), *([] if template is None else [template.parent])]
    return list(dict.fromkeys(folders))
