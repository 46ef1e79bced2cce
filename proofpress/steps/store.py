"""The record that a finished step leaves: the one memory of the build.

A record is one small file a step, renamed into place when whole. Anything unreadable, or of
another layout, counts as no record at all, and the step runs.
"""

from __future__ import annotations

import json
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

# Raised when a record's meaning changes, so that an older store is never believed.
LAYOUT = 2
FIELDS: tuple[str, ...] = (
    "call",
    "inputs",
    "parameters",
    "reads",
    "disturbed",
    "imports",
    "packages",
)
FIELDS += ("environment", "outputs")


class Store:
    """Records of steps below `folder`."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def read(self, name: str) -> dict[str, Any] | None:
        """The record of a step, or None when there is none that can be believed."""
        return self._read(self._path(name))

    def _read(self, path: str) -> dict[str, Any] | None:
        try:
            with open(path, encoding="utf-8") as file:
                record = json.load(file)
        except (OSError, ValueError):
            return None
        if not isinstance(record, dict) or record.get("layout") != LAYOUT:
            return None
        return record if all(field in record for field in FIELDS) else None

    def write(self, name: str, record: dict[str, Any]) -> None:
        """Keeps a record; its file appears whole or not at all."""
        os.makedirs(self.folder, exist_ok=True)
        fresh = f"{self._path(name)}.{os.getpid()}"
        with open(fresh, "w", encoding="utf-8") as file:
            json.dump({"layout": LAYOUT, **record}, file, sort_keys=True)
        os.replace(fresh, self._path(name))

    def forget(self, name: str) -> None:
        """Removes a record, before its step's outputs are touched."""
        try:
            os.unlink(self._path(name))
        except FileNotFoundError:
            return

    def forget_others(self, names: Iterable[str]) -> Iterator[dict[str, Any] | None]:
        """Removes the records of all steps but these, and gives them back one by one."""
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
