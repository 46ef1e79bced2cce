"""One pass of TeX over a document, or over one of its chapters, and what it leaves.

Place in the chain: document -> **pass** -> PDF, log, auxiliary files. Each pass writes into a
folder of its own, so that several at once all read the auxiliary files of the passes before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from proofpress.typeset import confined, formats, meaning
from proofpress.typeset.engine import Engine
from proofpress.typeset.log import Problem, read_log
from proofpress.typeset.mentioned import PICTURES
from proofpress.typeset.run import Limits, Run, run

# Read before the document: no dates, no identity drawn from folders, no paths of included
# files in the PDF; and a character that the font lacks is an error with a line.
_QUIET = r"\pdftrailerid{}\pdfinfoomitdate=1\pdfsuppressptexinfo=-1\tracinglostchars=3"
# What is called an SVG in the room is a PDF that was made of it.
_VECTORS = (
    r"\makeatletter\AddToHook{begindocument}{\ifdefined\DeclareGraphicsRule"
    r"\DeclareGraphicsRule{.svg}{pdf}{.svg}{}\g@addto@macro\Gin@extensions{,.svg}\fi}\makeatother"
)
_NO_PAGES = "\nNo pages of output."
PASSES = "tex-passes"  # TeX refuses to write into a folder with a dot
# LaTeX writes to \@partaux only while a chapter is open; whatever page is shipped at another
# time would be in the PDF of every chapter. An author's own \includeonly is asked about, too.
_OUTSIDE = "not in chapters that can be set apart"
_WATCHED = (
    rf"\makeatletter\def\press@outside{{\typeout{{{_OUTSIDE}}}}}"
    r"\AddToHook{shipout/before}{\ifx\@auxout\@partaux\else\press@outside\fi}"
    r"\AddToHook{begindocument}{\ifx\press@parts\@partlist\else\press@outside\fi}"
    r"\if@partsw\def\press@parts{?}\else %s\let\press@parts\@partlist\fi\makeatother"
)


@dataclass(frozen=True)
class Desk:
    """What all passes over one document share: the room that holds its files, the name of its main
    file there, and where each file comes from; and the format that was dumped, if any, which
    stands in the room as well, with the files that it was made of. Further files of the author's
    are looked for in some `places`, but not in what is `built`."""

    engine: Engine
    room: Path
    main: str
    files: Mapping[str, Path]
    limits: Limits
    format: Path | None = None
    format_files: tuple[str, ...] = ()
    places: tuple[Path, ...] = ()
    built: Path | None = None

    @property
    def stem(self) -> str:
        """The name that TeX gives to whatever it writes."""
        return self.main.removesuffix(".tex")

    @property
    def listed(self) -> str:
        """The name of the list of references."""
        return f"{self.stem}.bbl"


@dataclass(frozen=True)
class Pass:
    """A run of TeX under the name `job`, and the folder that it wrote into."""

    desk: Desk
    folder: Path
    job: str
    run: Run

    @property
    def failed(self) -> bool:
        """Whether TeX complained, or did not come to its end."""
        return self.run.status != 0 or self.run.stopped

    @property
    def pdf(self) -> Path:
        """Where the pages are, if there are any."""
        return self.folder / f"{self.job}.pdf"

    @property
    def has_pages(self) -> bool:
        """Whether there are; of none TeX may leave an empty file."""
        return self.pdf.is_file() and self.pdf.stat().st_size > 0

    @property
    def is_empty(self) -> bool:
        """Whether TeX came to its end and there was nothing to print."""
        return _NO_PAGES in self.log

    @cached_property
    def log(self) -> str:
        """What TeX told of its work."""
        try:
            return (self.folder / f"{self.job}.log").read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""

    def left_chapters(self, draft: bool) -> bool:
        """Return whether a page was made that belongs to no chapter, or none at all, or the author
        has chosen among the chapters."""
        return f"\n{_OUTSIDE}\n" in self.log or not (draft or self.has_pages)

    @cached_property
    def recorded(self) -> Mapping[str, str]:
        """Where each file stands that this run read, or the dump of its format."""
        desk = self.desk
        lists = (desk.room / f"{formats.JOB}.fls", self.folder / f"{self.job}.fls")
        read = [formats.recorded(fls, desk.room, desk.engine) for fls in lists]
        names = dict.fromkeys(name for found in (desk.format_files, *read) for name in found)
        return {name: formats.place(name, desk.room, desk.engine) for name in names}

    def faults(self) -> list[Problem]:
        """Return what a failed run's log says, and what it cannot say: that TeX was stopped, or
        died."""
        desk, run = self.desk, self.run
        found = meaning.explained(read_log(self.log), self._sources())
        errors = [problem for problem in found if problem.kind == "error"]
        if self.is_empty:  # what packages do at the end of a document can ask for a page
            errors = [one for one in errors if r"\end{document}" not in one.excerpt]
            errors = errors or [meaning.no_page(desk.main)]
        if run.stopped or run.status < 0:
            errors.append(meaning.stopped(run, desk.limits, self.log, desk.main))
        elif run.status != 0 and not errors:
            errors.append(meaning.silent(run, desk.main))
        return errors

    def problems(self) -> list[Problem]:
        """Return what a run complains of that came to its end."""
        desk = self.desk
        found = read_log(self.log)
        found = meaning.explained(found, self._sources()) if found else []
        found += confined.forgeries(self.folder, self.job, self.log, desk.files)
        return found + confined.strangers(self.recorded, desk.room, desk.engine, desk.files)

    def _sources(self) -> meaning.Sources:
        files = self.desk.files
        return meaning.Sources(
            self.desk.engine,
            {name: path for name, path in files.items() if path.suffix.lower() not in PICTURES},
            list(map(Path, self.recorded.values())),
            tuple(files),
            self.desk.places,
            self.desk.built,
        )


def folder_of(chapter: str | None) -> str:
    """Return the name of the folder that the passes over a chapter write into, or over the whole.

    >>> folder_of("sections/one"), folder_of(None)
    ('sections=one', 'all')
    """
    return "all" if chapter is None else chapter.replace("/", "=")


def set_pages(desk: Desk, chapter: str | None, watched: bool, draft: bool = False) -> Pass:
    """Run a pass over the chapter of that name, or over the whole document when it is None;
    `watched` for pages that belong to no chapter."""
    name = f"{PASSES}/{folder_of(chapter)}"
    folder = desk.room / name
    for file in desk.files:
        if file.endswith(".tex"):  # what TeX writes for a chapter has its place in the folder
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
        # TeX would read what it wrote there in an earlier pass.
        (folder / file).unlink(missing_ok=True)
    (folder / f"{desk.stem}.pdf").unlink(missing_ok=True)
    options = ["-draftmode"] if draft else []
    options += [f"-fmt={formats.JOB}"] if desk.format else []
    options += [f"-jobname={desk.stem}", f"-output-directory={name}"]
    alone = "" if chapter is None else rf"\includeonly{{{chapter}}}"
    text = _QUIET + _VECTORS + (_WATCHED % alone if watched else "") + rf"\input{{{desk.main}}}"
    command = desk.engine.command(*options, text)
    return Pass(
        desk, folder, desk.stem, run(command, desk.room, desk.engine.environment(), desk.limits)
    )
