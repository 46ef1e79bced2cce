"""The step that prints: the assembled document becomes the report's PDF.

Place in the chain: document, figures, tables, notebook -> **PDF**. It is the only step whose
complaints are about lines that a machine wrote; they are told of the author's line.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from proofpress.steps.inside import progress, saw
from proofpress.typeset.authors import Authors
from proofpress.typeset.compile import typeset
from proofpress.typeset.engine import find

# Formats, auxiliary files and measures that outlive a build. They stand among the build's own
# records, where reading them does not count as an input of the step.
STORE = Path("output/.steps/typeset")


def print_report(
    *,
    main: Path,
    origins: Path,
    beside: Sequence[Path],
    figures: Sequence[Path],
    engine: str,
    pdf: Path,
) -> None:
    """Typesets `main` with all that stands `beside` it, and the folders of its `figures`.

    `origins` holds for each line of a generated file the author's file and line.
    """
    lines: dict[str, list[list[Any]]] = json.loads(origins.read_text(encoding="utf-8"))
    outcome = typeset(
        main,
        pdf,
        engine=find(engine),
        search=sorted({path.parent for path in figures}),
        store=STORE,
        on_event=lambda event: progress(**event),
        origin=Authors(main.parent, lines),
    )
    saw(str(path) for path in outcome.inputs)
