"""How the build comes to a process for each step, and ends it.

Place in the chain: the build -> **workers** -> step. A worker is forked from a server that has
imported the libraries named by the step, and the module of the press that holds its function, and
has called what warms them (forkserver.py); steps for which all are the same share a server.

A server may outlive the build (`standby`), so that the next one need not import anything. It is
found again only under a name that tells all it was started with: libraries and versions,
environment, the press's own code, the names in the report's folder and in $PYTHONPATH's, which
could hide a library.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING

from proofpress.build.digests import digest
from proofpress.build.glance import state

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from subprocess import Popen
    from typing import Any

    from proofpress.build.step import Step


# What differs from one call to the next in the same terminal, and is no business of a library.
_PASSING: tuple[str, ...] = ("_", "SHLVL", "PWD", "OLDPWD", "COLUMNS", "LINES")
_PASSING += ("MAKELEVEL", "MAKEFLAGS", "MFLAGS", "MAKE_TERMOUT", "MAKE_TERMERR")
# `python -m` would write that module's bytecode before it is guarded.
BEGIN = (
    "from proofpress.build import bytecode; bytecode.write_whole(); "
    "from proofpress.build.forkserver import start; start()"
)
_PRESS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Worker:
    """A process that waits for one job; its descriptor is readable when it says something."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._groups: set[int] = set()  # of processes: its own when it has told it, and others
        self._unread = b""
        self.status: int | None = None
        self.processor = 0.0  # seconds, with all that it started and waited for

    def fileno(self) -> int:
        """Return the descriptor to wait for."""
        return self._connection.fileno()

    def send(self, job: dict[str, Any]) -> None:
        """Give the worker its job."""
        self._connection.sendall(json.dumps(job).encode() + b"\n")

    def events(self) -> list[dict[str, Any]] | None:
        """Return what it has said since the last call; None when it has ended."""
        try:
            data = self._connection.recv(65536)
        except ConnectionResetError:
            data = b""  # its server has ended
        if not data:
            self.kill()  # whatever it has left at work
            return None
        *lines, self._unread = (self._unread + data).split(b"\n")
        told = [json.loads(line) for line in lines]
        for event in told:
            if event["event"] == "began":
                self._groups.add(event["process"])
            elif event["event"] == "gone":
                self._groups.discard(event["process"])
            elif event["event"] == "ended":
                self.status, self.processor = event["status"], event["processor"]
        return [event for event in told if event["event"] not in ("began", "gone", "ended")]

    def kill(self) -> None:
        """End the process and all that it started."""
        self._connection.close()  # a worker that has not said its number sees this
        for group in self._groups:
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)


