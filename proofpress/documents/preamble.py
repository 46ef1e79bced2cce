"""The report's preamble, dumped as TeX's format while the claims are still being derived.

Place in the chain: template, preamble -> **format** -> PDF. Nothing depends on it: who typesets
the report looks for a format that stands, and dumps one when there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from proofpress.documents.templates import beginning
from proofpress.faults.errors import PressError
from proofpress.latex.styles import STYLES
from proofpress.typeset import formats
from proofpress.typeset.engine import find


def prepare(
    *,
    main: Path,
    document: Mapping[str, Any],
    engine: str,
    store: Path,
    preamble: Path | None = None,
) -> None:
    """Have the format dumped that the report will be typeset with, where that can be known yet.

    `main` is the template to begin with, `document` what it may print before \\begin{document};
    `preamble` is a file that it reads there, under its own name, beside the press's style files.
    What goes wrong is told when the report is assembled or typeset.
    """
    template = formats.cut(main.read_text(encoding="utf-8", errors="replace"))
    if template is None:
        return
    text = beginning(template.preamble, main.parent, {"document": document})
    if text is not None:
        with suppress(PressError):
            own = {} if preamble is None else {preamble.name: preamble}
            formats.prepare(store, text, {**own, **STYLES}, find(engine))
