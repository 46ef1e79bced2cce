"""The process in which one step runs: observed, and gone when the build is gone.

Place in the chain: forkserver -> **worker** -> a step's function. The job, one line of JSON that
comes through the connection, names the call, its arguments and the places to write to; the
connection stays open as long as the build lives. Events go back, a JSON object a line; whatever
the step itself prints goes to its log.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import signal
import sys
import tempfile
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from proofpress.build import inside, observe
from proofpress.build.alone import at_work

# Imported before anything is watched: what was seen could not be written down on a full disk.
from proofpress.faults.space import no_space

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from proofpress.build.observe import Watch


def main(connection: int, watch: Watch) -> None:
    """Run the job that comes through a connection; `watch` has seen what was imported for it."""
    with open(connection, "rb", closefd=False) as lines:
        line = lines.readline()
    if line.endswith(b"\n"):  # otherwise the build had no use for this worker
        _run(connection, watch, json.loads(line))


def _run(connection: int, watch: Watch, job: dict[str, Any]) -> None:
    def send(event: dict[str, Any]) -> None:
        told = json.dumps(event).encode() + b"\n"
        while told:
            told = told[os.write(connection, told) :]

    send({"event": "began", "process": os.getpid()})
    threading.Thread(target=_end_with_the_build, args=(connection,), daemon=True).start()
    try:
        _settle(job, watch)
        _print_to(job["log"])
        _watched(job, watch, send)
        function(job["call"])(**_arguments(job["arguments"]))
    except KeyboardInterrupt:
        os._exit(130)
    except BaseException as error:
        send(_failure(error))
    else:
        send({"event": "finished"})
    # The process ends without the interpreter's own tidying, which takes longer than many steps.
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()


def _settle(job: dict[str, Any], watch: Watch) -> None:
    """Make the process one of the build's."""
    os.environ.clear()
    os.environ.update(job["environment"])
    tempfile.tempdir = None  # what a library asked for in the server is another build's
    inside.at_work = (at_work(os.path.join(job["root"], job["state"])),)
    inside.watcher, inside.forced = watch, job["force"]


def _print_to(path: str) -> None:
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for descriptor in (1, 2):
        os.dup2(log, descriptor)
    os.close(log)


def _watched(job: dict[str, Any], watch: Watch, send: Callable[[dict[str, Any]], None]) -> None:
    """Write down from now on what this process reads, and tell what it notices."""
    inside.listener = send
    watch.tell = lambda path: send({"event": "damaged", "step": os.path.relpath(path)})
    for path in watch.damaged:  # met by the server
        watch.tell(path)
    watch.write_to(job["reads"])
    os.environ[observe.LOG], os.environ[observe.ROOT] = job["reads"], job["root"]
    os.environ[observe.STATE] = job["state"]
    watcher = os.path.join(os.path.dirname(os.path.abspath(__file__)), "observed")
    os.environ["PYTHONPATH"] = os.pathsep.join(
        [watcher, job["root"], *filter(None, [os.environ.get("PYTHONPATH")])]
    )


def function(call: str) -> Callable[..., Any]:
    """Return the function that a call, "package.module:function", names."""
    module, _, name = call.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return found


def _arguments(given: dict[str, Any]) -> dict[str, Any]:
    """Return paths as Path objects, and parameters as they are."""
    arguments = dict(given["parameters"])
    for name, value in given["paths"].items():
        arguments[name] = Path(value) if isinstance(value, str) else tuple(map(Path, value))
    return arguments


def _failure(error: BaseException) -> dict[str, Any]:
    """Return the event that tells of an error, with all the faults that it holds."""
    trace = traceback.format_exc()
    try:
        # Imported only now that it is seen: its classes are those that the step has raised.
        from proofpress.faults.places import told

        shown = [(single.what, single.where, single.mend) for single in told(error).each()]
    except OSError as another:
        full = no_space(another)  # where nothing can be written, no import can be seen
        if full is None:
            raise
        shown = [(full.what, full.where, full.mend)]
    return {"event": "failed", "faults": shown, "traceback": trace}


def _end_with_the_build(connection: int) -> None:
    """End this step and all it started when the build's end of the connection closes."""
    while os.read(connection, 4096):
        pass
    os.killpg(0, signal.SIGKILL)
