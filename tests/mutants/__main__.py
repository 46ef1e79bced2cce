"""Changes the press at many places, one at a time, and tells which changes the tests notice.

`python -m tests.mutants --seed 1 --count 200` prints a table by module and those that are left.
It is a small tool of our own: general ones (mutmut, cosmic-ray) run a whole suite for each change,
or choose tests by lines of one process; here a change is tried against the doctests and tests that
enter its function, the quickest first, in a child of a process that has SymPy and the solvers.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from . import children
from .baseline import baseline
from .known import EQUIVALENT, HARMLESS
from .runner import Trial, trials
from .sample import LEFT_OUT, sample

ROOT = Path(__file__).parents[2]
OUTCOMES = ("noticed", "equivalent", "harmless", "left")


def outcome(trial: Trial) -> str:
    """Return the column of a trial."""
    if trial.outcome == "noticed":
        return "noticed"
    name = trial.mutant.name
    return "equivalent" if name in EQUIVALENT else "harmless" if name in HARMLESS else "left"


def table(found: list[Trial]) -> str:
    """Return how many changes were made in each module, and what came of them."""
    tally: dict[str, Counter[str]] = {}
    for trial in sorted(found, key=lambda t: t.mutant.path):
        tally.setdefault(trial.mutant.path, Counter())[outcome(trial)] += 1
    tally["all"] = sum(tally.values(), Counter())
    lines = [f"{'module':40} made {' '.join(f'{o:>10}' for o in OUTCOMES)}"]
    for path, counts in tally.items():
        cells = " ".join(f"{counts[o]:10}" for o in OUTCOMES)
        lines.append(f"{path.removeprefix('proofpress/'):40} {counts.total():4} {cells}")
    return "\n".join(lines)


def main() -> None:
    """Try a sample of changes and print what came of them."""
    options = argparse.ArgumentParser(description=main.__doc__)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--count", type=int, default=200)
    options.add_argument("--workers", type=int, default=1)
    options.add_argument("--kept", type=Path, help="a file that keeps what the tests reach")
    options.add_argument("--log", type=Path, help="a file that gets a line for each change")
    given = options.parse_args()
    children.prepare()
    known = baseline(ROOT, given.kept)
    for test in known.failed:
        print(f"left out, for it fails already: {test.name}")
    found: list[Trial] = []
    for trial in trials(ROOT, sample(ROOT, given.seed, given.count), known, given.workers):
        found.append(trial)
        if given.log:
            place = f"{trial.mutant.path}:{trial.mutant.change.line}"
            said = " ".join(trial.said.split())[-120:]
            with given.log.open("a", encoding="utf-8") as log:
                log.write(
                    f"{outcome(trial)} ({trial.outcome})\t{place}\t{trial.mutant.name}\t"
                    f"{trial.mutant.change.operator}\t{trial.test}\t{trial.tests}\t{said}\n"
                )
    print(table(found))
    for path, reason in LEFT_OUT.items():
        print(f"left out: {path.removeprefix('proofpress/')}: {reason}")
    for trial in sorted(found, key=lambda t: (t.mutant.path, t.mutant.change.start)):
        if (kind := outcome(trial)) != "noticed":
            name = trial.mutant.name
            reason = EQUIVALENT.get(name) or HARMLESS.get(name) or trial.outcome
            print(f"{kind}: {name} (line {trial.mutant.change.line}): {reason}")


if __name__ == "__main__":
    main()
