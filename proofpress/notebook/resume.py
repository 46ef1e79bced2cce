"""Where a notebook's run may begin: which cells stand as they ran before, and why not more.

Place in the chain: between `execution`, which runs cells, and `past`, which keeps runs. The cells
before the first that differs are kept if a snapshot of the session stands among them; the cells
between the snapshot and the edit run again, and must show what they showed.
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proofpress.build import inside, observe
from proofpress.build.digests import Digests
from proofpress.notebook import cells, past
from proofpress.notebook.past import Cell, Past
from proofpress.notebook.reads import Log, difference, retold
from proofpress.notebook.record import RESULT_TYPE, TABLE_TYPE

# A cell that takes so many seconds is followed by a snapshot.
THRESHOLD = 2.0
# Bytes of one snapshot.
LIMIT = 2_000_000_000
# A cell's own file, as a warning names it: its name is made of the cell's text.
OWN_FILE = re.compile(r"cells[/\\]\\*\d+\.py")


class Unsound(Exception):
    """A resumed run turned out not to be a full one's equal: why, in words."""


@dataclass(frozen=True)
class Plan:
    """How much of a notebook stands: the first `kept` code cells, and how to go on from them.

    Without a snapshot either all cells are kept or none. `same` counts the cells before the first
    that differs. `reason` says why not more is kept.
    """

    kept: int
    same: int
    snapshot: dict[str, Any] | None
    reason: str


