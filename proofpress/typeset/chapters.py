"""The chapters of a document as they were set last, found again while all that made them stands.

Place in the chain: document -> **chapters** -> a pass over each that changed -> one PDF. What a
chapter is made of: the preamble, what stands around the chapters, its own text, every other file
that TeX's recorder saw its pass read, and the auxiliary files of all chapters.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proofpress.build.inside import damaged
from proofpress.build.memo import Memo
from proofpress.latex.chapters import included
from proofpress.typeset import formats, scratch
from proofpress.typeset.passes import Desk, Pass

WHOLE = (None,)  # a document that is set as one
_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")


def named(text: str, offered: Collection[str]) -> tuple[str | None, ...]:
    r"""Return the names of the chapters that can be set apart; a lone None when there are no two.

    >>> named("\\include{one}\n\\include{two}", {"one.tex", "two.tex"})
    ('one', 'two')
    """
    names = [name for name, _ in included(text)]
    found = all(_SAFE_NAME.fullmatch(name) and f"{name}.tex" in offered for name in names)
    return tuple(names) if found and len({*names}) == len(names) > 1 else WHOLE


@dataclass(frozen=True)
class Printed:
    """A chapter, or a whole document, as it was set: its pages, the digest of the auxiliary files
    that TeX found, the files that it read and where they stand, and the names that its links lead
    to without a target."""

    pdf: Path
    state: str
    read: Mapping[str, str]
    absent: tuple[str, ...]


class Shelf:
    """Chapters that were set by earlier builds, in a folder of the store."""

    def __init__(self, folder: Path, desk: Desk, text: str) -> None:
        self._folder, self._desk = folder, desk
        format_name = desk.format.name if desk.format else None
        program = desk.engine.digest
        self._memo = Memo(folder, __package__)
        self._made_of = (text, sorted(desk.files), program, format_name)

    def find(self, chapter: str) -> Printed | None:
        """Return the chapter as it was set last; None when its text, or a file that it read,
        changed.

        Whether the auxiliary files are those that it was set with is for the caller to see.
        """
        note: dict[str, Any] | None = self._memo.find(_named(chapter, ".note"), *self._made_of)
        if note is None:
            return None
        pdf = self._folder / _named(chapter, ".pdf")
        if formats.checksum(pdf) != note["pdf"]:
            damaged(str(pdf))
            return None
        room, engine = self._desk.room, self._desk.engine
        if not formats.stand(note["read"], room, engine):
            return None
        read = {name: formats.place(name, room, engine) for name in note["read"]["files"]}
        return Printed(pdf, note["state"], read, note["absent"])

    def keep(self, chapter: str, printed: Printed) -> None:
        """Leave a chapter that was set now for the next build; its PDF moves here."""
        desk = self._desk
        # What the format was made of is in the key already, by the format's name.
        read = printed.read.keys() - set(desk.format_files)
        known = {*desk.files, desk.listed}
        own = sorted(name for name in read if name in known or name.startswith("engine:"))
        note = {
            "state": printed.state,
            "read": formats.noted(own, desk.room, desk.engine),
            "absent": printed.absent,
            "pdf": formats.checksum(printed.pdf),
        }
        scratch.deliver(printed.pdf, self._folder / _named(chapter, ".pdf"))
        self._memo.keep(_named(chapter, ".note"), note, *self._made_of)

    def clear(self, chapters: Collection[str]) -> None:
        """Remove what is kept of others than these chapters."""
        wanted = {_named(name, kind) for name in chapters for kind in (".note", ".pdf")}
        for path in self._folder.glob("*"):
            if path.name not in wanted:
                path.unlink(missing_ok=True)


def _named(chapter: str, kind: str) -> str:
    return chapter.replace("/", "=") + kind


def printed(chapter: str | None, passed: Pass, state: str) -> Printed:
    """Return what a pass over a chapter, or over the whole, has left; `state` is the digest of the
    auxiliary files that it found."""
    absent: tuple[str, ...] = ()
    if chapter is not None:
        # Only a document in chapters needs the library that this imports.
        from proofpress.typeset import joined

        absent = tuple(joined.absent(passed.log))
    return Printed(passed.pdf, state, passed.recorded, absent)
