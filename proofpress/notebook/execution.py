"""A notebook executed by papermill, with parameters, limits, and errors at the author's cell.

Place in the chain: source notebook -> **executed notebook** -> recorded results, LaTeX.

What an executed notebook holds depends on its source, its parameters and what its cells
compute, never on the clock or the machine's paths: papermill's and nbclient's time stamps are
left out, and reach the caller as events instead. Values that are times (record's `volatile`)
stay in the outputs, marked, for `results` and `to_latex` to leave out.
"""

from __future__ import annotations

import copy
import logging
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from proofpress.faults.errors import PressError
from proofpress.faults.space import SAID, is_full
from proofpress.notebook import faults
from proofpress.notebook.events import Event, EventFile
from proofpress.notebook.kernel import KERNEL_NAME, running_kernel
from proofpress.notebook.parameters import INJECTED, chosen_parameters, known_parameters
from proofpress.notebook.resume import Plan, Resuming, Unsound
from proofpress.notebook.sources import read_source


@dataclass(frozen=True)
class Limits:
    """What a notebook may use: seconds for a cell, megabytes for its kernel; None is no limit."""

    cell_seconds: float | None = None
    kernel_megabytes: int | None = None


UNLIMITED = Limits()
# The name by which a kernel reports an error of a value that was only to be shown.
WHILE_SHOWN = "NoneType"


def execute(
    source: Path,
    output: Path,
    parameters: Mapping[str, Any],
    *,
    on_event: Callable[[Event], None] | None = None,
    limits: Limits = UNLIMITED,
    label: str | None = None,
    store: Path | None = None,
    fresh: bool = False,
) -> None:
    """Run the notebook `source` in its own folder and leave `output`, whole or not at all.

    `parameters` replace defaults of the cell tagged `parameters`. `on_event` is told of each cell
    and of what the cells report through `progress`. `limits` holds for each cell and the kernel.
    `label` names the notebook in errors; it defaults to the path as given, if relative. `store` is
    a folder of this notebook's own in which runs are kept: cells before the first edited one are
    then not run again where that is sound, unless `fresh` asks for all of them. Raises PressError
    for an unknown or ill-typed parameter, a cell that fails or hangs, and a kernel that dies.
    """
    label = label or (source.name if source.is_absolute() else source.as_posix())
    notebook = read_source(source, label)
    chosen = chosen_parameters(known_parameters(notebook, label), parameters, label)
    numbers = faults.source_cells(notebook)
    folder = source.resolve().parent
    prepared = _prepared(notebook, chosen)
    tell = on_event or (lambda event: None)
    run = _Run(prepared, numbers, label, tell, limits)
    executed = _resumed(run, folder, store, fresh) if store else run.run(folder, None)
    # Later steps read the executed notebook and report faults at the cells of its source.
    executed.metadata["proofpress"] = {"source": label}
    _write(_stable(executed, numbers), output)


def _prepared(notebook: Any, parameters: dict[str, Any]) -> Any:
    """Return the notebook as papermill would run it: with the cell of the parameters that
    differ."""
    import papermill

    with _quiet("papermill"):
        return papermill.execute_notebook(
            notebook,
            None,
            parameters,
            kernel_name=KERNEL_NAME,
            language="python",
            prepare_only=True,
        )


def _resumed(run: _Run, folder: Path, store: Path, fresh: bool) -> Any:
    """Return the executed notebook, with those cells kept from the last run that may be."""
    codes = run.codes()
    places = [run.place(cell, None).number for cell in codes]
    resuming = Resuming(store, codes, folder, places)
    plan = resuming.decide(fresh)
    run.tell_plan(plan.kept, plan.reason)
    try:
        executed = run.run(folder, resuming)
    except Unsound as error:
        resuming.plan = Plan(0, 0, None, str(error))
        run.tell_plan(0, str(error))
        executed = run.run(folder, resuming)
    resuming.report_reads()
    return executed


