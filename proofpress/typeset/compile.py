"""A document set until nothing changes, and then the finished PDF put in its place.

Place in the chain: document -> **typeset** -> PDF. A PDF with problems never takes the place of a
good one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from proofpress.build.inside import saw
from proofpress.faults.errors import PressError, PressErrors
from proofpress.typeset import scratch
from proofpress.typeset.engine import Engine
from proofpress.typeset.job import Event, Failed, Job
from proofpress.typeset.log import Problem
from proofpress.typeset.mentioned import Search
from proofpress.typeset.missing import MISSING
from proofpress.typeset.passes import Desk
from proofpress.typeset.run import Limits

Origin = Callable[[Problem], Problem]

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
    places: Sequence[Path] = (),
    built: Path | None = None,
) -> Outcome:
    """Return the PDF of `main`, put at `into` when it is complete and without faults.

    TeX sees the files beside `main`, and those of `search`: a file under its own name, a folder's
    files under the folder's name. `store` keeps formats and auxiliary files between builds
    (default: `.typeset` beside `into`). `origin` leads a problem from the line of a generated
    file to the line that the author wrote. `widest` is the overfull width in points from which a
    line is a fault. `dumped=False` reads the preamble in each pass. In the folders `places` the
    author's own files are looked for that the document names: pictures, lists of references. No
    name is suggested that stands in the folder `built`.

    Raises TypesettingError with every fault of the run: errors, undefined references, missing
    glyphs, lines too wide, no end within the limits. The PDF at `into` then stays as it was.
    """
    store = store or into.parent / ".typeset"
    tell = on_event or (lambda event: None)
    finder = Search(places, store)
    scratch.sweep(store)  # it may stand beside the document
    with ExitStack() as stack:
        while True:
            own = _files(main, search)
            taken = finder.taken(main, own)
            if taken.problems:
                raise TypesettingError(_located(taken.problems, origin))
            files = {**taken.files, **own}
            room = stack.enter_context(scratch.room(store))
            desk = Desk(engine, room, _name(main), files, limits, places=tuple(places), built=built)
            job = Job(main, desk, store)
            try:
                done, problems = _finished(job, tell, dumped, widest)
                break
            except Failed as failed:
                asked = [one.about for one in failed.problems if one.message.startswith(MISSING)]
                if not finder.learn(main, own, asked):
                    raise TypesettingError(_located(failed.problems, origin)) from None
            stack.close()
        inputs, engine_files = job.read()
        inputs = tuple(sorted(map(taken.source, inputs)))
        log = job.log()
        scratch.deliver(job.pdf, into)
        job.keep()
        if engine.name == "system":  # for the embedded one its package's version speaks
            saw(map(str, engine_files))
        located = _located(problems, origin)
        return Outcome(into, done, inputs, engine_files, located, log)


def _finished(job: Job, tell: Event, dumped: bool, widest: float) -> tuple[int, list[Problem]]:
    """Return how many passes a job has taken, and the problems that spoil nothing. Raises
    Failed."""
    done = job.finish(tell, dumped)
    problems = job.problems()
    if faults := [problem for problem in problems if problem.spoils(widest)]:
        raise Failed(faults)
    return done, problems


def _files(main: Path, search: Iterable[Path]) -> dict[str, Path]:
    """Return by name all the files that TeX may see."""
    return {**scratch.contents(main, search), _name(main): main}


def _name(main: Path) -> str:
    """Return what TeX calls the document. An unusual name would need quoting."""
    return main.name if _SAFE_NAME.fullmatch(main.name) else "document.tex"


def _located(problems: Iterable[Problem], origin: Origin | None) -> tuple[Problem, ...]:
    """Return the problems at the lines that the author wrote; what a loop printed again is told
    once."""
    placed = problems if origin is None else (_placed(one, origin) for one in problems)
    unlike = {(one.message, one.file, one.line): one for one in reversed([*placed])}
    return tuple(reversed(unlike.values()))


def _placed(problem: Problem, origin: Origin) -> Problem:
    before = problem.before and origin(problem.before)
    return replace(origin(problem), before=before)
