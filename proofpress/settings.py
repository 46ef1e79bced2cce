"""report.toml: what its author may change, read and checked before anything runs.

Place in the chain: the author's words and letters -> parameters of steps.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from proofpress.characters import missing
from proofpress.errors import PressError

# A rule is the name of a type, a tuple of allowed values, a list of one rule, or a table of rules
# by key, in which "*" stands for any key.
Rule = Any
TYPES: dict[str, tuple[type, str]] = {
    "text": (str, "a string in quotes"),
    "number": (int, "a whole number"),
    "truth": (bool, "true or false"),
    "date": (date, "a date such as 2020-10-31"),
    "anything": (object, "a value"),
}


def read(path: Path, rules: Mapping[str, Rule]) -> dict[str, Any]:
    """The settings of `path`; every key of `rules` must be there, and no other.

    Raises PressError with the line for a syntax error, an unknown or missing key, or a value
    of another type than its rule allows.
    """
    import tomllib

    try:
        text = path.read_text(encoding="utf-8")
        settings = tomllib.loads(text)
    except OSError as error:
        raise PressError(f"cannot read {path.name}: {error.strerror}", mend="restore it") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        found = re.search(r"line (\d+)", str(error))
        where = f"{path.name}:{found[1]}" if found else path.name
        what = f"not a TOML file: {error}"
        raise PressError(what, where, "mend that line") from error
    _check(settings, rules, "", text, path.name)
    return settings


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


def _check(value: Any, rule: Rule, key: str, text: str, file: str) -> None:
    if isinstance(rule, Mapping):
        if not isinstance(value, dict):
            raise _wrong(value, "a table", key, text, file)
        for name in value:
            if name not in rule and "*" not in rule:
                near = get_close_matches(name, list(rule), n=1)
                mend = f"did you mean {near[0]}?" if near else f"known: {', '.join(rule)}"
                what = f"unknown key {_dotted(key, name)}"
                raise PressError(what, _where(_dotted(key, name), text, file), mend)
        for name in rule:
            if name != "*" and name not in value:
                what = f"the key {_dotted(key, name)} is missing"
                raise PressError(what, file, f"add it under [{key}]" if key else "add it")
        for name, inner in value.items():
            _check(inner, rule.get(name, rule.get("*")), _dotted(key, name), text, file)
    elif isinstance(rule, list):
        if not isinstance(value, list):
            raise _wrong(value, "a list", key, text, file)
        for inner in value:
            _check(inner, rule[0], key, text, file)
    elif isinstance(rule, tuple):
        if value not in rule:
            raise _wrong(value, " or ".join(map(repr, rule)), key, text, file)
    else:
        wanted, words = TYPES[rule]
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            raise _wrong(value, words, key, text, file)
        if rule == "text" and isinstance(value, str) and (fault := missing(value)):
            where = _where(key, text, file, value)
            raise PressError(f"{key} cannot be printed: {fault}", where, "write it in other words")


def _wrong(value: Any, wanted: str, key: str, text: str, file: str) -> PressError:
    return PressError(f"{key} is {value!r}", _where(key, text, file), f"write {wanted}")


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
            if table == key:
                found = number
        elif ".".join(tables).startswith(table) and re.match(
            rf"\s*\"?{re.escape(name)}\"?\s*=", line
        ):
            found = number
    if found and value is not None:
        below = enumerate(text.splitlines()[found - 1 :], found)
        found = next((number for number, line in below if value in line), found)
    return f"{file}:{found}" if found else file
