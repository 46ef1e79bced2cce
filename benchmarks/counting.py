"""How long the counting engine takes: `python -m benchmarks.counting` prints the tables.

First every named mask: derived by the engine, and by barvinok where islpy is installed. Then the
growth with the number of constraints. Then all claims of the report, imports included, in a
process of their own. Times are CPU milliseconds, the least of several runs: other load on the
machine only ever adds to them.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.masks import MASKS, i, j, n, past
from proofpress import IntegerSet, Ne
from proofpress.counting.cardinality import cardinality_cases
from proofpress.counting.polyhedra import clear_memory

RUNS = 5
ROOT = Path(__file__).resolve().parent.parent

REPORT = """
import time
from pathlib import Path
from proofpress.deriving import ledger
names = sorted(p.stem for p in Path("derivations").glob("[!_]*.py"))
claims = ledger.settle([f"derivations.{name}" for name in names])
print(len(claims), sum(c.verdict == "proved" for c in claims), 1000 * time.process_time())
"""


def least(action: Callable[[], object]) -> float:
    """Return the least CPU milliseconds of several runs, nothing remembered between them."""
    spent = []
    for _ in range(RUNS):
        clear_memory()
        began = time.process_time()
        action()
        spent.append(1000 * (time.process_time() - began))
    return min(spent)


def derived(mask: IntegerSet) -> Callable[[], object]:
    """Return an action that derives the count of a mask anew."""

    def action() -> object:
        return cardinality_cases(
            mask.counted, mask.parameters, mask.predicate, mask.assuming
        ).expression

    return action


def masks() -> list[tuple[str, float, float | None]]:
    """Return name, the engine's time, and barvinok's time (None without islpy) of every mask."""
    try:
        from benchmarks import barvinok
    except ImportError:
        return [(mask.name, least(derived(mask)), None) for mask in MASKS]
    return [
        (mask.name, least(derived(mask)), least(lambda mask=mask: barvinok.cardinality(mask)))
        for mask in MASKS
    ]


def growth() -> list[tuple[int, float]]:
    """Return the time for a causal mask out of which more and more diagonals are cut."""
    times = []
    for diagonals in range(0, 9, 2):
        predicate = past
        for k in range(1, diagonals + 1):
            predicate = predicate & Ne(i - j, 3 * k)
        mask = IntegerSet(f"{diagonals} diagonals", (i, j), predicate, n >= 0, parameters=(n,))
        times.append((len(predicate.args), least(derived(mask))))
    return times


def report() -> tuple[int, int, float]:
    """Return the report's claims, how many are proved, and the CPU milliseconds for all of it."""
    runs = []
    for _ in range(RUNS):
        done = subprocess.run(
            [sys.executable, "-c", REPORT], cwd=ROOT, capture_output=True, text=True, check=True
        )
        claims, proved, spent = done.stdout.split()
        runs.append((int(claims), int(proved), float(spent)))
    return min(runs, key=lambda run: run[2])


def main() -> None:
    """Print the tables."""
    rows = masks()
    print(f"{'mask':34}{'engine':>9}{'barvinok':>10}   (ms of CPU, least of {RUNS})")
    for name, ours, theirs in rows:
        other = "" if theirs is None else f"{theirs:10.1f}"
        print(f"{name:34}{ours:9.1f}{other}")
    print(f"\n{'constraints':34}{'engine':>9}")
    for constraints, spent in growth():
        print(f"{constraints:<34}{spent:9.1f}")
    claims, proved, spent = report()
    print(f"\nreport: {claims} claims, {proved} proved, {spent:.0f} ms of CPU, imports included")


if __name__ == "__main__":
    main()
