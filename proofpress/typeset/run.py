"""One run of TeX, within limits of time, memory and output.

Place in the chain: document -> **pass** -> PDF and log. TeX starts no other program (shell
escape is off), so ending it ends everything. It writes its chatter to a pipe: when the press
itself is killed the pipe breaks and TeX stops, and the limit on its time ends a silent loop.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

from proofpress.build import inside
from proofpress.faults.space import SAID, NoSpace, is_full

try:
    import resource
except ImportError:  # Windows: only the limit of time holds there.
    resource = None  # type: ignore[assignment]

_TAIL = 8192


@dataclass(frozen=True)
class Limits:
    """What one run may use: seconds of wall time, bytes of memory and of each written file;
    and how many passes may follow one another."""

    seconds: float = 120.0
    memory: int = 2 << 30
    written: int = 512 << 20
    passes: int = 9


@dataclass(frozen=True)
class Run:
    """How one run ended: exit status, whether it was stopped for its time, last words."""

    status: int
    stopped: bool
    said: str


class Running:
    """A program at work in a folder; nothing is kept of its output but the last words.

    It finds nothing on its standard input until `finish` gives it a line. What it writes to its
    standard error goes into the file `errors`, if there is one.
    """

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        limits: Limits,
        errors: Path | None = None,
    ) -> None:
        self._folder, self._limits, self._errors = folder, limits, errors
        self._said = b""
        self._stopped = False
        self._timer: threading.Timer | None = None
        with nullcontext(subprocess.STDOUT) if errors is None else errors.open("wb") as stderr:
            self._process = subprocess.Popen(
                command,
                cwd=folder,
                env=dict(environment),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                pass_fds=inside.at_work,
            )
        _limit(self._process.pid, limits)

    def await_word(self, word: str) -> None:
        """Wait until the last that it has said has this word, or until it has ended."""
        self._count()
        while word.encode() not in self._said and self._hear():
            pass

    def finish(self) -> Run:
        """Let it go on to its end, and tell how that was.

        Raises NoSpace when there may have been no room for all that it wrote.
        """
        self._count()
        assert self._process.stdin is not None
        try:
            with suppress(BrokenPipeError), self._process.stdin as told:
                told.write(b"\n")
            while self._hear():
                pass
            self._process.wait()
        finally:
            self.abandon()
        if SAID.encode() in self._said + _end(self._errors) or is_full(self._folder):
            raise NoSpace
        said = self._said.decode("utf-8", errors="replace")
        return Run(self._process.returncode, self._stopped, said)

    def abandon(self) -> None:
        """End it, if it has not ended."""
        if self._timer is not None:
            self._timer.cancel()
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with suppress(BrokenPipeError):
                pipe.close()
        self._process.wait()

    def _hear(self) -> bool:
        assert self._process.stdout is not None
        chunk: bytes = self._process.stdout.read1(1 << 16)  # type: ignore[attr-defined]
        self._said = (self._said + chunk)[-_TAIL:]
        return bool(chunk)

    def _count(self) -> None:
        """Let its time begin when somebody waits for it, not before."""
        if self._timer is None:
            self._timer = threading.Timer(self._limits.seconds, self._stop)
            self._timer.start()

    def _stop(self) -> None:
        self._stopped = True
        self._process.kill()


def run(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    limits: Limits,
    errors: Path | None = None,
) -> Run:
    """Return the outcome of a program that is not to wait for anything; see `Running`."""
    return Running(command, folder, environment, limits, errors).finish()


def _end(file: Path | None) -> bytes:
    if file is None:
        return b""
    with file.open("rb") as opened:
        opened.seek(max(0, file.stat().st_size - _TAIL))
        return opened.read()


def _limit(pid: int, limits: Limits) -> None:
    """Set the child's own limits; on systems without prlimit the wall time alone holds."""
    if not hasattr(resource, "prlimit"):
        return
    seconds = int(limits.seconds) + 5
    bounds = (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, limits.written),
    )
    for kind, bound in bounds:
        try:
            hard = resource.prlimit(pid, kind)[1]
            ceiling = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
            resource.prlimit(pid, kind, (ceiling, ceiling))
        except ProcessLookupError:
            return  # it has already ended
