"""Runs tests in a forked process, in a copy of the sources, and tells what each of them did.

The parent has imported SymPy, the solvers and pytest, and nothing of the press: a child finds the
press in its copy, changed or not. Every child has a limit of processor time, which a busy machine
does not shorten.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import CodeType, FrameType

import pytest

LEFT_OUT = (".git", "output", ".venv", "__pycache__", ".*_cache", ".hypothesis", "*.pdf")
# A child that waits for something uses no processor time: it ends after so many times its limit.
WAITING = 6


@dataclass
class Told:
    """What one test did: whether it passed, its seconds of processor time, what it called.

    `called` holds "path:line" of the functions of the press that were entered.
    """

    name: str
    passed: bool = True
    seconds: float = 0.0
    called: list[str] = field(default_factory=list)
    said: str = ""


@contextmanager
def copied(root: Path) -> Iterator[Path]:
    """Give a copy of the sources, which is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Path(folder) / "press"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
        yield copy


def prepare() -> None:
    """Import what all children need and no change touches."""
    import hypothesis
    import sympy
    import z3

    assert hypothesis and sympy and z3


def tested(
    copy: Path, files: Iterable[str], chosen: Sequence[str] | None, seconds: int, traced: bool
) -> tuple[list[Told], bool]:
    """Return what the tests of the files did, and whether the child came to its own end.

    `chosen` names the tests to be run and their order, and the first that fails is the last; None
    stands for all.
    """
    told = copy.parent / "told.jsonl"
    told.write_text("", encoding="utf-8")
    child = os.fork()
    if not child:
        _run(copy, told, list(files), chosen, seconds, traced)
    ended = _waited(child, WAITING * seconds)
    lines = told.read_text(encoding="utf-8").splitlines()
    return [Told(**json.loads(line)) for line in lines], ended


def _waited(child: int, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.WIFEXITED(status)
        time.sleep(0.05)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _run(
    copy: Path,
    told: Path,
    files: list[str],
    chosen: Sequence[str] | None,
    seconds: int,
    traced: bool,
) -> None:
    """Run the tests in this process, and end it."""
    try:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        os.chdir(copy)
        silent = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silent, stream)
        sys.dont_write_bytecode = True
        sys.path[0] = str(copy)
        for name in [n for n in sys.modules if n.partition(".")[0] in ("tests", "proofpress")]:
            del sys.modules[name]
        options = ["-n", "0", "-p", "no:cacheprovider", "-q", "-m", "not slow"]
        options += ["--assert=plain", "--tb=short"]
        if chosen is not None:
            options.append("--exitfirst")
        pytest.main([*options, *files], plugins=[_Recorder(copy, told, chosen, traced)])
    finally:
        os._exit(0)


class _Recorder:
    """Writes down what every test does, as soon as it is done."""

    def __init__(self, copy: Path, told: Path, chosen: Sequence[str] | None, traced: bool) -> None:
        self.press = f"{copy}{os.sep}"
        self.told, self.chosen, self.traced = told, chosen, traced
        self.failures: dict[str, str] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if self.chosen is not None:
            place = {name: k for k, name in enumerate(self.chosen)}
            items[:] = sorted(
                (i for i in items if i.nodeid in place), key=lambda i: place[i.nodeid]
            )

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._write(Told(report.nodeid, False, 0.0, [], str(report.longrepr)[-300:]))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        codes: set[CodeType] = set()

        def entered(frame: FrameType, event: str, _: object) -> None:
            if event == "call":
                codes.add(frame.f_code)

        start = time.process_time()
        if self.traced:
            sys.setprofile(entered)
        try:
            return (yield)
        finally:
            sys.setprofile(None)
            seconds = time.process_time() - start
            said = self.failures.get(item.nodeid)
            called = sorted(
                f"{c.co_filename.removeprefix(self.press)}:{c.co_firstlineno}"
                for c in codes
                if c.co_filename.startswith(self.press + "proofpress")
            )
            self._write(Told(item.nodeid, said is None, seconds, called, said or ""))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed or report.skipped:
            self.failures[report.nodeid] = str(report.longrepr)[-300:]

    def _write(self, test: Told) -> None:
        with self.told.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(test)) + "\n")
