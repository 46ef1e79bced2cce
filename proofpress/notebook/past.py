"""What is kept of a notebook's last run: its cells, their outputs, what they read, its snapshots.

Place in the chain: below `resume`, which compares it with the notebook as it is now. All is in
one folder; its record names every snapshot with a digest, is written last, and is renamed into
place, so a run that was killed leaves the one before.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from proofpress.build import observe, packages
from proofpress.build.digests import digest
from proofpress.build.memo import Memo

RECORD = "record"
DIGESTS = "digests.json"
# Bytes of all snapshots of a notebook together.
LIMIT = 4_000_000_000
BLOCK = 1 << 22
# Variables of the environment that reach into what cells compute.
PREFIXES: tuple[str, ...] = ("ATEN_", "CUDA_", "DNNL_", "GOMP_", "HF_", "KMP_", "MKL_", "MPL")
PREFIXES += ("NUMEXPR_", "OMP_", "ONEDNN_", "OPENBLAS_", "PYTHON", "PYTORCH_")
PREFIXES += ("SOURCE_DATE_EPOCH", "TORCH", "TRANSFORMERS_")
# They name the press' own places.
OWN_VARIABLES = ("PYTHONPATH",)


@dataclass
class Cell:
    """A code cell that ran: its meaning and text, what it was first to read, what it showed."""

    meaning: str
    source: str
    facts: dict[str, Any]
    execution_count: int | None
    outputs: list[Any]


@dataclass
class Past:
    """A run, as far as it came.

    `refused` says after which cells no snapshot could be taken, and why. `language` is known of
    a run that came to its end.
    """

    environment: dict[str, Any]
    cells: list[Cell]
    snapshots: list[dict[str, Any]]
    refused: dict[str, str]
    language: Mapping[str, Any] | None = None


def load(store: Path) -> tuple[Past | None, str]:
    """Return the last run, or None and the reason why there is none to be had."""
    if not (store / RECORD).exists():
        return None, "no earlier run is kept"
    text = _memo(store).find(RECORD)
    if text is None:
        return None, "what is kept of the last run was damaged, or made by another press"
    run = json.loads(text)
    return Past(cells=[Cell(**cell) for cell in run.pop("cells")], **run), ""


def save(store: Path, past: Past) -> None:
    """Keep a run, and remove the snapshots that it does not name."""
    snapshots = sorted(past.snapshots, key=lambda one: one["after"])
    while snapshots and sum(_size(store, one) for one in snapshots) > LIMIT:
        # The later ones save more time.
        snapshots.pop(0)
    _memo(store).keep(RECORD, json.dumps(asdict(past) | {"snapshots": snapshots}))
    sweep(store, snapshots)


def _memo(store: Path) -> Memo:
    """Return the memory of runs, which are made by all that executes a notebook."""
    return Memo(store, "proofpress.notebook.execution")


def sweep(store: Path, snapshots: Iterable[Mapping[str, Any]]) -> None:
    """Remove every snapshot but the given ones."""
    named = {name for one in snapshots for name in one["digests"]}
    for path in store.glob("*.*"):
        if path.suffix in (".names", ".memory") and path.name not in named:
            # A system may keep a file from being removed while a dying kernel holds it.
            with contextlib.suppress(OSError):
                path.unlink()


def intact(store: Path, snapshot: Mapping[str, Any], suffix: str) -> bool:
    """Return whether the file of a snapshot with this suffix is there and holds what was
    written."""
    for name, known in snapshot["digests"].items():
        if not name.endswith(suffix):
            continue
        taken = hashlib.sha256()
        try:
            with open(store / name, "rb") as file:
                while block := file.read(BLOCK):
                    taken.update(block)
        except OSError:
            return False
        if taken.hexdigest() != known:
            return False
    return True


def environment(root: str) -> dict[str, Any]:
    """Return what a run depends on besides its notebook and files, by a name for each part."""
    variables = {
        name: value
        for name, value in sorted(os.environ.items())
        if name.startswith(PREFIXES) and name not in OWN_VARIABLES
    }
    return {
        "Python": sys.version,
        "the system": [platform.system(), platform.machine(), os.cpu_count()],
        "the processor": _processor(),
        "the environment's variables": variables,
        # Restored sessions hold absolute paths.
        "the report's folder": os.path.realpath(root),
    }


def versions(cells: Iterable[Cell]) -> dict[str, str | None]:
    """Return versions of the packages that the cells used, as they are installed now."""
    facts = [cell.facts for cell in cells]
    used, optional = (
        {module for one in facts for module in one[kind]} for kind in ("packages", "optional")
    )
    return packages.owners(used, optional)


def root_of(notebook_folder: Path) -> str:
    """Return the folder below which reads are observed: the report's, or else the notebook's
    own."""
    return os.environ.get(observe.ROOT) or str(notebook_folder)


def _processor() -> str:
    """Return what the processor can do, by which libraries choose how they compute."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            lines = {
                line.strip() for line in file if line.startswith(("flags", "Features", "model"))
            }
    except OSError:
        lines = {platform.processor()}
    return digest("\n".join(sorted(lines)).encode())


def _size(store: Path, snapshot: Mapping[str, Any]) -> int:
    paths = [store / name for name in snapshot["digests"]]
    return sum(path.stat().st_size for path in paths if path.exists())
