r"""The author's own files that a document names: pictures, texts, lists of references, styles.

Place in the chain: document -> **files that it names** -> the room in which TeX works. A name is a
path from the report's folder, from that of its templates, or from that of the modules that draw;
nobody has to list the files. What
only TeX can tell, such as the names that a macro puts together, is learnt from its complaint, and
known the next time.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from proofpress.build.memo import Memo
from proofpress.faults.author import SETTINGS
from proofpress.faults.nearest import meant
from proofpress.typeset.log import Problem
from proofpress.typeset.vectors import Lost, converted

PICTURES = (".pdf", ".png", ".jpg", ".jpeg", ".svg")
_TEXTS = (".tex", ".sty", ".cls")
# Commands by what is tried behind a name that is not there as it stands.
_COMMANDS = {
    "includegraphics": PICTURES,
    "input": (".tex",),
    "include": (".tex",),
    "bibliography": (".bib",),
    "lstinputlisting": (),
    "verbatiminput": (),
    "VerbatimInput": (),
    "usepackage": (".sty",),
    "RequirePackage": (".sty",),
    "documentclass": (".cls",),
}
_ASKED = "asked"  # instead of a command, for what TeX has asked for
_LISTS = ("bibliography", "usepackage", "RequirePackage")
_SKIPPED = re.compile(
    r"\\begin\{(verbatim|Verbatim|lstlisting|comment)\*?\}.*?\\end\{\1\*?\}|(?<!\\)(?:\\\\)*%[^\n]*",
    re.DOTALL,
)
_NAMED = re.compile(
    rf"\\(?P<command>{'|'.join(_COMMANDS)})(?![A-Za-z@])\*?\s*(?:\[[^\]]*\]\s*)*"
    r"\{(?P<names>[^{}]*)\}"
)
_FOLDERS = re.compile(r"\\graphicspath\s*\{((?:\s*\{[^{}]*\}\s*)*)\}")
# Of a macro that is given a picture, the name itself is seen.
_GIVEN = re.compile(r"\{(?P<names>[\w./ +-]+\.(?:pdf|png|jpe?g|svg))\}", re.IGNORECASE)
_UNTOLD = re.compile(r"(?:#\d|\\[A-Za-z@]+\s*)+")
_LEFT_OUT = ("proofpress", "node_modules", "__pycache__")


@dataclass(frozen=True)
class Mention:
    """A name that a command takes in, and the file and line where it stands."""

    command: str
    name: str
    file: str
    line: int


@dataclass(frozen=True)
class Taken:
    """What a document takes in beside its own files: where each stands, by its name in the room;
    the author's file of each; and what is wrong with them."""

    files: Mapping[str, Path] = field(default_factory=dict)
    own: Mapping[str, Path] = field(default_factory=dict)
    problems: Sequence[Problem] = ()

    def source(self, path: Path) -> Path:
        """Return the author's file behind one that TeX was given."""
        return next((self.own[name] for name, at in self.files.items() if at == path), path)


def mentions(text: str, file: str) -> list[Mention]:
    r"""Return the files that a text names, comments and verbatim code left out.

    >>> [(one.name, one.line) for one in mentions("\\input{a}%\\input{b}\n\\input{c}", "")]
    [('a', 1), ('c', 2)]
    """
    shown = _SKIPPED.sub(lambda found: "\n" * found[0].count("\n"), text)
    listed = []
    for pattern in (_NAMED, _GIVEN):
        for found in pattern.finditer(shown):
            command = found.groupdict().get("command", "")
            names = found["names"].split(",") if command in _LISTS else [found["names"]]
            line = shown.count("\n", 0, found.start("names")) + 1
            listed += [Mention(command, name.strip(), file, line) for name in names if name.strip()]
    return listed


