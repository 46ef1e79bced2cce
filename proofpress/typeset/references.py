"""The list of references in the room of a document, made anew when what is cited changes.

Place in the chain: auxiliary files of a pass -> **list of references** -> the next pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from proofpress.build.digests import digest
from proofpress.build.memo import Memo
from proofpress.typeset import literature
from proofpress.typeset.log import Problem
from proofpress.typeset.passes import PASSES, Desk, folder_of


class References:
    """The list of references of the document of a desk; `store` keeps it between builds."""

    def __init__(self, desk: Desk, store: Path) -> None:
        self._room, self._stem = desk.room, desk.stem
        self._memo = Memo(store / "references", __name__)
        self.cited = literature.Cited()

    def look(self, chapters: Sequence[str | None]) -> None:
        """See in the auxiliary files what is cited."""
        main = f"{self._stem}.aux"
        folders = [self._room / PASSES / folder_of(name) for name in (*chapters, None)]
        told = next((folder for folder in folders if (folder / main).is_file()), None)
        if told is not None:
            self.cited = literature.cited(main, (told, self._room))

    def write(self, desk: Desk) -> bool:
        """Put the list into the room; whether that is another one than before.

        Raises BadList.
        """
        if not self.cited.lists:
            return False
        new, target = self._text(desk), self._room / desk.listed
        if target.is_file() and target.read_text(encoding="utf-8") == new:
            return False
        target.write_text(new, encoding="utf-8")
        return True

    def asked_for(self, chapter: str | None) -> bool:
        """Return whether the list stands in a chapter, or may stand there."""
        return (
            chapter is None
            or {f"{chapter}.aux", f"{self._stem}.aux"} & {*self.cited.asking} != set()
        )

    def files(self, desk: Desk) -> list[Path]:
        """Return the author's files that the list is made of."""
        names = (f"{name}.bib" for name in self.cited.lists)
        return [desk.files[name] for name in names if name in desk.files]

    def placed(self, problems: Iterable[Problem], desk: Desk) -> list[Problem]:
        """Return the problems, those in the list at the entry that it was made of."""
        return [self._at_entry(one, desk) if one.file == desk.listed else one for one in problems]

    def _text(self, desk: Desk) -> str:
        bibs = [(path.name, digest(path.read_bytes())) for path in self.files(desk)]
        found: str = self._memo.recall(
            self._stem,
            (version("pybtex"), bibs, self.cited),
            lambda: literature.references(self.cited, desk.files),
        )
        return found

    def _at_entry(self, problem: Problem, desk: Desk) -> Problem:
        text = (self._room / desk.listed).read_text(encoding="utf-8")
        key = literature.entry_at(text, problem.line or 0)
        for name in (f"{name}.bib" for name in self.cited.lists):
            found = literature.places(desk.files[name].read_text(encoding="utf-8-sig"))
            if key in found:
                return replace(problem, file=name, line=found[key], about=problem.about or key)
        return problem
