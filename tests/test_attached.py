r"""Theorems, pictures, data and lists of references in a report that is built as any other.

The small report of tests/stale gets chapters that use them; nothing of it is named in build.py.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from in_place import STANDBY, kept, restore
from PIL import Image

ROOT = Path(__file__).parents[1]
NO_CACHES = shutil.ignore_patterns("__pycache__", "output")

pytestmark = pytest.mark.slow

REPORT = r"""\documentclass{article}
\input{preamble}
\newtheorem{theorem}{Theorem}[section]
\newtheorem{lemma}[theorem]{Lemma}
\newenvironment{proof}{\par\noindent\textit{Proof.} }{\hfill\rule{1ex}{1ex}\par}
\begin{document}
\include{sections/first}
\include{sections/second}
\include{sections/last}
\end{document}
"""
TEXTS = {
    "first": r"""\section{First}
\begin{theorem}[Stairs]\label{stairs} They are $\VAR{claim("stairs.whole").formula}$.\end{theorem}
\begin{proof} By Lemma~\ref{later}, as in \cite[p. 3]{knuth}.\end{proof}
\includegraphics[width=2cm]{images/photo} \includegraphics{images/drawn.svg}
\includegraphics{beside}
""",
    "second": r"""\section{Second}
\begin{lemma}\label{later} See Theorem~\ref{stairs} and \cite{page}.\end{lemma}
\VAR{csv("data/runs.csv", columns={"run": "Run", "loss": "Loss"})}
""",
    "last": r"""\section{Last}
\begin{lemma}\label{end} The end.\end{lemma}
\bibliographystyle{plain}
\bibliography{refs}
""",
}
REFS = r"""@misc{knuth, author = {Donald E. Knuth}, title = {On $O(N)$}, year = 1968}
@misc{page, title = {A page}}
@misc{unread, title = {Unread}}
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
SVG += '<rect width="9" height="9"/>\n</svg>'
PRINTED = ["assemble", "read ink", "typeset"]


class Report:
    """A copy of the small report with these chapters."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def call(self, *words: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "build.py", *words]
        environment = {**os.environ, **STANDBY}
        return subprocess.run(
            command, cwd=self.root, env=environment, capture_output=True, text=True, timeout=300
        )

    def steps(self) -> list[str]:
        """Builds, and tells the names of the steps that ran."""
        done = self.call("pdf", "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        events = [json.loads(line) for line in done.stdout.splitlines()]
        return sorted(event["step"] for event in events if event.get("event") == "started")

    def complaint(self) -> str:
        done = self.call()
        assert done.returncode == 1, done.stdout
        return done.stderr

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def words(self) -> str:
        pages = pypdf.PdfReader(self.root / "output/report.pdf").pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Report:
    root = tmp_path_factory.mktemp("attached") / "report"
    shutil.copytree(ROOT / "tests/stale", root, ignore=NO_CACHES)
    (root / "templates/report.tex.j2").write_text(REPORT)
    for name, text in TEXTS.items():
        (root / f"templates/sections/{name}.tex.j2").write_text(text)
    (root / "images").mkdir()
    Image.new("RGB", (8, 4), (200, 10, 10)).save(root / "images/photo.jpg")
    (root / "images/drawn.svg").write_text(SVG)
    Image.new("RGB", (4, 4), (10, 200, 10)).save(root / "figures/beside.png")
    (root / "data/runs.csv").write_text("run,loss,seconds\nfirst,0.25,7\nsecond,12,8\n")
    (root / "refs.bib").write_text(REFS)
    report = Report(root)
    report.steps()
    assert report.steps() == []
    return report


@pytest.fixture(scope="module")
def copy(built: Report) -> Path:
    return kept(built.root)


@pytest.fixture
def report(built: Report, copy: Path) -> Iterator[Report]:
    """The built report; the test's edits are undone."""
    yield built
    restore(built.root, copy)


def test_all_of_it_is_printed(report: Report) -> None:
    words = report.words()
    assert "Theorem 1.1 (Stairs)" in words and "Lemma 2.1" in words and "Lemma 3.1" in words
    assert "By Lemma 2.1, as in [2, p. 3]" in words and "See Theorem 1.1 and [1]" in words
    assert "Run Loss first 0.25 second 12" in words and "seconds" not in words
    assert "[1] A page." in words and "Donald E. Knuth. On O(N )" in words
    assert "Unread" not in words


def test_an_edit_of_what_is_taken_in_is_seen(report: Report) -> None:
    report.edit("refs.bib", "A page", "One page")
    assert report.steps() == ["read ink", "typeset"]
    report.edit("data/runs.csv", "0.25", "0.50")
    assert report.steps() == PRINTED
    Image.new("RGB", (8, 4), (1, 10, 10)).save(report.root / "images/photo.jpg")
    assert report.steps() == ["read ink", "typeset"]
    report.edit("images/drawn.svg", 'height="9"', 'height="8"')
    assert report.steps() == ["read ink", "typeset"]
    assert "[1] One page." in report.words() and "first 0.50" in report.words()
    edited = (report.root / "output/report.pdf").read_bytes()
    shutil.rmtree(report.root / "output")
    report.steps()
    assert (report.root / "output/report.pdf").read_bytes() == edited


def test_a_theorem_more_renumbers_those_of_later_chapters(report: Report) -> None:
    report.edit(
        "templates/sections/second.tex.j2",
        r"\begin{lemma}\label{later}",
        "\\begin{theorem} First.\\end{theorem}\n\\begin{lemma}\\label{later}",
    )
    assert report.steps() == PRINTED
    assert "By Lemma 2.2" in report.words() and "Lemma 3.1" in report.words()


def test_nothing_of_it_counts_as_typed_by_hand(report: Report) -> None:
    done = report.call("check")
    typed = [
        line for line in done.stdout.splitlines() + done.stderr.splitlines() if "typed" in line
    ]
    assert not [line for line in typed if line.startswith("error")], typed


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("sections/first", "photo}", "foto}", "first.tex.j2:4"),
        ("sections/second", "{page}", "{pagee}", "second.tex.j2:2"),
        ("sections/second", '"loss"', '"los"', "second.tex.j2:3"),
        ("sections/second", "{stairs}", "{stair}", "second.tex.j2:2"),
        ("sections/last", "{refs}", "{reefs}", "last.tex.j2:4"),
        ("sections/last", "{lemma}", "{lemmma}", "last.tex.j2:2"),
    ],
)
def test_a_slip_is_told_at_its_line(
    report: Report, file: str, old: str, new: str, told: str
) -> None:
    report.edit(f"templates/{file}.tex.j2", old, new)
    found = report.complaint()
    assert f"templates/sections/{told}" in found and "mend: " in found


def test_a_slip_in_a_file_is_told_at_its_line(report: Report) -> None:
    report.edit("refs.bib", "@misc{page", "@misc{knuth")
    assert "refs.bib:2" in report.complaint()
    report.edit("refs.bib", "@misc{knuth, title", "@misc{page, title")
    report.edit("data/runs.csv", "second,12,8", "second,12")
    found = report.complaint()
    assert "data/runs.csv:3" in found and "second.tex.j2:3" in found
