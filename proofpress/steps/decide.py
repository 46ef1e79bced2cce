"""Why a step must run: the one list of reasons, read by the build and by `why`.

Place in the chain: between the author's edit and the first process that is started.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from proofpress.steps import packages
from proofpress.steps.digests import ABSENT, Digests
from proofpress.steps.step import Step, expand


@dataclass(frozen=True)
class Reason:
    """One difference between a record and the present: what it is about, and both values."""

    subject: str
    change: str

    def __str__(self) -> str:
        return f"{self.subject} {self.change}"


def reasons(step: Step, record: dict[str, Any] | None, digests: Digests) -> Iterator[Reason]:
    """Each difference that makes `step` stale, cheapest first; none when it is up to date.

    The build stops at the first, `why` reads them all.
    """
    if record is None:
        yield Reason("this step", "has not been run")
        return
    if record["call"] != step.call:
        yield Reason("the function", f"is {step.call}, was {record['call']}")
    yield from _parameters(dict(step.parameters), record["parameters"])
    known = packages.versions()
    for name, version in record["packages"].items():
        if known.get(name) != version:
            yield Reason(name, f"is {known.get(name, 'not installed')}, was {version}")
    for variable, value in record["environment"].items():
        if os.environ.get(variable) != value:
            yield Reason(f"${variable}", f"is {os.environ.get(variable)!r}, was {value!r}")
    for path, taken in record["outputs"].items():
        now = digests.of(path)
        if now != taken:
            yield Reason(path, "is missing" if now == ABSENT else "is not as it was made")
    for path in declared(step, digests.root):
        if path not in record["files"] and path not in record["code"]:
            yield Reason(path, "is new")
    for path, taken in record["files"].items():
        now = digests.of(path)
        if now != taken:
            yield Reason(path, _change(taken, now))
    for path, taken in record["code"].items():
        now = digests.code(path)
        if now != taken:
            yield Reason(path, _change(taken, now))


def declared(step: Step, root: str) -> list[str]:
    """The files that a step's declared inputs name at present."""
    found: list[str] = []
    for given in step.inputs.values():
        files = expand(root, given)
        found += [files] if isinstance(files, str) else files
    return found


def _change(old: str, new: str) -> str:
    if new == ABSENT:
        return "is gone"
    return "is new" if old == ABSENT else "changed"


def _parameters(new: Any, old: Any, name: str = "") -> Iterator[Reason]:
    """The leaves that differ, by dotted name, with their old and new values."""
    if isinstance(new, dict) and isinstance(old, dict):
        for key in sorted(new.keys() | old.keys()):
            inner = f"{name}.{key}" if name else str(key)
            if key not in old:
                yield Reason(f"parameter {inner}", f"is new: {new[key]!r}")
            elif key not in new:
                yield Reason(f"parameter {inner}", f"is gone, was {old[key]!r}")
            else:
                yield from _parameters(new[key], old[key], inner)
    elif new != old:
        yield Reason(f"parameter {name}", f"is {new!r}, was {old!r}")
