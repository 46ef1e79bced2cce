"""Every kind of input of a small, complete report is edited: what reruns, and is the PDF right?

The report stands in tests/stale/. After each edit the steps that ran are compared with those that
follow from the edited file, and the PDF with that of a build from nothing of the same sources.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from in_place import STANDBY, empty, kept, restore

from proofpress.build.store import Store

ROOT = Path(__file__).parents[1]
NO_CACHES = shutil.ignore_patterns("__pycache__", "output")

pytestmark = pytest.mark.slow


class Report:
    """A copy of the small report, and a press in the folder `press`."""

    def __init__(self, root: Path, press: Path) -> None:
        self.root, self.press = root, press
        self._edited: dict[Path, bytes] = {}  # files of the press

    def call(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "build.py", *words],
            cwd=self.root,
            capture_output=True,
            text=True,
            timeout=300,
            env={**STANDBY, **os.environ, "PYTHONPATH": str(self.press)},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def steps(self) -> list[str]:
        """Builds, and tells the names of the steps that ran."""
        events = [json.loads(line) for line in self.call("pdf", "--json").splitlines()]
        return [event["step"] for event in events if event.get("event") == "started"]

    def edit(self, path: str, old: str, new: str) -> None:
        of_press = path.startswith("proofpress/")
        file = (self.press if of_press else self.root) / path
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {path}"
        if of_press:
            self._edited.setdefault(file, file.read_bytes())
        file.write_text(text.replace(old, new), encoding="utf-8")

    def restore(self, copy: Path) -> None:
        """Undoes all edits; those of the press one by one, as its servers are known by its
        files."""
        restore(self.root, copy)
        while self._edited:
            file, data = self._edited.popitem()
            file.write_bytes(data)

    def pdf(self) -> bytes:
        return (self.root / "output/report.pdf").read_bytes()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Report:
    root = tmp_path_factory.mktemp("stale") / "report"
    shutil.copytree(ROOT / "tests/stale", root, ignore=NO_CACHES)
    press = root.with_name("press")
    shutil.copytree(ROOT / "proofpress", press / "proofpress", ignore=NO_CACHES)  # some edit it
    report = Report(root, press)
    report.call()
    assert report.steps() == []
    return report


@pytest.fixture(scope="module")
def copy(built: Report) -> Path:
    return kept(built.root)


@pytest.fixture
def report(built: Report, copy: Path) -> Iterator[Report]:
    """The built report; the test's edits are undone, those of the press too."""
    yield built
    built.restore(copy)


def clean_build(report: Report) -> bytes:
    """The PDF of the same sources, built from nothing but what servers have imported."""
    other = Report(report.root.with_name("clean"), report.press)
    other.root.mkdir(exist_ok=True)
    empty(other.root)
    shutil.copytree(report.root, other.root, ignore=NO_CACHES, dirs_exist_ok=True)
    other.call()
    return other.pdf()


