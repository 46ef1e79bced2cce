"""The line on which each setting of report.toml is written.

Place in the chain: text of the settings -> **lines by dotted key** -> place of an error. Steps get
values without lines, so that moving a line makes nothing stale; an error names its setting
(`faults.author.setting`), and is led to the line here before it is printed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from proofpress.faults.author import SETTINGS
from proofpress.faults.errors import PressError, PressErrors
from proofpress.faults.places import shown

_SETTING = re.compile(rf"{re.escape(SETTINGS)} (?P<keys>\[.+?\])(?: or (?P<otherwise>.+))?")
_KEY = re.compile(r"\[(.+?)\](?= \[|$)")


class Written:
    """The lines of the settings in `text`, which is TOML without a fault, in the file `name`.

    `elsewhere` tells of keys that are not set there, but replaced, where that was done.

    >>> lines = Written("[letters.grid]\\nn = 3\\nt = [\\n  1,\\n]\\n", "report.toml")
    >>> lines.of("letters.grid.n"), lines.of("letters"), lines.of("letters.grid.t")
    ('report.toml:2', 'report.toml:1', 'report.toml:3')
    """

    def __init__(self, text: str, name: str, elsewhere: Mapping[str, str] | None = None) -> None:
        self.name = name
        self._text, self._elsewhere = text, elsewhere or {}

    @cached_property
    def _statements(self) -> dict[int, list[str]]:
        return dict(_statements(self._text))

    @cached_property
    def _lines(self) -> dict[str, int]:
        """The number of the first line of each key and of each table above it."""
        found: dict[str, int] = {}
        table: list[str] = []
        for number, lines in self._statements.items():
            made = tomllib.loads("\n".join(lines))
            heading = lines[0].lstrip().startswith("[")
            if heading:
                table = next(_paths(made))
            for path in ([],) if heading else _paths(made):
                whole = table + path
                for end in range(1, len(whole) + 1):
                    found.setdefault(".".join(whole[:end]), number)
        return found

    def of(self, key: str, item: str | None = None) -> str:
        """Return the place of a setting, or of the text `item` in its list.

        A key that is not set has the place of the table that it would stand in, or of the file.
        """
        parts = key.split(".")
        tables = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
        return next(filter(None, (self.known(table, item) for table in tables)), self.name)

    def known(self, key: str, item: str | None = None) -> str | None:
        """Return the place of a setting as `of` does, None when it is not set."""
        if replaced := _first(self._elsewhere, lambda other: f"{key}.".startswith(f"{other}.")):
            return replaced
        line = self._lines.get(key)
        if line is None:
            return _first(self._elsewhere, lambda other: other.startswith(f"{key}."))
        return f"{self.name}:{line + self._below(line, item)}"

    def holding(self, text: str) -> str | None:
        """Return the place of the first value that holds a text, None when none does."""
        for key, value in _texts(tomllib.loads(self._text)):
            if text in value:
                return self.of(key, value)
        return None

    def _below(self, line: int, item: str | None) -> int:
        """Return how many lines below its beginning a statement's list has got as far as `item`."""
        lines = self._statements[line]
        for count in range(1, len(lines) + 1) if item is not None else ():
            ending = ["]"] if count < len(lines) else []
            try:
                made = tomllib.loads("\n".join([*lines[:count], *ending]))
            except tomllib.TOMLDecodeError:
                continue
            if any(item in value for value in _lists(made)):
                return count - 1
        return 0


def _first(places: Mapping[str, str], meant: Callable[[str], bool]) -> str | None:
    return next((place for key, place in places.items() if meant(key)), None)


def placed(
    error: PressError, root: Path, file: str, elsewhere: Mapping[str, str] | None = None
) -> PressError:
    """Return the error with the lines of the settings that it names.

    `file` is that of the settings, below the report's folder `root`.
    """
    return PressErrors(_placed(single, root, file, elsewhere) for single in error.each())


def _placed(
    single: PressError, root: Path, file: str, elsewhere: Mapping[str, str] | None
) -> PressError:
    named = _SETTING.fullmatch(single.where or "")
    if named is None:
        return single
    try:
        text = (root / file).read_text(encoding="utf-8-sig")
        lines = Written(text, file, elsewhere)
        found = filter(None, map(lines.known, _KEY.findall(named["keys"])))
        where = next(found, named["otherwise"] or file)
    except (OSError, ValueError):  # gone, or edited meanwhile
        where = file
    return PressError(single.what, shown(where, root), single.mend)


def _statements(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each heading and each key with its value: the number of its first line, its lines."""
    lines: list[str] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        lines.append(line)
        try:
            made = tomllib.loads("\n".join(lines))
        except tomllib.TOMLDecodeError:
            continue  # a list or a text that goes on
        if made:
            yield number - len(lines) + 1, lines
        lines = []


def _paths(value: Mapping[str, Any]) -> Iterator[list[str]]:
    """Yield the path of each value in tables of tables; of an empty table its own."""
    for key, inner in value.items():
        if isinstance(inner, list) and inner and isinstance(inner[0], dict):
            inner = inner[0]
        below = list(_paths(inner)) if isinstance(inner, dict) else []
        yield from ([key, *path] for path in below or [[]])


def _texts(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield the dotted key and the text of each value that is one, or a list of such."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, key)
    elif isinstance(value, str):
        yield key, value


def _lists(made: Mapping[str, Any]) -> Iterator[list[Any]]:
    for value in made.values():
        if isinstance(value, dict):
            yield from _lists(value)
        elif isinstance(value, list):
            yield value
