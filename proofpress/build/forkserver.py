"""A process that has imported libraries once and forks a worker for each connection.

    python -c "...; start()" LISTENER PATH IDLE ROOT STATE MODULE WARM [LIBRARY ...]

`workers.BEGIN` has the dots: what guards bytecode on a full disk, this file's own among it.
STATE is the build's own folder below the report's, ROOT.
LISTENER is the descriptor of a Unix socket that already listens at PATH; whoever connects talks to
a worker of its own (worker.py). Importing SymPy or matplotlib takes longer than most steps work.
MODULE is that of the press in which the step's function stands, or "", and WARM a function that is
called then, or "". The server sees what all this reads, and each worker tells it as its own. When
any of that has changed since, the server begins anew before it serves the next build.

IDLE is how many seconds the server waits for the next connection. With 0 it ends as soon as its
standard input does: with the build that started it. It ends within seconds when its socket's
file is gone.
"""

from __future__ import annotations

import gc
import json
import os
import resource  # noqa: F401, os.wait4 imports it, and no worker should be seen to do so
import selectors
import signal
import socket
import sys
import time
from contextlib import suppress
from os import stat  # the watch takes over the other one, and this is no step's question
from typing import TYPE_CHECKING

from proofpress.build import observe, worker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from proofpress.build.observe import Watch

_GLANCE = 2.0  # seconds between two looks at whether the socket's file still stands


def main(
    listener: socket.socket,
    path: str,
    idle: float,
    root: str,
    state: str,
    module: str,
    warm: str,
    libraries: Sequence[str],
) -> None:
    """Import the libraries and the module, warm them, and serve until nobody needs it."""
    if sys.platform == "darwin":
        # The system's own libraries do not bear a fork after their first use.
        module, warm, libraries = "", "", ()
    sys.path.insert(0, root)
    watch = observe.start(root, state)
    for name in filter(None, (*libraries, module)):
        # The worker imports what it needs, too, and tells what is wrong with it, and where.
        with suppress(Exception, SystemExit):
            __import__(name)
    if warm:
        with suppress(Exception, SystemExit):
            worker.function(warm)()
    gc.collect()
    gc.freeze()  # so that a worker's collections do not copy what all share
    _Server(listener, path, idle, watch).serve()


class _Server:
    def __init__(self, listener: socket.socket, path: str, idle: float, watch: Watch) -> None:
        self.listener, self.path, self.idle, self.watch = listener, path, idle, watch
        self.file = _inode(path)
        self.workers: dict[int, socket.socket] = {}
        self.asked = time.monotonic()
        self.served = False
        self.watched = selectors.DefaultSelector()

    def serve(self) -> None:
        self.watched.register(self.listener, selectors.EVENT_READ)
        if not self.idle:
            self.watched.register(0, selectors.EVENT_READ)
        # The end of a worker interrupts the wait.
        waking, ended = os.pipe()
        os.set_blocking(ended, False)
        self.watched.register(waking, selectors.EVENT_READ)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(ended, warn_on_full_buffer=False)
        while self._is_needed():
            for key, _ in self.watched.select(_GLANCE if self.idle else None):
                if key.fileobj is self.listener:
                    self._fork()
                elif key.fileobj == waking:
                    os.read(waking, 4096)
                elif not os.read(0, 4096):
                    return
            self._reap()
        if self.file is not None and _inode(self.path) == self.file:
            os.unlink(self.path)

    def _is_needed(self) -> bool:
        if not self.idle or self.workers:
            return True
        return _inode(self.path) == self.file and time.monotonic() - self.asked < self.idle

    def _fork(self) -> None:
        if self.served and not self.workers and self.watch.overtaken():
            # What has been imported is of the past; whoever waits is served by a new beginning.
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
        self.served = True
        connection, _ = self.listener.accept()
        self.asked = time.monotonic()
        process = os.fork()
        if process:
            self.workers[process] = connection
            self.watch.damaged.clear()  # this worker tells of what was met here
            return
        # Nothing that happens in the worker may lead back into the server's loop.
        status = 1
        try:
            os.setsid()
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self.watched.close()
            self.listener.close()
            for other in self.workers.values():
                other.close()
            worker.main(connection.fileno(), self.watch)
            status = 0
        finally:
            os._exit(status)

    def _reap(self) -> None:
        """Tell each build whose worker has ended how it ended; nobody else could know."""
        while self.workers:
            process, status, used = os.wait4(-1, os.WNOHANG)
            if not process:
                return
            connection = self.workers.pop(process)
            ended = {
                "event": "ended",
                "status": os.waitstatus_to_exitcode(status),
                "processor": used.ru_utime + used.ru_stime,
            }
            with suppress(OSError):  # the build may be gone
                connection.sendall(json.dumps(ended).encode() + b"\n")
            connection.close()
            self.asked = time.monotonic()


def _inode(path: str) -> int | None:
    try:
        return stat(path).st_ino
    except OSError:
        return None


def start() -> None:
    """Serve as the command line says."""
    sys.path[0] = os.getcwd()  # as it is where a module is run
    _, number, path, idle, root, state, module, warm, *libraries = sys.argv
    listener = socket.socket(fileno=int(number))
    main(listener, path, float(idle), root, state, module, warm, libraries)
