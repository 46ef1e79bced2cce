"""Many random cases on several cores, and one table of what came of them.

    python build.py fuzz                             # 20,000 cases of seed 1
    python build.py fuzz --seed 7 --count 500        # others
    python build.py fuzz --seed 7 --only 123         # one of them again, told in full

An interrupt (Ctrl-C, or a termination) ends the run; the table tells what was tried until then.

A case is tried in a process of its own choosing: when it does not answer, or takes the process
with it, the others go on in a new one.
"""

from __future__ import annotations

import argparse
import contextvars
import importlib
import multiprocessing
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from multiprocessing.connection import Connection, wait
from pathlib import Path
from random import Random
from typing import Any

from .families import CLAIMS
from .grammar import TASTES, SetCase, random_set
from .judge import Outcome, compared_with_barvinok, judged_claim, judged_set
from .shrink import shrunk

SEED, COUNT, PROCESSES = 1, 20_000, 2
COLUMNS = ("equal", "proved", "undecided", "refuted", "refused", "no answer", "raised", "wrong")
FAULTS = ("raised", "wrong")

# One case in so many is a claim, and one set in so many is settled as well.
CLAIM, SETTLE = 10, 40

# Seconds by the clock: until the press has answered, for barvinok after that, to shrink a case.
LIMITS = {"press": 40.0, "barvinok": 1.0, "shrink": 60.0}
# A process is replaced after so many cases: libraries keep what they have worked out.
MOST_CASES = 400


@dataclass(frozen=True)
class Result:
    """One case: its place, its kind, what came of it, and its source text, small where wrong."""

    index: int
    kind: str
    outcome: Outcome
    source: str


@dataclass
class Table:
    """How often each kind came to each outcome."""

    rows: dict[str, Counter[str]] = field(default_factory=dict)
    faults: list[Result] = field(default_factory=list)

    def add(self, result: Result) -> None:
        """Count one result, and keep it if it is a fault of the press."""
        row = self.rows.setdefault(result.kind, Counter())
        row[result.outcome.column] += 1
        row["cases"] += 1
        row.update(result.outcome.also)
        if result.outcome.column in FAULTS:
            self.faults.append(result)

    def text(self) -> str:
        """Return the table as Markdown.

        `barvinok` counts the sets that it counted as well, `read` the prints that were read back.
        """
        columns = ("cases", *COLUMNS, "barvinok", "read")
        names = [*(name for name in (*TASTES, *CLAIMS) if name in self.rows), "all"]
        total: Counter[str] = sum(self.rows.values(), Counter())
        rows = {**self.rows, "all": total}
        lines = [" | ".join(("kind", *columns)), "|".join(["---"] * (len(columns) + 1))]
        lines += [" | ".join((n, *(str(rows[n][column]) for column in columns))) for n in names]
        return "\n".join(f"| {line} |" if "---" not in line else f"|{line}|" for line in lines)


def case_of(seed: int, index: int) -> tuple[str, Any, Random]:
    """Return the kind of a case, the case, and the lot with which it goes on.

    >>> kind, case, lot = case_of(1, 2)
    >>> (kind, case) == case_of(1, 2)[:2]
    True
    """
    lot = Random(f"{seed} {index}")
    kind = kind_of(index)
    return kind, CLAIMS[kind](lot) if kind in CLAIMS else random_set(lot, kind), lot


