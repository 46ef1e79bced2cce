"""Settles statements given as source text, in processes of their own, and tells what came of each.

A statement that has no answer within the limit is undecided, and its process is ended. The sets
that a `setup` makes are kept in the process, so that many statements share a set's certificate.

`python -m tests.statements` prints the table of all statements.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing.connection import Connection
from queue import Empty, Queue
from typing import Any

import psutil

LETTERS = "n t w m i j k a b c h s x y u v r d g p q L"
# Names that a statement may use and that the press may not export: SymPy's stand in for them.
OF_SYMPY = [
    "Abs",
    "Min",
    "Max",
    "Piecewise",
    "binomial",
    "factorial",
    "gamma",
    "Sum",
    "Product",
    "sign",
    "And",
    "Or",
    "Not",
]
OUTCOMES = ("proved", "checked", "refuted", "undecided", "refused", "raised")

# Seconds of the processor until a statement's process is ended, however busy the machine is ...
LIMIT = 90.0
# ... and so many times as many by the clock, for one that waits.
PATIENCE = 20
# So many statements of one setup go to one process before another may take the next ones.
PORTION = 40


@dataclass(frozen=True)
class Job:
    """Source text: what is executed first, and the expression that gives the statement.

    `related` names a related expression that is false: the statement counts as proved only if
    the claim still holds it.
    """

    setup: str
    claim: str
    related: str | None = None


@dataclass(frozen=True)
class Outcome:
    """One of OUTCOMES, and what was said of it."""

    kind: str
    detail: str = ""


def settled(jobs: Sequence[Job], workers: int = 2, limit: float = LIMIT) -> list[Outcome]:
    """Return the outcome of every job, in their order.

    >>> square = "square = IntegerSet('square', (i,), (1 <= i) & (i <= n), assuming=n >= 0)"
    >>> form = "Count('a.b', 'Square', square, stated={})".format
    >>> [o.kind for o in settled([Job(square, form("n")), Job(square, form("n + 1"))])]
    ['proved', 'refuted']
    """
    found: list[Outcome | None] = [None] * len(jobs)
    portions: Queue[list[int]] = Queue()
    for portion in _portions(jobs):
        portions.put(portion)

    def work() -> None:
        with _Worker(limit) as worker:
            while True:
                try:
                    portion = portions.get_nowait()
                except Empty:
                    return
                for place in portion:
                    found[place] = worker.outcome(jobs[place])

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(found), "a worker has failed"
    return [outcome for outcome in found if outcome is not None]


def _portions(jobs: Sequence[Job]) -> list[list[int]]:
    groups: dict[str, list[int]] = {}
    for place, job in enumerate(jobs):
        groups.setdefault(job.setup, []).append(place)
    return [
        group[start : start + PORTION]
        for group in groups.values()
        for start in range(0, len(group), PORTION)
    ]


class _Worker:
    """A process that settles one job after the other, begun anew when one takes too long."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.context = multiprocessing.get_context("spawn")

    def __enter__(self) -> _Worker:
        self._begin()
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def _begin(self) -> None:
        self.connection, theirs = self.context.Pipe()
        self.process = self.context.Process(target=_serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def _end(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()

    def outcome(self, job: Job) -> Outcome:
        try:
            self.connection.send(job)
            if self._answered():
                answer: Outcome = self.connection.recv()
                return answer
            found = Outcome("undecided", f"no answer within {self.limit:g} s")
        except (EOFError, BrokenPipeError, ConnectionResetError):
            found = Outcome("raised", "the process has ended")
        self._end()
        self._begin()
        return found

    def _answered(self) -> bool:
        """Return whether there is an answer before the process has had its time."""
        begun, end = self._spent(), time.monotonic() + PATIENCE * self.limit
        while time.monotonic() < end and self._spent() - begun < self.limit:
            if self.connection.poll(min(1.0, self.limit)):
                return True
        return False

    def _spent(self) -> float:
        try:
            spent = psutil.Process(self.process.pid).cpu_times()
        except psutil.NoSuchProcess:
            return 0.0
        return float(spent.user + spent.system)


def _serve(connection: Connection) -> None:
    namespaces: dict[str, dict[str, Any] | Exception] = {}
    while True:
        try:
            job: Job = connection.recv()
        except EOFError:
            return
        connection.send(_outcome(job, namespaces))


def _outcome(job: Job, namespaces: dict[str, dict[str, Any] | Exception]) -> Outcome:
    from proofpress import PressError

    try:
        if job.setup not in namespaces:
            namespaces[job.setup] = _made(job.setup)
        names = namespaces[job.setup]
        if isinstance(names, Exception):
            raise names
        claim = eval(compile(job.claim, "statement.py", "eval"), dict(names)).settle()
        verdict = str(claim.verdict.value)
        if verdict == "proved" and job.related is not None and job.related not in claim.related:
            return Outcome("undecided", f"{job.related} is not among what follows")
        said = (f"{e.method}: {e.verdict.value} {e.detail}" for e in claim.evidence)
        return Outcome(verdict, "; ".join(said))
    except PressError as error:
        # An error that blames the press is no clear word to the author.
        kind = "raised" if "fault of the press" in str(error) else "refused"
        return Outcome(kind, str(error))
    except Exception as error:
        *_, last = traceback.extract_tb(error.__traceback__)
        place = f"{last.filename.rpartition('/')[2]}:{last.lineno}"
        return Outcome("raised", f"{type(error).__name__}: {error} ({place})")


def _made(setup: str) -> dict[str, Any] | Exception:
    names = dict(vocabulary())
    try:
        exec(compile(setup, "setup.py", "exec"), names)
    except Exception as error:
        return error
    return names


@lru_cache(maxsize=1)
def vocabulary() -> Mapping[str, Any]:
    """Return the names that a statement may use: the press's own, `sp`, and one-letter letters."""
    import sympy as sp

    import proofpress

    names: dict[str, Any] = {name: getattr(sp, name) for name in OF_SYMPY}
    names |= {name: getattr(proofpress, name) for name in proofpress.__all__}
    names |= {letter: proofpress.integers(letter) for letter in LETTERS.split()}
    return {**names, "sp": sp}


def table(rows: Iterable[tuple[str, Outcome]]) -> str:
    """Return a table of outcomes by kind.

    >>> print(table([("count", Outcome("refuted")), ("count", Outcome("proved"))]))
    kind                                     tried  proved checked refuted undecided refused raised
    count                                        2       1       0       1         0       0      0
    all                                          2       1       0       1         0       0      0
    """
    tally: dict[str, Counter[str]] = {}
    for kind, outcome in rows:
        tally.setdefault(kind, Counter())[outcome.kind] += 1
    tally["all"] = sum(tally.values(), Counter())
    widths = [len(outcome) for outcome in OUTCOMES]
    lines = [f"{'kind':38}   tried  {' '.join(OUTCOMES)}"]
    for kind, found in tally.items():
        cells = (f"{found[o]:{w}}" for o, w in zip(OUTCOMES, widths, strict=True))
        lines.append(f"{kind:38} {found.total():7}  {' '.join(cells)}")
    return "\n".join(lines)
