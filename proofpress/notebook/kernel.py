"""The kernel that a notebook runs in: this interpreter's own, shut off from the user's settings.

No kernel specification, profile, history or start-up file of the user's home takes part, so the
same notebook runs the same way in a fresh environment, for another user, and without a home.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import KernelManager

from proofpress.build import inside, observe, zone
from proofpress.notebook.progress import EVENTS_VARIABLE
from proofpress.notebook.session import ORDERS_VARIABLE

try:
    import resource
except ImportError:  # Windows: there the system's own limit is the only one.
    resource = None  # type: ignore[assignment]

KERNEL_NAME = "python3"

# Plots leave the kernel twice: as PDF for the page, as PNG for a browser.
PROFILE = """\
c.InlineBackend.figure_formats = {"pdf", "png"}
c.HistoryManager.enabled = False
c.IPKernelApp.exec_lines = [
    "__import__('proofpress.notebook.session', fromlist=['_']).start()",
]
"""
# A system limits the path of a socket to about a hundred bytes.
LONGEST_SOCKET_FOLDER = 80


# What the kernel writes on SIGUSR1 (quiet.py): the frames of its threads, the cell's among them.
_STUCK = re.compile(r'^  File "cells/[^"]*", line (\d+) in <module>$', re.MULTILINE)


class _OwnKernel(KernelSpecManager):
    """Knows one kernel: ipykernel of the running interpreter."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, display_name=kernel_name, language="python")


class _Manager(KernelManager):
    """Remembers its clients: nbclient leaves the channels of a kernel that it was given open."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.clients: list[Any] = []

    def client(self, **options: Any) -> Any:
        self.clients.append(super().client(**options))
        return self.clients[-1]


class Kernel:
    """A running kernel: its manager for papermill, its file of events, and how it ended."""

    def __init__(self, folder: Path) -> None:
        self.events = folder / "events"
        self.log = folder / "log"
        self.events.touch()
        sockets: dict[str, Any] = {"ip": "127.0.0.1"}
        if os.name == "posix" and len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER:
            # Sockets in a private folder instead of TCP ports that every user can reach.
            sockets = {"transport": "ipc", "ip": str(folder / "s")}
        self.manager = _Manager(
            kernel_name=KERNEL_NAME,
            kernel_spec_manager=_OwnKernel(),
            connection_file=str(folder / "connection.json"),
            # nbclient waits for several channels at once.
            client_class="jupyter_client.asynchronous.AsyncKernelClient",
            **sockets,
        )

    @property
    def process(self) -> Any:
        """The kernel's process, None before its start and when it was seen dead."""
        return getattr(self.manager.provisioner, "process", None)

    def stuck(self) -> int | None:
        """Return the line of the running cell at which the kernel is now; None when it does not
        say."""
        if self.process is None or not hasattr(signal, "SIGUSR1"):
            return None
        self.process.send_signal(signal.SIGUSR1)
        for _ in range(20):
            time.sleep(0.1)
            told = self.log.read_text("utf-8", "replace")
            if found := _STUCK.search(told):
                return int(found[1])
        return None

    def ending(self) -> str:
        """Return how a dead kernel ended, in words.

        The provisioner has forgotten the process once it saw it dead, so the status is taken
        before that where it can be had.
        """
        status = self.process.poll() if self.process is not None else None
        if status == -9:
            return "killed by signal 9, as a system does whose memory is exhausted"
        if status is not None and status < 0:
            return f"killed by signal {-status}"
        return "ended" if status is None else f"ended with status {status}"


@contextmanager
def running_kernel(
    working_folder: Path,
    orders: Callable[[Path], dict[str, Any]] | None = None,
    megabytes: int | None = None,
) -> Iterator[Kernel]:
    """Start a kernel that works in `working_folder`; it is dead when the block is left.

    `orders`, given the kernel's own folder, tells it to keep or bring back its session.
    `megabytes` limits the memory that it can write to, where the system has such a limit.
    """
    with tempfile.TemporaryDirectory(prefix="kernel-") as name:
        folder = Path(name)
        profile = folder / "ipython" / "profile_default"
        profile.mkdir(parents=True)
        (profile / "ipython_kernel_config.py").write_text(PROFILE, encoding="utf-8")
        environment = _environment(folder)
        if orders is not None:
            given = orders(folder)
            (folder / "orders").write_text(json.dumps(given), encoding="utf-8")
            environment[ORDERS_VARIABLE] = str(folder / "orders")
            environment[observe.LOG], environment[observe.ROOT] = given["reads"], given["root"]
            environment.setdefault(observe.STATE, zone.STATE)  # outside of a build
        kernel = Kernel(folder)
        with open(kernel.log, "wb") as log:
            kernel.manager.start_kernel(
                cwd=str(working_folder),
                env=environment,
                stdout=log,
                stderr=log,
                pass_fds=inside.at_work,
            )
            if megabytes is not None:
                _limit(kernel.process.pid, megabytes)
            with inside.group(kernel.process.pid):
                try:
                    yield kernel
                finally:
                    for client in kernel.manager.clients:
                        client.stop_channels()
                    kernel.manager.shutdown_kernel(now=True)
                    kernel.manager.cleanup_resources()


def _limit(process: int, megabytes: int) -> None:
    """Let requests beyond the limit fail, so that a cell ends in MemoryError at its line.

    Only memory of its own counts: what CUDA reserves, and the files of libraries, do not.
    """
    if hasattr(resource, "prlimit"):
        resource.prlimit(process, resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))


def _environment(folder: Path) -> dict[str, str]:
    """Return the kernel's environment: the caller's, with what would reach into a home replaced."""
    press_root = str(Path(__file__).resolve().parents[2])
    watcher = str(Path(observe.__file__).resolve().parent / "observed")
    known = os.environ.get("PYTHONPATH")
    environment = os.environ | {
        EVENTS_VARIABLE: str(folder / "events"),
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_CONFIG_DIR": str(folder / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(folder),
        "PYTHONPATH": os.pathsep.join([watcher, press_root, *([known] if known else [])]),
        # Sets iterate in the same order in every run; plots carry no date of their making.
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", "0"),
        # Colours of a traceback would be bytes to strip again.
        "NO_COLOR": "1",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }
    environment.pop("MATPLOTLIBRC", None)
    home = environment.get("HOME")
    if os.name == "posix" and (home is None or not os.access(home, os.W_OK)):
        environment["HOME"] = str(folder)
    return environment
