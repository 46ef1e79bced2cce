"""From lines of generated files to the lines that the author wrote.

Place in the chain: TeX's complaint -> meaning -> **the author's line** -> message. A line of the
assembled document knows its template's line. Other generated files say in a comment, "% from
tables/masks.py", what the lines below it come from; there the line is sought by what TeX shows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from proofpress.faults.errors import FROM
from proofpress.faults.places import best_line, definition, excerpt, shown
from proofpress.faults.written import Written
from proofpress.typeset.log import Problem
from proofpress.typeset.sources import lines_of

_CELL = re.compile(r"(?P<notebook>.+\.ipynb), cell (?P<number>\d+)")


class Authors:
    """Leads problems in the files of `folder` to the author's lines.

    `lines` holds the author's file and line for each line of a generated file. A file that is none
    of these, and not in the folder, is the author's own, in one of some `places`. Words can come
    from the file of `settings`, too.
    """

    def __init__(
        self,
        folder: Path,
        lines: Mapping[str, Sequence[Sequence[Any]]],
        places: Sequence[Path] = (),
        settings: Path | None = None,
    ) -> None:
        self._folder, self._lines, self._places = folder, lines, places
        self._settings = settings

    def __call__(self, problem: Problem) -> Problem:
        """Return the problem at the author's line, with what stands there and what TeX read
        instead."""
        known = self._lines.get(problem.file or "", ())
        if problem.file is None or problem.line is None:
            return replace(problem, file=str(known[0][0])) if known else problem
        if 1 <= problem.line <= len(known):
            file, line = known[problem.line - 1]
            return self._shown(problem, str(file), int(line), lines_of(Path(file))[int(line) - 1])
        if own := self._own(problem.file):
            words = lines_of(own)[problem.line - 1 : problem.line] or [""]
            return self._shown(problem, own.as_posix(), problem.line, words[0])
        maker = self._maker(problem.file, problem.line)
        if maker is None:
            return replace(problem, file=f"{self._folder.as_posix()}/{problem.file}")
        if cell := _CELL.fullmatch(maker):
            source = _cell(Path(cell["notebook"]), int(cell["number"]))
            at = best_line(source, problem.about, problem.excerpt)
            if at is None:
                return replace(problem, file=maker, line=None)
            return self._shown(problem, f"{maker}, line {at}", None, source[at - 1])
        source = lines_of(Path(maker))
        at = best_line(source, problem.about, "") or _made(source)
        return self._shown(problem, maker, at, source[at - 1] if source else "")

    def _own(self, file: str) -> Path | None:
        if (self._folder / file).is_file():
            return None
        return next((place / file for place in self._places if (place / file).is_file()), None)

    def _maker(self, file: str, line: int) -> str | None:
        """Return what the lines of a generated file come from at a line of it."""
        above = lines_of(self._folder / file)[:line]
        named = (text.removeprefix(FROM) for text in reversed(above) if text.startswith(FROM))
        return next(named, None)

    def _shown(self, problem: Problem, file: str, line: int | None, words: str) -> Problem:
        """Return the problem with the author's words; what TeX read is shown when it tells more."""
        seen = "".join(problem.excerpt.split()) in "".join(words.split())
        # An overfull line is about all of its words, and most errors about one command or sign.
        told = seen or (problem.kind != "overfull" and problem.about in words)
        printed = "" if told else excerpt(problem.excerpt, problem.about) + self._given(problem)
        words = excerpt(words.strip(), problem.about)
        return replace(problem, file=file, line=line, excerpt=words, printed=printed)

    def _given(self, problem: Problem) -> str:
        """Return the setting that gives what is complained of, as a line, if one does."""
        longest = max(re.findall(r"\w{12,}", problem.excerpt), key=len, default="")
        about = problem.about or longest
        if not about or self._settings is None or not self._settings.is_file():
            return ""
        try:
            text = self._settings.read_text(encoding="utf-8-sig")
            where = Written(text, self._settings.as_posix()).holding(about)
        except (OSError, ValueError):  # edited since the build began
            return ""
        return f"\n  given in {shown(where, about=about)}" if where else ""


def _made(source: Sequence[str]) -> int:
    """Return the number of the line of a table's module that makes its rows, if there is only
    one."""
    calls = [number for number, line in enumerate(source, 1) if "rows(" in line]
    return calls[0] if len(calls) == 1 else definition(source, "table")


def _cell(notebook: Path, number: int) -> list[str]:
    """Return the lines of a notebook's cell."""
    try:
        source = json.loads(notebook.read_text(encoding="utf-8"))["cells"][number - 1]["source"]
    except (OSError, ValueError, LookupError, TypeError):
        return []
    return "".join(source).splitlines()
