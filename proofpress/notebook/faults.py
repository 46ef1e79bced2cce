"""What went wrong in a notebook's run, said at the author's cell and line."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from proofpress.faults.author import SETTINGS
from proofpress.faults.errors import PressError
from proofpress.faults.nearest import meant
from proofpress.faults.places import excerpt, own, place, short
from proofpress.faults.space import SAID, NoSpace

ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
# The two ways in which IPython names a place in a cell: in a frame, and at a syntax error.
FRAME = re.compile(r"(?:Cell|File) In\[(\d+)\], line (\d+)")
LONGEST_MESSAGE = 300


@dataclass(frozen=True)
class Place:
    """A code cell: its number among all cells of the source, its prompt, and its text."""

    number: int
    prompt: int | None
    source: str

    def describe(self, notebook: str, line: int | None = None) -> str:
        """Return the place in words, the notebook's name first."""
        return f"{notebook}, {self.words(line)}"

    def words(self, line: int | None = None) -> str:
        """Return the place in words, with the line's text where a line is known."""
        words = f"cell {self.number}"
        if self.prompt is not None:
            words += f" (In [{self.prompt}])"
        lines = self.source.splitlines()
        if line is not None and 1 <= line <= len(lines):
            words += f", line {line}: {excerpt(lines[line - 1].strip())}"
        elif line is None and lines:
            words += f", which begins: {excerpt(lines[0].strip())}"
        return words


def cell_error(
    notebook: str,
    failing: Place,
    cells: Sequence[Place],
    name: str,
    value: str,
    traceback: str,
    megabytes: int | None = None,
) -> PressError:
    """Return the error of a cell that raised, at its line, and at the deepest line in any other
    cell.

    `cells` are those that ran before, by which a frame such as "In[3]" is found again;
    `megabytes` is the limit on the kernel's memory.
    """
    if SAID in value:  # it might have been any cell
        return NoSpace()
    by_prompt = {cell.prompt: cell for cell in [*cells, failing]}
    frames = [
        (by_prompt[int(prompt)], int(line))
        for prompt, line in FRAME.findall(ANSI.sub("", traceback))
        if int(prompt) in by_prompt
    ]
    own = next((line for cell, line in frames if cell is failing), None)
    where = failing.describe(notebook, own)
    if frames and frames[-1][0] is not failing:
        cell, line = frames[-1]
        where += f"\n  raised in {cell.words(line)}"
    elif module := _module(traceback):
        where += f"\n  raised in {module}"
    message = " ".join(ANSI.sub("", value).split())
    # IPython's name of the cell's temporary file says nothing.
    message = re.sub(r" \(\d+\.py, line \d+\)$", "", message)
    # A message of progress.Unavailable says itself how it is mended.
    message, _, mend = message.partition("; mend: ")
    if len(message) > LONGEST_MESSAGE:
        message = message[: LONGEST_MESSAGE - 3].rstrip() + "..."
    if mend:
        return PressError(message, where=where, mend=mend)
    if name == "SystemExit":
        what = "the cell ends the notebook, so that the cells after it do not run"
        return PressError(what, where, "leave out exit(), or tag the cells after it skip-execution")
    if name == "MemoryError" or "allocate memory" in message:
        return _memory(message, where, megabytes)
    if missing := re.fullmatch(r"name '(\w+)' is not defined", message):
        known = {word for cell in [*cells, failing] for word in re.findall(r"\w+", cell.source)}
        mend = meant(missing[1], known) or "define it in a cell before"
        return PressError(f"{missing[1]} is not defined", where=where, mend=mend)
    if absent := re.fullmatch(r"No module named '([\w.]+)'", message):
        module = absent[1].partition(".")[0]
        mend = f"correct the name, or install the package that has it: pip install {module}"
        return PressError(f"there is no module {absent[1]}", where=where, mend=mend)
    return PressError(
        f"{name}: {message}" if message else name,
        where=where,
        mend="correct that line, then build again",
    )


def _module(traceback: str) -> str | None:
    """Return the deepest line of a traceback that lies in a module of the report."""
    frames = re.findall(r"^File (\S.*?\.py):(\d+)", ANSI.sub("", traceback), re.MULTILINE)
    full = ((os.path.expanduser(file), int(line)) for file, line in reversed(frames))
    return next((place(short(file), line) for file, line in full if own(file)), None)


def _memory(message: str, where: str, megabytes: int | None) -> PressError:
    told = f": {message}" if message else ""
    if megabytes is None:
        return PressError(f"the machine's memory is used up{told}", where, "use less there")
    return PressError(
        f"the {megabytes} megabytes that the kernel may use are used up{told}",
        where,
        f"use less memory there, or raise kernel_megabytes in {SETTINGS}",
    )


def hang(notebook: str, cell: Place, seconds: float, line: int | None) -> PressError:
    """Return the error of a cell that ran beyond its time limit, at the line where it was
    stopped."""
    return PressError(
        f"the cell was stopped at its time limit of {seconds:g} s",
        where=cell.describe(notebook, line),
        mend=f"make it faster, or raise cell_seconds in {SETTINGS}",
    )


def death(notebook: str, cell: Place | None, ending: str, last_words: str) -> PressError:
    """Return the error of a kernel that ended while a cell (None: before the first) was running."""
    if SAID in last_words:
        return NoSpace()
    said = f"; its last words: {last_words}" if last_words else ""
    return PressError(
        f"the kernel died ({ending}){said}",
        where=cell.describe(notebook) if cell else notebook,
        mend="let the cell use less memory, and not end its own process",
    )


def source_cells(notebook: Any) -> dict[str, int]:
    """Return the number, from 1, of each cell of the source notebook by the cell's id."""
    return {cell["id"]: number for number, cell in enumerate(notebook["cells"], start=1)}
