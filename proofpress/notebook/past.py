"""What is kept of a notebook's last run: its cells, their outputs, what they read, its snapshots.

Place in the chain: below `resume`, which compares it with the notebook as it is now. All is in
one folder; its record names every other file with a digest, is written last, and is renamed into
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

from proofpress.build import observe, packages, sealed
from proofpress.build.digests import digest, fresh

SCHEMA = 1
RECORD = "record.json"
OUTPUTS = "outputs.json"
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
# The modules of the press that take part in what an executed notebook holds.
PRESS = "cells execution kernel parameters past pickling progress quiet reads record"
PRESS += " report.mplstyle resume session surroundings"


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
    """The last run, or None and the reason why there is none to be had."""
    try:
        record = json.loads((store / RECORD).read_text("utf-8"))
        if record["schema"] != SCHEMA:
            return None, "what is kept was written by another version of the press"
        data = (store / OUTPUTS).read_bytes()
        if digest(data) != record["outputs"] or digest(_text(record["run"])) != record["digest"]:
            return None, "what is kept of the last run was damaged"
        run = record["run"]
        cells = [
            Cell(**cell, **outputs)
            for cell, outputs in zip(run.pop("cells"), json.loads(data), strict=True)
        ]
        return Past(cells=cells, **run), ""
    except FileNotFoundError:
        return None, "no earlier run is kept"
    except (OSError, ValueError, KeyError, TypeError):
        return None, "what is kept of the last run was damaged"


def save(store: Path, past: Past) -> None:
    """Keep a run, and remove the snapshots that it does not name."""
    store.mkdir(parents=True, exist_ok=True)
    snapshots = sorted(past.snapshots, key=lambda one: one["after"])
    while snapshots and sum(_size(store, one) for one in snapshots) > LIMIT:
        # The later ones save more time.
        snapshots.pop(0)
    run = asdict(past) | {"snapshots": snapshots}
    split = ("execution_count", "outputs")
    outputs = [{name: cell[name] for name in split} for cell in run["cells"]]
    run["cells"] = [{k: v for k, v in cell.items() if k not in split} for cell in run["cells"]]
    data = _text(outputs)
    _replace(store / OUTPUTS, data)
    record = {"schema": SCHEMA, "outputs": digest(data), "digest": digest(_text(run)), "run": run}
    _replace(store / RECORD, _text(record))
    sweep(store, snapshots)


def sweep(store: Path, snapshots: Iterable[Mapping[str, Any]]) -> None:
    """Remove every snapshot but the given ones."""
    named = {name for one in snapshots for name in one["digests"]}
    for path in store.glob("*.*"):
        if path.suffix in (".names", ".memory") and path.name not in named:
            # A system may keep a file from being removed while a dying kernel holds it.
            with contextlib.suppress(OSError):
                path.unlink()


def intact(store: Path, snapshot: Mapping[str, Any], suffix: str) -> bool:
    """Whether the file of a snapshot with this suffix is there and holds what was written."""
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
    """What a run depends on besides its notebook and files, by a name for each part."""
    here = Path(__file__).parent
    press = [here / (name if "." in name else f"{name}.py") for name in PRESS.split()]
    variables = {
        name: value
        for name, value in sorted(os.environ.items())
        if name.startswith(PREFIXES) and name not in OWN_VARIABLES
    }
    return {
        "Python": sys.version,
        "the system": [platform.system(), platform.machine(), os.cpu_count()],
        "the processor": _processor(),
        "the press": [fresh("code", str(path))[0] for path in press],
        "the environment's variables": variables,
        # Restored sessions hold absolute paths.
        "the report's folder": os.path.realpath(root),
    }


def versions(modules: Iterable[str]) -> dict[str, str | None]:
    """Versions of the packages that own top-level modules, as they are installed now."""
    return dict(packages.owners(set(modules)))


def root_of(notebook_folder: Path) -> str:
    """The folder below which reads are observed: the report's, or else the notebook's own."""
    return os.environ.get(observe.ROOT) or str(notebook_folder)


def _processor() -> str:
    """What the processor can do, by which libraries choose how they compute."""
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


def _text(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _replace(path: Path, data: bytes) -> None:
    new = sealed.unfinished(os.fspath(path))
    Path(new).write_bytes(data)
    os.replace(new, path)
