"""What a running notebook is doing, as events for a terminal or a log."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal

SECONDS_BETWEEN_LOOKS = 0.1


@dataclass(frozen=True)
class Event:
    """A cell began ("cell"), is somewhere inside ("progress"), or ended ("finished").

    Before all of them, "plan" says in `step` which cells are kept from the last run.

    `heading` is the last Markdown heading above the cell; `index` of `cells` counts the code
    cells that run; `number` counts all cells of the source. A "progress" event carries the step's
    title, how much of it is done, and the whole where it is known; a "finished" one the seconds.
    """

    kind: Literal["plan", "cell", "progress", "finished"]
    heading: str
    index: int
    cells: int
    number: int
    step: str = ""
    done: int = 0
    total: int | None = None
    seconds: float = 0.0


class EventFile:
    """Follows the file to which a kernel appends its progress, while the block lasts."""

    def __init__(self, path: Path, tell: Callable[[str, int, int | None], None]) -> None:
        self._tell = tell
        self._file = open(path, encoding="utf-8")  # noqa: SIM115 (closed when the block is left)
        self._reading = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)

    def __enter__(self) -> EventFile:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()
        self._file.close()

    def drain(self) -> None:
        """Tell at once what has been written so far."""
        with self._reading:
            for line in self._file:
                event = json.loads(line)
                self._tell(event["title"], event["done"], event["total"])

    def _follow(self) -> None:
        while not self._stop.wait(SECONDS_BETWEEN_LOOKS):
            self.drain()
