"""What the document's sources announce: each fact that they print, each boxed form, each question.

Place in the chain: assembled LaTeX -> **announced** -> comparison. The ink has to show as much as
the sources announce, and nothing that they do not; a difference is told at the author's line.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

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
    """What the assembled document and the tables that it reads announce."""
    lines = json.loads(origins.read_text(encoding="utf-8")).get(report.name, [])
    found = Announced()
    for number, line in enumerate(report.read_text(encoding="utf-8").splitlines()):
        name, at = lines[number] if number < len(lines) else (report.name, number + 1)
        where = f"{name}:{at}"
        _facts(found, line, where)
        found.boxes += [where] * len(_BOXED.findall(line))
        found.headings |= dict.fromkeys(_HEADING.findall(line), where)
        for table in _INPUT.findall(line):
            text = (report.parent / f"{table}.tex").read_text(encoding="utf-8")
            _facts(found, text, f"{table}.py")
    return found


def _facts(found: Announced, text: str, where: str) -> None:
    for fact, figure in _FACT.findall(text):
        found.facts.setdefault(fact or figure, []).append(where)
