"""TeX's log, read as a list of problems.

Place in the chain: TeX's complaint -> **problem** -> the author's line. Here the log is only
read; meaning.py says what TeX's words mean and how to mend the fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

SPOILING = (
    "error",
    "undefined reference",
    "undefined citation",
    "multiply defined label",
    "missing character",
)


@dataclass(frozen=True)
class Problem:
    """One complaint. `kind` is error, overfull, undefined reference, undefined citation, missing
    character, multiply defined label, repeated target, or rerun; `points` says how wide an overfull
    line is too wide. `about` is the command, key or character that is complained of. File, line and
    excerpt are those of the file that TeX read until the author's are known; what TeX read is then
    `printed`, if it shows what the author's line does not. `opened` lists the files that were open,
    the innermost first; what this one repeats stands `before`."""

    kind: str
    message: str
    file: str | None = None
    line: int | None = None
    excerpt: str = ""
    mend: str | None = None
    points: float = 0.0
    about: str = ""
    printed: str = ""
    opened: tuple[str, ...] = field(default=(), compare=False)
    before: Problem | None = field(default=None, compare=False)

    @property
    def where(self) -> str | None:
        """The place as an author reads it: "report.tex:31: the words there"."""
        if self.file is None:
            return self.excerpt or None
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        place = f"{place}: {self.excerpt}" if self.excerpt else place
        place += f"\n  printed as: {self.printed}" if self.printed else ""
        return f"{place}\n  and before: {self.before.where}" if self.before else place

    def spoils(self, widest: float) -> bool:
        """Return whether a report with this problem must not be handed in."""
        return self.kind in SPOILING or (self.kind == "overfull" and self.points > widest)

    def __str__(self) -> str:
        lines = [self.message]
        lines += [f"  {self.where}"] if self.where else []
        lines += [f"  mend: {self.mend}"] if self.mend else []
        return "\n".join(lines)


_PLACED_ERROR = re.compile(r"^(?P<file>[^\s:][^:]*):(?P<line>\d+): (?P<what>.+)$")
_BARE_ERROR = re.compile(r"^!(?: |(?=pdfTeX error))(?P<what>.+)$")
_FOLLOWS_FROM_OTHERS = re.compile(r"^(Emergency stop|\s*==> Fatal error|That makes 100 errors)")
_CONTEXT = re.compile(r"^l\.(?P<line>\d+) ?(?P<text>.*)$")
_REFERENCE = re.compile(
    r"^LaTeX Warning: (?P<kind>Reference|Citation) `(?P<key>.*?)'(?: on page \S+)? undefined"
    r"(?: on input line (?P<line>\d+))?"
)
_LABEL = re.compile(r"^LaTeX Warning: Label `(?P<key>.*?)' multiply defined")
_DESTINATION = re.compile(
    r"^pdfTeX warning \(ext4\): destination with the same identifier \(name\{(?P<key>.*?)\}\)"
)
_RERUN = re.compile(r"^(LaTeX|Package \w+) Warning: .*(Rerun|rerun|may have changed)")
_PROGRAM = re.compile(r"runsystem\((?P<command>.*)\)\.\.\.disabled")
_GLYPH = re.compile(r"^Missing character: There is no (?P<glyph>.+) in font (?P<font>\S+)!")
_OVERFULL = re.compile(
    r"^Overfull \\(?P<box>[hv])box \((?P<points>[\d.]+)pt too (?:wide|high)\)"
    r"(?:.*?at lines? (?P<line>\d+))?"
)
_OPEN_GROUP = re.compile(r"^### (?P<group>.+?) group \(level \d+\) entered at line (?P<line>\d+)")
_BOX = re.compile(r"^(Over|Under)full \\[hv]box")
_FONT = re.compile(r"\\[A-Z0-9]+/[\w-]+/\S+/\S+/[\d.]+ ")


def read_log(text: str) -> list[Problem]:
    """Return the problems in a log made with -file-line-error and max_print_line=1000, in its
    order.

    >>> log = "./a.tex:3: Undefined control sequence.\\nl.3 A \\\\foo\\n        and so on\\n"
    >>> read_log(log)[0].where
    'a.tex:3: A \\\\foo and so on'
    """
    problems: list[Problem] = []
    files = _Files()
    lines = text.splitlines()
    number = 0
    while number < len(lines):
        line = lines[number]
        after = number + 1
        if found := _PLACED_ERROR.match(line) or _BARE_ERROR.match(line):
            after, problem = _error(found, lines, after)
            problem = replace(problem, opened=files.opened)
            if not _FOLLOWS_FROM_OTHERS.match(problem.message):
                problems.append(problem)
            elif problems and problems[-1].line is None and problem.line:
                # Where TeX gave up is the only place that it tells of a missing file.
                problems[-1] = replace(problems[-1], file=problem.file, line=problem.line)
        elif found := _OVERFULL.match(line):
            words = lines[after] if after < len(lines) else ""
            problems.append(_overfull(found, words, files.current))
            after = _past_blank(lines, after)
        elif _BOX.match(line):
            after = _past_blank(lines, after)
        elif warning := _warning(line, files.current):
            problems.append(warning)
            after, _ = _context(lines, after, 4) if _DESTINATION.match(line) else (after, "")
        else:
            files.follow(line)
        number = after
    return list(dict.fromkeys(problems))


def _error(found: re.Match[str], lines: list[str], start: int) -> tuple[int, Problem]:
    """Return the error that a line opens, and the number of the line behind its context."""
    what = found["what"].strip()
    place = found.groupdict()
    after, excerpt = _context(lines, start, 40)
    told = lines[start].strip() if start < len(lines) else ""
    if what.startswith("Undefined control sequence") and told:
        # The first line of context ends with the name that is not known.
        what = f"{what} {_last_command(told)}"
    if start > 2 and lines[start - 3].startswith("Runaway"):
        # The words that TeX swallowed tell more than those at which it stopped.
        excerpt = lines[start - 2].strip().removesuffix("\\ETC.")
    file = place.get("file")
    return after, Problem(
        "error",
        what,
        file.removeprefix("./") if file else None,
        int(place["line"]) if place.get("line") else None,
        excerpt,
    )


def _context(lines: list[str], start: int, most: int) -> tuple[int, str]:
    """Return the number of the line behind a context, and what the context shows.

    It ends in "l.12 what was read" and a line that goes on where TeX stopped; without these two
    within `most` lines there is none.
    """
    for number in range(start, min(start + most, len(lines))):
        if _PLACED_ERROR.match(lines[number]) or _BARE_ERROR.match(lines[number]):
            return number, ""
        if context := _CONTEXT.match(lines[number]):
            rest = lines[number + 1].strip() if number + 1 < len(lines) else ""
            return number + 2, f"{context['text']}{' ' if rest else ''}{rest}".strip()
    return start, ""


def _last_command(context: str) -> str:
    names: list[str] = re.findall(r"\\(?:[A-Za-z@]+|.)", context)
    return names[-1] if names else ""


def _warning(line: str, file: str | None) -> Problem | None:
    if found := _REFERENCE.match(line):
        kind = f"undefined {found['kind'].lower()}"
        where = int(found["line"]) if found["line"] else None
        return Problem(kind, found["key"], file, where)
    if found := _LABEL.match(line):
        return Problem("multiply defined label", found["key"])
    if found := _GLYPH.match(line):
        return Problem("missing character", f"{found['glyph']} in {found['font']}", file)
    if found := _OPEN_GROUP.match(line):
        return Problem("error", f"Open {found['group']} group", file, int(found["line"]))
    if found := _PROGRAM.search(line):
        return Problem("error", f"The program {found['command']} is not run", file)
    if found := _DESTINATION.match(line):
        return Problem("repeated target", found["key"], file)
    if _RERUN.match(line):
        return Problem("rerun", line.partition("Warning: ")[2])
    return None


def _overfull(found: re.Match[str], words: str, file: str | None) -> Problem:
    """Return an overfull box; its contents follow in the log, fonts and all."""
    shown = _FONT.sub("", words).replace("[]", " ").strip() if found["box"] == "h" else ""
    points = f"{float(found['points']):.1f} pt"
    place = f"line is {points} too wide" if found["box"] == "h" else f"page is {points} too high"
    return Problem(
        "overfull",
        place,
        file,
        int(found["line"]) if found["line"] else None,
        shown[:80],
        points=float(found["points"]),
    )


def _past_blank(lines: list[str], number: int) -> int:
    """Return the number after the next blank line: a box's contents may hold any parenthesis."""
    while number < len(lines) and lines[number].strip():
        number += 1
    return number + 1


class _Files:
    """Which file TeX is reading: it prints "(name" when one opens and ")" when it closes."""

    _TOKEN = re.compile(r"\((?P<name>[^\s(){}<>\[\]]*)|(?P<close>\))")

    def __init__(self) -> None:
        self._open: list[str | None] = []

    @property
    def current(self) -> str | None:
        """The innermost open file of the author's; None when there is none."""
        named = (name for name in reversed(self._open) if name is not None)
        return next(named, None)

    @property
    def opened(self) -> tuple[str, ...]:
        """All open files, the innermost first."""
        return tuple(name for name in reversed(self._open) if name is not None)

    def follow(self, line: str) -> None:
        """Read one line of the log that is no message."""
        for token in self._tokens(line):
            if token["close"]:
                if self._open:
                    self._open.pop()
            else:
                name = token["name"].removeprefix("./")
                self._open.append(name if re.search(r"\.\w+$", name) else None)

    def _tokens(self, line: str) -> Iterator[re.Match[str]]:
        return self._TOKEN.finditer(line)