FIGURES = ["prepare figures", "draw staircase", "read ink", "typeset"]
PRINT = ["assemble", "read ink", "typeset"]
ALL_OF_IT = ["derive", "draw staircase", "embed", "tabulate counts", *PRINT]
NOTEBOOK = ["run measure", "convert measure", "embed", "tabulate counts", *PRINT]
# File, what is replaced in it and by what, the steps that run, and how `why` begins.
EDITS = {
    "definition": (
        ("derivations/stairs.py", "(j <= i)", "(j <= i + 1)"),
        ["derive", "draw staircase", "embed", *PRINT],
        "derive: derivations/stairs.py changed",
    ),
    "one claim of two": (
        ("derivations/stairs.py", "(j <= n)  #", "(j <= n + 1)  #"),
        ALL_OF_IT,
        "derive: derivations/stairs.py changed",
    ),
    "module of a derivation": (
        ("shared/examples.py", "+ ADDED", "+ 2 * ADDED"),
        ALL_OF_IT,
        "derive: shared/examples.py changed",
    ),
    "module two levels deep": (
        ("shared/deeper.py", "ADDED = 1", "ADDED = 2"),
        ALL_OF_IT,
        "derive: shared/deeper.py changed",
    ),
    "data file": (("data/size.txt", "3", "4"), ALL_OF_IT, "derive: data/size.txt changed"),
    "letters in report.toml": (
        ("report.toml", "[letters]", "[letters.stairs.small]\nn = 6"),
        ALL_OF_IT,
        "derive: parameter examples.stairs is new: {'small': {'n': 6}}",
    ),
    "figure": (
        ("figures/staircase.py", "SIDE = 30.0", "SIDE = 25.0"),
        ["draw staircase", "read ink", "typeset"],
        "draw staircase: figures/staircase.py changed",
    ),
    "module of a figure": (
        ("figures/shape.py", "0.9", "0.8"),
        ["draw staircase", "read ink", "typeset"],
        "draw staircase: figures/shape.py changed",
    ),
    "table": (
        ("tables/counts.py", '"what"', '"which"'),
        ["tabulate counts", "read ink", "typeset"],
        "tabulate counts: tables/counts.py changed",
    ),
    "included template": (
        ("templates/parts/text.tex.j2", "Words", "A few words"),
        PRINT,
        "assemble: templates/parts/text.tex.j2 changed",
    ),
    "preamble": (
        ("templates/preamble.tex", "{0pt}", "{9pt}"),
        ["prepare report", *PRINT],
        "prepare report: templates/preamble.tex changed",
    ),
    "title in report.toml": (
        ("report.toml", "A small report", "Another report"),
        PRINT,
        "assemble: parameter document.title is 'Another report', was 'A small report'",
    ),
    "cell of the notebook": (
        ("notebooks/measure.ipynb", "measured(factor),", "1 + measured(factor),"),
        NOTEBOOK,
        "run measure: notebooks/measure.ipynb changed",
    ),
    "module of the notebook": (
        ("notebooks/helper.py", "factor * int", "3 * factor * int"),
        NOTEBOOK,
        "run measure: notebooks/helper.py changed",
    ),
    "data file of the notebook": (
        ("notebooks/values.csv", "21", "20"),
        NOTEBOOK,
        "run measure: notebooks/values.csv changed",
    ),
    "parameter of the notebook": (
        ("report.toml", "factor = 2", "factor = 3"),
        NOTEBOOK,
        "run measure: parameter parameters.factor is 3, was 2",
    ),
    "TeX package": (
        ("proofpress/latex/notebook.sty", "nbBar}{HTML}{4A6785}", "nbBar}{HTML}{4A6700}"),
        ["prepare report", "assemble", "read ink", "typeset"],
        "prepare report: {press}/proofpress/latex/notebook.sty changed",
    ),
    "TeX package of facts": (
        ("proofpress/latex/proofpress.sty", "assumedmark[1]{", "assumedmark[1]{\\unskip"),
        ["prepare report", "assemble", "typeset"],  # the pages stay as they are
        "prepare report: {press}/proofpress/latex/proofpress.sty changed",
    ),
    "code of the press": (
        ("proofpress/kinds/grid.py", "RULE, 0.4", "RULE, 0.5"),
        ["draw staircase", "read ink", "typeset"],
        "draw staircase: {press}/proofpress/kinds/grid.py changed",
    ),
    "machinery of the build": (
        ("proofpress/build/worker.py", "threading.Thread(target", "threading.Thread(None, target"),
        [],
        "all is up to date",
    ),
}


@pytest.mark.parametrize("kind", EDITS)
def test_edit(report: Report, kind: str) -> None:
    edit, steps, why = EDITS[kind]
    report.edit(*edit)
    assert report.call("why").startswith(why.replace("{press}", str(report.press)))
    assert sorted(report.steps()) == sorted(steps)
    assert report.call("why") == "all is up to date\n"
    assert report.steps() == []
    assert report.pdf() == clean_build(report)


def test_workers_that_stood_by_tell_what_was_read_before_they_were_asked(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    def records() -> dict[str, Any]:
        store = Store(str(report.root / "output/.steps/records"), print)
        found = {name: store.read(name) for name in [*ALL_OF_IT, *NOTEBOOK]}
        return {name: record for name, record in found.items() if record}

    monkeypatch.setenv("PROOFPRESS_STANDBY", "0")
    report.call("--force")
    alone = records()
    monkeypatch.setenv("PROOFPRESS_STANDBY", "60")
    report.call("--force")
    report.call("--force")
    assert records() == alone
    assert any(
        f"{report.press}/proofpress/kinds/grid.py" in one["reads"]["code"] for one in alone.values()
    )
    report.edit("proofpress/kinds/grid.py", "RULE, 0.4", "RULE, 0.5")
    assert sorted(report.steps()) == ["draw staircase", "read ink", "typeset"]
    assert report.pdf() == clean_build(report)
    monkeypatch.setenv("PROOFPRESS_STANDBY", "0")
    assert report.steps() == []  # and nobody stands by any more


def test_settings_that_a_library_read_before_it_was_asked(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROOFPRESS_STANDBY", "60")
    report.call("--force")
    (report.root / "matplotlibrc").write_text("axes.facecolor: red\naxes.linewidth: 9\n")
    assert sorted(report.steps()) == sorted(FIGURES)
    assert report.pdf() == clean_build(report)
    monkeypatch.setenv("PROOFPRESS_STANDBY", "0")
    report.call("--force")


def test_what_means_the_same_reruns_nothing(report: Report) -> None:
    """Comments, layout, a touch, a clock set back, a file that nobody reads."""
    report.edit("shared/deeper.py", "# a comment", "# another comment")
    report.edit("figures/shape.py", "return side * 0.9", "return (\n        side * 0.9\n    )")
    report.edit("derivations/stairs.py", "# all of it", "# the whole square")
    for path in report.root.rglob("*.tex*"):
        os.utime(path)
    for path in report.root.rglob("*.py"):
        os.utime(path, (1_000_000, 1_000_000))
    for path in ("unread.txt", "figures/unread.py", "notebooks/unread.csv"):
        (report.root / path).write_text("1")
    assert report.call("why") == "all is up to date\n"
    assert report.steps() == []


@pytest.mark.parametrize("spoil", ["missing", "truncated", "edited"])
@pytest.mark.parametrize(
    ("output", "step"),
    [
        ("output/report.pdf", "read ink"),
        ("output/claims/stairs.whole.json", "derive"),
        ("output/figures/staircase.pgf", "draw staircase"),
        ("output/tex/report.tex", "assemble"),
    ],
)
def test_spoilt_output_is_made_again(report: Report, output: str, step: str, spoil: str) -> None:
    path, before = report.root / output, report.pdf()
    if spoil == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:100] if spoil == "truncated" else b"by hand")
    gone = spoil == "missing" and "claims" not in output  # of a folder a file can be missing
    word = "is missing" if gone else "is not as it was made"
    assert report.call("why").partition("\n")[0].startswith(f"{step}: ")
    assert word in report.call("why")
    assert report.steps()[0] == step
    assert report.pdf() == before


