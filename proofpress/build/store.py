"""The record that a finished step leaves: the one memory of the build.

A record is one small sealed file a step. Without one that can be believed the step runs.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from proofpress.build import sealed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any


class Store:
    """Records of steps below `folder`; `tell` hears of each that was damaged."""

    def __init__(self, folder: str, tell: Callable[[str], object]) -> None:
        self.folder, self._tell = folder, tell
        self._read_before: dict[str, dict[str, Any] | None] = {}

    def read(self, name: str) -> dict[str, Any] | None:
        """Return the record of a step, or None when there is none that can be believed. A file is
        read once, and again when another record was written."""
        if name not in self._read_before:
            self._read_before[name] = self._read(self._path(name))
        return self._read_before[name]

    def _read(self, path: str) -> dict[str, Any] | None:
        text = sealed.read(path, self._tell)
        return None if text is None else json.loads(text)

    def write(self, name: str, record: dict[str, Any]) -> None:
        """Keep a record; its file appears whole or not at all."""
        self._read_before.pop(name, None)
        os.makedirs(self.folder, exist_ok=True)
        sealed.write(self._path(name), json.dumps(record, sort_keys=True).encode())

    def forget(self, name: str) -> None:
        """Remove a record, before its step's outputs are touched."""
        self._read_before.pop(name, None)
        try:
            os.unlink(self._path(name))
        except FileNotFoundError:
            return

    def forget_others(self, names: Iterable[str]) -> Iterator[dict[str, Any] | None]:
        """Remove the records of all steps but these, and give them back one by one."""
        known = {os.path.basename(self._path(name)) for name in names}
        try:
            listed = os.listdir(self.folder)
        except FileNotFoundError:
            return
        for file in sorted(set(listed) - known):
            path = os.path.join(self.folder, file)
            record = self._read(path)
            os.unlink(path)
            yield record

    def _path(self, name: str) -> str:
        return os.path.join(self.folder, name.replace("/", "-") + ".json")
