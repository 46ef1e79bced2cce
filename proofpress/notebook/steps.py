"""The two steps of a build that concern a notebook: run it, and turn it into LaTeX."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from proofpress.notebook.events import Event
from proofpress.notebook.execution import Limits, execute
from proofpress.notebook.latex import STYLE_FILE, to_latex
from proofpress.notebook.record import results as recorded
from proofpress.steps.inside import progress

# Runs and their snapshots outlive a build. They stand among the build's own records, where
# reading them does not count as an input of the step.
STORE = Path("output/.steps/notebook")


def run(
    source: Path,
    parameters: Mapping[str, Any],
    executed: Path,
    results: Path,
    cell_seconds: float | None = None,
    kernel_megabytes: int | None = None,
) -> None:
    """None; runs a notebook and writes it, executed, and what it recorded as JSON.

    `cell_seconds` limits the time of each cell, `kernel_megabytes` the memory of the kernel.
    Cells before the first edited one are kept from the last run where that is sound; the
    environment variable PROOFPRESS_FORCE, if it is not empty, has all of them run.
    """
    execute(
        source,
        executed,
        parameters,
        on_event=_told,
        limits=Limits(cell_seconds, kernel_megabytes),
        store=STORE / source.stem,
        fresh=bool(os.environ.get("PROOFPRESS_FORCE")),
    )
    results.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(recorded(executed), indent=2, ensure_ascii=False)
    results.write_text(text + "\n", encoding="utf-8")


def convert(
    executed: Path, body: Path, figures: Path, style: Path | None = None, times: bool = False
) -> None:
    """None; writes an executed notebook's LaTeX, its plots, and where asked for the style file.

    The LaTeX names a plot by the last folder of `figures` and its name, "notebook/x.pdf". Only
    with `times` does it print what was recorded as volatile: how long an epoch took.
    """
    text = to_latex(executed, figures, f"{figures.name}/", times=times)
    body.parent.mkdir(parents=True, exist_ok=True)
    body.write_text(text, encoding="utf-8")
    if style is not None:
        style.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(STYLE_FILE, style)


def _told(event: Event) -> None:
    """Passes a notebook's event on to the build's display.

    Batches go by under one name; a pass over them that is complete is told under its own.
    """
    match event.kind:
        case "plan":
            progress(what=event.step, done=event.index, total=event.cells)
        case "cell":
            progress(what="cell", done=event.index - 1, total=event.cells)
        case "finished":
            progress(what="cell", done=event.index, total=event.cells)
        case "progress":
            state = f"{event.step} {event.done}/{event.total}" if event.total else event.step
            progress(what="batch", done=event.done, total=event.total, state=state)
            if event.done == event.total:
                progress(what=event.step, done=event.done, total=event.total)