class _Run:
    """One execution: knows which cell runs, so that whatever ends it can be placed."""

    def __init__(
        self,
        notebook: Any,
        numbers: Mapping[str, int],
        label: str,
        on_event: Callable[[Event], None],
        limits: Limits,
    ) -> None:
        self.notebook = notebook
        self.label = label
        self.on_event = on_event
        self.limits = limits
        self.numbers = numbers
        self.total = len(self.codes())
        self.done: list[faults.Place] = []
        self.current: faults.Place | None = None
        self.heading = ""
        self.started = 0.0
        self.failure: tuple[str, str, str] | None = None
        self.resuming: Resuming | None = None

    def codes(self) -> list[Any]:
        """Return the cells that run."""
        return [cell for cell in self.notebook.cells if _runs(cell)]

    def run(self, folder: Path, resuming: Resuming | None) -> Any:
        """Return the executed notebook; with `resuming`, only what its plan does not keep is run.

        Raises Unsound when a resumed run cannot be shown to equal a full one.
        """
        self.resuming, self.done, self.heading = resuming, [], ""
        executed = copy.deepcopy(self.notebook)
        kept = resuming.plan.kept if resuming else 0
        first = self._fill(executed, kept)
        if resuming is None or kept < self.total:
            rest = copy.deepcopy(self.notebook)
            rest.cells = rest.cells[first:]
            rest = self._run(rest, folder)
            executed.cells[first:] = rest.cells
            executed.metadata = rest.metadata
        elif resuming.past is not None:
            resuming.done = resuming.past.cells[:kept]
            executed.metadata["language_info"] = resuming.past.language
        return executed

    def _fill(self, executed: Any, kept: int) -> int:
        """Give the first `kept` code cells what they showed; returns where the rest begins."""
        if not kept or self.resuming is None or self.resuming.past is None:
            return 0
        for index, cell in enumerate(executed.cells):
            self._see_heading(cell)
            if not _runs(cell):
                continue
            old = self.resuming.past.cells[len(self.done)]
            cell["execution_count"] = old.execution_count
            cell["outputs"] = [nbformat.from_dict(output) for output in old.outputs]
            self.done.append(self.place(cell, len(self.done) + 1, old.source))
            if len(self.done) == kept:
                return index + 1
        raise AssertionError("the plan keeps more cells than there are")

    def _run(self, notebook: Any, folder: Path) -> Any:
        from nbclient.exceptions import CellTimeoutError, DeadKernelError
        from papermill.engines import papermill_engines

        resuming = self.resuming
        executed, unsound = None, False
        with (
            running_kernel(
                folder, resuming.orders if resuming else None, self.limits.kernel_megabytes
            ) as kernel,
            EventFile(kernel.events, self._progressed) as self.events,
            _quiet("papermill"),
        ):
            try:
                # The engine alone: papermill would refuse what a cell is allowed to show.
                ran = papermill_engines.execute_notebook_with_engine(
                    None,
                    notebook,
                    kernel_name=KERNEL_NAME,
                    progress_bar=False,
                    execution_timeout=self.limits.cell_seconds,
                    record_timing=False,
                    allow_error_names=[WHILE_SHOWN],
                    km=kernel.manager,
                    on_cell_start=self._cell_started,
                    on_cell_executed=self._cell_executed,
                    on_cell_error=self._cell_failed,
                )
                if self.failure is not None:
                    raise self._error()
                executed = ran
            except CellTimeoutError:
                assert self.current is not None and self.limits.cell_seconds is not None
                raise faults.hang(
                    self.label, self.current, self.limits.cell_seconds, kernel.stuck()
                ) from None
            except RuntimeError as error:
                # Before the first cell it is the kernel that did not start.
                if self.current is not None and not isinstance(error, DeadKernelError):
                    raise
                raise faults.death(
                    self.label, self.current, kernel.ending(), _last_line(kernel.log)
                ) from None
            except Unsound:
                unsound = True
                raise
            finally:
                if resuming is not None and not unsound:
                    # A damaged snapshot is at fault for whatever came of it.
                    resuming.sound()
                    resuming.keep(executed.metadata["language_info"] if executed else None)
        return executed

    def tell_plan(self, kept: int, reason: str) -> None:
        """Tell which cells are kept, in the source's own numbers, and why not more."""
        cells = self.codes()
        last = self.place(cells[kept - 1], None).number if kept else 0
        if kept == len(cells):
            words = "all cells kept"
        elif kept:
            following = self.place(cells[kept], None).number
            words = f"cells 1-{last} kept, resuming at cell {following}: {reason}"
        else:
            words = f"running all cells: {reason}"
        self.on_event(Event("plan", "", kept, self.total, last, step=words))

    def place(self, cell: Any, prompt: int | None, source: str | None = None) -> faults.Place:
        """Return where a cell stands in the source."""
        # The cell with the injected parameters has no number of its own: it follows theirs.
        number = self.numbers.get(cell["id"])
        if number is None:
            before = self.notebook.cells[
                : [one["id"] for one in self.notebook.cells].index(cell["id"])
            ]
            number = self.numbers[before[-1]["id"]]
        return faults.Place(number, prompt, cell["source"] if source is None else source)

    def _cell_started(self, cell: Any, cell_index: int) -> None:
        self._see_heading(cell)
        if not _runs(cell):
            return
        if self.resuming is not None:
            self.resuming.about_to_run()
        self.current = self.place(cell, len(self.done) + 1)
        self.started = time.monotonic()
        self.on_event(self._event("cell"))

    def _cell_executed(self, cell: Any, cell_index: int, execute_reply: Any) -> None:
        assert self.current is not None
        self.events.drain()
        if any(told.get("source") == "ask_exit" for told in execute_reply["content"]["payload"]):
            self.failure = ("SystemExit", "", "")  # an exit(), after which the kernel would end
            raise self._error()
        self.on_event(self._event("finished", seconds=time.monotonic() - self.started))
        self.done.append(self.current)
        if self.resuming is not None and _ends_well(cell, execute_reply["content"]):
            self.resuming.ran(cell)

    def _see_heading(self, cell: Any) -> None:
        if cell["cell_type"] == "markdown" and (
            heading := re.search(r"^#+ +(.+?)\s*$", cell["source"], re.MULTILINE)
        ):
            self.heading = heading[1]

    def _cell_failed(self, cell: Any, cell_index: int, execute_reply: Any) -> None:
        content = execute_reply["content"]
        if _ends_well(cell, content):
            return
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
        megabytes = self.limits.kernel_megabytes
        return faults.cell_error(
            self.label, self.current, self.done, name, value, traceback, megabytes
        )


