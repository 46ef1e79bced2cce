"""One document on its way to a PDF: passes of TeX until nothing changes.

Place in the chain: document -> **job** -> pages. One pass is enough when the auxiliary files of
the last build still stand, and of a document in chapters only those are set that changed, side by
side.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from proofpress.faults.errors import PressError
from proofpress.typeset import chapters, formats, meaning, scratch
from proofpress.typeset.chapters import Printed
from proofpress.typeset.literature import BadList
from proofpress.typeset.log import Problem
from proofpress.typeset.passes import Desk, Pass, set_pages
from proofpress.typeset.references import References
from proofpress.typeset.state import State

if TYPE_CHECKING:
    from proofpress.typeset import joined

Event = Callable[[dict[str, Any]], None]


class Failed(Exception):
    """The document has faults, or TeX was `stopped` before it came to its end."""

    def __init__(self, problems: list[Problem], stopped: bool = False) -> None:
        super().__init__(problems)
        self.problems = problems
        self.stopped = stopped


class Job:
    """The document `main` in the room of a desk; `store` keeps formats, auxiliary files and
    chapters between builds.

    Raises PressError when `main` is no text.
    """

    def __init__(self, main: Path, desk: Desk, store: Path) -> None:
        self.desk, self.store = desk, store
        self.text = _text(main)
        scratch.fill(desk.room, desk.files)
        offered = frozenset(desk.files)
        self.chapters = chapters.named(self.text, offered)
        kept = store / "state" / f"{desk.stem}.json"
        self.state = State(desk.room, kept, offered, self.chapters)
        self.references = References(desk, store)
        self.restored = False  # whether there were auxiliary files of an earlier build
        self.printed: dict[str | None, Printed] = {}
        self.passes: dict[str | None, Pass] = {}  # those that set what is printed
        self.parts: dict[str | None, joined.Part] = {}  # what is printed, read to be joined

    def finish(self, tell: Event, dumped: bool) -> int:
        """Run passes until the auxiliary files stand; how many there were, one after another.

        Raises Failed.
        """
        try:
            if dumped:
                self._prepare_format(tell)
            self.restored = self.state.restore()
            self._list_references()
            self._find_chapters()
            done = self._passes(tell, draft=not self.restored and r"\nofiles" not in self.text)
        except Failed as failed:
            if failed.stopped or not self.restored:
                raise
            done = self._passes_from_nothing(tell)
        if self.chapters != chapters.WHOLE and not self._join():
            self.chapters = chapters.WHOLE
            done += self._passes(tell, draft=False)
        return done

    def _passes_from_nothing(self, tell: Event) -> int:
        """Run all passes without what an earlier build left.

        After an edit TeX may read old auxiliary files wrongly, and complain of any line that uses
        them. So every fault is told as a build from nothing meets it.
        """
        self.state.forget()
        self.restored = False
        self.chapters = chapters.named(self.text, self.desk.files.keys())
        return self._passes(tell, draft=r"\nofiles" not in self.text)

    def _prepare_format(self, tell: Event) -> None:
        document = formats.cut(self.text)
        if document is None:
            return
        desk = self.desk
        found = self._kept_format(document)
        if found is None:
            tell({"what": "format"})
            store, offered = self.store / formats.FOLDER, desk.files.keys() - {desk.main}
            made = formats.dump(
                store, document.preamble, offered, desk.main, desk.room, desk.engine, desk.limits
            )
            dump = Pass(desk, desk.room, formats.JOB, made.run)
            if made.run.stopped or made.run.status < 0:
                # Going on without a format would give a PDF of other bytes.
                raise Failed(dump.faults())
            if made.format is None:
                # Read in each pass instead, the preamble shows its faults at their lines; one
                # that only cannot be dumped does no harm.
                scratch.fill(desk.room, {desk.main: desk.files[desk.main]})
                return
            found = made.format, made.files
        self._take_format(document, *found)

    def _kept_format(self, document: formats.Document) -> tuple[Path, tuple[str, ...]] | None:
        desk, store = self.desk, self.store / formats.FOLDER
        offered = desk.files.keys() - {desk.main}
        return formats.kept(store, document.preamble, offered, desk.room, desk.engine)

    def _take_format(self, document: formats.Document, made: Path, files: tuple[str, ...]) -> None:
        desk = self.desk
        target = desk.room / f"{formats.JOB}.fmt"
        target.unlink(missing_ok=True)
        try:
            # A hard link would change the state by which the format is known to be whole.
            target.symlink_to(made.resolve())
        except OSError:
            shutil.copyfile(made, target)
        self.desk = replace(desk, format=made, format_files=files)
        (desk.room / desk.main).write_text(document.body, encoding="utf-8")

    def _find_chapters(self) -> None:
        """Find what earlier builds have set, where it stands."""
        shelf = self._shelf()
        for name in self.chapters if self.restored else ():
            if name is not None and (kept := shelf.find(name)):
                self.printed[name] = kept

    def _shelf(self) -> chapters.Shelf:
        return chapters.Shelf(self.store / "chapters" / self.desk.stem, self.desk, self.text)

    def _passes(self, tell: Event, draft: bool) -> int:
        number = 0
        moved = False
        while missing := self._missing():
            if number == self.desk.limits.passes:
                raise Failed([_restless(self.desk)])
            number += 1
            tell({"what": "pass", "done": number})
            if moved or (draft and number == 1):
                # It carries the page's number on through all chapters, each pass over one chapter
                # only to the next.
                self._set(chapters.WHOLE, draft=True)
                moved = False
                continue
            before = self.state.counters()
            # The first passes over chapters find what the pass over the whole told of itself.
            beginning = number == 2 and self.chapters != chapters.WHOLE
            self._set(missing, draft and beginning)
            moved = self.state.counters() != before
        return number

    def _missing(self) -> list[str | None]:
        """Return what was not set yet with the auxiliary files as they are."""
        set_with = {name: one.state for name, one in self.printed.items()}
        return [name for name in self.chapters if set_with.get(name) != self.state.digest(name)]

    def _set(self, names: Sequence[str | None], draft: bool) -> None:
        """Run a pass over each of these chapters, side by side."""
        states = {name: self.state.digest(name) for name in names}
        watched = self.chapters != chapters.WHOLE

        def over(name: str | None) -> Pass:
            return set_pages(self.desk, name, watched, draft)

        with ThreadPoolExecutor(os.cpu_count()) as threads:
            running = threads.map(over, names)
            self._read_others(names)
            made = dict(zip(names, running, strict=True))
        failed = [one for one in made.values() if one.failed]
        if watched and failed and all(one.is_empty for one in failed):
            self.chapters = chapters.WHOLE
            return
        if failed:
            faults = [fault for one in failed for fault in one.faults()]
            stopped = any(one.run.stopped for one in failed)
            raise Failed(self.references.placed(faults, self.desk), stopped)
        for name in names:
            self.state.share(name)
            self.parts.pop(name, None)
        if watched and any(one.left_chapters(draft) for one in made.values()):
            self.chapters = chapters.WHOLE
        elif not draft:
            self.passes |= made
            self.printed |= {n: chapters.printed(n, one, states[n]) for n, one in made.items()}
        self._list_references()

    def _list_references(self) -> None:
        """Make the list of references of what is cited; where it stands is set again for another.

        Raises Failed.
        """
        self.references.look(self.chapters)
        self._write_references()

    def _write_references(self) -> None:
        try:
            if not self.references.write(self.desk):
                return
        except BadList as bad:
            raise Failed(bad.problems) from bad
        for name in [name for name in self.printed if self.references.asked_for(name)]:
            del self.printed[name]

    def problems(self) -> list[Problem]:
        """Return what the passes complain of that set what is printed."""
        done = [self.passes[name] for name in self.chapters if name in self.passes]
        told = [problem for one in done for problem in one.problems()]
        found = self.references.placed(told, self.desk)
        if not self.pdf.is_file():
            found.append(meaning.no_page(self.desk.main))
        return found

    def log(self) -> str:
        """Return the logs of the last passes."""
        return "".join(self.passes[name].log for name in self.chapters if name in self.passes)

    def _read_others(self, names: Collection[str | None]) -> None:
        """Read the PDFs of other chapters than these, for which TeX may be at work."""
        wanted = self.printed.keys() - {*names, None} - self.parts.keys()
        if wanted:
            # Only a document in chapters needs the library that this imports.
            from proofpress.typeset import joined
        for name in wanted:
            one = self.printed[name]
            with suppress(joined.CannotJoin):
                self.parts[name] = joined.read(one.pdf, one.absent)

    def _join(self) -> bool:
        """Make one PDF of the chapters' PDFs; whether that can be done."""
        from proofpress.typeset import joined

        self._read_others(())
        if self.parts.keys() != {*self.chapters}:
            return False
        joined.join([self.parts[name] for name in self.chapters], self.pdf)
        return True

    def keep(self) -> None:
        """Leave the auxiliary files, and the chapters that were set, for the next build."""
        self.state.keep()
        shelf = self._shelf()
        wanted = [*filter(None, self.chapters)]
        shelf.clear(wanted)
        for name in wanted:
            if name in self.passes:
                shelf.keep(name, self.printed[name])

    @property
    def pdf(self) -> Path:
        """The document as it is to be published."""
        whole = self.printed.get(None)
        return whole.pdf if whole else self.desk.room / f"{self.desk.stem}.pdf"

    def read(self) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
        """Return the author's files and the engine's files that the document is made of."""
        desk = self.desk
        listed = [self.printed[name].read for name in self.chapters]
        read = {desk.main, *desk.format_files, *(name for names in listed for name in names)}
        own = {desk.files[name] for name in read if name in desk.files}
        own |= {*self.references.files(desk)}
        engine = {name for name in read if name.startswith("engine:")}
        places = {Path(formats.place(name, desk.room, desk.engine)) for name in engine}
        return tuple(sorted(own)), tuple(sorted(places))


def _restless(desk: Desk) -> Problem:
    return Problem(
        "error",
        f"page numbers and references still move after {desk.limits.passes} passes",
        desk.main,
        mend="look for a reference that changes the length of its own page",
    )


def _text(main: Path) -> str:
    try:
        return main.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise PressError(
            f"byte {error.object[error.start]:#04x} is not UTF-8 text",
            f"{main.name}:{line}",
            "save the file as UTF-8",
        ) from error
