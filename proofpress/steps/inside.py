"""What a running step may tell its worker; outside a worker nothing is listening.

A step function calls `progress` for the terminal, and `saw` for files that another program
read on its behalf (TeX's recorder list), which no hook in Python can observe.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

listener: Callable[[dict[str, Any]], None] | None = None
files_seen: set[str] = set()


def progress(**event: Any) -> None:
    """Sends one event to the display, for instance done=3, total=12, what="cell".

    >>> progress(what="cell", done=1, total=2)
    """
    if listener is not None:
        listener({"event": "progress", **event})


def saw(paths: Iterable[str]) -> None:
    """Adds files to those that the running step depends on."""
    files_seen.update(str(path) for path in paths)
