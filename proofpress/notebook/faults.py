"""What went wrong in a notebook's run, said at the author's cell and line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from proofpress.errors import PressError
from proofpress.space import SAID, NoSpace

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
        """The place in words, the notebook's name first."""
        return f"{notebook}, {self.words(line)}"

    def words(self, line: int | None = None) -> str:
        """The place in words, with the line's text where a line is known."""
        words = f"cell {self.number}"
        if self.prompt is not None:
            words += f" (In [{self.prompt}])"
        lines = self.source.splitlines()
        if line is not None and 1 <= line <= len(lines):
            words += f", line {line}: {lines[line - 1].strip()}"
        return words


def cell_error(
    notebook: str, failing: Place, cells: Sequence[Place], name: str, value: str, traceback: str
) -> PressError:
    """The error of a cell that raised, at its line, and at the deepest line in any other cell.

    `cells` are those that ran before, by which a frame such as "In[3]" is found again.
    """
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
    message = " ".join(ANSI.sub("", value).split())
    # IPython's name of the cell's temporary file says nothing.
    message = re.sub(r" \(\d+\.py, line \d+\)$", "", message)
    # A message of progress.Unavailable says itself how it is mended.
    message, _, mend = message.partition("; mend: ")
    if len(message) > LONGEST_MESSAGE:
        message = message[: LONGEST_MESSAGE - 3].rstrip() + "..."
    if mend:
        return PressError(message, where=where, mend=mend)
    return PressError(
        f"{name}: {message}" if message else name,
        where=where,
        mend="correct that line, then build again",
    )


def hang(notebook: str, cell: Place, seconds: float) -> PressError:
    """The error of a cell that ran beyond its time limit."""
    return PressError(
        f"the cell was stopped at its time limit of {seconds:g} s",
        where=cell.describe(notebook),
        mend="make it faster, or raise the limit",
    )


def death(notebook: str, cell: Place | None, ending: str, last_words: str) -> PressError:
    """The error of a kernel that ended while a cell (None: before the first) was running."""
    if SAID in last_words:
        return NoSpace()
    said = f"; its last words: {last_words}" if last_words else ""
    return PressError(
        f"the kernel died ({ending}){said}",
        where=cell.describe(notebook) if cell else notebook,
        mend="let the cell use less memory, and not end its own process",
    )


def source_cells(notebook: Any) -> dict[str, int]:
    """The number, from 1, of each cell of the source notebook by the cell's id."""
    return {cell["id"]: number for number, cell in enumerate(notebook["cells"], start=1)}
