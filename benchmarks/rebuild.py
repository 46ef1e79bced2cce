"""How long the report takes to regenerate after each kind of edit.

    python benchmarks/rebuild.py [--runs 5] [--no-cold]

Works in a temporary copy whose notebook trains on few reviews. Each run is paired with a bare
pass of pdflatex over this report's own document: embedded engine, no dumped format, auxiliary
files in place. Printed are medians: seconds, and the ratio to the paired pass, by the clock and by
processor time with all child processes. On a machine with other work trust the ratios.

Each edit is measured twice: with libraries imported by the build before that still stand by, as
they do in a terminal, and with nothing left of it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from proofpress.typeset.engine import find  # noqa: E402

LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", "output", "__pycache__", ".*_cache", "tests")
# As small as leaves the training a slow cell, which a snapshot follows.
SMALL = "train_size = 960\nvalidation_size = 64\ntest_size = 64\nmax_length = 64\n"
# What the notebook's steps leave; a cold build "notebook apart" starts from these.
NOTEBOOK = (
    "output/notebook",
    "output/results.json",
    "output/.steps/records/run sentiment.json",
)
# Path, a text in it, and what replaces it, with a number that no run has had before.
EDITS = {
    "a changed word": [
        ("templates/sections/question1.tex.j2", "Throughout,", "Throughout no.~{},")
    ],
    # Another mask, and numpy's mask with it: one formula, its proofs, two figures, a table.
    "a changed derivation": [
        ("derivations/attention.py", "(i - j <= t)", "(i - j <= t + {})"),
        ("derivations/attention.py", "np.ones((n, n))), -t)", "np.ones((n, n))), -t - {})"),
    ],
    "a changed figure parameter": [("figures/receptive.py", "SIDE = 50.0", "SIDE = 50.0 - {}")],
    "a late notebook cell": [("notebooks/sentiment.ipynb", "linewidth=0.5", "linewidth=0.5{}")],
    "a changed comment": [("derivations/attention.py", "# a. Every", "# a{}. Every")],
}
IMPORTS = 3  # so many cells of the notebook import and set parameters
STANDBY = 300  # seconds
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as for most people
Edit = Sequence[tuple[str, str, str]]


@dataclass
class Cost:
    """Seconds by the clock, seconds of processors, the largest process in MB, and what it said."""

    wall: float
    cpu: float
    memory: float
    said: str


def cost(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> Cost:
    """What one command costs, its children included. Raises when it fails."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=said, stderr=subprocess.STDOUT
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read().decode(errors="replace")
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {text}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, text)


