"""Auxiliary files: what TeX writes in one pass to read in the next, kept between builds.

Place in the chain: pass -> **state** -> pass. When the state is the same before and after a
pass, page numbers and references stand.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Collection
from pathlib import Path

from proofpress.steps import sealed

_OTHERS = (".log", ".pdf", ".fls", ".fmt", ".gz")  # what TeX writes for others than itself


class State:
    """The auxiliary files in the folder `room`, and where they are `kept` between builds.

    Files that were `offered` to TeX are inputs, not state.
    """

    def __init__(self, room: Path, kept: Path, offered: Collection[str]) -> None:
        self._room, self._kept, self._offered = room, kept, offered

    def names(self) -> list[str]:
        """The files' names: those ending in .aux, .toc, .out and the like."""
        files = (path for path in sorted(self._room.rglob("*")) if path.is_file())
        named = ((path.relative_to(self._room).as_posix(), path.suffix) for path in files)
        return [name for name, kind in named if name not in self._offered and kind not in _OTHERS]

    def digest(self) -> str:
        """Equal for equal contents of all files."""
        return hashlib.sha256(self._packed().encode()).hexdigest()

    def keep(self) -> None:
        """Leaves the files for the next build, all of them or none."""
        self._kept.parent.mkdir(parents=True, exist_ok=True)
        sealed.write(str(self._kept), self._packed().encode("ascii"))

    def restore(self) -> bool:
        """Puts the files of the last build into the folder; whether there were any."""
        packed = json.loads(sealed.read(str(self._kept)) or b"{}")
        files = {str(name): base64.b64decode(data) for name, data in packed.items()}
        for name, data in files.items():
            target = self._room / name
            inside = target.resolve().is_relative_to(self._room.resolve())
            if inside and target.parent.is_dir() and name not in self._offered:
                target.write_bytes(data)
        return bool(files)

    def forget(self) -> None:
        """Takes the files away: an earlier build's may be read wrongly after an edit."""
        for name in self.names():
            (self._room / name).unlink()

    def _packed(self) -> str:
        files = {name: (self._room / name).read_bytes() for name in self.names()}
        return json.dumps({name: base64.b64encode(data).decode() for name, data in files.items()})