def kind_of(index: int) -> str:
    """Return the kind of a case.

    >>> kind_of(10), kind_of(11)
    ('stated, wrong', 'nested floor')
    """
    if index % CLAIM == 0:
        return list(CLAIMS)[index // CLAIM % len(CLAIMS)]
    return list(TASTES)[(index - index // CLAIM) % len(TASTES)]


def judged(case: Any, lot: Random, settle: bool = False) -> Outcome:
    """Return what the press makes of a set or a claim."""
    if isinstance(case, SetCase):
        return judged_set(case, lot, settle)
    return judged_claim(case, lot)


def source_of(case: Any) -> str:
    """Return the text that makes a case in the press."""
    return case.source() if isinstance(case, SetCase) else case.source


def stages(seed: int, index: int) -> Iterator[tuple[str, Result]]:
    """Try one case; return what is known so far, each with what is tried next ("" at the end)."""
    kind, case, lot = case_of(seed, index)
    outcome = judged(case, lot, settle=lot.randrange(SETTLE) == 0)
    result = Result(index, kind, outcome, source_of(case))
    if isinstance(case, SetCase) and outcome.column not in (*FAULTS, "refused", "no answer"):
        yield "barvinok", result
        result = replace(result, outcome=_beside(case, outcome, lot))
    if result.outcome.column in FAULTS:
        yield "shrink", result
        result = _shrunk(result, case, f"{seed} {index}")
    yield "", result


def _beside(case: SetCase, outcome: Outcome, lot: Random) -> Outcome:
    from .barvinok import Outside

    try:
        return compared_with_barvinok(case, outcome.form, lot) or replace(
            outcome, also=(*outcome.also, "barvinok")
        )
    except Outside:
        return outcome


def _shrunk(result: Result, case: Any, words: str) -> Result:
    from .barvinok import Outside

    kind_of_fault = result.outcome.detail.partition(":")[0].partition(" at ")[0]

    def outcome(smaller: Any) -> Outcome:
        found = judged(smaller, Random(words))
        if found.form and isinstance(smaller, SetCase):
            with suppress(Outside):
                return compared_with_barvinok(smaller, found.form, Random(words)) or found
        return found

    def still(smaller: Any) -> bool:
        try:
            found = outcome(smaller)
        except Exception:
            return False
        return found.column == result.outcome.column and found.detail.startswith(kind_of_fault)

    small = shrunk(case, still)
    if small is case:
        return result
    return replace(result, outcome=outcome(small), source=source_of(small))


def _work(end: Connection, seed: int) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    clean = contextvars.copy_context()
    while (index := end.recv()) is not None:
        # An alarm of the case before, and what it stands for, must not end this one.
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        clean.copy().run(_send, end, seed, index)


def _send(end: Connection, seed: int, index: int) -> None:
    try:
        for stage, result in stages(seed, index):
            end.send((stage, result))
    except Exception as error:  # told with its case, whoever is at fault; the others go on
        last = traceback.extract_tb(error.__traceback__)[-1]
        detail = f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"
        end.send(("", Result(index, kind_of(index), Outcome("raised", detail), "")))


class Worker:
    """A process with one case at a time, and what is known of that case."""

    def __init__(self, seed: int) -> None:
        methods = multiprocessing.get_all_start_methods()
        context: Any = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
        self.end, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, seed), daemon=True)
        self.process.start()
        theirs.close()
        self.done = 0
        self.index = -1
        self.until = 0.0
        self.known: Result | None = None

    def give(self, index: int) -> None:
        """Let the process try a case."""
        self.index, self.known = index, None
        self.until = time.monotonic() + LIMITS["press"]
        self.end.send(index)

    def stop(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.join()
        self.end.close()


def warm() -> None:
    """Import here what all processes need: none of them loses its time limit to that.

    No solver is asked anything before they are forked: its threads would stay behind.
    """
    importlib.import_module("z3")
    importlib.import_module(f"{__package__}.barvinok")
    small = SetCase(("i",), ("n",), ("1 <= i", "2*i <= n"), (), (("1", "n/2"),), ("n >= 1",))
    judged_set(small, Random(0), settle=False)


def run(seed: int, indices: Sequence[int], processes: int, told: Callable[[Result], None]) -> Table:
    """Return the table of these cases; each result is `told` as it comes.

    An interrupt ends the run: the table is that of the cases until then.
    """
    table = Table()
    waiting = iter(indices)
    warm()
    workers: list[Worker] = []

    def finished(worker: Worker, result: Result) -> None:
        table.add(result)
        told(result)
        worker.done += 1

    def next_case(worker: Worker) -> None:
        workers.remove(worker)
        index = next(waiting, None)
        if index is None:
            worker.stop()
            return
        if worker.done >= MOST_CASES or not worker.process.is_alive():
            worker.stop()
            worker = Worker(seed)
        worker.give(index)
        workers.append(worker)

    try:
        for index in list(islice(waiting, processes)):
            workers.append(Worker(seed))
            workers[-1].give(index)
        while workers:
            _step(workers, finished, next_case)
    except KeyboardInterrupt:
        for worker in workers:
            worker.stop()
    return table


def _step(
    workers: Sequence[Worker],
    finished: Callable[[Worker, Result], None],
    next_case: Callable[[Worker], None],
) -> None:
    """Take what the processes have told by now, and end those whose time is over."""
    ready = wait([worker.end for worker in workers], timeout=0.5)
    for worker in list(workers):
        ended = time.monotonic() > worker.until
        if worker.end in ready:
            try:
                stage, worker.known = worker.end.recv()
            except (EOFError, ConnectionError):
                ended = True
            else:
                ended = False
                if stage:
                    worker.until = time.monotonic() + LIMITS[stage]
                else:
                    finished(worker, worker.known)
                    next_case(worker)
                    continue
        if ended:
            finished(worker, worker.known or _unanswered(worker))
            worker.stop()
            next_case(worker)


def _unanswered(worker: Worker) -> Result:
    died = not worker.process.is_alive()
    detail = "the process died" if died else f"nothing within {LIMITS['press']:g} s"
    return Result(worker.index, kind_of(worker.index), Outcome("no answer", detail), "")


def told_in_full(seed: int, result: Result) -> str:
    """Return what a reader needs to see a case again."""
    return (
        f"{result.outcome.column}: seed {seed}, index {result.index}, {result.kind}\n"
        f"  {result.source}\n  {result.outcome.detail}"
    )


def main(words: Sequence[str]) -> int:
    """Prints the faults as they are found, then the table; returns 1 where there are any."""
    parser = argparse.ArgumentParser(prog="build.py fuzz")
    parser.add_argument("--seed", type=int, default=SEED, help="of the lot (default: %(default)s)")
    parser.add_argument("--count", type=int, default=COUNT, help="cases (default: %(default)s)")
    parser.add_argument("--processes", type=int, default=PROCESSES)
    parser.add_argument("--only", type=int, help="the index of the one case to try")
    options = parser.parse_args(words)
    began = time.monotonic()
    signal.signal(signal.SIGTERM, signal.default_int_handler)

    def told(result: Result) -> None:
        if result.outcome.column in FAULTS or options.only is not None:
            print(told_in_full(options.seed, result), flush=True)

    indices = range(options.count) if options.only is None else [options.only]
    table = run(options.seed, indices, options.processes, told)
    print(table.text())
    tried = sum(row["cases"] for row in table.rows.values())
    minutes = (time.monotonic() - began) / 60
    print(f"{tried} of {len(indices)} cases, seed {options.seed}, {minutes:.1f} minutes")
    return int(bool(table.faults))
