"""Passes of TeX until nothing changes, and then the finished PDF put in its place.

Place in the chain: document -> **passes** -> PDF. One pass is enough when the auxiliary files
of the last build still stand, and of a document in chapters only those are set that changed, side
by side; a PDF with problems never takes the place of a good one.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from proofpress.errors import PressError, PressErrors
from proofpress.steps.inside import saw
from proofpress.typeset import chapters, formats, passes, scratch
from proofpress.typeset.chapters import Printed
from proofpress.typeset.engine import Engine
from proofpress.typeset.log import Problem
from proofpress.typeset.passes import Desk, Pass
from proofpress.typeset.run import Limits
from proofpress.typeset.state import State

if TYPE_CHECKING:
    from proofpress.typeset import joined

Origin = Callable[[Problem], Problem]
Event = Callable[[dict[str, Any]], None]

_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.tex")


@dataclass(frozen=True)
class Outcome:
    """A PDF that stands: how many passes it took, the author's files and the engine's files
    that TeX read, the problems that do not spoil it, and the last pass's log."""

    pdf: Path
    passes: int
    inputs: tuple[Path, ...]
    engine_files: tuple[Path, ...]
    problems: tuple[Problem, ...]
    log: str


class TypesettingError(PressErrors):
    """The document's faults, each with its place: `problems`."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(PressError(one.message, one.where, one.mend) for one in self.problems)


def typeset(
    main: Path,
    into: Path,
    *,
    engine: Engine,
    search: Iterable[Path] = (),
    store: Path | None = None,
    on_event: Event | None = None,
    origin: Origin | None = None,
    limits: Limits = Limits(),  # noqa: B008
    widest: float = 2.0,
    dumped: bool = True,
) -> Outcome:
    """The PDF of `main`, put at `into` when it is complete and without faults.

    TeX sees the files beside `main`, and those of `search`: a file under its own name, a folder's
    files under the folder's name. `store` keeps formats and auxiliary files between builds
    (default: `.typeset` beside `into`). `origin` leads a problem from the line of a generated
    file to the line that the author wrote. `widest` is the overfull width in points from which a
    line is a fault. `dumped=False` reads the preamble in each pass.

    Raises TypesettingError with every fault of the run: errors, undefined references, missing
    glyphs, lines too wide, no end within the limits. The PDF at `into` then stays as it was.
    """
    store = store or into.parent / ".typeset"
    tell = on_event or (lambda event: None)
    with scratch.room(store) as room:
        # An unusual name would need quoting in TeX; inside its folder it can have any other.
        name = main.name if _SAFE_NAME.fullmatch(main.name) else "document.tex"
        files = {**scratch.contents(main, search), name: main}
        job = _Job(main, Desk(engine, room, name, files, limits), store)
        try:
            done = job.finish(tell, dumped)
            problems = job.problems()
            if faults := [problem for problem in problems if problem.spoils(widest)]:
                raise _Failed(faults)
        except _Failed as failed:
            raise TypesettingError(_located(failed.problems, origin)) from None
        inputs, engine_files = job.read()
        log = job.log()
        scratch.deliver(job.pdf, into)
        job.keep()
        if engine.name == "system":  # for the embedded one its package's version speaks
            saw(map(str, engine_files))
        located = _located(problems, origin)
        return Outcome(into, done, inputs, engine_files, located, log)


class _Job:
    """One document in its scratch folder."""

    def __init__(self, main: Path, desk: Desk, store: Path) -> None:
        self.desk, self.store = desk, store
        self.text = _text(main)
        scratch.fill(desk.room, desk.files)
        offered = frozenset(desk.files)
        self.chapters = chapters.named(self.text, offered)
        kept = store / "state" / f"{desk.stem}.json"
        self.state = State(desk.room, kept, offered, self.chapters)
        self.printed: dict[str | None, Printed] = {}
        self.passes: dict[str | None, Pass] = {}  # those that set what is printed
        self.parts: dict[str | None, joined.Part] = {}  # what is printed, read to be joined

    def finish(self, tell: Event, dumped: bool) -> int:
        """Runs passes until the auxiliary files stand; how many there were, one after another."""
        if dumped:
            self._prepare_format(tell)
        restored = self.state.restore()
        if restored:
            self._find_chapters()
        try:
            done = self._passes(tell, draft=not restored and r"\nofiles" not in self.text)
        except _Failed as failed:
            if not (restored and self._state_is_to_blame(failed.problems)):
                raise
            # What an earlier build left can be read wrongly after an edit of the macros.
            self.state.forget()
            done = self._passes(tell, draft=True)
        if self.chapters != chapters.WHOLE and not self._join():
            self.chapters = chapters.WHOLE
            done += self._passes(tell, draft=False)
        return done

    def _prepare_format(self, tell: Event) -> None:
        document = formats.cut(self.text)
        if document is None:
            return
        desk, store = self.desk, self.store / formats.FOLDER
        offered = desk.files.keys() - {desk.main}
        found = formats.kept(store, document.preamble, offered, desk.room, desk.engine)
        if found is None:
            tell({"what": "format"})
            made = formats.dump(
                store, document.preamble, offered, desk.main, desk.room, desk.engine, desk.limits
            )
            dump = Pass(desk, desk.room, formats.JOB, made.run)
            if made.run.stopped or made.run.status < 0:
                # Going on without a format would give a PDF of other bytes.
                raise _Failed(dump.faults())
            if made.format is None:
                # Read in each pass instead, the preamble shows its faults at their lines; one
                # that only cannot be dumped does no harm.
                scratch.fill(desk.room, {desk.main: desk.files[desk.main]})
                return
            found = made.format, made.files
        target = desk.room / f"{formats.JOB}.fmt"
        target.unlink(missing_ok=True)
        try:
            # A hard link would change the state by which the format is known to be whole.
            target.symlink_to(found[0].resolve())
        except OSError:
            shutil.copyfile(found[0], target)
        self.desk = replace(desk, format=found[0], format_files=found[1])
        (desk.room / desk.main).write_text(document.body, encoding="utf-8")

    def _find_chapters(self) -> None:
        """Finds what earlier builds have set, where it stands."""
        shelf = self._shelf()
        for name in self.chapters:
            if name is not None and (kept := shelf.find(name)):
                self.printed[name] = kept

    def _shelf(self) -> chapters.Shelf:
        return chapters.Shelf(self.store / "chapters" / self.desk.stem, self.desk, self.text)

    def _passes(self, tell: Event, draft: bool) -> int:
        number = 0
        moved = False
        while missing := self._missing():
            if number == self.desk.limits.passes:
                raise _Failed([_restless(self.desk)])
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
        """What was not set yet with the auxiliary files as they are."""
        set_with = {name: one.state for name, one in self.printed.items()}
        return [n for n in self.chapters if set_with.get(n) != self.state.digest(n)]

    def _set(self, names: Sequence[str | None], draft: bool) -> None:
        """A pass over each of these chapters, side by side."""
        states = {name: self.state.digest(name) for name in names}
        watched = self.chapters != chapters.WHOLE

        def over(name: str | None) -> Pass:
            return passes.over(self.desk, name, watched, draft)

        with ThreadPoolExecutor(os.cpu_count()) as threads:
            running = threads.map(over, names)
            self._read_others(names)
            made = dict(zip(names, running, strict=True))
        if faults := [fault for one in made.values() if one.failed for fault in one.faults()]:
            raise _Failed(faults)
        for name in names:
            self.state.share(name)
            self.parts.pop(name, None)
        if watched and any(one.left_chapters(draft) for one in made.values()):
            self.chapters = chapters.WHOLE
        elif not draft:
            self.passes |= made
            self.printed |= {n: chapters.printed(n, one, states[n]) for n, one in made.items()}

    def problems(self) -> list[Problem]:
        """What the passes complain of that set what is printed."""
        done = [self.passes[name] for name in self.chapters if name in self.passes]
        found = [problem for one in done for problem in one.problems()]
        if not self.pdf.is_file():
            found.append(
                Problem("error", "the document has no page", self.desk.main, mend="add text")
            )
        return found

    def log(self) -> str:
        """The logs of the last passes."""
        return "".join(self.passes[name].log for name in self.chapters if name in self.passes)

    def _read_others(self, names: Collection[str | None]) -> None:
        """Reads the PDFs of other chapters than these, for which TeX may be at work."""
        wanted = self.printed.keys() - {*names, None} - self.parts.keys()
        if wanted:
            # Only a document in chapters needs the library that this imports.
            from proofpress.typeset import joined
        for name in wanted:
            one = self.printed[name]
            with suppress(joined.CannotJoin):
                self.parts[name] = joined.read(one.pdf, one.absent)

    def _join(self) -> bool:
        """Makes one PDF of the chapters' PDFs; whether that can be done."""
        from proofpress.typeset import joined

        self._read_others(())
        if self.parts.keys() != {*self.chapters}:
            return False
        joined.join([self.parts[name] for name in self.chapters], self.pdf)
        return True

    def keep(self) -> None:
        """Leaves the auxiliary files, and the chapters that were set, for the next build."""
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
        """The author's files and the engine's files that the document is made of."""
        desk = self.desk
        listed = [self.printed[name].read for name in self.chapters]
        read = {desk.main, *desk.format_files, *(name for names in listed for name in names)}
        own = {desk.files[name] for name in read if name in desk.files}
        engine = {name for name in read if name.startswith("engine:")}
        places = {Path(formats.place(name, desk.room, desk.engine)) for name in engine}
        return tuple(sorted(own)), tuple(sorted(places))

    def _state_is_to_blame(self, problems: Iterable[Problem]) -> bool:
        state = {*self.state.names(), None}
        return any(problem.file in state for problem in problems)


def _restless(desk: Desk) -> Problem:
    return Problem(
        "error",
        f"page numbers and references still move after {desk.limits.passes} passes",
        desk.main,
        mend="look for a reference that changes the length of its own page",
    )


class _Failed(Exception):
    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


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


def _located(problems: Iterable[Problem], origin: Origin | None) -> tuple[Problem, ...]:
    """The problems at the lines that the author wrote; what a loop printed again is told once."""
    placed = problems if origin is None else map(origin, problems)
    unlike = {(one.message, one.file, one.line): one for one in reversed([*placed])}
    return tuple(reversed(unlike.values()))
