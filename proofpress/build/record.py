"""What is remembered of a finished step: all that it was seen to read, as digests.

Place in the chain: observation -> **record** -> decision. A file that was edited while the step
ran may have been read before or after the edit. Such a file is named as disturbed, and the step
stays stale.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from proofpress.build import mentioned, packages
from proofpress.build.decide import declared, found_modules, variable
from proofpress.build.digests import KINDS
from proofpress.build.frames import PRESS
from proofpress.build.glance import state
from proofpress.build.zone import Zone

if TYPE_CHECKING:
    from typing import Any

    from proofpress.build.digests import Digests
    from proofpress.build.reads import Reads
    from proofpress.build.step import Step


def states(step: Step, root: str) -> dict[str, tuple | None]:
    """Return the state of every declared input; to be taken before the step starts.

    A step may hand a path to another program, whose reading nobody sees.
    """
    return {path: state(os.path.join(root, path)) for path in declared(step, root)}


def record(
    step: Step,
    reads: Reads,
    before: tuple[dict[str, tuple | None], float],
    scratch: str,
    temporary: str,
    digests: Digests,
) -> dict[str, Any]:
    """Return the record of a step that has just finished; its outputs still stand below `scratch`.

    `before` is the states of its declared inputs, and the time when it began. What stands below
    the folder `temporary` is no input.
    """
    declared_before, began = before
    temporary = os.path.realpath(temporary)
    made = set(step.outputs.values())
    disturbed = []
    taken: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    seen = {
        path: known
        for path, known in reads.bytes.items()
        if _is_input(path, known, began, temporary)
    }
    # A declared module that was only imported is an input by its meaning.
    declared_only = {
        path: known for path, known in declared_before.items() if path not in reads.code
    }
    for path, known in {**seen, **declared_only}.items():
        if path in made:
            continue
        taken["bytes"][path] = _now("bytes", path, digests)
        if state(os.path.join(digests.root, path)) != known:
            disturbed.append(path)
    for path, known in reads.named.items():
        # What has another state was written by the program that it was named to.
        same = state(os.path.join(digests.root, path)) == known
        if same and path not in made and _is_input(path, known, began, temporary):
            taken["bytes"].setdefault(path, _now("bytes", path, digests))
    for path in _mentioned(reads, digests.root):
        if path not in made and _is_old(state(os.path.join(digests.root, path)), began):
            taken["bytes"].setdefault(path, _now("bytes", path, digests))
    for path, imported in reads.code.items():
        if _now("bytes", path, digests) != imported:
            disturbed.append(path)
        kind = "lines" if path in reads.lines else "code"
        taken[kind][path] = _now(kind, path, digests)
    for kind, paths in (("names", reads.names), ("presence", reads.presence)):
        for path in paths - made:
            if not path.startswith(temporary):
                taken[kind][path] = _now(kind, path, digests)
    outputs = {path: digests.of(f"{scratch}/{path}") for path in step.outputs.values()}
    packages_used, optional = (
        {name for name in names if not _is_own(name, reads)}
        for names in (reads.packages, reads.optional)
    )
    return {
        "call": step.call,
        "inputs": dict(step.inputs),
        "parameters": step.parameters,
        "reads": taken,
        "disturbed": sorted(disturbed),
        "imports": {
            folder: [sorted(names), found_modules(folder, names, digests)]
            for folder, names in reads.imports.items()
        },
        "packages": packages.owners(packages_used, optional),
        "environment": {name: os.environ.get(name) for name in step.environment},
        "variables": {
            name: variable(name) for name in sorted(reads.variables - {*step.environment})
        },
        "outputs": outputs,
    }


def _mentioned(reads: Reads, root: str) -> set[str]:
    """Return the files that the author's modules name, as they stand in the report."""
    found: set[str] = set()
    zone = Zone(root)
    for path in reads.code:
        full = os.path.join(root, path)
        if not full.startswith(PRESS):
            with suppress(OSError, UnicodeDecodeError), open(full, encoding="utf-8") as file:
                found |= mentioned.files(file.read(), root)
    places = {zone.place(path) for path in found}
    return {place for place in places if place} - reads.code.keys()


def _is_old(known: tuple | None, began: float) -> bool:
    return known is not None and known[2] / 1e9 < began


def _now(kind: str, path: str, digests: Digests) -> str:
    """Return the digest at this moment; what an earlier step's record was told may be out of
    date."""
    earlier = digests.seen.get((kind, path))
    if earlier is not None and earlier[0] != state(os.path.join(digests.root, path)):
        del digests.seen[kind, path]
    return digests.take(kind, path)


def _is_input(path: str, known: tuple | None, began: float, temporary: str) -> bool:
    """Return whether a file elsewhere than in the report was there before the step, and stays.

    Others are the step's own: sockets, temporary files.
    """
    if not os.path.isabs(path):
        return True
    if known is None:
        return not path.startswith(temporary)
    return known[2] / 1e9 < began and os.path.exists(path)


def _is_own(name: str, reads: Reads) -> bool:
    """Return whether a top-level module stands in the report itself."""
    return f"{name}.py" in reads.code or any(path.startswith(name + "/") for path in reads.code)
