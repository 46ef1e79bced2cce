"""What was read before, found again while all that decides it is as it was.

Place in the chain: identity of a page -> **kept reading** -> comparison. After most edits all pages
but one or two draw what they drew. What stands at a spot of a page is kept under the page's
identity; what a formula's LaTeX reads, and its value, under the formula. What the pages show is
compared with the ledger each time.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

import pikepdf

from proofpress.build import sealed
from proofpress.build.digests import digest
from proofpress.build.press import code

Key = tuple[Hashable, ...]
READERS = ("ink", "kinds", "formulas", "ledger", "latex")  # rooms on whose code a reading depends


class Kept:
    """Results by key, in a file, or without one for as long as this lives.

    Keys and results are made of what marshal writes: texts, numbers, tuples, sets, None.

    >>> kept = Kept()
    >>> kept.recall(("sum", 1, 2), lambda: 1 + 2), kept.recall(("sum", 1, 2), lambda: 1 / 0)
    (3, 3)
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._known: dict[Key, Any] = {}
        self._met: dict[Key, Any] = {}
        if file is not None:
            self._code = _code()
            kept = sealed.read(str(file))
            if kept is not None:
                code, known = marshal.loads(kept)
                if code == self._code:
                    self._known = known

    def recall(self, key: Key, look: Callable[[], Any]) -> Any:
        """What `look` returned for this key before, or returns now; it may depend on nothing else.

        What it raises is not kept.
        """
        if key not in self._met:
            self._met[key] = self._known[key] if key in self._known else look()
        return self._met[key]

    def hold(self, key: Key) -> None:
        """Keeps what is known of a thing that is still there, but is not asked for this time."""
        if key in self._known:
            self._met[key] = self._known[key]

    def save(self) -> None:
        """Keeps what this document has, and nothing else."""
        if self._file is None or self._met.keys() == self._known.keys():
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        sealed.write(str(self._file), marshal.dumps((self._code, self._met)))


def _code() -> str:
    """What reads: the code of the rooms, and the versions of what they rest on."""
    parts = [sys.version, pikepdf.__version__, code(*READERS)]
    return digest("\0".join(parts).encode())
