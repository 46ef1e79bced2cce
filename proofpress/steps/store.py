"""The record that a finished step leaves: the one memory of the build.

A record is one small file a step, renamed into place when whole. Anything unreadable, or of
another layout, counts as no record at all, and the step runs.
"""

from __future__ import annotations

import json
import os
from typing import Any

# Raised when a record's meaning changes, so that an older store is never believed.
LAYOUT = 1
FIELDS = ("call", "parameters", "files", "code", "packages", "environment", "outputs")


class Store:
    """Records of steps below `folder`."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def read(self, name: str) -> dict[str, Any] | None:
        """The record of a step, or None when there is none that can be believed."""
        try:
            with open(self._path(name), encoding="utf-8") as file:
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
            json.dump({"layout": LAYOUT, **record}, file, indent=1, sort_keys=True)
        os.replace(fresh, self._path(name))

    def forget(self, name: str) -> None:
        """Removes a record, before its step's outputs are touched."""
        try:
            os.unlink(self._path(name))
        except FileNotFoundError:
            return

    def _path(self, name: str) -> str:
        return os.path.join(self.folder, name.replace("/", "-") + ".json")
