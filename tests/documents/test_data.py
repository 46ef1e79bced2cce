"""A CSV file becomes a table as it stands; what is wrong with it is told where it is named."""

from pathlib import Path

import pytest

from proofpress.documents.data import csv, csv_rows
from proofpress.documents.templates import Templates
from proofpress.faults.errors import PressError

RUNS = 'run,loss,note & more\nfirst,0.25,"a, b"\n\nsecond_2,12,50 %\nthird,-3.5,\n'


@pytest.fixture(autouse=True)
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/runs.csv").write_text(RUNS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def body(latex: str) -> list[str]:
    """The rows of a table, with its specification first."""
    lines = [line.rstrip("%") for line in latex.split("\n")]
    return [lines[0], *(line for line in lines if line.endswith("\\\\"))]


def test_a_file_is_printed_as_it_stands() -> None:
    assert body(csv("data/runs.csv")) == [
        "\\begin{tabular}{lrl}",
        "run&loss&note \\& more\\\\",
        "first&0.25&a, b\\\\",
        "second\\_2&12\\phantom{.25}&50 \\%\\\\",
        "third&$-$3.5\\phantom{0}&\\\\",
    ]


def test_columns_are_chosen_ordered_and_named() -> None:
    chosen = body(csv("data/runs.csv", ["loss", "run"]))
    assert chosen[0] == "\\begin{tabular}{rl}" and chosen[1:3] == ["loss&run\\\\", "0.25&first\\\\"]
    named = body(csv("data/runs.csv", {"run": "Run #1", "loss": "Loss"}, long=True))
    assert named[0].startswith("\\begin{longtable}{lr}")
    assert named[1] == "Run \\#1&Loss\\\\"


@pytest.mark.parametrize(
    ("cells", "spec"),
    [
        (["1", "22"], "r"),
        (["1,000", "2.5", ""], "r"),
        (["1e-3", "-2E+4"], "r"),
        (["12 %", "3.5%"], "r"),
        (["1", "two"], "l"),
        (["", ""], "l"),
        (["3-4"], "l"),
    ],
)
def test_numbers_stand_to_the_right(report: Path, cells: list[str], spec: str) -> None:
    text = "x,y\n" + "".join(f'"{cell}",a\n' for cell in cells)
    (report / "a.csv").write_text(text)
    assert body(csv("a.csv"))[0] == f"\\begin{{tabular}}{{{spec}l}}"
    assert all(cell.strip("-") in str(csv("a.csv")).replace("\\%", "%") for cell in cells)


@pytest.mark.parametrize(
    ("text", "given", "what", "mend"),
    [
        (RUNS, {"columns": ["los"]}, "data/runs.csv:1 has no column called los", "mean loss"),
        ("a,a\n1,2\n", {"columns": ["a"]}, "data/runs.csv:1 has 2 columns called a", "it has"),
        ("a,b\n1,2\n1,2,3\n", {}, "data/runs.csv:3 has 3 fields, its head has 2", "as many"),
        ("a,b\n1\n", {}, "data/runs.csv:2 has 1 field, its head has 2", "as many"),
        ('a,b\n1,"2\n', {}, "data/runs.csv:2 is no row of a table", "quotation marks"),
        ("a;b\n1;2\n", {}, "are parted by a semicolon", "add delimiter=';'"),
        ("", {}, "data/runs.csv holds no row", "first line"),
    ],
)
def test_faults_tell_the_line_of_the_file(
    report: Path, text: str, given: dict, what: str, mend: str
) -> None:
    (report / "data/runs.csv").write_text(text)
    with pytest.raises(PressError) as caught:
        csv_rows("data/runs.csv", **given)
    assert what in caught.value.what and mend in str(caught.value.mend)


def test_a_file_that_is_missing() -> None:
    with pytest.raises(PressError, match=r"there is no file data/run\.csv") as caught:
        csv("data/run.csv")
    assert caught.value.mend == "did you mean data/runs.csv?"


def test_a_fault_is_told_at_the_line_of_the_template(report: Path) -> None:
    (report / "a.tex.j2").write_text('one\n\\VAR{csv("data/runs.csv", columns=["los"])}\n')
    with pytest.raises(PressError) as caught:
        Templates(report, {"csv": csv}).rendered("a.tex.j2")
    assert "a.tex.j2:2" in str(caught.value) and "data/runs.csv:1" in str(caught.value)


def test_a_template_can_name_headings(report: Path) -> None:
    (report / "a.tex.j2").write_text('\\VAR{csv("data/runs.csv", {"loss": "Loss"})}\n')
    text, lines = Templates(report, {"csv": csv}).rendered("a.tex.j2")
    assert "Loss\\\\" in text and {line for _, line in lines[:-1]} == {1}
