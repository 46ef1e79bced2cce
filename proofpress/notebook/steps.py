"""The step of a build that runs a notebook; conversion.py has the one that follows it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from proofpress.build.inside import progress
from proofpress.notebook.events import Event
from proofpress.notebook.execution import Limits, execute
from proofpress.notebook.record import results as recorded

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
