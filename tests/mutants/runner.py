"""Tries changes of the press: each in a copy, against the tests that enter the changed function.

The quickest tests come first, and the first that fails ends the trial: a change that one of them
notices is noticed by the suite.
"""

from __future__ import annotations

import compileall
import multiprocessing
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .baseline import Baseline
from .children import Told, copied, tested
from .sample import Mutant

# Seconds of processor time that the quick tests take on the press as it is, and all that are tried.
QUICK, ALL = 10.0, 25.0
# A changed press may take so many times as long, and some seconds, before its process is ended.
SLOWER, STARTING = 3, 15


@dataclass(frozen=True)
class Trial:
    """What came of a mutant: `noticed`, `left`, `no end` or `not reached`, and by which test."""

    mutant: Mutant
    outcome: str
    test: str = ""
    said: str = ""
    tests: int = 0


def portions(tests: Sequence[Told]) -> Iterator[list[Told]]:
    """Return the quick tests, then the others, each as long as their time is left."""
    start = 0
    for limit in (QUICK, ALL):
        seconds, end = 0.0, start
        while end < len(tests) and seconds + tests[end].seconds <= limit:
            seconds += tests[end].seconds
            end += 1
        if end > start:
            yield list(tests[start:end])
        start = end


def trial(copy: Path, root: Path, mutant: Mutant, known: Baseline) -> Trial:
    """Return what comes of a mutant in a copy of the sources, which is left as it was."""
    tests = known.reaching(mutant.path, mutant.change)
    if not tests:
        return Trial(mutant, "not reached")
    path, original = copy / mutant.path, root / mutant.path
    source = original.read_text(encoding="utf-8")
    path.write_text(mutant.change.applied(source), encoding="utf-8")
    tried = 0
    try:
        for portion in portions(tests):
            names = [test.name for test in portion]
            files = list(dict.fromkeys(name.partition("::")[0] for name in names))
            limit = round(SLOWER * sum(test.seconds for test in portion)) + STARTING
            done, ended = tested(copy, files, names, limit, traced=False)
            tried += len(done)
            for test in done:
                if not test.passed:
                    return Trial(mutant, "noticed", test.name, test.said, tried)
            if not ended:
                waiting = next((name for name in names if name not in {t.name for t in done}), "")
                return Trial(mutant, "no end", waiting, "", tried)
    finally:
        shutil.copy2(original, path)
    return Trial(mutant, "left", "", "", tried)


def trials(root: Path, mutants: Sequence[Mutant], known: Baseline, workers: int) -> Iterator[Trial]:
    """Return what comes of the mutants, each as soon as it is known."""
    context = multiprocessing.get_context("fork")
    with copies(root, workers) as folders:
        free = context.SimpleQueue()
        for folder in folders:
            free.put(folder)
        with context.Pool(workers, _begin, (free, root, known)) as pool:
            yield from pool.imap_unordered(_one, mutants, chunksize=1)


_worker: dict[str, Any] = {}


def _begin(free: Any, root: Path, known: Baseline) -> None:
    _worker.update(copy=free.get(), root=root, known=known)


def _one(mutant: Mutant) -> Trial:
    return trial(_worker["copy"], _worker["root"], mutant, _worker["known"])


@contextmanager
def copies(root: Path, count: int) -> Iterator[list[Path]]:
    """Give so many copies of the sources, compiled, so that no child has to do it again."""
    with ExitStack() as stack:
        folders = [stack.enter_context(copied(root)) for _ in range(count)]
        for folder in folders:
            compileall.compile_dir(folder, quiet=2)
        yield folders
