"""Why a step must run: the one list of reasons, read by the build and by `why`.

Place in the chain: between the author's edit and the first process that is started.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from proofpress.build import packages
from proofpress.build.digests import ABSENT, Digests, digest
from proofpress.build.step import expand

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import Any

    from proofpress.build.step import Step


class Reason:
    """One difference between a record and the present: what it is about, and both values."""

    def __init__(self, subject: str, change: str) -> None:
        self.subject = subject
        self.change = change

    def __str__(self) -> str:
        return f"{self.subject} {self.change}"


def reasons(step: Step, record: dict[str, Any] | None, digests: Digests) -> Iterator[Reason]:
    """Yield each difference that makes `step` stale, cheapest first; none when it is up to date.

    The build stops at the first, `why` reads them all.
    """
    if record is None:
        yield Reason("this step", "has not been run")
        return
    if record["call"] != step.call:
        yield Reason("the function", f"is {step.call}, was {record['call']}")
    if record["inputs"] != {name: _listed(given) for name, given in step.inputs.items()}:
        yield Reason("the declared inputs", "changed")
    if record["outputs"].keys() != set(step.outputs.values()):
        yield Reason("the declared outputs", "changed")
    yield from _parameters(dict(step.parameters), record["parameters"])
    known = packages.versions()
    for name, version in record["packages"].items():
        if known.get(name) != version:
            now, was = (found or "not installed" for found in (known.get(name), version))
            yield Reason(name, f"is {now}, was {was}")
    for name, value in record["environment"].items():
        if os.environ.get(name) != value:
            yield Reason(f"${name}", f"is {os.environ.get(name)!r}, was {value!r}")
    for name, taken in record["variables"].items():
        if variable(name) != taken:
            yield Reason(f"${name}", "changed")
    reads = record["reads"]
    for path in declared(step, digests.root):
        if not any(path in reads[kind] for kind in ("bytes", "code", "lines")):
            yield Reason(path, "is new")
    for kind, listed in reads.items():
        for path, taken in listed.items():
            now = digests.take(kind, path)
            if now != taken:
                yield Reason(
                    path, "has files added or removed" if kind == "names" else _change(taken, now)
                )
    for folder, (sought, found) in record["imports"].items():
        for name in set(found) ^ set(found_modules(folder, sought, digests)):
            what = "is gone" if name in found else "would be imported now"
            yield Reason(name if folder == "." else f"{folder}/{name}", what)
    for path in record["disturbed"]:
        yield Reason(path, "was edited while this step ran")
    # The largest files of all, and those that the last build has left no time to remember.
    for path, taken in record["outputs"].items():
        now = digests.of(path)
        if now != taken:
            yield Reason(path, "is missing" if now == ABSENT else "is not as it was made")


def variable(name: str) -> str:
    """Return a digest of a variable of the environment; "" where it is not set."""
    value = os.environ.get(name)
    return "" if value is None else digest(os.fsencode(value))


def declared(step: Step, root: str) -> list[str]:
    """Return the files that a step's declared inputs name at present; folders count by what is
    read."""
    found: list[str] = []
    for given in step.inputs.values():
        files = expand(root, given)
        found += [files] if isinstance(files, str) else files
    return [path for path in found if not path.endswith("/")]


def found_modules(folder: str, sought: Collection[str], digests: Digests) -> list[str]:
    """Return the modules and packages in a folder that an import of one of these names could
    find."""
    there = digests.modules(folder)
    return sorted(file for name in there.keys() & sought for file in there[name])


def _listed(given: Any) -> Any:
    return given if isinstance(given, str) else list(given)


def _change(old: str, new: str) -> str:
    if new == ABSENT:
        return "is gone"
    return "is new" if old == ABSENT else "changed"


def _parameters(new: Any, old: Any, name: str = "") -> Iterator[Reason]:
    """Yield the leaves that differ, by dotted name, with their old and new values."""
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