class Report:
    """The copy that is edited and built."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.standby = 0
        self.edits = 0
        self.tex = root.with_name("bare")
        shutil.copytree(ROOT, root, ignore=LEFT_OUT)
        self.replace("report.toml", "[notebook]\n", f"[notebook]\n{SMALL}")
        self.build()
        shutil.copytree(root / "output/tex", self.tex)
        shutil.copytree(root / "output/figures", self.tex / "figures")
        for _ in range(2):
            self.bare_pass()

    def build(self) -> Cost:
        environment = {**os.environ, "PROOFPRESS_STANDBY": str(self.standby)}
        if not self.standby:
            return cost([sys.executable, "build.py"], self.root, environment)
        # What a server that stands by has forked is not counted among the build's children.
        built = cost([sys.executable, "build.py", "--json"], self.root, environment)
        events = map(json.loads, built.said.splitlines())
        spent = sum(event.get("processor", 0.0) for event in events)
        return replace(built, cpu=built.cpu + spent)

    def restore(self) -> None:
        """Takes all edits back."""
        for changes in EDITS.values():
            for path, _, _ in changes:
                shutil.copyfile(ROOT / path, self.root / path)
        self.build()

    def kernel_and_imports(self) -> Cost:
        """papermill alone, on the cells that import."""
        notebook = json.loads((self.root / "notebooks/sentiment.ipynb").read_text("utf-8"))
        notebook["cells"] = notebook["cells"][:IMPORTS]
        short = self.root / "notebooks/imports.ipynb"
        short.write_text(json.dumps(notebook), encoding="utf-8")
        command = [sys.executable, "-m", "papermill", "--no-progress-bar", short.name]
        try:
            return cost([*command, "../output/imports.ipynb"], short.parent)
        finally:
            short.unlink()

    def bare_pass(self) -> Cost:
        engine = find()
        command = [os.fspath(engine.program), "-interaction=batchmode", "report.tex"]
        return cost(command, self.tex, engine.environment())

    def replace(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        if old not in text:
            raise RuntimeError(f"{old!r} is not in {path}")
        file.write_text(text.replace(old, new), encoding="utf-8")

    def wait(self) -> None:
        """An editor saves some time before a build; files younger than a moment are unsettled."""
        time.sleep(0.2)

    def without_all_but_the_notebook(self) -> None:
        kept = self.root.with_name("kept")
        for path in NOTEBOOK:
            (kept / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).rename(kept / path)
        shutil.rmtree(self.root / "output")
        kept.joinpath("output").rename(self.root / "output")
        shutil.rmtree(kept)


def measure(
    report: Report, prepare: Callable[[], object], build: Callable[[], Cost], runs: int
) -> dict[str, float]:
    """Medians over `runs` builds, each after `prepare` and beside a bare pass."""
    found: list[dict[str, float]] = []
    for _ in range(runs):
        prepare()
        report.wait()
        bare, built = report.bare_pass(), build()
        found.append(
            {
                "wall": built.wall,
                "cpu": built.cpu,
                "wall ratio": built.wall / bare.wall,
                "cpu ratio": built.cpu / bare.cpu,
                "memory": built.memory,
            }
        )
    return {key: statistics.median(one[key] for one in found) for key in found[0]}


def edit(report: Report, changes: Edit) -> Callable[[], None]:
    """Replaces texts, each time by others, so that nothing kept of an earlier run helps."""
    now = {(path, old): old for path, old, _ in changes}

    def prepare() -> None:
        report.edits += 1
        for path, old, new in changes:
            text = new.format(report.edits)
            report.replace(path, now[path, old], text)
            now[path, old] = text

    return prepare


def show(name: str, found: dict[str, float]) -> None:
    print(
        f"{name:28} {found['wall']:7.3f} {found['cpu']:7.3f} {found['wall ratio']:8.2f}"
        f" {found['cpu ratio']:8.2f} {found['memory']:8.0f}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--no-cold", action="store_true", help="leave out the builds from nothing")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = Report(Path(folder, "report"))
        passes = [report.bare_pass() for _ in range(options.runs)]
        python = [cost([sys.executable, "-c", "pass"], report.root) for _ in range(11)]
        print(f"{'':28} {'wall s':>7} {'cpu s':>7} {'wall/pass':>8} {'cpu/pass':>8} {'MB':>8}")
        for name, listed in (("bare pass of pdflatex", passes), ("python -c pass", python)):
            wall, cpu = (
                statistics.median(getattr(one, key) for one in listed) for key in ("wall", "cpu")
            )
            memory = max(one.memory for one in listed)
            print(f"{name:28} {wall:7.3f} {cpu:7.3f} {'':8} {'':8} {memory:8.0f}", flush=True)

        def timed(
            name: str, prepare: Callable[[], object], build: Callable[[], Cost] = report.build
        ) -> None:
            show(name, measure(report, prepare, build, options.runs))

        timed("papermill, imports only", lambda: None, report.kernel_and_imports)
        timed("up to date", report.restore)
        for report.standby in (STANDBY, 0):
            print("with libraries standing by:" if report.standby else "with nothing standing by:")
            for name, changes in EDITS.items():
                if report.standby and name == "a changed comment":
                    continue  # nothing runs then that could stand by
                report.restore()
                timed(name, edit(report, changes))
        report.restore()
        if not options.no_cold:
            timed("cold, notebook apart", report.without_all_but_the_notebook)


if __name__ == "__main__":
    main()
