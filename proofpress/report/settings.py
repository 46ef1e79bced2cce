"""report.toml: what its author may change, read and checked before anything runs.

Place in the chain: the author's words and letters -> parameters of steps.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from proofpress.faults.author import SETTINGS
from proofpress.faults.errors import PressError, PressErrors
from proofpress.faults.nearest import choice, nearest
from proofpress.latex.characters import missing, other_letters

FILE = Path(SETTINGS)

# A rule is the name of a type, a tuple of allowed values, a list of one rule, or a table of rules
# by key, in which "*" stands for any key.
Rule = Any
TYPES: dict[str, tuple[Any, str]] = {
    "text": (str, "a string in quotes"),
    "number": (int, "a whole number"),
    "truth": (bool, "true or false"),
    "date": (date, "a date such as 2020-10-31"),
    "anything": (object, "a value"),
    "word": (str | int | float | bool | date | list, "a text, a number, a date or a list of texts"),
}


def read(
    path: Path,
    rules: Mapping[str, Rule],
    defaults: Mapping[str, Any] | None = None,
    values: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The settings of `path`; every key of `rules` must be there, and no other.

    What `defaults` holds may be left out, and `values` replace settings by dotted key. Raises
    PressError with the line for a syntax error, an unknown or missing key, or a value of another
    type than its rule allows.
    """
    import tomllib

    try:
        # Some editors mark UTF-8 by a sign at its beginning, which TOML does not know.
        text = path.read_text(encoding="utf-8-sig")
        settings = tomllib.loads(text)
    except FileNotFoundError as error:
        if any(_faults(_filled({}, defaults or {}), rules, "", "", path.name)):
            raise PressError(f"there is no {path.name}", path.name, "restore it") from error
        text, settings = "", {}  # nothing in it is needed
    except UnicodeDecodeError as error:
        from proofpress.faults.places import not_text

        raise not_text(path.name, error) from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        where = f"{path.name}:{found[1]}" if found else path.name
        what = f"not a TOML file: {error}"
        raise PressError(what, where, "mend that line") from error
    settings = _filled(settings, defaults or {})
    for key, value in (values or {}).items():
        _put(settings, key.split("."), value)
    if faults := list(_faults(settings, rules, "", text, path.name)):
        raise PressErrors(faults)
    return settings


def _filled(given: Any, defaults: Any) -> Any:
    """The given settings, and those of `defaults` that they are silent of."""
    if not isinstance(given, dict) or not isinstance(defaults, Mapping):
        return given
    known = {key: _filled(given.get(key, value), value) for key, value in defaults.items()}
    return {**known, **{key: value for key, value in given.items() if key not in known}}


def _put(settings: dict[str, Any], key: list[str], value: Any) -> None:
    for table in key[:-1]:
        settings = settings.setdefault(table, {})
    settings[key[-1]] = value


def place_of(key: str, path: Path = FILE) -> str | None:
    """The line that sets a dotted key, or heads its table; None when there is none.

    Steps get values and not lines; this finds the line of a value that a step finds at fault.
    """
    try:
        where = _where(key, path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError):
        return None
    from proofpress.faults.places import place

    file, _, line = where.partition(":")
    return place(file, int(line)) if line else None


def plain(value: Any) -> Any:
    """The value as JSON can hold it: dates become "2020-10-31".

    >>> plain({"due": date(2020, 10, 31)})
    {'due': '2020-10-31'}
    """
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _faults(value: Any, rule: Rule, key: str, text: str, file: str) -> Iterator[PressError]:
    """What is wrong with the value of a key, and in the tables below it."""
    if isinstance(rule, Mapping):
        if not isinstance(value, dict):
            yield _wrong(value, "a table", key, text, file)
            return
        absent = [name for name in rule if name != "*" and name not in value]
        for name, inner in value.items():
            if name in rule or "*" in rule:
                below = rule.get(name, rule.get("*"))
                yield from _faults(inner, below, _dotted(key, name), text, file)
                continue
            # A key that is missing was probably misspelt: one slip is one fault.
            if near := nearest(name, absent):
                absent.remove(near)
            mend = choice(name, [one for one in rule if one != "*"])
            what = f"unknown key {_dotted(key, name)}"
            yield PressError(what, _where(_dotted(key, name), text, file), mend)
        for name in absent:
            what = f"the key {_dotted(key, name)} is missing"
            where = _where(key, text, file) if key else file
            mend = f"add it under [{key}]" if key else "add it above the first [table]"
            yield PressError(what, where, mend)
    elif isinstance(rule, list):
        if not isinstance(value, list):
            yield _wrong(value, "a list", key, text, file)
            return
        for inner in value:
            yield from _faults(inner, rule[0], key, text, file)
    elif isinstance(rule, tuple):
        if value not in rule:
            yield _wrong(value, " or ".join(map(_as_written, rule)), key, text, file)
    else:
        wanted, words = TYPES[rule]
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            yield _wrong(value, words, key, text, file)
        elif rule == "word" and isinstance(value, list):
            yield from _faults(value, ["text"], key, text, file)
        elif rule in ("text", "word") and isinstance(value, str) and (fault := missing(value)):
            where = _where(key, text, file, value)
            yield PressError(f"{key} cannot be printed: {fault}", where, other_letters(value))


def _wrong(value: Any, wanted: str, key: str, text: str, file: str) -> PressError:
    what = f"{key} holds {_as_written(value)}"
    return PressError(what, _where(key, text, file), f"write {wanted}")


def _as_written(value: Any) -> str:
    """A value about as TOML writes it.

    >>> _as_written(["a", True, date(2020, 10, 31)])
    '["a", true, 2020-10-31]'
    """
    if isinstance(value, list):
        return f"[{', '.join(map(_as_written, value))}]"
    if isinstance(value, dict):
        return "a table"
    return str(value) if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def _dotted(table: str, key: str) -> str:
    return f"{table}.{key}" if table else key


def _where(key: str, text: str, file: str, value: str | None = None) -> str:
    """The line of a dotted key: the last line that names it after its table's heading.

    With `value`, one of a list, it is the first line from there on that holds that text.
    """
    *tables, name = key.split(".")
    table, found = "", None
    for number, line in enumerate(text.splitlines(), 1):
        heading = re.match(r"\s*\[([^\]]+)\]", line)
        if heading:
            table = heading[1].strip()
            if table == key or (found is None and table.startswith(f"{key}.")):
                found = number
        elif ".".join(tables).startswith(table) and re.match(
            rf"\s*\"?{re.escape(name)}\"?\s*=", line
        ):
            found = number
    if found and value is not None:
        below = enumerate(text.splitlines()[found - 1 :], found)
        found = next((number for number, line in below if value in line), found)
    return f"{file}:{found}" if found else file