# What a call imports that finds all up to date: nothing that Python has not loaded by itself.
SHORTEST = {
    "proofpress",
    "proofpress.build",
    "proofpress.build.bytecode",
    "proofpress.build.digests",  # of files that were edited, or only touched
    "proofpress.build.glance",
    "proofpress.build.sealed",
    "proofpress.build.step",  # which its build.py names
    "proofpress.cli",
    "proofpress.cli.report",
    "proofpress.cli.start",
    "proofpress.cli.uncaught",
    "proofpress.faults",
    "proofpress.faults.author",
    "proofpress.faults.errors",
    "proofpress.report",
    "proofpress.report.report",
    "__future__",
    "_blake2",
    "importlib",
    "warnings",
}


def test_what_is_up_to_date_is_found_so_without_imports(report: Report) -> None:
    report.call()
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "build.py"],
        cwd=report.root,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(report.press)},
    )
    assert done.stdout == "output/report.pdf is up to date\n"
    own = done.stderr.partition("| site\n")[2]
    assert {line.rpartition("|")[2].strip() for line in own.splitlines()} <= SHORTEST


def test_version_of_a_library(report: Report) -> None:
    records = Store(str(report.root / "output/.steps/records"), print)
    record = records.read("draw staircase")
    assert record is not None
    now, record["packages"]["matplotlib"] = record["packages"]["matplotlib"], "0.1"
    records.write("draw staircase", record)
    (report.root / "output/.steps/glance").unlink()  # it relies on that record
    assert report.call("why").startswith(f"draw staircase: matplotlib is {now}, was 0.1")
    assert report.steps() == ["draw staircase"]


IN_CHAPTERS = r"""\documentclass{article}
\input{preamble}
\usepackage{notebook}
\begin{document}
\include{sections/front}
\include{sections/counted}
\include{sections/authors}
\end{document}
"""
CHAPTERS = {
    "front": r"""\VAR{document.title}\tableofcontents \input{notebooks/measure}
\begin{thebibliography}{9}\bibitem{fowler} A book.\end{thebibliography}""",
    "counted": r"""\section{Counted}
\BLOCK{include "parts/text.tex.j2"}

\includegraphics{figures/staircase.pdf}\input{tables/counts} Before~\ref{who}.""",
}


def test_chapters(report: Report) -> None:
    """Of a document in chapters some are set again after each edit: the whole is never stale."""
    (report.root / "templates/report.tex.j2").write_text(IN_CHAPTERS)
    for name, text in CHAPTERS.items():
        (report.root / f"templates/sections/{name}.tex.j2").write_text(text)
    assert sorted(report.steps()) == sorted(["prepare report", *PRINT])
    for kind in (
        "one claim of two",
        "figure",
        "table",
        "included template",
        "cell of the notebook",
    ):
        edit, steps, _ = EDITS[kind]
        report.edit(*edit)
        assert sorted(report.steps()) == sorted(steps)
        assert report.steps() == []
    assert report.pdf() == clean_build(report)


def test_switching_between_two_versions(report: Report) -> None:
    """As when another branch is checked out, with the times of files as they come."""
    first = report.pdf()
    path = report.root / "templates/parts/text.tex.j2"
    status = path.stat()
    report.edit("templates/parts/text.tex.j2", "Words", "Texts")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert sorted(report.steps()) == PRINT
    assert report.pdf() != first
    report.edit("templates/parts/text.tex.j2", "Texts", "Words")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert sorted(report.steps()) == PRINT
    assert report.pdf() == first
