"""The step of a build that runs a notebook; conversion.py has the one that follows it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from proofpress.build import inside
from proofpress.build.inside import progress
from proofpress.notebook.events import Event
from proofpress.notebook.execution import Limits, execute
from proofpress.notebook.latex import check
from proofpress.notebook.record import results as recorded


def run(
    source: Path,
    parameters: Mapping[str, Any],
    executed: Path,
    results: Path,
    store: Path,
    cell_seconds: float | None = None,
    kernel_megabytes: int | None = None,
) -> None:
    """Run a notebook and write it, executed, and what it recorded as JSON.

    `cell_seconds` limits the time of each cell, `kernel_megabytes` the memory of the kernel.
    Cells before the first edited one are kept from the last run, in `store`, where that is sound;
    with --force all of them run. What its text holds that cannot be set is told first.
    """
    check(source)
    execute(
        source,
        executed,
        parameters,
        on_event=_told,
        limits=Limits(cell_seconds, kernel_megabytes),
        store=store / source.stem,
        fresh=inside.forced,
    )
    results.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(recorded(executed), indent=2, ensure_ascii=False)
    results.write_text(text + "\n", encoding="utf-8")


def _told(event: Event) -> None:
    """Pass a notebook's event on to the build's display.

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
