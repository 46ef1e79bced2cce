"""Runs the steps that must run, side by side where they may, and keeps what was good.

Place in the chain: the engine room. A step's outputs are made in a scratch folder and renamed
into place when it has finished; a step that fails leaves everything as it was, its followers
wait, and all others go on, so that one build names every failure at once.
"""

from __future__ import annotations

import os
import selectors
import sys
import time
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING

from proofpress.build import glance, leftovers, sealed
from proofpress.build.alone import alone
from proofpress.build.decide import Reason, declared, reasons
from proofpress.build.digests import ABSENT, SETTLED, Digests
from proofpress.build.record import states
from proofpress.build.results import Results
from proofpress.build.running import Failure, Running
from proofpress.build.step import expand, folders, ordered
from proofpress.build.store import Store
from proofpress.build.workers import Workers
from proofpress.build.zone import Zone, site_packages
from proofpress.faults.author import PIPELINE
from proofpress.faults.errors import PressError, PressErrors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from proofpress.build.step import Step

    Listener = Callable[[dict[str, Any]], None]


class Build:
    """The steps of a report below the folder `root`, and what is known of them.

    `state` is the folder, relative to `root`, of all that a build keeps for the next. `decided_by`
    is what decides which steps there are: kinds and paths of files, as `Digests` takes them.
    `whole` tells whether these steps are all that the report's files ask for.
    """

    def __init__(
        self,
        root: str,
        state: str,
        steps: Sequence[Step],
        force: bool = False,
        standby: float = 0,
        decided_by: Sequence[tuple[str, str]] = (),
        whole: bool = True,
    ) -> None:
        self.root, self._state, self._decided_by = root, state, decided_by
        self.steps, self.before = ordered(steps)
        self.all = self.steps
        self.state = os.path.join(root, state)
        # Kept files that were not to be believed; each is told once.
        self.damaged: list[str] = []
        self._listen: Listener = lambda event: None
        self.store = Store(os.path.join(self.state, "records"), self._found_damaged)
        self.digests = Digests(root, os.path.join(self.state, "digests"), self._found_damaged)
        outputs = {path for step in steps for path in step.outputs.values()}
        scratch = os.path.join(self.state, "scratch")
        self.results = Results(root, scratch, self.store, self.digests, outputs)
        self.workers = Workers(root, self.state, standby)
        # Those that run although they are up to date.
        self.forced = {step.name for step in self.steps if force}
        # Whether the glance may speak of this build: not when only a part was asked for.
        self._whole = whole
        # What can wait until the steps that now can run are at work.
        self._later: list[Callable[[], None]] = []

    def only(self, names: Sequence[str]) -> None:
        """Leave only the named steps, and those that they need, which nothing forces to run.

        Raises PressError when there is no such step.
        """
        self._whole = False
        self.forced &= {*names}
        wanted: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in self.before:
                near = get_close_matches(name, self.before, n=1) or ["one that `why` names"]
                raise PressError(f"there is no step {name}", "command line", f"try {near[0]}")
            if name not in wanted:
                wanted.add(name)
                waiting += self.before[name]
        self.steps = [step for step in self.steps if step.name in wanted]

    def why(self) -> Iterator[tuple[Step, list[Reason]]]:
        """Yield each step with the reasons why it would run; followers of such steps may run
        too."""
        stale: set[str] = set()
        for step in self.steps:
            given = reasons(step, self.store.read(step.name), self.digests)
            # A module that is gone was read, and could be imported.
            found = list({str(reason): reason for reason in given}.values())
            waits = [name for name in self.before[step.name] if name in stale]
            found += [Reason(name, "runs first and may change its input") for name in waits]
            if step.name in self.forced:
                found.append(Reason("--force", "was given"))
            if found:
                stale.add(step.name)
            yield step, found
        self.digests.save()

    def run(self, listen: Listener, jobs: int | None = None) -> list[Failure]:
        """Bring every step up to date; returns the failures, in the order they happened."""
        self._listen = listen
        for shown in self.damaged:
            listen({"event": "damaged", "step": shown})
        sealed.read(os.path.join(self.state, glance.NAME), self._found_damaged)
        wait = {"event": "waiting", "step": "another build in this folder"}
        with (
            alone(self.state, lambda: listen(wait)) as self.check,
            leftovers.temporary_files() as self.temporary,
        ):
            self.results.make_room(self.before)
            self._later.append(lambda: leftovers.sweep(self.state, self.temporary))
            try:
                with selectors.DefaultSelector() as running:
                    try:
                        failures = self._run(listen, jobs or os.cpu_count() or 1, running)
                        self._remember(failures)
                        while running.get_map():
                            self._wait(running, listen)
                    finally:
                        for key in list(running.get_map().values()):
                            key.data.worker.kill()
            finally:
                self.workers.close(self.all)
                self.digests.save()
            return failures

    def _remember(self, failures: list[Failure]) -> None:
        """Let the next call see at a glance that all is up to date, when it is."""
        if failures or not self._whole:
            return
        patterns = {pattern for step in self.steps for pattern in step.patterns()}
        for folder in {folder for pattern in patterns for folder in folders(self.root, pattern)}:
            self.digests.take("names", folder)
        # Walked once more after the folders were listed: a file that has come since would
        # otherwise be seen by neither.
        if any(found for _, found in self.why()):
            return
        for kind, path in self._own():
            # This process may have read an earlier version of what it is made of.
            known = glance.state(os.path.join(self.root, path))
            if known is None or known[2] / 1e9 > glance.BEGAN - SETTLED:
                return
            self.digests.take(kind, path)
        names = {name for step in self.steps for name in step.environment}
        for step in self.steps:
            names |= (self.store.read(step.name) or {}).get("variables", {}).keys()
        glance.keep(self.root, self._state, self.digests.seen, names)

    def _own(self) -> list[tuple[str, str]]:
        """Return what decides which steps there are: the report's code, what it imports, its
        settings."""
        files = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
        zone = Zone(self.root)
        own = {zone.place(path) for path in files if path and zone.package(path) is None}
        code = [("code", path) for path in sorted(filter(None, own))]
        return [*code, *self._decided_by, ("names", site_packages())]

    def _run(self, listen: Listener, jobs: int, running: selectors.BaseSelector) -> list[Failure]:
        waiting = list(self.steps)
        good: set[str] = set()
        failures: list[Failure] = []
        while True:
            self._advance(waiting, good, failures, running, jobs, listen)
            while self._later:
                self._later.pop(0)()
            if not _at_work(running):
                return failures
            for task in self._wait(running, listen):
                failure = self._finish(task, listen)
                if failure is None:
                    good.add(task.step.name)
                else:
                    failures.append(failure)

    def _wait(self, running: selectors.BaseSelector, listen: Listener) -> list[Running]:
        """Return those that are over, after something was heard of any."""
        over: list[Running] = []
        for key, _ in running.select():
            task = key.data
            events = task.worker.events()
            if events is None:
                running.unregister(key.fd)
                spent = task.worker.processor
                listen({"event": "ended", "step": task.step.name, "processor": spent})
            else:
                self._hear(task, events, listen)
            if not task.over and (events is None or task.last is not None):
                task.over = True
                over.append(task)
        return over

    def _advance(
        self,
        waiting: list[Step],
        good: set[str],
        failures: list[Failure],
        running: selectors.BaseSelector,
        jobs: int,
        listen: Listener,
    ) -> None:
        """Pass every step that is up to date and starts others while there are free cores.

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
            elif len(_at_work(running)) >= jobs:
                continue
            elif missing := self._missing(step):
                failures.append(Failure(step.name, missing))
                listen({"event": "failed", "step": step.name, "seconds": 0.0, "what": missing.what})
            else:
                task = self._start(step)
                running.register(task.worker.fileno(), selectors.EVENT_READ, task)
                listen({"event": "started", "step": step.name, "reason": str(reason)})
            waiting.remove(step)
        # What waits for a running step will probably run; on a core that is free it can get ready.
        at_work = {task.step.name for task in _at_work(running)}
        if not at_work or len(at_work) >= jobs:
            return
        for step in waiting:
            if not at_work.isdisjoint(self.before[step.name]):
                self.workers.prepare(step)

    def _reason(self, step: Step) -> Reason | None:
        if step.name in self.forced:
            return Reason("--force", "was given")
        return next(reasons(step, self.store.read(step.name), self.digests), None)

    def _missing(self, step: Step) -> PressError | None:
        """Return what is wrong when a declared input is not there."""
        for path in declared(step, self.root):
            if not os.path.exists(os.path.join(self.root, path)):
                from proofpress.faults.places import named

                return PressError(
                    f"{path} is missing, and no step makes it",
                    named(PIPELINE, path, self.root) or PIPELINE,
                    f"restore {path}, or take it out of {PIPELINE}",
                )
        return None

    def _start(self, step: Step) -> Running:
        scratch = f"{self._state}/scratch/{step.name.replace('/', '-')}"
        os.makedirs(os.path.join(self.root, scratch))
        logs = os.path.join(self.state, "logs")
        os.makedirs(logs, exist_ok=True)
        log = os.path.join(logs, step.name.replace("/", "-") + ".log")
        paths: dict[str, Any] = {k: expand(self.root, v) for k, v in step.inputs.items()}
        paths |= {k: f"{self._state}/{folder}" for k, folder in step.caches.items()}
        for name, path in step.outputs.items():
            made = os.path.join(self.root, scratch, path)
            os.makedirs(made if path.endswith("/") else os.path.dirname(made), exist_ok=True)
            paths[name] = f"{scratch}/{path}"
        job = {
            "root": self.root,
            "state": self._state,
            "force": step.name in self.forced,
            "call": step.call,
            "arguments": {"paths": paths, "parameters": step.parameters},
            "log": log,
            "reads": os.path.join(self.root, scratch, ".reads"),
            "environment": {**os.environ, "PYTHONHASHSEED": "0", "TMPDIR": self.temporary},
        }
        before, began = states(step, self.root), time.time()
        worker = self.workers.start(step, job)
        return Running(step, worker, scratch, os.path.relpath(log, self.root), before, began)

    def _found_damaged(self, path: str) -> None:
        shown = os.path.relpath(path, self.root)
        if shown not in self.damaged:
            self.damaged.append(shown)
            self._listen({"event": "damaged", "step": shown})

    def _hear(self, task: Running, events: list[dict[str, Any]], listen: Listener) -> None:
        for event in events:
            if event["event"] in ("finished", "failed"):
                task.last = event
            elif event["event"] == "damaged":
                self._found_damaged(os.path.join(self.root, event["step"]))
            else:
                listen({"step": task.step.name, **event})

    def _finish(self, task: Running, listen: Listener) -> Failure | None:
        self.check()
        name, seconds = task.step.name, time.time() - task.began
        if task.last is None or task.last["event"] == "failed":
            told = task.fault()
        else:
            made = self.results.record(task, self.temporary)
            missing = [path for path, taken in made["outputs"].items() if taken == ABSENT]
            if not missing:
                self.results.place(task)
                self._later.append(partial(self.results.keep, task, made))
                listen({"event": "finished", "step": name, "seconds": seconds})
                return None
            what = f"the step ended without making {missing[0]}"
            fault = what, f"{PIPELINE}, step {name}", f"let {task.step.call} write it"
            told = {"faults": [fault], "traceback": ""}
        leftovers.remove(os.path.join(self.root, task.scratch))
        error = PressErrors(PressError(*fault) for fault in told["faults"])
        listen({"event": "failed", "step": name, "seconds": seconds, "what": error.what})
        return Failure(name, error, told["traceback"])


def _at_work(running: selectors.BaseSelector) -> list[Running]:
    """Return the steps that are not over."""
    return [key.data for key in running.get_map().values() if not key.data.over]
