"""report.toml: what its author may change, read and checked before anything runs.

Place in the chain: the author's words and letters -> parameters of steps.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from proofpress.faults.errors import PressError, PressErrors
from proofpress.faults.nearest import choice, nearest
from proofpress.faults.written import Written
from proofpress.latex.characters import missing, other_letters

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
    name: str | None = None,
    replaced: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the settings of `path`; every key of `rules` must be there, and no other.

    What `defaults` holds may be left out, and `values` replace settings by dotted key, at the
    places `replaced`. Raises PressError with the line for a syntax error, an unknown or missing
    key, or a value of another type than its rule allows; the file is then called `name`.
    """
    name = name or path.name
    try:
        # Some editors mark UTF-8 by a sign at its beginning, which TOML does not know.
        text = path.read_text(encoding="utf-8-sig")
        settings = tomllib.loads(text)
    except FileNotFoundError as error:
        if any(_faults(_filled({}, defaults or {}), rules, "", Written("", name))):
            raise PressError(f"there is no {name}", name, "restore it") from error
        text, settings = "", {}  # nothing in it is needed
    except UnicodeDecodeError as error:
        from proofpress.faults.places import not_text

        raise not_text(name, error) from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        where = f"{name}:{found[1]}" if found else name
        what = f"not a TOML file: {error}"
        raise PressError(what, where, "mend that line") from error
    settings = _filled(settings, defaults or {})
    for key, value in (values or {}).items():
        _put(settings, key.split("."), value)
    lines = Written(text, name, replaced)
    if faults := list(_faults(settings, rules, "", lines)):
        raise PressErrors(faults)
    return settings


def _filled(given: Any, defaults: Any) -> Any:
    """Return the given settings, and those of `defaults` that they are silent of."""
    if not isinstance(given, dict) or not isinstance(defaults, Mapping):
        return given
    known = {key: _filled(given.get(key, value), value) for key, value in defaults.items()}
    return {**known, **{key: value for key, value in given.items() if key not in known}}


def _put(settings: dict[str, Any], key: list[str], value: Any) -> None:
    for table in key[:-1]:
        settings = settings.setdefault(table, {})
    settings[key[-1]] = value


def plain(value: Any) -> Any:
    """Return the value as JSON can hold it: dates become "2020-10-31".

    >>> plain({"due": date(2020, 10, 31)})
    {'due': '2020-10-31'}
    """
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _faults(value: Any, rule: Rule, key: str, lines: Written) -> Iterator[PressError]:
    """Yield what is wrong with the value of a key, and in the tables below it."""
    if isinstance(rule, Mapping):
        if not isinstance(value, dict):
            yield _wrong(value, "a table", key, lines)
            return
        absent = [name for name in rule if name != "*" and name not in value]
        for name, inner in value.items():
            if name in rule or "*" in rule:
                below = rule.get(name, rule.get("*"))
                yield from _faults(inner, below, _dotted(key, name), lines)
                continue
            # A key that is missing was probably misspelt: one slip is one fault.
            if near := nearest(name, absent):
                absent.remove(near)
            mend = choice(name, [one for one in rule if one != "*"])
            what = f"unknown key {_dotted(key, name)}"
            yield PressError(what, lines.of(_dotted(key, name)), mend)
        for name in absent:
            what = f"the key {_dotted(key, name)} is missing"
            where = lines.of(key) if key else lines.name
            mend = f"add it under [{key}]" if key else "add it above the first [table]"
            yield PressError(what, where, mend)
    elif isinstance(rule, list):
        if not isinstance(value, list):
            yield _wrong(value, "a list", key, lines)
            return
        for inner in value:
            yield from _faults(inner, rule[0], key, lines)
    elif isinstance(rule, tuple):
        if value not in rule:
            yield _wrong(value, " or ".join(map(_as_written, rule)), key, lines)
    else:
        wanted, words = TYPES[rule]
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            yield _wrong(value, words, key, lines)
        elif rule == "word" and isinstance(value, list):
            yield from _faults(value, ["text"], key, lines)
        elif rule in ("text", "word") and isinstance(value, str) and (fault := missing(value)):
            where = lines.of(key, value)
            yield PressError(f"{key} cannot be printed: {fault}", where, other_letters(value))


def _wrong(value: Any, wanted: str, key: str, lines: Written) -> PressError:
    what = f"{key} holds {_as_written(value)}"
    return PressError(what, lines.of(key), f"write {wanted}")


def _as_written(value: Any) -> str:
    """Return a value about as TOML writes it.

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
