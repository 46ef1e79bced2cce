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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import disk
import kills
import meddling
import strings
from trial import Start, Trial, starts

# How many there are of each kind; of stored files, how many of those that hold bytecode.
ALL = {"kills": 200, "stops": 30, "disk": 60, "edits": 25, "removals": 20, "together": 24}
FEW = {"kills": 6, "stops": 2, "disk": 2, "edits": 1, "removals": 1, "together": 1}
STORES = {"stores": 3}
STRINGS = {"strings": 100_000}
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
    numbers = FEW if "few" in wanted else ALL | STORES | STRINGS
    kinds = [kind for kind in numbers if kind in wanted or not set(wanted) - {"few"}]
    table: dict[str, Row] = {}
    with tempfile.TemporaryDirectory(prefix="stress-") as folder:
        if "strings" in kinds:
            for tried in strings.strings(numbers["strings"], Path(folder), SIDE_BY_SIDE):
                _count(table, tried.what, tried.number, tried.wrong)
        if builds := [kind for kind in kinds if kind != "strings"]:
            for trial, faults in _tried(builds, numbers, Path(folder)):
                _count(table, trial.what, 1, [f"{trial.detail}: {fault}" for fault in faults])
    print("| fault | times | all right after it |\n|---|---|---|")
    for what, row in table.items():
        print(f"| {what} | {row.number} | {row.right} |")
    print(f"{(time.monotonic() - began) / 60:.0f} minutes")
    return int(any(row.right < row.number for row in table.values()))


def _count(table: dict[str, Row], what: str, number: int, wrong: Sequence[str]) -> None:
    """Adds what was tried to its line of the table; what went wrong is printed at once.

    Several faults of one trial count once.
    """
    row = table.setdefault(what, Row())
    row.number += number
    row.right += max(0, number - len(wrong))
    for fault in wrong:
        print(f"{what}, {fault}", flush=True)


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
    kinds: Sequence[str], numbers: Mapping[str, int], folder: Path
) -> Iterator[tuple[Trial, list[str]]]:
    """Each trial of these kinds, and what was wrong after it."""
    free: queue.SimpleQueue[list[Start]] = queue.SimpleQueue()

    def one(trial: Trial) -> tuple[Trial, list[str]]:
        mine = free.get()
        try:
            return trial, trial.run(mine)
        except Exception:
            return trial, [traceback.format_exc()]  # what could not be tried is not right
        finally:
            free.put(mine)

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        places = [folder / f"{number}" for number in range(SIDE_BY_SIDE)]
        states = list(pool.map(lambda place: starts(place, "stores" in kinds), places))
        for state in states:
            free.put(state)
        chosen = [trial for kind in kinds for trial in _trials(kind, numbers[kind], states[0])]
        yield from pool.map(one, chosen)


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
