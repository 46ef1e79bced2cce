"""A notebook executed by papermill, with parameters, limits, and errors at the author's cell.

Place in the chain: source notebook -> **executed notebook** -> recorded results, LaTeX.

What an executed notebook holds depends on its source, its parameters and what its cells
compute, never on the clock or the machine's paths: papermill's and nbclient's time stamps are
left out, and reach the caller as events instead. Values that are times (record's `volatile`)
stay in the outputs, marked, for `results` and `to_latex` to leave out.
"""

from __future__ import annotations

import logging
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat

from proofpress.errors import PressError
from proofpress.notebook import faults
from proofpress.notebook.events import Event, EventFile
from proofpress.notebook.kernel import KERNEL_NAME, running_kernel
from proofpress.notebook.parameters import INJECTED, chosen_parameters, known_parameters


def execute(
    source: Path,
    output: Path,
    parameters: Mapping[str, Any],
    *,
    on_event: Callable[[Event], None] | None = None,
    cell_timeout: float | None = None,
    label: str | None = None,
) -> None:
    """None; runs the notebook `source` in its own folder and leaves `output`, whole or not at all.

    `parameters` replace defaults of the cell tagged `parameters`. `on_event` is told of each cell
    and of what the cells report through `progress`. `cell_timeout` limits each cell, in seconds.
    `label` names the notebook in errors; it defaults to the path as given, if relative. Raises
    PressError for an unknown or ill-typed parameter, a cell that fails or hangs, and a kernel
    that dies.
    """
    label = label or (source.name if source.is_absolute() else source.as_posix())
    notebook = _source(source, label)
    chosen = chosen_parameters(known_parameters(notebook, label), parameters, label)
    run = _Run(notebook, label, on_event or (lambda event: None), cell_timeout)
    executed = run.run(chosen, source.resolve().parent)
    # Whoever reads the executed notebook names faults at the cells of its source.
    executed.metadata["proofpress"] = {"source": label}
    _write(executed, output)


def _source(source: Path, label: str) -> Any:
    try:
        notebook = nbformat.read(source, as_version=4)
    except FileNotFoundError:
        raise PressError("the notebook does not exist", label, "correct its path") from None
    except (ValueError, nbformat.reader.NotJSONError, nbformat.ValidationError) as error:
        raise PressError(
            f"the file is not a notebook: {' '.join(str(error).split())[:200]}",
            label,
            "open it in Jupyter and save it again",
        ) from None
    for number, cell in enumerate(notebook.cells, start=1):
        # Older notebooks have no ids; papermill's own would be drawn by lot.
        cell.setdefault("id", f"cell-{number}")
    return notebook


class _Run:
    """One execution: knows which cell runs, so that whatever ends it can be placed."""

    def __init__(
        self,
        notebook: Any,
        label: str,
        on_event: Callable[[Event], None],
        cell_timeout: float | None,
    ) -> None:
        self.notebook = notebook
        self.label = label
        self.on_event = on_event
        self.cell_timeout = cell_timeout
        self.numbers = faults.source_cells(notebook)
        self.total = sum(cell["cell_type"] == "code" for cell in notebook.cells)
        self.done: list[faults.Place] = []
        self.current: faults.Place | None = None
        self.heading = ""
        self.started = 0.0
        self.failure: tuple[str, str, str] | None = None

    def run(self, parameters: dict[str, Any], folder: Path) -> Any:
        import papermill
        from nbclient.exceptions import CellTimeoutError, DeadKernelError

        if parameters:
            self.total += 1
        with (
            running_kernel(folder) as kernel,
            EventFile(kernel.events, self._progressed) as self.events,
            _quiet("papermill"),
        ):
            try:
                executed = papermill.execute_notebook(
                    self.notebook,
                    None,
                    parameters,
                    kernel_name=KERNEL_NAME,
                    language="python",
                    progress_bar=False,
                    execution_timeout=self.cell_timeout,
                    record_timing=False,
                    km=kernel.manager,
                    on_cell_start=self._cell_started,
                    on_cell_executed=self._cell_executed,
                    on_cell_error=self._cell_failed,
                )
            except papermill.PapermillExecutionError:
                raise self._error() from None
            except CellTimeoutError:
                assert self.current is not None and self.cell_timeout is not None
                raise faults.hang(self.label, self.current, self.cell_timeout) from None
            except DeadKernelError:
                raise faults.death(
                    self.label, self.current, kernel.ending(), _last_line(kernel.log)
                ) from None
        return _stable(executed, self.numbers)

    def _place(self, cell: Any, prompt: int | None) -> faults.Place:
        # The cell with the injected parameters has no number of its own in the source.
        number = self.numbers.get(cell["id"], self.done[-1].number if self.done else 1)
        return faults.Place(number, prompt, cell["source"])

    def _cell_started(self, cell: Any, cell_index: int) -> None:
        if cell["cell_type"] == "markdown" and (
            heading := re.search(r"^#+ +(.+?)\s*$", cell["source"], re.MULTILINE)
        ):
            self.heading = heading[1]
        if cell["cell_type"] != "code" or not cell["source"].strip():
            return
        self.current = self._place(cell, len(self.done) + 1)
        self.started = time.monotonic()
        self.on_event(self._event("cell"))

    def _cell_executed(self, cell: Any, cell_index: int, execute_reply: Any) -> None:
        assert self.current is not None
        self.events.drain()
        self.on_event(self._event("finished", seconds=time.monotonic() - self.started))
        self.done.append(self.current)

    def _cell_failed(self, cell: Any, cell_index: int, execute_reply: Any) -> None:
        content = execute_reply["content"]
        self.failure = (
            content["ename"],
            content["evalue"],
            "\n".join(content.get("traceback", ())),
        )

    def _progressed(self, title: str, done: int, total: int | None) -> None:
        if self.current is not None:
            self.on_event(self._event("progress", step=title, done=done, total=total))

    def _event(self, kind: Any, **more: Any) -> Event:
        assert self.current is not None
        return Event(
            kind, self.heading, self.current.prompt or 0, self.total, self.current.number, **more
        )

    def _error(self) -> PressError:
        assert self.current is not None and self.failure is not None
        name, value, traceback = self.failure
        return faults.cell_error(self.label, self.current, self.done, name, value, traceback)


@contextmanager
def _quiet(logger: str) -> Iterator[None]:
    # What these loggers would print, the errors raised here say at the author's place.
    log = logging.getLogger(logger)
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)


def _last_line(log: Path) -> str:
    lines = [line for line in log.read_text("utf-8", "replace").splitlines() if line.strip()]
    return faults.ANSI.sub("", lines[-1]).strip()[:200] if lines else ""


def _stable(notebook: Any, numbers: Mapping[str, int]) -> Any:
    """The executed notebook without time stamps, paths and ids drawn by lot."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if INJECTED in cell.metadata.get("tags", ()):
            cell["id"] = INJECTED
        assert cell["id"] in numbers or cell["id"] == INJECTED
    return notebook


def _write(notebook: Any, output: Path) -> None:
    """Writes beside the target and renames, so that a reader never sees half a notebook."""
    output.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            nbformat.write(notebook, file)
        os.replace(name, output)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
