"""The process in which one step runs: observed, and gone when the build is gone.

    python -m proofpress.steps.worker  < job.json-line

The job's line on standard input names the call, its arguments and the places to write to; the
pipe stays open as long as the build lives. Events go to standard output, a JSON object a line;
whatever the step itself prints goes to its log.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import threading
from pathlib import Path

from proofpress.steps import inside, observe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def main() -> None:
    """Runs the job that stands on standard input."""
    job = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_the_build, daemon=True).start()
    events = os.fdopen(os.dup(1), "w", encoding="utf-8")
    log = os.open(job["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)

    def send(event: dict[str, Any]) -> None:
        events.write(json.dumps(event) + "\n")
        events.flush()

    inside.listener = send
    inside.watcher = observe.start(job["root"], job["reads"])
    os.environ[observe.LOG], os.environ[observe.ROOT] = job["reads"], job["root"]
    watcher = os.path.join(os.path.dirname(os.path.abspath(__file__)), "observed")
    os.environ["PYTHONPATH"] = os.pathsep.join(
        [watcher, job["root"], *filter(None, [os.environ.get("PYTHONPATH")])]
    )
    sys.path.insert(0, job["root"])
    # Imported only now that it is seen: a step depends on it.
    from proofpress.errors import PressError

    try:
        module, _, name = job["call"].partition(":")
        getattr(importlib.import_module(module), name)(**_arguments(job["arguments"]))
    except PressError as error:
        send(_failure(error.what, error.where, error.mend))
    except KeyboardInterrupt:
        os._exit(130)
    except BaseException as error:
        send(_unexpected(error, job["root"]))
    else:
        send({"event": "finished"})
    events.close()


def _arguments(given: dict[str, Any]) -> dict[str, Any]:
    """Paths as Path objects; parameters as they are."""
    arguments = dict(given["parameters"])
    for name, value in given["paths"].items():
        arguments[name] = Path(value) if isinstance(value, str) else tuple(map(Path, value))
    return arguments


def _failure(what: str, where: str | None, mend: str | None, trace: str = "") -> dict[str, Any]:
    import traceback

    trace = trace or traceback.format_exc()
    return {"event": "failed", "what": what, "where": where, "mend": mend, "traceback": trace}


def _unexpected(error: BaseException, root: str) -> dict[str, Any]:
    """An error that nobody foresaw, placed at the innermost line that the author wrote."""
    import traceback

    home = os.path.realpath(root) + os.sep
    own = (home + ".venv" + os.sep, home + "proofpress" + os.sep)
    where = None
    if isinstance(error, SyntaxError) and (error.filename or "").startswith(home):
        where = f"{error.filename[len(home) :]}:{error.lineno}"  # type: ignore[index]
        if error.text:
            where += f": {error.text.strip()}"
        return _failure(f"Python cannot read this file: {error.msg}", where, "mend the syntax")
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.startswith(home) and not frame.filename.startswith(own):
            where = f"{frame.filename[len(home) :]}:{frame.lineno}: {frame.line}"
    mend = "mend that line" if where else "run again with --debug to see where in the press"
    if isinstance(error, OSError) and error.filename:
        what = f"{error.strerror}: {os.fspath(error.filename)}".removeprefix(home)
    else:
        what = f"{type(error).__name__}: {error}"
    return _failure(what, where, mend)


def _end_with_the_build() -> None:
    """Ends this step and all it started when the build's end of the pipe closes."""
    # Not through sys.stdin: its lock would hold up the end of a finished step.
    while os.read(0, 4096):
        pass
    os.killpg(0, signal.SIGKILL) if hasattr(os, "killpg") else os._exit(1)


if __name__ == "__main__":
    main()
