"""Which changes are tried: a sample, the same for a seed, spread evenly over modules and kinds."""

from __future__ import annotations

import ast
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .baseline import ROOMS
from .operators import Change, changes

# Modules in which a change cannot make an answer wrong, each with the reason.
LEFT_OUT = {
    "proofpress/counting/latex.py": "layout; what it prints is read back and compared",
    "proofpress/counting/lines.py": "where long lines are cut",
    "proofpress/counting/deadline.py": "time limits",
    "proofpress/counting/letters.py": "places in the author's file, for messages",
    "proofpress/proving/engines.py": "names",
    "proofpress/proving/methods/coq.py": "a second opinion by Coq, asked by hand only",
    "proofpress/proving/methods/run.py": "a name and an engine",
    "proofpress/proving/methods/second_opinion.py": "a name and an engine",
    "proofpress/terms/origin.py": "places in the author's file, for messages",
    "proofpress/terms/text.py": "the text of terms in messages",
}


@dataclass(frozen=True)
class Mutant:
    """A change of one file of the press."""

    path: str
    change: Change

    @property
    def name(self) -> str:
        """Return the file and the change; the same wherever the lines lie."""
        return f"{self.path.removeprefix('proofpress/')}: {self.change.told()}"


def modules(root: Path) -> list[str]:
    """Return the files that are changed."""
    found = [p for room in ROOMS for p in sorted((root / room).glob("*.py"))]
    names = [p.relative_to(root).as_posix() for p in found if p.name != "__init__.py"]
    return [name for name in names if name not in LEFT_OUT]


def sample(root: Path, seed: int, count: int) -> list[Mutant]:
    """Return so many mutants, in the order of their files."""
    chance = random.Random(seed)
    given = modules(root)
    chance.shuffle(given)
    waiting = {path: _shuffled((root / path).read_text(encoding="utf-8"), chance) for path in given}
    found: list[Mutant] = []
    while len(found) < count and waiting:
        for path in list(waiting):
            change = next(waiting[path], None)
            if change is None:
                del waiting[path]
            elif len(found) < count:
                found.append(Mutant(path, change))
    return sorted(found, key=lambda mutant: (mutant.path, mutant.change.start))


def _shuffled(source: str, chance: random.Random) -> Iterator[Change]:
    """Return the changes of a program, one of each kind before the next of any kind."""
    kinds: defaultdict[str, list[Change]] = defaultdict(list)
    for change in changes(source):
        kinds[change.operator].append(change)
    for kind in kinds.values():
        chance.shuffle(kind)
    while kinds:
        for kind in chance.sample(sorted(kinds), len(kinds)):
            change = kinds[kind].pop()
            if not kinds[kind]:
                del kinds[kind]
            if _is_program(change.applied(source)):
                yield change


def _is_program(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True
