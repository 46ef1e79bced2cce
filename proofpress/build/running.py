"""A step at work, and what it said when it failed.

Place in the chain: build -> **running** -> what it made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from proofpress.faults.author import PIPELINE

if TYPE_CHECKING:
    from typing import Any

    from proofpress.build.step import Step
    from proofpress.build.workers import Worker
    from proofpress.faults.errors import PressError


class Failure:
    """What a step said when it failed."""

    def __init__(self, step: str, error: PressError, traceback: str = "") -> None:
        self.step, self.error, self.traceback = step, error, traceback


class Running:
    """A step at work: its worker, its scratch folder and log, the states of its declared inputs
    before, when it began, its last word, and whether it is over: its process may still tidy up."""

    def __init__(
        self,
        step: Step,
        worker: Worker,
        scratch: str,
        log: str,
        before: dict[str, tuple | None],
        began: float,
    ) -> None:
        self.step, self.worker, self.scratch = step, worker, scratch
        self.log, self.before, self.began = log, before, began
        self.last: dict[str, Any] | None = None
        self.over = False

    def fault(self) -> dict[str, Any]:
        """Return what is wrong when it has not said that it is finished: the faults, and a
        traceback."""
        if self.last is not None and self.last["event"] == "failed":
            return self.last
        name, status = self.step.name, self.worker.status
        what = f"the step's process ended with status {status} and said nothing"
        where = f"{PIPELINE}, step {name}"
        return {"faults": [(what, where, f"read {self.log}")], "traceback": ""}
