"""How long the report takes to regenerate after each kind of edit.

    python benchmarks/rebuild.py [--runs 5] [--no-cold]

Works in a temporary copy whose notebook trains on few reviews. Each run is paired with a bare
pass of pdflatex over this report's own document: embedded engine, no dumped format, auxiliary
files in place. Printed are medians: seconds, and the ratio to the paired pass, by the clock and by
processor time with all child processes. On a machine with other work trust the ratios.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from proofpress.typeset.engine import find  # noqa: E402

LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", "output", "__pycache__", ".*_cache", "tests")
SMALL = "train_size = 160\nvalidation_size = 64\ntest_size = 64\nmax_length = 32\n"
# What the notebook's steps leave; a cold build "notebook apart" starts from these.
NOTEBOOK = (
    "output/notebook",
    "output/results.json",
    "output/.steps/records/run notebook.json",
)
# Path, a text in it, and what replaces it; the next run puts it back.
EDITS = {
    "a changed word": ("templates/sections/question1.tex.j2", "Throughout,", "Everywhere,"),
    "a changed derivation": ("derivations/attention.py", "(i - j <= t)", "(i - j <= t + 1)"),
    "a changed figure parameter": ("figures/receptive.py", "SIDE = 50.0", "SIDE = 49.0"),
    "a changed comment": ("derivations/attention.py", "# a. Every", "# First: every"),
}


@dataclass
class Cost:
    """Seconds by the clock, seconds of processors, and the largest process in MB."""

    wall: float
    cpu: float
    memory: float


def cost(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> Cost:
    """What one command costs, its children included. Raises when it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {said.decode()}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


class Report:
    """The copy that is edited and built."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.tex = root.with_name("bare")
        shutil.copytree(ROOT, root, ignore=LEFT_OUT)
        self.replace("report.toml", "[notebook]\n", f"[notebook]\n{SMALL}")
        self.build()
        shutil.copytree(root / "output/tex", self.tex)
        shutil.copytree(root / "output/figures", self.tex / "figures")
        for _ in range(2):
            self.bare_pass()

    def build(self) -> Cost:
        return cost([sys.executable, "build.py"], self.root)

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


def measure(report: Report, prepare: Callable[[int], object], runs: int) -> dict[str, float]:
    """Medians over `runs` builds, each after `prepare` and beside a bare pass."""
    found: list[dict[str, float]] = []
    for number in range(runs):
        prepare(number)
        report.wait()
        bare, built = report.bare_pass(), report.build()
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


def edit(report: Report, path: str, old: str, new: str) -> Callable[[int], None]:
    """Replaces a text in odd runs and puts it back in even ones."""

    def prepare(number: int) -> None:
        report.replace(path, *((old, new) if number % 2 == 0 else (new, old)))

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
        report.build()
        show("up to date", measure(report, lambda _: None, max(options.runs, 11)))
        for name, (path, old, new) in EDITS.items():
            show(name, measure(report, edit(report, path, old, new), options.runs))
            report.build()
        if not options.no_cold:
            cold = measure(report, lambda _: report.without_all_but_the_notebook(), options.runs)
            show("cold, notebook apart", cold)


if __name__ == "__main__":
    main()