class Search:
    """Looks for the author's files in some `places`, the report's folder first; `store` keeps what
    was learnt of TeX, and pictures that were converted."""

    def __init__(self, places: Sequence[Path], store: Path) -> None:
        self._places, self._store = places, store
        self._memo = Memo(store / "asked", __package__)

    def taken(self, main: Path, files: Mapping[str, Path]) -> Taken:
        """Return what a document in `files` names and does not hold."""
        if not self._places:
            return Taken()
        given: dict[str, Path] = {}
        own: dict[str, Path] = {}
        problems: list[Problem] = []
        texts = [path for name, path in files.items() if path.suffix in _TEXTS]
        folders = _picture_folders(texts)
        listed = [one for name, path in files.items() for one in _mentions_of(name, path)]
        at = {one.name: (one.file, one.line) for one in reversed(listed)}
        known = self._known(main)
        asked = [Mention(_ASKED, name, *at.get(name, (main.name, 1))) for name in known]
        listed = asked + listed
        for one in listed:  # it grows
            for name, path in self._found(one, folders, {**files, **own}):
                own[name] = path
                listed += _mentions_of(name, path)
                try:
                    is_svg = path.suffix.lower() == ".svg"
                    given[name] = converted(path, self._store) if is_svg else path
                except Lost as lost:
                    # A name in braces may be no more than words; then TeX does not ask for it.
                    problems += [_unlike(one, path, lost)] if one.command else []
            if one.command == "bibliography" and f"{one.name}.bib" not in {**files, **own}:
                problems.append(self._no_list(one))
        return Taken(given, own, problems)

    def learn(self, main: Path, files: Mapping[str, Path], asked: Iterable[str]) -> list[str]:
        """Return those of the names for which TeX has asked that are the author's; known from now
        on."""
        before = self._known(main)
        folders = _picture_folders(path for path in files.values() if path.suffix in _TEXTS)
        wanted = [name for name in dict.fromkeys(asked) if name not in before]
        asking = [Mention(_ASKED, name, main.name, 1) for name in wanted]
        new = [one.name for one in asking if [*self._found(one, folders, files)]]
        if new:
            self._memo.keep(main.stem, [*before, *new])
        return new

    def _known(self, main: Path) -> list[str]:
        return self._memo.find(main.stem) or []

    def _found(
        self, one: Mention, folders: Sequence[str], files: Mapping[str, Path]
    ) -> Iterator[tuple[str, Path]]:
        """Yield each file that a name can mean, under its name in the room; none that is there."""
        is_picture = one.command in ("includegraphics", _ASKED, "")
        for folder in ("", *folders) if is_picture else ("",):
            name = os.path.normpath(f"{folder}{one.name}").replace(os.sep, "/")
            if os.path.isabs(name) or name.startswith(".."):
                continue
            wholes = [*_wholes(name, one.command)]
            if any(whole in files for whole in wholes):
                return
            for place in self._places:
                for whole in wholes:
                    if found := [*_standing(place, whole, one.command)]:
                        yield from ((name, path) for name, path in found if name not in files)
                        return

    def _no_list(self, one: Mention) -> Problem:
        known = [path.stem for place in self._places for path in place.glob("*.bib")]
        mend = meant(one.name, known) or f"write {one.name}.bib beside {SETTINGS}"
        what = f"there is no list of references {one.name}.bib"
        return Problem("error", what, one.file, one.line, mend=mend, about=one.name)


def reachable(places: Iterable[Path], built: Path | None = None) -> list[str]:
    """Return the names of all files of the author's that a document could name; none that is
    `built`."""
    found = []
    for place in places:
        for folder, inner, names in os.walk(place):
            inner[:] = [one for one in inner if one[0] not in "._" and one not in _LEFT_OUT]
            inner[:] = [one for one in inner if Path(folder, one) != built]
            found += [os.path.relpath(os.path.join(folder, name), place) for name in sorted(names)]
    readable = (*PICTURES, *_TEXTS, ".bib")
    return [name.replace(os.sep, "/") for name in found if name.lower().endswith(readable)]


def _wholes(name: str, command: str) -> Iterator[str]:
    """Yield the names of the files that a name can mean, in TeX's order."""
    ends = _COMMANDS.get(command, (*PICTURES, *_TEXTS))
    if "." in name.rpartition("/")[2] or not ends:
        yield name
    yield from (name + end for end in ends)


def _standing(place: Path, name: str, command: str) -> Iterator[tuple[str, Path]]:
    """Yield the file of that name in a place; of one that a macro completes, all that it can
    mean."""
    pattern = _UNTOLD.sub("*", name)
    if pattern != name:
        if re.search(r"[^*./\s]{2}", pattern.removesuffix(Path(pattern).suffix)):
            for path in sorted(place.glob(pattern)):
                if path.suffix.lower() in _COMMANDS.get(command, PICTURES) and path.is_file():
                    yield path.relative_to(place).as_posix(), path
    elif (place / name).is_file():
        yield name, place / name


def _unlike(one: Mention, path: Path, lost: Lost) -> Problem:
    """Return the problem of an SVG that cannot be carried over."""
    line = f":{lost.line}" if lost.line else ""
    what = f"{path.as_posix()}{line} {lost.what}"
    mend = f"save it as {path.with_suffix('.pdf').name}, and name that"
    return Problem("error", what, one.file, one.line, mend=mend, about=one.name)


def _mentions_of(name: str, path: Path) -> list[Mention]:
    return mentions(_text(path), name) if path.suffix in _TEXTS else []


def _picture_folders(texts: Iterable[Path]) -> list[str]:
    """Return the folders of \\graphicspath."""
    found = [inner for path in texts for inner in _FOLDERS.findall(_text(path))]
    return [name for inner in found for name in re.findall(r"\{([^{}]*)\}", inner)]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