class Workers:
    """The workers of the report below `root`, whose build keeps its own files in `state`.

    `standby` is how many seconds a server waits for a next build; 0 lets it end with this one.
    """

    def __init__(self, root: str, state: str, standby: float = 0) -> None:
        self._root, self._standby = root, standby
        self._state, self._folder = os.path.relpath(state, root), os.path.join(state, "servers")
        self._names: dict[tuple[str, ...], str] = {}
        self._spare: dict[tuple[str, ...], Worker] = {}
        self._prepared: set[str] = set()  # steps
        self._servers: list[Popen[bytes]] = []

    def prepare(self, step: Step) -> None:
        """Let a worker get ready for a step that will soon run, one of those that import the
        same."""
        key = _imports(step)
        if step.name not in self._prepared and key not in self._spare:
            self._prepared.add(step.name)
            self._spare[key] = self._forked(key)

    def start(self, step: Step, job: dict[str, Any]) -> Worker:
        """Return a worker that has got its job."""
        key = _imports(step)
        worker = self._spare.pop(key, None) or self._forked(key)
        try:
            worker.send(job)
        except OSError:  # its server has ended since
            worker = self._forked(key)
            worker.send(job)
        return worker

    def close(self, steps: Iterable[Step]) -> None:
        """Let go of all servers; those for `steps` go on standing by, where there is standby."""
        for worker in self._spare.values():
            worker.kill()
        self._spare.clear()
        for server in self._servers:
            if not self._standby:
                assert server.stdin is not None
                server.stdin.close()
                server.wait()
        self._servers.clear()
        if not os.path.isdir(self._folder):
            return
        self.sweep([self._name(_imports(step)) for step in steps] if self._standby else ())

    def sweep(self, kept: Iterable[str]) -> None:
        """Remove the sockets of servers that nobody will ask again; they end when they see it."""
        with suppress(FileNotFoundError):
            for name in set(os.listdir(self._folder)) - set(kept):
                os.unlink(os.path.join(self._folder, name))

    def _forked(self, imports: tuple[str, ...]) -> Worker:
        name = self._name(imports)
        connection = socket.socket(socket.AF_UNIX)
        os.makedirs(self._folder, exist_ok=True)
        with _short(self._folder) as folder:
            path = os.path.join(folder, name)
            try:
                connection.connect(path)
            except OSError:  # there is none, or it was killed
                with suppress(FileNotFoundError):
                    os.unlink(path)
                self._serve(path, name, imports)
                connection.connect(path)
        return Worker(connection)

    def _name(self, imports: tuple[str, ...]) -> str:
        if imports not in self._names:
            told = json.dumps([self._facts, imports])
            self._names[imports] = digest(told.encode())[:24]
        return self._names[imports]

    def _serve(self, short: str, name: str, imports: Sequence[str]) -> None:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(short)
            listener.listen(64)
            command = [sys.executable, "-c", BEGIN]
            path = os.path.join(self._folder, name)
            command += [str(listener.fileno()), path, str(self._standby), self._root, self._state]
            command += imports
            server = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL if self._standby else subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=self._root,
                env=_environment(),
                pass_fds=[listener.fileno()],
                start_new_session=True,
            )
        self._servers.append(server)

    @cached_property
    def _facts(self) -> str:
        """Equal for servers of which one can stand for the other, if they import the same."""
        from proofpress.build.packages import versions

        environment = {k: v for k, v in sorted(_environment().items()) if k not in _PASSING}
        umask = os.umask(0o077)
        os.umask(umask)
        facts = [versions(), sys.version, sys.prefix, environment, umask, _limits()]
        folders = [self._root, *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
        hiding = [_modules(folder) for folder in folders if os.path.isdir(folder)]
        # A server that does not stand by may be about to end with a build that was killed.
        mine = None if self._standby else os.getpid()
        facts += [mine, hiding, sorted(_states(_PRESS))]
        return digest(json.dumps(facts).encode())


@contextmanager
def _short(folder: str) -> Iterator[str]:
    """Yield a short path to the folder: that of a socket may have some hundred bytes only."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        short = f"/proc/self/fd/{descriptor}"
        if os.path.isdir(short):
            yield short
            return
    finally:
        os.close(descriptor)
    with tempfile.TemporaryDirectory(prefix=f"proofpress-{os.getpid()}-") as place:
        link = os.path.join(place, "s")
        os.symlink(folder, link)
        yield link


def _environment() -> dict[str, str]:
    """Return the environment of a server: the press is found there last, if nowhere else."""
    path = [os.environ.get("PYTHONPATH"), os.path.dirname(_PRESS)]
    # Sets iterate in the same order in every run.
    return {
        **os.environ,
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join(filter(None, path)),
    }


def _imports(step: Step) -> tuple[str, ...]:
    """Return what a server for a step has: a module of the press or "", what warms it, and more."""
    module = step.call.partition(":")[0]
    own = module.partition(".")[0] == os.path.basename(_PRESS)
    return (module if own else "", step.warm, *step.libraries)


def _states(folder: str) -> Iterator[tuple[str, Any]]:
    """Yield the state of each file of code in a folder and below."""
    with os.scandir(folder) as listed:
        for entry in listed:
            if entry.name.endswith(".py"):
                yield entry.path, state(entry.path)
            elif entry.is_dir():
                yield from _states(entry.path)


def _modules(folder: str) -> list[str]:
    """Return what stands in a folder where modules are sought first, and hides a library of its
    name."""
    with os.scandir(folder) as listed:
        return sorted(
            entry.name
            for entry in listed
            if entry.name.endswith((".py", ".so"))
            or os.path.exists(os.path.join(entry.path, "__init__.py"))
        )


def _limits() -> list[tuple[int, int]]:
    try:
        import resource
    except ImportError:
        return []
    kinds = [name for name in dir(resource) if name.startswith("RLIMIT_")]
    return [resource.getrlimit(getattr(resource, kind)) for kind in kinds]
