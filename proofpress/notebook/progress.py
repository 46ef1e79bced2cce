"""What a notebook tells the outside while it runs: how far it is, or that it cannot go on.

A bar printed by a cell would be stored as outputs of the notebook, one for each refresh, so
progress leaves by a side channel: a file of JSON lines named by an environment variable.
`execution.execute` makes the file and reads it.
"""

from __future__ import annotations

import json
import os
import time
import traceback
from collections.abc import Iterable, Iterator, Sized
from typing import TypeVar

EVENTS_VARIABLE = "PROOFPRESS_EVENTS"
SECONDS_BETWEEN_EVENTS = 0.2

T = TypeVar("T")


class Unavailable(Exception):
    """Something that the notebook needs is not on this machine: what, and how to mend it.

    It is shown in one line, with the lines of the notebook that led there: the frames of a library
    that tried would help nobody.

    >>> print(Unavailable("no data", mend="fetch it"))
    no data; mend: fetch it
    """

    def __init__(self, what: str, *, mend: str) -> None:
        super().__init__(f"{what}; mend: {mend}")

    def _render_traceback_(self) -> list[str]:
        """Return the lines that IPython shows instead of a traceback."""
        from IPython.core.getipython import get_ipython

        shell = get_ipython()
        places = []
        for frame, line in traceback.walk_tb(self.__traceback__):
            cell = shell and shell.compile.format_code_name(frame.f_code.co_filename)
            if cell:
                places.append(f"{cell[0]} {cell[1]}, line {line}")
        return [*places, f"{type(self).__name__}: {self}"]


def progress(items: Iterable[T], title: str, total: int | None = None) -> Iterator[T]:
    """Yield the same items, while the runner (or, by hand, a passing bar) shows how many are done.

    `total` defaults to the length of `items`, where it has one.

    >>> list(progress([1, 2, 3], "squares"))
    [1, 2, 3]
    """
    if total is None and isinstance(items, Sized):
        total = len(items)
    path = os.environ.get(EVENTS_VARIABLE)
    if path is None:
        yield from _passing_bar(items, title, total)
        return
    last = 0.0
    done = 0
    _tell(path, title, done, total)
    for item in items:
        yield item
        done += 1
        if time.monotonic() - last >= SECONDS_BETWEEN_EVENTS:
            last = time.monotonic()
            _tell(path, title, done, total)
    _tell(path, title, done, total if total is not None else done)


def _passing_bar(items: Iterable[T], title: str, total: int | None) -> Iterator[T]:
    # Only an interactive kernel has somebody who looks at a bar.
    from IPython.core.getipython import get_ipython

    if get_ipython() is None:
        yield from items
        return
    from tqdm.auto import tqdm

    yield from tqdm(items, desc=title, total=total, leave=False)


def _tell(path: str, title: str, done: int, total: int | None) -> None:
    # One write call a line in append mode: a reader sees whole lines or none.
    line = json.dumps({"title": title, "done": done, "total": total}) + "\n"
    with open(path, "a", encoding="utf-8") as events:
        events.write(line)