def _runs(cell: Any) -> bool:
    """Return whether a cell is one that the kernel executes."""
    skipped = "skip-execution" in cell["metadata"].get("tags", ())
    return cell["cell_type"] == "code" and bool(cell["source"].strip()) and not skipped


def _ends_well(cell: Any, reply: Mapping[str, Any]) -> bool:
    """Return whether a cell did what it may do: an error, too, if it is tagged to show one."""
    wanted = "raises-exception" in cell["metadata"].get("tags", ())
    return wanted or reply["status"] == "ok" or reply.get("ename") == WHILE_SHOWN


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
    if is_full(log.parent):
        return SAID  # as the kernel would have written
    lines = [line for line in log.read_text("utf-8", "replace").splitlines() if line.strip()]
    return faults.ANSI.sub("", lines[-1]).strip()[:200] if lines else ""


def _stable(notebook: Any, numbers: Mapping[str, int]) -> Any:
    """Return the executed notebook without time stamps, paths and random ids."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if INJECTED in cell.metadata.get("tags", ()):
            cell["id"] = INJECTED
        assert cell["id"] in numbers or cell["id"] == INJECTED
    return notebook


def _write(notebook: Any, output: Path) -> None:
    """Write beside the target and renames, so that a reader never sees half a notebook."""
    output.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            nbformat.write(notebook, file)
        os.replace(name, output)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
