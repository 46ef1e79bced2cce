"""Passes of TeX until nothing changes, and then the finished PDF put in its place.

Place in the chain: document -> **passes** -> PDF. One pass is enough when the auxiliary files
of the last build still stand; a PDF with problems never takes the place of a good one.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from proofpress.errors import PressError, PressErrors
from proofpress.steps.inside import saw
from proofpress.typeset import confined, formats, meaning, scratch
from proofpress.typeset.engine import Engine
from proofpress.typeset.log import Problem, read_log
from proofpress.typeset.run import Limits, Run, run
from proofpress.typeset.state import State

Origin = Callable[[Problem], Problem]
Event = Callable[[dict[str, Any]], None]

# Read before the document: no dates, no identity drawn from folders, no paths of included
# files in the PDF; and a character that the font lacks is an error with a line.
_QUIET = r"\pdftrailerid{}\pdfinfoomitdate=1\pdfsuppressptexinfo=-1\tracinglostchars=3\input{%s}"
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
        job = _Job(main, engine, room, store, limits, scratch.contents(main, search))
        try:
            passes = job.finish(tell, dumped)
            problems = job.problems()
            if faults := [problem for problem in problems if problem.spoils(widest)]:
                raise _Failed(faults)
        except _Failed as failed:
            raise TypesettingError(_located(failed.problems, origin)) from None
        job.keep_state()
        scratch.deliver(room / f"{job.stem}.pdf", into)
        inputs, engine_files = job.read()
        if engine.name == "system":  # for the embedded one its package's version speaks
            saw(map(str, engine_files))
        located = _located(problems, origin)
        return Outcome(into, passes, inputs, engine_files, located, job.log())


class _Job:
    """One document in its scratch folder."""

    def __init__(
        self,
        main: Path,
        engine: Engine,
        room: Path,
        store: Path,
        limits: Limits,
        files: Mapping[str, Path],
    ) -> None:
        self.engine, self.room, self.store, self.limits = engine, room, store, limits
        # An unusual name would need quoting in TeX; inside its folder it can have any other.
        self.main = main.name if _SAFE_NAME.fullmatch(main.name) else "document.tex"
        self.stem = self.main.removesuffix(".tex")
        self.files = {**files, self.main: main}
        self.text = _text(main)
        self.dump_files: tuple[str, ...] = ()
        self.format: str | None = None
        self.last: Run | None = None
        scratch.fill(room, self.files)
        self.offered = frozenset(self.files)
        self.state = State(room, store / "state" / f"{self.stem}.json", self.offered)

    def finish(self, tell: Event, dumped: bool) -> int:
        """Runs passes until the auxiliary files stand; how many there were."""
        if dumped:
            self._prepare_format(tell)
        restored = self.state.restore()
        try:
            return self._passes(tell, draft=not restored and r"\nofiles" not in self.text)
        except _Failed as failed:
            if not (restored and self._state_is_to_blame(failed.problems)):
                raise
        # What an earlier build left can be read wrongly after an edit of the macros.
        self.state.forget()
        return self._passes(tell, draft=True)

    def _prepare_format(self, tell: Event) -> None:
        document = formats.cut(self.text)
        if document is None:
            return
        store = self.store / formats.FOLDER
        preamble, offered = document.preamble, self.offered - {self.main}
        found = formats.kept(store, preamble, offered, self.room, self.engine)
        if found is None:
            tell({"what": "format"})
            made = formats.dump(
                store, preamble, offered, self.main, self.room, self.engine, self.limits
            )
            self.last = made.run
            if made.run.stopped or made.run.status < 0:
                # Going on without a format would give a PDF of other bytes.
                raise _Failed(self._problems(f"{formats.JOB}.log"))
            if made.format is None:
                # Read in each pass instead, the preamble shows its faults at their lines; one
                # that only cannot be dumped does no harm.
                scratch.fill(self.room, {self.main: self.files[self.main]})
                return
            found = made.format, made.files
        target = self.room / f"{formats.JOB}.fmt"
        target.unlink(missing_ok=True)
        try:
            # A hard link would change the state by which the format is known to be whole.
            target.symlink_to(found[0].resolve())
        except OSError:
            shutil.copyfile(found[0], target)
        self.format, self.dump_files = formats.JOB, found[1]
        (self.room / self.main).write_text(document.body, encoding="utf-8")

    def _passes(self, tell: Event, draft: bool) -> int:
        before = self.state.digest()
        for number in range(1, self.limits.passes + 1):
            tell({"what": "pass", "done": number})
            self._pass(draft and number == 1)
            after = self.state.digest()
            if after == before and not (draft and number == 1):
                return number
            before = after
        raise _Failed(
            [
                Problem(
                    "error",
                    f"page numbers and references still move after {self.limits.passes} passes",
                    self.main,
                    mend="look for a reference that changes the length of its own page",
                )
            ]
        )

    def _pass(self, draft: bool) -> None:
        options = ["-draftmode"] if draft else []
        if self.format:
            options.append(f"-fmt={self.format}")
        command = self.engine.command(*options, f"-jobname={self.stem}", _QUIET % self.main)
        self.__dict__.pop("_recorded", None)  # what an earlier pass read
        self.last = run(command, self.room, self.engine.environment(), self.limits)
        if self.last.status == 0 and not self.last.stopped:
            return
        raise _Failed(self._problems(f"{self.stem}.log"))

    def _problems(self, log: str) -> list[Problem]:
        """What the log says, and what it cannot say: that TeX was stopped, or died."""
        assert self.last is not None
        text = self._text_of(log)
        found = meaning.explained(read_log(text), self._sources())
        errors = [problem for problem in found if problem.kind == "error"]
        if self.last.stopped or self.last.status < 0:
            errors.append(meaning.stopped(self.last, self.limits, text, self.main))
        elif self.last.status != 0 and not errors:
            errors.append(meaning.silent(self.last, self.main))
        return errors

    def problems(self) -> list[Problem]:
        """What the last pass complains of."""
        found = read_log(self.log())
        found = meaning.explained(found, self._sources()) if found else []
        if not (self.room / f"{self.stem}.pdf").is_file():
            found.append(Problem("error", "the document has no page", self.main, mend="add text"))
        found += confined.forgeries(self.room, self.stem, self.log(), self.files)
        return found + confined.strangers(self._recorded, self.room, self.engine, self.files)

    def log(self) -> str:
        """The log of the last pass."""
        return self._text_of(f"{self.stem}.log")

    def _text_of(self, name: str) -> str:
        try:
            return (self.room / name).read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""

    def _sources(self) -> meaning.Sources:
        return meaning.Sources(
            {name: path for name, path in self.files.items() if path.suffix != ".pdf"},
            list(self._recorded.values()),
            tuple(self.files),
        )

    @cached_property
    def _recorded(self) -> Mapping[str, Path]:
        """Where each file stands that the last run read, or the dump of its format."""
        own = formats.recorded(self.room / f"{self.stem}.fls", self.room, self.engine)
        dump = formats.recorded(self.room / f"{formats.JOB}.fls", self.room, self.engine)
        names = dict.fromkeys((*self.dump_files, *dump, *own))
        return {name: formats.place(name, self.room, self.engine) for name in names}

    def read(self) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
        """The author's files and the engine's files that the document is made of."""
        read = self._recorded
        own = {self.files[name] for name in (*read, self.main) if name in self.files}
        engine = {path for name, path in read.items() if name.startswith("engine:")}
        return tuple(sorted(own)), tuple(sorted(engine))

    def keep_state(self) -> None:
        """Leaves the auxiliary files for the next build."""
        self.state.keep()

    def _state_is_to_blame(self, problems: Iterable[Problem]) -> bool:
        state = {*self.state.names(), None}
        return any(problem.file in state for problem in problems)


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
