"""All faults, each many times, and one table of how many of them the press survived.

    python build.py stress              # the whole of it
    python build.py stress kills disk   # some kinds
    python build.py stress few          # a few of each, as the tests do

Two reports work side by side, for two cores. Every moment is drawn by lot from a seed, so that
a fault that was found can be looked for again.
"""

from __future__ import annotations

import os
import queue
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import disk
import kills
import meddling
from trial import Start, Trial, starts

# How many there are of each kind; of stored files, how many of those that hold bytecode.
ALL = {"kills": 200, "stops": 30, "disk": 60, "edits": 25, "removals": 20, "together": 24}
FEW = {"kills": 6, "stops": 2, "disk": 2, "edits": 1, "removals": 1, "together": 1}
STORES = {"stores": 3}
SIDE_BY_SIDE = 2
SEED = 20261123
NAMESPACE = ["unshare", "--map-root-user", "--mount"]  # where anybody may mount


@dataclass
class Row:
    """One line of the table."""

    number: int = 0
    right: int = 0


def main(wanted: list[str]) -> int:
    """Prints the table; returns 1 when anything went wrong, else 0."""
    began = time.monotonic()
    # Whoever started this in the background may have let it, and so its builds, ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    numbers = FEW if "few" in wanted else ALL | STORES
    kinds = [kind for kind in numbers if kind in wanted or not set(wanted) - {"few"}]
    with tempfile.TemporaryDirectory(prefix="stress-") as name:
        folders = [Path(name, f"{number}") for number in range(SIDE_BY_SIDE)]
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            states = list(pool.map(lambda folder: starts(folder, "stores" in kinds), folders))
            chosen = [trial for kind in kinds for trial in _trials(kind, numbers[kind], states[0])]
            table = _tried(chosen, states, pool)
    print("| fault | times | all right after it |\n|---|---|---|")
    for what, row in table.items():
        print(f"| {what} | {row.number} | {row.right} |")
    print(f"{(time.monotonic() - began) / 60:.0f} minutes")
    return int(any(row.right < row.number for row in table.values()))


def _trials(kind: str, number: int, states: list[Start]) -> Iterable[Trial]:
    lot = random.Random(f"{SEED} {kind}")
    match kind:
        case "kills":
            return kills.kills(number, lot)
        case "stops":
            return kills.stops(number, lot)
        case "edits":
            return meddling.edits(number, lot)
        case "removals":
            return meddling.removals(number, lot)
        case "together":
            return meddling.together(number, lot)
        case "stores":
            kept = [meddling.stored(state, number, lot) for state in states[1:]]
            resumed = [name for name in kept[1] if "/notebook/" in name]
            return meddling.damages([n for n in kept[0] if "/notebook/" not in n] + resumed, lot)
    if not disk.can_mount(states[0].report.folder / "disk"):
        print("disk full: not tried, because this system lets nobody mount a file system")
        return []
    return disk.trials(number)


def _tried(
    trials: Iterable[Trial], states: list[list[Start]], pool: ThreadPoolExecutor
) -> dict[str, Row]:
    """How each kind of trial went; what went wrong is printed at once."""
    free: queue.SimpleQueue[list[Start]] = queue.SimpleQueue()
    for state in states:
        free.put(state)

    def one(trial: Trial) -> tuple[Trial, list[str]]:
        mine = free.get()
        try:
            return trial, trial.run(mine)
        except Exception:
            return trial, [traceback.format_exc()]  # what could not be tried is not right
        finally:
            free.put(mine)

    table: dict[str, Row] = {}
    for trial, faults in pool.map(one, trials):
        row = table.setdefault(trial.what, Row())
        row.number += 1
        row.right += not faults
        for fault in faults:
            print(f"{trial.what}, {trial.detail}: {fault}", flush=True)
    return table


def _enter_namespace() -> None:
    """Goes on in a namespace in which file systems can be mounted, where there can be one."""
    if os.environ.get("PROOFPRESS_STRESS") or shutil.which(NAMESPACE[0]) is None:
        return
    if subprocess.run([*NAMESPACE, "true"], capture_output=True).returncode == 0:
        os.environ["PROOFPRESS_STRESS"] = "in its namespace"
        os.execvp(NAMESPACE[0], [*NAMESPACE, sys.executable, *sys.argv])


if __name__ == "__main__":
    _enter_namespace()
    sys.exit(main(sys.argv[1:]))
