"""The files that a run of TeX read, searched for what its complaint leaves out.

Place in the chain: TeX's complaint -> **the sources** -> meaning. Only a failing run looks here.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from proofpress.latex.styles import STYLES
from proofpress.typeset.doctor import lacking
from proofpress.typeset.engine import Engine
from proofpress.typeset.literature import places
from proofpress.typeset.log import Problem
from proofpress.typeset.mentioned import reachable

_DEFINES = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand|DeclareTextFontCommand|DeclareMathOperator|"
    r"[gex]?def|let|NewDocumentCommand|DeclareMath(?:Symbol|Accent|Delimiter|Alphabet))"
    r"\*?\s*\{?\\([A-Za-z]+)"
)
_ENVIRONMENT = re.compile(r"\\newenvironment\*?\{(\w+)\}")
_LOADS = re.compile(
    r"\\(?:usepackage|RequirePackage|documentclass|LoadClass|RequirePackageWithOptions|"
    r"LoadClassWithOptions)\s*(?P<options>\[[^\]]*\])?\s*\{(?P<names>[^}]*)\}"
)
_COMMENT = re.compile(r"(?<!\\)%.*")
_KERNEL = ("latex.ltx", "fontmath.ltx")


@dataclass(frozen=True)
class Sources:
    """The engine and the files of a run: the author's by their names in it, and all others that
    TeX read; the names of all files, pictures included, that TeX was offered; and the author's
    folders, in which there may be more beside what is `built`."""

    engine: Engine
    own: Mapping[str, Path]
    others: Sequence[Path]
    offered: Sequence[str] = ()
    places: Sequence[Path] = ()
    built: Path | None = None

    def known(self) -> list[str]:
        """Return the names of all files that the document could take in."""
        return [*self.offered, *reachable(self.places, self.built)]

    def entries(self) -> set[str]:
        """Return the keys of all references that could be cited."""
        bibs = [path for path in self.own.values() if path.suffix == ".bib"]
        return self.keys("bibitem").union(*(places("\n".join(lines_of(path))) for path in bibs))

    def keys(self, command: str) -> set[str]:
        """Return what the author's files give to a command: the labels of \\label, for instance."""
        return self._names(re.compile(rf"\\{command}(?:\[[^]]*\])?{{([^}}]*)}}"))

    def packages(self) -> set[str]:
        """Return the names of all packages and classes of the engine, from its tree's own list."""
        trees = {parent for path in self.others for parent in path.parents}
        lists = (line for tree in trees for line in lines_of(tree / "ls-R"))
        return {name for name in lists if name.endswith((".sty", ".cls"))}

    def holds(self, file: str) -> bool:
        """Return whether the press or the engine, which is asked, has a package or class."""
        return file in STYLES or not lacking(self.engine, [file])

    def opener(self, file: str | None, line: int | None) -> str | None:
        """Return the command before the last { of a line that the line does not close."""
        path = self.own.get(file or "")
        lines = lines_of(path) if path and line else []
        text = lines[line - 1] if line and line <= len(lines) else ""
        opened: list[int] = []
        for found in re.finditer(r"\\.|[{}]", text):
            if found[0] == "{":
                opened.append(found.start())
            elif found[0] == "}" and opened:
                opened.pop()
        before = re.search(r"\\[A-Za-z]+\*?(?:\[[^]]*\])?$", text[: opened[-1]]) if opened else None
        return re.sub(r"\[.*", "", before[0]) if before else None

    def unclosed(self) -> tuple[str, int] | None:
        """Return the author's file and line of a { that is not closed by the file's end, when there
        is one such file; of several braces the last counts."""
        found = []
        for name, path in self.own.items():
            opened: list[int] = []
            for number, line in enumerate(lines_of(path) if path.suffix == ".tex" else [], 1):
                for brace in re.findall(r"[{}]", re.sub(r"\\.|%.*", "", line)):
                    if brace == "{":
                        opened.append(number)
                    elif opened:
                        opened.pop()
            found += [(name, opened[-1])] if opened else []
        return found[0] if len(found) == 1 else None

    def definition(self, command: str) -> tuple[str, int] | None:
        """Return the first of the author's lines that defines a command, and its file."""
        for name, path in self.own.items():
            for number, line in enumerate([] if name in STYLES else lines_of(path), 1):
                if command.lstrip("\\") in _DEFINES.findall(line):
                    return name, number
        return None

    def commands(self) -> set[str]:
        """Return the names of the commands that these files define."""
        return self._names(_DEFINES)

    def environments(self) -> set[str]:
        """Return the names of the environments that these files define."""
        commands = self.commands()
        paired = {name for name in commands if f"end{name}" in commands}
        return self._names(_ENVIRONMENT) | paired

    def line(self, problem: Problem) -> str:
        """Return the line of the author's that a problem names; empty when there is none."""
        path = self.own.get(problem.file or "")
        lines = lines_of(path) if path and problem.line else []
        return (
            lines[problem.line - 1].strip() if problem.line and problem.line <= len(lines) else ""
        )

    def places_of(self, words: str) -> list[tuple[str, int]]:
        """Return the author's files and lines where `words` stand, each as often as they do."""
        return [
            (name, number)
            for name, path in self.own.items()
            for number, line in enumerate(lines_of(path) if path.suffix == ".tex" else [], 1)
            for _ in range(_COMMENT.sub("", line).count(words))
        ]

    def place_of(self, words: str) -> tuple[str, int] | None:
        """Return the author's file and line where `words` begin, blanks apart, when that is one
        place."""
        sought = "".join(words.split())[:60]
        places = []
        for name, path in self.own.items():
            lines = ["".join(line.split()) for line in lines_of(path)]
            text = "".join(lines)
            searched = sought and path.suffix in (".tex", ".sty") and name not in STYLES
            at = text.find(sought) if searched else -1
            if at >= 0:
                ends = itertools.accumulate(map(len, lines))
                places.append((name, sum(end <= at for end in ends) + 1))
        return places[0] if len(places) == 1 else None

    def loader(self, package: str, option: str = "") -> tuple[str, int] | None:
        """Return the author's file and line that load a package or class, alone or in a list.

        Of a list over several lines it is the one that names the package, or gives it the option.
        """
        for name, path in self.own.items():
            if path.suffix not in (".tex", ".sty", ".cls"):
                continue
            # A comment may hold anything; the places of all else must stay.
            lines = [_COMMENT.sub(lambda told: " " * len(told[0]), one) for one in lines_of(path)]
            text = "\n".join(lines)
            for found in _LOADS.finditer(text):
                listed = re.search(
                    rf"(?<![^,\s{{]){re.escape(package)}(?![^,\s}}])", found["names"]
                )
                if listed is None:
                    continue
                options = found["options"] or ""
                given = options.find(option) if option else -1
                inside = found.start("options") + given
                at = inside if given >= 0 else found.start("names") + listed.start()
                return name, text.count("\n", 0, at) + 1
        return None

    def odd_dollars(self) -> list[tuple[str, int]]:
        """File and line of the last line with an odd number of $ in each paragraph of the
        author's whose number of $ is odd."""
        found = []
        for name, path in self.own.items():
            odd: list[int] = []
            for number, line in enumerate(
                [*(lines_of(path) if path.suffix == ".tex" else []), ""], 1
            ):
                if not line.strip():
                    found += [(name, odd[-1])] if len(odd) % 2 else []
                    odd = []
                elif len(re.findall(r"(?<!\\)\$", line)) % 2:
                    odd.append(number)
        return found

    def _names(self, pattern: re.Pattern[str]) -> set[str]:
        # The kernel is inside the format and so in no list; its source stands by article.cls.
        kernel = [
            path.with_name(name)
            for path in self.others
            if path.name == "article.cls"
            for name in _KERNEL
        ]
        suffixes = (".tex", ".sty", ".cls", ".def", ".ltx")
        paths = (*self.own.values(), *self.others, *kernel)
        return {
            name
            for path in paths
            if path.suffix in suffixes
            for line in lines_of(path)
            for name in pattern.findall(line)
        }


def lines_of(path: Path) -> list[str]:
    """Return the lines of a text file; none for a name that TeX made up, such as that of its
    output."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
