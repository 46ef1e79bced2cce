"""What was read before, found again while all that decides it is as it was.

Place in the chain: identity of a page -> **kept reading** -> comparison. After most edits all pages
but one or two draw what they drew. What stands at a spot of a page is kept under the page's
identity; what a formula's LaTeX reads, and its value, under the formula. What the pages show is
compared with the ledger each time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

import pikepdf

from proofpress.build.memo import Memo

Key = tuple[Hashable, ...]


class Kept:
    """Results by key, in a file, or without one for as long as this lives.

    Keys and results are made of what marshal writes: texts, numbers, tuples, sets, None.

    >>> kept = Kept()
    >>> kept.recall(("sum", 1, 2), lambda: 1 + 2), kept.recall(("sum", 1, 2), lambda: 1 / 0)
    (3, 3)
    """

    def __init__(self, file: Path | None = None) -> None:
        self._known: dict[Key, Any] = {}
        self._met: dict[Key, Any] = {}
        self._memo: Memo | None = None
        if file is not None:
            self._memo, self._name = Memo(file.parent, __package__), file.name
            self._known = self._memo.find(self._name, pikepdf.__version__) or {}

    def recall(self, key: Key, look: Callable[[], Any]) -> Any:
        """Return what `look` returned for this key before, or returns now; it may depend on nothing
        else.

        What it raises is not kept.
        """
        if key not in self._met:
            self._met[key] = self._known[key] if key in self._known else look()
        return self._met[key]

    def hold(self, key: Key) -> None:
        """Keep what is known of a thing that is still there, but is not asked for this time."""
        if key in self._known:
            self._met[key] = self._known[key]

    def save(self) -> None:
        """Keep what this document has, and nothing else."""
        if self._memo is not None and self._met.keys() != self._known.keys():
            self._memo.keep(self._name, self._met, pikepdf.__version__)