class Resuming:
    """One run of a notebook with its past: decides, observes the kernel, and keeps what it saw.

    The cells `codes`, of these `numbers` in the notebook, run in `folder`.
    """

    def __init__(
        self, store: Path, codes: Sequence[Any], folder: Path, numbers: Sequence[int]
    ) -> None:
        self.store = store
        self.codes = codes
        self.numbers = numbers
        self.folder, self.root = folder, past.root_of(folder)
        self.meanings = [cells.meaning(cell) for cell in codes]
        self.past, self.lack = past.load(store)
        store.mkdir(parents=True, exist_ok=True)
        self.digests = Digests(self.root, str(store / past.DIGESTS), inside.damaged)
        self.environment = past.environment(self.root)
        self.done: list[Cell] = []
        self.snapshots: list[dict[str, Any]] = []
        self.refused: dict[str, str] = {}
        self.times: dict[str, float] = {}
        self.plan = Plan(0, 0, None, "")
        self._check: threading.Thread | None = None
        self._intact = True

    def decide(self, fresh: bool) -> Plan:
        """Return how the notebook is to be run; `fresh` keeps nothing."""
        self.plan = Plan(0, 0, None, "--force was given") if fresh else self._decide()
        return self.plan

    def _decide(self) -> Plan:
        if self.past is None:
            return Plan(0, 0, None, self.lack)
        old = self.past
        if difference := self._environment_differs(old):
            return Plan(0, 0, None, difference)
        same, reason = self._same(old)
        if same == len(self.codes) and old.language is not None:
            return Plan(same, same, None, "")
        sources = [cell["source"] for cell in self.codes]
        for number, source in zip(self.numbers, sources, strict=True):
            if doubt := cells.roundabout(source):
                where = f"cell {number}, line {doubt[0]},"
                return Plan(0, same, None, f"{reason}, and {where} {doubt[1]}")
        hindrances = {
            int(after): f"the session could not be kept: {why}"
            for after, why in old.refused.items()
            if int(after) <= same
        }
        for snapshot in sorted(old.snapshots, key=lambda one: -one["after"]):
            after = snapshot["after"]
            if after > same or after == len(self.codes):
                continue
            needed = cells.names(sources[after:]) | cells.names_in_definitions(sources[:after])
            lacking = sorted(needed & snapshot["missing"].keys())
            if not lacking:
                later = [why for place, why in sorted(hindrances.items()) if place > after]
                return Plan(after, same, snapshot, ", and ".join([reason, *later[-1:]]))
            why = snapshot["missing"][lacking[0]]
            hindrances[after] = f"{lacking[0]} could not be kept: {why}"
        hindrance = hindrances[max(hindrances)] if hindrances else "no snapshot stands before it"
        return Plan(0, same, None, f"{reason}, and {hindrance}")

    def _environment_differs(self, old: Past) -> str:
        known = dict(old.environment)
        versions = known.pop("packages", {})
        for name, value in self.environment.items():
            if known.get(name) != value:
                return f"{name} changed since the last run"
        now = past.versions(old.cells)
        for name, version in versions.items():
            if now.get(name) != version:
                return f"{name} is {now.get(name, 'not installed')}, was {version}"
        return ""

    def _same(self, old: Past) -> tuple[int, str]:
        """Return how many code cells at the start are as they were, and what ends them."""
        texts = OWN_FILE.search(json.dumps([cell.outputs for cell in old.cells]))
        for place, cell in enumerate(old.cells):
            if place == len(self.codes):
                return place, ""
            number = self.numbers[place]
            moved = texts and self.codes[place]["source"] != cell.source
            if moved or self.meanings[place] != cell.meaning:
                return place, f"cell {number} changed"
            if read := difference(cell.facts, self.digests):
                return place, f"{read}, which cell {number} reads"
        if len(self.codes) > len(old.cells):
            return len(old.cells), f"cell {self.numbers[len(old.cells)]} has not been run"
        return len(old.cells), ""

    # ---- while it runs

    def orders(self, folder: Path) -> dict[str, Any]:
        """Return what the kernel is told: where things are, and what to bring back."""
        restore = None
        self._settle()
        self.done, self.snapshots, self.refused = [], [], {}
        if self.plan.kept and self.past is not None:
            kept = self.plan.kept
            self.done = self.past.cells[:kept]
            self.snapshots = [one for one in self.past.snapshots if one["after"] <= kept]
            self.refused = {k: v for k, v in self.past.refused.items() if int(k) <= kept}
        if self.plan.snapshot is not None:
            sources = [cell.source for cell in self.done]
            restore = {"snapshot": self.plan.snapshot, "sources": sources}
            if not past.intact(self.store, self.plan.snapshot, ".names"):
                raise Unsound("the kept session was damaged")
            # The large file is read while the kernel starts; nothing is believed before the end.
            self._check = threading.Thread(target=self._look, args=(self.plan.snapshot,))
            self._check.start()
        self._report, self._told = folder / "report", 0
        self._report.touch()
        self._log = Log(folder, self.root)
        return {
            "store": str(self.store.resolve()),
            "root": self.root,
            "scratch": str(folder.resolve()),
            "report": str(self._report),
            "reads": str(self._log.path),
            "threshold": THRESHOLD,
            "limit": LIMIT,
            "restore": restore,
        }

    def _look(self, snapshot: Mapping[str, Any]) -> None:
        self._intact = past.intact(self.store, snapshot, ".memory")

    def _settle(self) -> bool:
        """Return whether the snapshot last looked at, if any, was intact."""
        if self._check is not None:
            self._check.join()
        found, self._intact, self._check = self._intact, True, None
        return found

    def about_to_run(self) -> None:
        """Raise Unsound when the session did not come back."""
        self._hear()

    def ran(self, cell: Any) -> None:
        """Note a cell that ended well. Raises Unsound when it shows something else."""
        place = len(self.done)
        outputs = json.loads(json.dumps(cell["outputs"]))
        self.done.append(
            Cell(
                self.meanings[place],
                cell["source"],
                self._log.take(cell["source"], str(self.folder)),
                cell["execution_count"],
                outputs,
            )
        )
        self._hear()
        if self.past is not None and self.plan.kept <= place < self.plan.same and self.plan.kept:
            before = self.past.cells[place].outputs
            if steady(outputs) != steady(before):
                number = self.numbers[place]
                raise Unsound(f"cell {number}, run again, shows something else than before")

    def _hear(self) -> None:
        self._told, lines = _new_lines(self._report, self._told)
        for event in map(json.loads, lines):
            match event.pop("event"):
                case "snapshot":
                    self.snapshots.append(event)
                case "none":
                    self.refused[str(event["after"])] = event["reason"]
                case "restored":
                    self.times = event
                case "unrestored":
                    raise Unsound(f"the session did not come back: {event['reason']}")

    def sound(self) -> None:
        """Raise Unsound if the snapshot from which a run went on was damaged."""
        if not self._settle():
            raise Unsound("the kept session was damaged")
        if self.plan.snapshot is None:
            return
        moved = any(
            cell.source != code["source"] for cell, code in zip(self.done, self.codes, strict=False)
        )
        if moved and OWN_FILE.search(json.dumps([cell.outputs for cell in self.done])):
            raise Unsound("an output names a line of a cell that moved")

    def keep(self, language: Mapping[str, Any] | None) -> None:
        """Keep this run for the next, `language` being known if it came to its end.

        A run that failed replaces an older one only by a snapshot of its own.
        """
        taken = len(self.snapshots) > len(
            [s for s in self.snapshots if s["after"] <= self.plan.kept]
        )
        if language is None and self.past is not None and not taken:
            past.sweep(self.store, self.past.snapshots)
            return
        known = self.environment | {"packages": past.versions(self.done)}
        run = Past(known, self.done, self.snapshots, self.refused, language)
        past.save(self.store, run)
        self.digests.save()

    def report_reads(self) -> None:
        """Tell the build what all cells read, the kept ones in an earlier process."""
        log = os.environ.get(observe.LOG)
        if log is None:
            return
        with open(log, "a", encoding="ascii") as file:
            for cell in self.done:
                file.writelines(retold(cell.facts, self.root))


def steady(outputs: Iterable[Any]) -> list[Any]:
    """Return outputs without what is marked as differing from run to run.

    >>> steady([{"output_type": "stream", "text": "a"}])
    [{'output_type': 'stream', 'text': 'a'}]
    """
    found = []
    for output in outputs:
        data = output.get("data", {})
        if data.get(RESULT_TYPE, {}).get("volatile") or data.get(TABLE_TYPE, {}).get("volatile"):
            table = data.get(TABLE_TYPE, {})
            places = [
                k
                for k, name in enumerate(table.get("columns", ()))
                if name not in table["volatile"]
            ]
            rows = [[row[place] for place in places] for row in table.get("rows", ())]
            found.append({"volatile": sorted(data), "rows": rows})
        else:
            found.append(output)
    return found


def _new_lines(path: Path, start: int) -> tuple[int, list[str]]:
    with open(path, "rb") as file:
        file.seek(start)
        data = file.read()
    whole = data.rpartition(b"\n")[0]
    lines = whole.decode("utf-8", "surrogateescape").splitlines()
    return start + len(whole) + (1 if whole else 0), lines
