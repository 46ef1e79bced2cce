"""Runs the steps that must run, side by side where they may, and keeps what was good.

Place in the chain: the engine room. A step's outputs are made in a scratch folder and renamed
into place when it has finished; a step that fails leaves everything as it was, its followers
wait, and all others go on, so that one build names every failure at once.
"""

from __future__ import annotations

import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from proofpress.errors import PressError
from proofpress.steps import glance, packages
from proofpress.steps.decide import Reason, declared, reasons
from proofpress.steps.digests import Digests
from proofpress.steps.step import Step, expand, fixed_folder, ordered
from proofpress.steps.store import Store

Listener = Callable[[dict[str, Any]], None]
STATE = "output/.steps"


@dataclass
class Failure:
    """What a step said when it failed."""

    step: str
    error: PressError
    traceback: str


@dataclass
class Running:
    """A step at work: its process, its scratch folder, when it began, and its last word."""

    step: Step
    process: subprocess.Popen[bytes]
    scratch: str
    began: float
    before: dict[str, str]
    unread: bytes = b""
    last: dict[str, Any] | None = None


class Build:
    """The report's steps below `root`, and what is known of them."""

    def __init__(self, root: str, steps: Sequence[Step], force: bool = False) -> None:
        self.root = root
        self.steps, self.before = ordered(steps)
        self.state = os.path.join(root, STATE)
        self.store = Store(os.path.join(self.state, "records"))
        self.digests = Digests(root, os.path.join(self.state, "digests.json"))
        self.force = force
        self.partial = False

    def only(self, names: Sequence[str]) -> None:
        """Leaves only the named steps, and those that they need.

        Raises PressError when there is no such step.
        """
        self.partial = True
        wanted: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in self.before:
                from difflib import get_close_matches

                near = get_close_matches(name, self.before, n=1) or ["one of build.py why"]
                raise PressError(f"there is no step {name}", "command line", f"try {near[0]}")
            if name not in wanted:
                wanted.add(name)
                waiting += self.before[name]
        self.steps = [step for step in self.steps if step.name in wanted]

    def why(self) -> Iterator[tuple[Step, list[Reason]]]:
        """Each step with the reasons why it would run; followers of such steps may run too."""
        stale: set[str] = set()
        for step in self.steps:
            found = list(reasons(step, self.store.read(step.name), self.digests))
            waits = [name for name in self.before[step.name] if name in stale]
            found += [Reason(name, "runs first and may change its input") for name in waits]
            if self.force:
                found.append(Reason("--force", "was given"))
            if found:
                stale.add(step.name)
            yield step, found
        self.digests.save()

    def run(self, listen: Listener, jobs: int | None = None) -> list[Failure]:
        """Brings every step up to date; returns the failures, in the order they happened."""
        with self._alone(listen):
            self._sweep()
            try:
                failures = self._run(listen, jobs or os.cpu_count() or 1)
            finally:
                self.digests.save()
            self._remember(failures)
            return failures

    def _remember(self, failures: list[Failure]) -> None:
        """Lets the next call see at a glance that all is up to date, when it is."""
        if failures or self.partial:
            return
        known = self.digests.states
        folders = {os.path.dirname(path) for path in known}
        folders |= {fixed_folder(pattern) for step in self.steps for pattern in step.patterns()}
        machinery = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
        own = [path for path in machinery if path and path.startswith(self.root + os.sep)]
        others = [*folders, *own, packages.site_packages(), "report.toml", "pyproject.toml"]
        states = {path: glance.state(os.path.join(self.root, path)) for path in others}
        # Walked once more after the folders were looked at: a file that has come since would
        # otherwise be seen by neither.
        if any(found for _, found in self.why()) or False in known.values():
            return
        states.update({path: state for path, state in known.items() if state is not False})
        variables = {name: os.environ.get(name) for step in self.steps for name in step.environment}
        glance.keep(self.root, states, variables)

    def _run(self, listen: Listener, jobs: int) -> list[Failure]:
        waiting = list(self.steps)
        good: set[str] = set()
        failures: list[Failure] = []
        with selectors.DefaultSelector() as running:
            try:
                while True:
                    self._advance(waiting, good, running, jobs, listen)
                    if not running.get_map():
                        return failures
                    for key, _ in running.select():
                        data = os.read(key.fd, 65536)
                        if data:
                            self._hear(key.data, data, listen)
                            continue
                        running.unregister(key.fileobj)
                        failure = self._finish(key.data, listen)
                        if failure is None:
                            good.add(key.data.step.name)
                        else:
                            failures.append(failure)
            finally:
                for key in list(running.get_map().values()):
                    _kill(key.data.process)

    def _advance(
        self,
        waiting: list[Step],
        good: set[str],
        running: selectors.BaseSelector,
        jobs: int,
        listen: Listener,
    ) -> None:
        """Passes every step that is up to date and starts others while there are free cores.

        One walk is enough: the steps are in order. What is left waiting follows a step that
        runs, or one that failed.
        """
        for step in list(waiting):
            if not good.issuperset(self.before[step.name]):
                continue
            reason = self._reason(step)
            if reason is None:
                good.add(step.name)
                listen({"event": "up to date", "step": step.name})
            elif len(running.get_map()) < jobs:
                task = self._start(step)
                assert task.process.stdout is not None
                running.register(task.process.stdout, selectors.EVENT_READ, task)
                listen({"event": "started", "step": step.name, "reason": str(reason)})
            else:
                continue
            waiting.remove(step)

    def _reason(self, step: Step) -> Reason | None:
        if self.force:
            return Reason("--force", "was given")
        return next(reasons(step, self.store.read(step.name), self.digests), None)

    def _start(self, step: Step) -> Running:
        scratch = os.path.join(self.state, "scratch", step.name.replace("/", "-"))
        shutil.rmtree(scratch, ignore_errors=True)
        os.makedirs(scratch)
        logs = os.path.join(self.state, "logs")
        os.makedirs(logs, exist_ok=True)
        paths: dict[str, Any] = {k: expand(self.root, v) for k, v in step.inputs.items()}
        missing = [path for path in declared(step, self.root) if not self._exists(path)]
        if missing:
            raise PressError(
                f"{missing[0]} is missing, and no step makes it",
                f"build.py, step {step.name}",
                f"restore {missing[0]}, or take it out of build.py",
            )
        for name, path in step.outputs.items():
            made = os.path.join(scratch, path)
            os.makedirs(made if path.endswith("/") else os.path.dirname(made), exist_ok=True)
            paths[name] = os.path.relpath(made, self.root)
        job = {
            "root": self.root,
            "call": step.call,
            "arguments": {"paths": paths, "parameters": step.parameters},
            "log": os.path.join(logs, step.name.replace("/", "-") + ".log"),
            "reads": os.path.join(scratch, ".reads"),
        }
        # What a step is going to read is fingerprinted before it starts: an edit during the
        # run must leave the step stale.
        before = {path: self.digests.code(path) for path in declared(step, self.root)}
        process = subprocess.Popen(
            [sys.executable, "-m", "proofpress.steps.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=self.root,
            start_new_session=True,
        )
        assert process.stdin is not None
        process.stdin.write(json.dumps(job).encode() + b"\n")
        process.stdin.flush()
        return Running(step, process, scratch, time.time(), before)

    def _exists(self, path: str) -> bool:
        return os.path.exists(os.path.join(self.root, path))

    def _hear(self, task: Running, data: bytes, listen: Listener) -> None:
        *lines, task.unread = (task.unread + data).split(b"\n")
        for line in lines:
            event = json.loads(line)
            if event["event"] == "progress":
                listen({**event, "step": task.step.name})
            else:
                task.last = event

    def _finish(self, task: Running, listen: Listener) -> Failure | None:
        status = task.process.wait()
        name, last = task.step.name, task.last
        seconds = time.time() - task.began
        if last is not None and last["event"] == "finished":
            record = self._record(task, last)
            missing = [path for path, taken in record["outputs"].items() if taken is None]
            if not missing:
                self._keep(task, record)
                listen({"event": "finished", "step": name, "seconds": seconds})
                return None
            last = {
                "what": f"the step ended without making {missing[0]}",
                "where": f"build.py, step {name}",
                "mend": f"let {task.step.call} write it",
                "traceback": "",
            }
        elif last is None:
            last = {
                "what": f"the step's process ended with status {status} and said nothing",
                "where": f"build.py, step {name}",
                "mend": f"read {STATE}/logs/{name}.log",
                "traceback": "",
            }
        shutil.rmtree(task.scratch, ignore_errors=True)
        error = PressError(last["what"], last["where"], last["mend"])
        listen({"event": "failed", "step": name, "seconds": seconds, "what": error.what})
        return Failure(name, error, last["traceback"])

    def _record(self, task: Running, last: dict[str, Any]) -> dict[str, Any]:
        step = task.step
        made = set(step.outputs.values())
        inside = os.path.relpath(task.scratch, self.root).replace(os.sep, "/") + "/"
        seen = [path for path in last["files"] if not path.startswith(inside)]
        files = {path: self.digests.of(path) for path in seen if path not in made}
        code = {path: self.digests.code(path) for path in last["code"]}
        # A declared Python file counts by its meaning: steps import such files, or their kin.
        for path, taken in task.before.items():
            (code if path.endswith(".py") else files)[path] = taken
        return {
            "call": step.call,
            "parameters": step.parameters,
            "files": files,
            "code": code,
            "packages": packages.owners(set(last["modules"])),
            "environment": {name: os.environ.get(name) for name in step.environment},
            "outputs": {
                path: self.digests.of(inside + path) if self._exists(inside + path) else None
                for path in step.outputs.values()
            },
        }

    def _keep(self, task: Running, record: dict[str, Any]) -> None:
        """Renames the outputs into place. The old record goes first and the new one comes
        last, so that a build killed in between finds the step stale."""
        self.store.forget(task.step.name)
        for path in task.step.outputs.values():
            new, old = os.path.join(task.scratch, path), os.path.join(self.root, path)
            os.makedirs(os.path.dirname(old.rstrip("/")), exist_ok=True)
            if path.endswith("/"):
                shutil.rmtree(old, ignore_errors=True)
                os.rename(new, old)
            else:
                os.replace(new, old)
        self.store.write(task.step.name, record)
        shutil.rmtree(task.scratch, ignore_errors=True)

    def _sweep(self) -> None:
        """Removes what a killed build left behind."""
        shutil.rmtree(os.path.join(self.state, "scratch"), ignore_errors=True)

    @contextmanager
    def _alone(self, listen: Listener) -> Iterator[None]:
        """Lets one build at a time work in this folder; others wait for it."""
        os.makedirs(self.state, exist_ok=True)
        try:
            import fcntl
        except ImportError:  # Windows: one build at a time is left to the user there.
            yield
            return
        with open(os.path.join(self.state, "lock"), "w", encoding="utf-8") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                listen({"event": "waiting", "step": "another build in this folder"})
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends a step's process and all that it started."""
    if hasattr(os, "killpg"):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
    else:
        process.kill()
    process.wait()
