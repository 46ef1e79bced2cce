"""What a build shows while it runs: a live display on a terminal, plain lines elsewhere.

Place in the chain: beside it. Events come in as dictionaries (see steps/build.py); only this
module and the command line print.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any


class Lines:
    """One plain line for each step that starts, ends or fails."""

    def __init__(self) -> None:
        self.worked = False
        self._told: dict[str, str] = {}

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *error: object) -> None:
        return None

    def __call__(self, event: dict[str, Any]) -> None:
        self.worked = self.worked or event["event"] in ("started", "failed")
        line = self._line(event)
        if line:
            print(line, flush=True)

    def _line(self, event: dict[str, Any]) -> str:
        name = event["step"]
        match event["event"]:
            case "started":
                return f"{name}: started ({event['reason']})"
            case "finished":
                return f"{name}: done in {event['seconds']:.1f} s"
            case "failed":
                return f"{name}: failed after {event['seconds']:.1f} s"
            case "waiting":
                return f"waiting for {name}"
            case "damaged":
                return self._damaged(name)
            case "note":
                return f"note: {event['what']}\n  {event['where']}"
            case "progress":
                return self._progress(name, event)
        return ""

    def _damaged(self, path: str) -> str:
        """Return the first file of a folder by its name, the others together: after a change of the
        press it can be all of them."""
        folder = os.path.dirname(path)
        known = self._told.get(folder)
        if known is None:
            line = f"{path} was damaged, or written by another version; it is made again"
        else:
            line = f"others in {folder}, too"
        self._told[folder] = line
        return "" if line == known else line

    def _progress(self, name: str, event: dict[str, Any]) -> str:
        """Return a line only when a whole cell, epoch or pass is done: batches would flood a
        log."""
        what = event.get("what", "")
        if what == "batch" or not event.get("total"):
            return ""
        line = f"{name}: {what} {event['done']}/{event['total']}"
        if self._told.get(name) == line:
            return ""
        self._told[name] = line
        return line


class Events(Lines):
    """Every event as one JSON object a line, for other programs."""

    def _line(self, event: dict[str, Any]) -> str:
        return json.dumps(event)


class Live(Lines):
    """A bar for each step at work, and below it for the cell or epoch that it is in."""

    def __init__(self) -> None:
        super().__init__()
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._progress_bars = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[state]}"),
            TimeElapsedColumn(),
            transient=True,
        )
        self._bars: dict[tuple[str, str], Any] = {}

    def __enter__(self) -> Live:
        self._progress_bars.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._progress_bars.stop()

    def __call__(self, event: dict[str, Any]) -> None:
        self.worked = self.worked or event["event"] in ("started", "failed")
        bars, name = self._progress_bars, event["step"]
        match event["event"]:
            case "started":
                self._bars[name, ""] = bars.add_task(name, total=None, state=event["reason"])
            case "progress":
                self._advance(name, event)
            case "finished" | "failed":
                for key in [key for key in self._bars if key[0] == name]:
                    bars.remove_task(self._bars.pop(key))
                bars.console.print(self._line(event), highlight=False)
            case "waiting" | "damaged" | "note":
                if line := self._line(event):
                    bars.console.print(line, highlight=False)

    def _advance(self, name: str, event: dict[str, Any]) -> None:
        what = str(event.get("what", ""))
        if (name, what) not in self._bars:
            self._bars[name, what] = self._progress_bars.add_task(f"  {what}", state="", total=None)
        total = event.get("total")
        state = event.get("state") or (f"{event['done']}/{total}" if total else "")
        self._progress_bars.update(
            self._bars[name, what], completed=event.get("done", 0), total=total, state=state
        )


def display(as_json: bool = False) -> Lines:
    """Return the display that fits: events for machines, live on a terminal, else plain lines."""
    if as_json:
        return Events()
    return Live() if sys.stdout.isatty() else Lines()
