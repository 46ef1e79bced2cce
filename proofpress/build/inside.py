"""What a running step may tell its worker; outside a worker nothing is listening.

A step function calls `progress` for the terminal, and `saw` for files that another program
read on its behalf (TeX's recorder list), which no hook in Python can observe.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import Any

    from proofpress.build.observe import Watch

listener: Callable[[dict[str, Any]], None] | None = None
watcher: Watch | None = None
# Descriptors that every program started by the step has to inherit: the next build waits until
# the last of them is closed, so that it never meets a program of one that was killed.
at_work: tuple[int, ...] = ()
# Whether --force was given: what a step keeps between builds is then left aside.
forced = False


def progress(**event: Any) -> None:
    """Send one event to the display, for instance done=3, total=12, what="cell".

    >>> progress(what="cell", done=1, total=2)
    """
    if listener is not None:
        listener({"event": "progress", **event})


@contextmanager
def group(leader: int) -> Iterator[None]:
    """While this lasts, a process group that the step has started ends with it at the latest."""
    tell = listener or (lambda event: None)
    tell({"event": "began", "process": leader})
    try:
        yield
    finally:
        tell({"event": "gone", "process": leader})


def note(what: str, where: str) -> None:
    """Tell the author of something that is no error, and where it is.

    >>> note("a video is left out", "demo.ipynb, cell 2")
    """
    if listener is not None:
        listener({"event": "note", "what": what, "where": where})


def damaged(path: str) -> None:
    """Tell that a file of the press's own was damaged, and what it held is made again.

    >>> damaged("output/.steps/x")
    """
    if watcher is not None:
        watcher.tell(path)


def saw(paths: Iterable[str]) -> None:
    """Add files to those that the running step depends on."""
    if watcher is not None:
        for path in paths:
            watcher.told(os.path.abspath(path))


def uses(package: str) -> None:
    """Add an installed package to those that the running step depends on.

    >>> uses("sympy")
    """
    if watcher is not None:
        watcher.uses(package)


@contextmanager
def recording() -> Iterator[dict[tuple[str, ...], Any]]:
    """Note what is read inside: kind and place of each file, folder or question whether one is
    there, with its state just before. An event that let others read unseen stands there by its
    name.

    Outside a worker nothing is noticed.

    >>> with recording() as read:
    ...     _ = open(__file__).close()
    >>> read
    {}
    """
    read: dict[tuple[str, ...], Any] = {}
    if watcher is None:
        yield read
        return
    before, watcher.recorded = watcher.recorded, read
    try:
        yield read
    finally:
        watcher.recorded = before


def again(kind: str, place: str) -> None:
    """Count something that `recording` told of as read again: whatever came of it is reused."""
    if watcher is not None:
        watcher.again(kind, os.path.abspath(place))


def source(path: Path) -> bytes:
    """Return the bytes of a source file; the running step depends on its meaning only.

    >>> from pathlib import Path
    >>> source(Path(__file__))[:3]
    b'\"\"\"'
    """
    return path.read_bytes() if watcher is None else watcher.source(os.fspath(path))


@contextmanager
def by_line(path: str) -> Iterator[None]:
    """Let what is done inside depend on the code of the source file `path` and on its lines.

    Its comments then do not count, even if the file is read here.

    >>> with by_line("derivations/attention.py"):
    ...     pass
    """
    with nullcontext() if watcher is None else watcher.by_line(path):
        yield
