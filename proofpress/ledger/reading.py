"""The ledger as its readers see it: whole, or one file a claim, of which they read what they ask.

Place in the chain: ledger -> **here** -> figure, table, template. A step that reads one claim then
depends on that claim only, and does not pay for a thousand others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from proofpress.faults.author import SETTINGS
from proofpress.faults.errors import PressError
from proofpress.faults.nearest import meant

SETTLED = ("proved", "checked", "measured", "assumed")


def refuse_unsettled(name: str, entry: Mapping[str, Any]) -> None:
    """Raise PressError for a claim that is undecided or refuted, with what speaks against it."""
    if entry["verdict"] in SETTLED:
        return
    against = [one for one in entry["evidence"] if one["verdict"] == entry["verdict"]]
    details = dict.fromkeys(f"{one['method']}: {one['detail']}" for one in against)
    source = entry["source"]
    raise PressError(
        "\n  ".join([f"the claim {name} is {entry['verdict']}, so it cannot be printed", *details]),
        f"{source['file']}:{source['line']}",
        f"correct it; make check tells more. Or print it as assumed: claim('{name}', assumed=True)",
    )


def refuse_unshown(name: str, key: str, entry: Mapping[str, Any]) -> None:
    """Raise PressError for a related expression that is not shown to follow from its claim."""
    related = entry["related"][key]
    if related["verdict"] in SETTLED:
        return
    details = [f"{one['method']}: {one['detail']}" for one in related["evidence"]]
    what = f'related "{key}" of {name} is {related["verdict"]}, so it cannot be printed'
    raise PressError(
        "\n  ".join([what, *details]),
        related["where"],
        "correct it in related=; make check tells more",
    )


def no_example(name: str, entry: Mapping[str, Any], example: str) -> PressError:
    """Return the error that a claim has no such example, with the nearest one that it has."""
    examples = entry["examples"]
    letters = ", ".join(entry["letters"])
    table = f"[letters.{name.partition('.')[0]}.{example}]"
    mend = meant(example, examples) or f"give {letters} values under {table} in {SETTINGS}"
    return PressError(f"there is no example {example} of {name}", mend=mend)


class Entries(Mapping[str, Any]):
    """The claims below `folder` by name, each read when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._read:
            try:
                text = (self._folder / f"{name}.json").read_text(encoding="utf-8")
            except FileNotFoundError:
                raise KeyError(name) from None
            self._read[name] = json.loads(text)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(path.name.removesuffix(".json") for path in self._folder.iterdir()))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def opened(ledger: Path) -> dict[str, Any]:
    """Return the ledger in the JSON file `ledger`, or in a folder with a file for each claim.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     split({"schema": 1, "claims": {"a.b": {"kind": "count"}}}, Path(folder))
    ...     dict(opened(Path(folder))["claims"])
    {'a.b': {'kind': 'count'}}
    """
    if ledger.is_dir():
        return {"claims": Entries(ledger)}
    document: dict[str, Any] = json.loads(ledger.read_text(encoding="utf-8"))
    return document


def split(document: Mapping[str, Any], folder: Path) -> None:
    """Write each claim of a ledger to a file of its own in `folder`."""
    text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for name, entry in document["claims"].items():
        (folder / f"{name}.json").write_text(text(entry), encoding="utf-8")
