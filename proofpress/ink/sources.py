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

from proofpress.latex.chapters import included

_FACT = re.compile(r"\\fact\{([^{}]*)\}|\{([^{}|\s]+\?[^{}|\s]*figure=[^{}|\s]*)\|[^{}|]*\}")
_INPUT = re.compile(r"\\input\{(tables/[^{}]+)\}")
# One whose formula was forgotten is set as well, and boxes whatever follows.
_BOXED = re.compile(r"\\closedform(?![A-Za-z@])")
_HEADING = re.compile(r"\\question(?:part)?(?:\[[^\]]*\])?\{([^{}]*)\}")


@dataclass
class Announced:
    """Places of facts with the author's line of each printing; lines of boxes; titles."""

    facts: dict[str, list[str]] = field(default_factory=dict)
    boxes: list[str] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)

    def where(self, place: str, nth: int = 0) -> str | None:
        """The author's line that prints a fact for the nth time, counted from 0."""
        lines = self.facts.get(place, [])
        return lines[min(nth, len(lines) - 1)] if lines else None


def announced(report: Path, origins: Path) -> Announced:
    """What the assembled document announces, with its chapters and the tables that it reads."""
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
        for table in _INPUT.findall(line):
            made = (folder / f"{table}.tex").read_text(encoding="utf-8")
            _facts(found, made, f"{table}.py")
        for chapter in chapters.get(number, []):
            _announce(found, folder, f"{chapter}.tex", origins)


def _facts(found: Announced, text: str, where: str) -> None:
    for fact, figure in _FACT.findall(text):
        found.facts.setdefault(fact or figure, []).append(where)
