"""One run of TeX, within limits of time, memory and output.

Place in the chain: document -> **pass** -> PDF and log. TeX starts no other program (shell
escape is off), so ending it ends everything. It writes its chatter to a pipe: when the press
itself is killed the pipe breaks and TeX stops, and the limit on its time ends a silent loop.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
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


def run(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    limits: Limits,
    errors: Path | None = None,
) -> Run:
    """Return how a program's run in a folder ended, which finds nothing on its standard input.

    Nothing is kept of its output but the last words. What it writes to its standard error goes into
    the file `errors`, if there is one. Raises NoSpace when there may have been no room for all
    that it wrote.
    """
    with nullcontext(subprocess.STDOUT) if errors is None else errors.open("wb") as stderr:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            pass_fds=inside.at_work,
        )
    stopped = threading.Event()

    def stop() -> None:
        stopped.set()
        process.kill()

    timer = threading.Timer(limits.seconds, stop)
    said = b""
    try:
        _limit(process.pid, limits)
        timer.start()
        assert process.stdout is not None
        with process.stdout as told:
            while chunk := told.read1(1 << 16):  # type: ignore[attr-defined]
                said = (said + chunk)[-_TAIL:]
        process.wait()
    finally:
        timer.cancel()
        process.kill()
        process.wait()
    if SAID.encode() in said + _end(errors) or is_full(folder):
        raise NoSpace
    return Run(process.returncode, stopped.is_set(), said.decode("utf-8", errors="replace"))


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
