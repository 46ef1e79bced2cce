"""One small report in a folder of its own, to which faults are done, and what must be true after.

The report is that of tests/stale/ with the files of tests/stress/report/ laid over it, so that a
build of some seconds has real work in every step: derive, draw, notebook, tables, TeX, ink.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
LEFT_OUT = shutil.ignore_patterns("__pycache__", "output")
OF_HOMEWORK = ("tables/claims.py", "tables/measured.py", "templates/preamble.tex")
# Edits after which every step has something else to make, but one claim is proved as before.
EDITS = (
    ("derivations/stairs.py", '"Squares of the whole"', '"All squares"'),
    ("report.toml", 'title = "A small report"', 'title = "Another report"'),
    ("report.toml", "factor = 2", "factor = 3"),
    ("figures/staircase.py", "SIDE = 30.0", "SIDE = 25.0"),
    ("notebooks/measure.ipynb", 'title=\\"Value\\"', 'title=\\"A value\\"'),
)
SETTLED = 0.1  # seconds after which a change of a file shows in its time on every system
HANGING = 60.0  # seconds after which a process of an ended build is taken to hang
_DRAWN = re.compile(r"[0-9a-f]{16,40}")  # digests in file names, which differ with the contents


@dataclass(frozen=True)
class Right:
    """What a build must leave: every output's bytes, and how often each kind of file is there
    (None: as often as it likes)."""

    outputs: dict[str, bytes]
    files: Counter[str] | None


class Report:
    """A copy of the small report in `folder`/report; a press and a temporary folder beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.root, self.temporary = self.folder / "report", self.folder / "tmp"
        self.press = self.folder / "press"  # some trials edit it
        self.environment = {
            **os.environ,
            "TMPDIR": str(self.temporary),
            "PYTHONPATH": str(self.press),
        }

    def fresh(self) -> Report:
        """The report with nothing built."""
        self.folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.rmtree(self.temporary, ignore_errors=True)
        shutil.rmtree(self.press, ignore_errors=True)
        self.temporary.mkdir()
        shutil.copytree(ROOT / "tests/stale", self.root, ignore=LEFT_OUT)
        shutil.copytree(ROOT / "proofpress", self.press / "proofpress", ignore=LEFT_OUT)
        for path in OF_HOMEWORK:
            shutil.copyfile(ROOT / path, self.root / path)
        over = ROOT / "tests/stress/report"
        shutil.copytree(over, self.root, ignore=LEFT_OUT, dirs_exist_ok=True)
        return self

    def edit(self, path: str, old: str, new: str) -> None:
        """Replaces `old` by `new` in a file, at once, as an editor that renames would."""
        file = (self.press if path.startswith("proofpress/") else self.root) / path
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {path}"
        beside = file.with_name(f"{file.name}~")
        beside.write_text(text.replace(old, new), encoding="utf-8")
        beside.replace(file)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """A build at work, the leader of a process group as from a terminal."""
        return subprocess.Popen(
            [sys.executable, "build.py", *words],
            cwd=self.root,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def build(self, *words: str) -> tuple[int, str]:
        """The exit status of a whole build, and what it said."""
        return ended(self.start(*words))

    def processes(self) -> list[psutil.Process]:
        """Every process that works in this folder, or names it."""
        found, own = [], str(self.folder)
        for process in psutil.process_iter(["cwd", "cmdline"]):
            words = [process.info["cwd"] or "", *(process.info["cmdline"] or ())]
            if process.pid != os.getpid() and any(own in word for word in words):
                found.append(process)
        return found

    def end_all(self) -> None:
        """Kills every process here, and those that they started meanwhile."""
        while found := self.processes():
            for process in found:
                kill(process.pid)

    def right(self) -> Right:
        """What stands here now: every output, and the names of all files."""
        output = self.root / "output"
        paths = [path for path in output.rglob("*") if path.is_file()]
        named = {path: path.relative_to(output).as_posix() for path in paths}
        outputs = {
            name: path.read_bytes()
            for path, name in named.items()
            if not name.startswith(".steps/")
        }
        # Whether the notebook's earlier run was looked at depends on when the build was killed.
        cached = [path for path in named if path.match(".steps/notebook/*/digests.json")]
        for path in cached:
            del named[path]
        others = [path.name for path in self.temporary.iterdir()]
        files = Counter(_DRAWN.sub("#", name) for name in [*named.values(), *others])
        return Right(outputs, files)

    def faults(self, right: Right) -> list[str]:
        """What is not as it must be after a plain build, which is done here first."""
        time.sleep(SETTLED)
        status, said = self.build()
        if status != 0:
            return [f"the plain build ended with {status}: {said[-400:]}"]
        found = []
        left = self.remaining(HANGING)
        if left:
            found.append(f"still at work: {left}")
        now = self.right()
        wrong = [
            name
            for name in sorted(now.outputs.keys() | right.outputs.keys())
            if now.outputs.get(name) != right.outputs.get(name)
        ]
        if wrong:
            found.append(f"wrong or missing: {', '.join(wrong)}")
        if right.files is not None and now.files is not None and now.files - right.files:
            found.append(f"left over: {now.files - right.files}")
        status, said = self.build("why")
        if (status, said) != (0, "all is up to date\n"):
            found.append(f"why ended with {status} and said: {said}")
        return found

    def remaining(self, seconds: float) -> list[str]:
        """The command lines of processes that are still here after so many seconds."""
        end = time.monotonic() + seconds
        while (found := self.processes()) and time.monotonic() < end:
            time.sleep(0.05)
        return [" ".join(process.info["cmdline"] or ()) for process in found]


def ended(build: subprocess.Popen[str], seconds: float = 120.0) -> tuple[int, str]:
    """The exit status of a build that was started, and what it said."""
    said, _ = build.communicate(timeout=seconds)
    return build.returncode, said


def kill(process: int, number: int = signal.SIGKILL) -> None:
    """Sends a signal; to a process that has just ended nothing happens."""
    try:
        os.kill(process, number)
    except ProcessLookupError:
        return


@dataclass(frozen=True)
class Start:
    """A state of a report from which builds begin, what must come of them, how long they take."""

    words: str
    report: Report
    kept: Path
    right: Right
    seconds: float

    def built(self) -> Path:
        """The folder of this report as it was after the build that began here."""
        return self.kept.with_name(f"{self.words}, built")

    def begin(self) -> Report:
        """The report, brought into this state."""
        shutil.rmtree(self.report.root, ignore_errors=True)
        shutil.rmtree(self.report.temporary)
        self.report.temporary.mkdir()
        shutil.copytree(self.kept, self.report.root)
        return self.report


@dataclass(frozen=True)
class Trial:
    """One fault to be done: its line in the table, its particulars, and how it is done."""

    what: str
    detail: str
    run: Callable[[Sequence[Start]], list[str]]


def starts(folder: Path, snapshot: bool) -> list[Start]:
    """From nothing; from a finished build after which everything was edited; and if asked for
    from one of which the notebook goes on from a `snapshot`."""
    report = Report(folder).fresh()
    nothing = _start("from nothing", report)
    for edit in EDITS:
        report.edit(*edit)
    edited = _start("after edits everywhere", report)
    if not snapshot:
        return [nothing, edited]
    nothing.begin().edit("report.toml", "pause = 0.3", "pause = 2.1")
    assert report.build()[0] == 0
    report.edit(*EDITS[-1])
    return [nothing, edited, _start("from a snapshot", report)]


def _start(words: str, report: Report) -> Start:
    kept = report.folder / words
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(report.root, kept)
    time.sleep(SETTLED)
    began = time.monotonic()
    status, said = report.build()
    assert status == 0, said
    shutil.rmtree(kept.with_name(f"{words}, built"), ignore_errors=True)
    shutil.copytree(report.root, kept.with_name(f"{words}, built"))
    return Start(words, report, kept, report.right(), time.monotonic() - began)
