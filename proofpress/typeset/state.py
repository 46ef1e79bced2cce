"""Auxiliary files: what TeX writes in one pass to read in the next, kept between builds.

Place in the chain: pass -> **state** -> pass. When the state is the same before and after a
pass, page numbers and references stand. Of a document in chapters each pass has files of its own,
and reads those that the passes over the other chapters share.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from proofpress.build.digests import digest
from proofpress.build.memo import Memo
from proofpress.typeset.passes import PASSES, folder_of

_CHECKPOINT = re.compile(rb"^\\@setckpt\{.*?^\}", re.MULTILINE | re.DOTALL)
_OTHERS = (".log", ".pdf", ".fls", ".fmt", ".gz")  # what TeX writes for others than itself


class State:
    """The auxiliary files in the folder `room`, and where they are `kept` between builds.

    Files that were `offered` to TeX are inputs, not state. Shared are the files in which the
    passes over `chapters` tell of their labels and pages.
    """

    def __init__(
        self, room: Path, kept: Path, offered: Collection[str], chapters: Sequence[str | None]
    ) -> None:
        self._room, self._offered, self._chapters = room, offered, chapters
        self._memo, self._name = Memo(kept.parent, __package__), kept.name
        self._shared = [f"{name}.aux" for name in chapters if name is not None]

    def names(self) -> list[str]:
        """Return the files' names in the room: those ending in .aux, .toc, .out and the like."""
        folders = sorted(self._room.glob(f"{PASSES}/*"))
        own = [name for folder in folders for name in self._own(folder.name)]
        return own + [name for name in self._shared if (self._room / name).is_file()]

    def digest(self, chapter: str | None) -> str:
        """Equal for equal contents of all files that a pass over a chapter, or over the whole
        document, reads."""
        return digest(repr(self._read([*self._own(folder_of(chapter)), *self._shared])).encode())

    def share(self, chapter: str | None) -> None:
        """Let the other passes read what one has written for them."""
        folder = self._room / PASSES / folder_of(chapter)
        for name in self._shared:
            if (folder / name).is_file():
                (folder / name).replace(self._room / name)
        if chapter is None:
            self._seed()

    def _seed(self) -> None:
        """Give the passes over chapters something to begin with: what the whole has kept."""
        whole = folder_of(None)
        for name in self._own(whole):
            inside = Path(name).relative_to(PASSES, whole)
            for other in map(folder_of, self._shared and self._chapters):
                target = self._room / PASSES / other / inside
                if not target.exists():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(self._room / name, target)

    def counters(self) -> list[str]:
        """With which page and numbers each chapter ends, and so the next one begins."""
        texts = ((self._room / name) for name in self._shared)
        listed = [path.read_bytes() if path.is_file() else b"" for path in texts]
        return [b"".join(_CHECKPOINT.findall(text)).decode("latin-1") for text in listed]

    def keep(self) -> None:
        """Leave the files for the next build, all of them or none."""
        self._memo.keep(self._name, self._read(self.names()))

    def restore(self) -> bool:
        """Put the files of the last build into the room; whether there is where to begin."""
        files = self._memo.find(self._name) or {}
        restored = {name: data for name, data in files.items() if self._is_state(name)}
        for name, data in restored.items():
            target = self._room / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        return bool(restored.keys() & {*(self._shared or self._own(folder_of(None)))})

    def _is_state(self, name: str) -> bool:
        """Return whether a pass over this document, as it is now, writes a file of that name.

        What the last build wrote for chapters that are gone is nothing that TeX may read.
        """
        if name in self._offered or ".." in Path(name).parts:
            return False
        folders = [f"{PASSES}/{folder_of(chapter)}/" for chapter in (None, *self._chapters)]
        return name in self._shared or name.startswith(tuple(folders))

    def forget(self) -> None:
        """Remove all files, so that the next pass begins as in a build from nothing."""
        for name in self.names():
            (self._room / name).unlink()

    def _own(self, folder: str) -> Iterator[str]:
        """Yield the files that the passes with that folder keep to themselves."""
        place = self._room / PASSES / folder
        for path in sorted(place.rglob("*")):
            name = path.relative_to(place).as_posix()
            if path.suffix not in _OTHERS and name not in self._offered and path.is_file():
                yield f"{PASSES}/{folder}/{name}"

    def _read(self, names: Collection[str]) -> dict[str, bytes]:
        paths = {name: self._room / name for name in names}
        return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}
