"""What the document's sources announce: each fact that they print, each boxed form, each question.

Place in the chain: assembled LaTeX -> **announced** -> comparison. The ink has to show as much as
the sources announce, and nothing that they do not; a difference is told at the author's line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from proofpress.documents.printed import places
from proofpress.latex.chapters import included
from proofpress.latex.vocabulary import CLOSEDFORM, ENTRY, QUESTION, QUESTIONPART, openings

_INPUT = re.compile(r"\\input\{(tables/[^{}]+)\}")
# One whose formula was forgotten is set as well, and boxes whatever follows.
_BOXED = re.compile(CLOSEDFORM.opening)
_HEADING = re.compile(rf"{openings([QUESTION, QUESTIONPART])}\{{([^{{}}]*)\}}")
_ENTRY = re.compile(rf"{ENTRY.opening}\{{([^{{}}]*)\}}")
_CONTENTS = re.compile(r"\\tableofcontents(?![A-Za-z@])")


@dataclass
class Announced:
    """Places of facts with the author's line of each printing; lines of boxes; titles; names of
    entries to which facts lead; whether there are contents."""

    facts: dict[str, list[str]] = field(default_factory=dict)
    boxes: list[str] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)
    entries: set[str] = field(default_factory=set)
    contents: bool = False

    def where(self, place: str, nth: int = 0) -> str | None:
        """Return the author's line that prints a fact for the nth time, counted from 0."""
        lines = self.facts.get(place, [])
        return lines[min(nth, len(lines) - 1)] if lines else None


def announced(report: Path, origins: Path) -> Announced:
    """Return what the assembled document announces, with its chapters and the tables that it
    reads."""
    found = Announced()
    _announce(found, report.parent, report.name, json.loads(origins.read_text(encoding="utf-8")))
    return found


def _announce(found: Announced, folder: Path, file: str, origins: Mapping[str, Any]) -> None:
    lines = origins.get(file, [])
    text = (folder / file).read_text(encoding="utf-8")
    chapters: dict[int, list[str]] = {}
    for name, number in included(text):
        chapters.setdefault(number, []).append(name)
    for number, line in enumerate(text.split("\n"), 1):
        name, at = lines[number - 1] if number <= len(lines) else (file, number)
        where = f"{name}:{at}"
        _facts(found, line, where)
        found.boxes += [where] * len(_BOXED.findall(line))
        found.headings |= dict.fromkeys(_HEADING.findall(line), where)
        found.contents |= bool(_CONTENTS.search(line))
        for table in _INPUT.findall(line):
            made = (folder / f"{table}.tex").read_text(encoding="utf-8")
            _facts(found, made, f"{table}.py")
        for chapter in chapters.get(number, []):
            _announce(found, folder, f"{chapter}.tex", origins)


def _facts(found: Announced, text: str, where: str) -> None:
    for place in places(text):
        found.facts.setdefault(place, []).append(where)
    found.entries |= set(_ENTRY.findall(text))
