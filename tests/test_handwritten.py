"""What is typed by hand is found at its line; what may be typed is not."""

from pathlib import Path

import pytest

from proofpress.audit import commands as audit
from proofpress.audit.handwritten import findings, in_module, in_template
from proofpress.report.report import Report

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("there are 78 of them", "number", "78"),
        ("there are 8{,}384 of them", "number", "8{,}384"),
        ("54.2\\,\\% of all", "number", "54.2"),
        ("it is $78$", "formula", "78"),
        ("it is $\\tfrac{n(n+1)}{2}$", "formula", "\\tfrac{n(n+1)}{2}"),
        ("\\[ n(n - 1) \\]", "formula", "n(n - 1)"),
        ("\\closedform[eq:a]{h(c + h)}", "formula", "h(c + h)"),
        ("\\begin{align*} a &= b \\end{align*}", "formula", "a &= b"),
        ("as $\\VAR{x} + 1$ is", "formula", "+ 1"),
        ("$w = n$", "formula", "w = n"),
        ("in the 3 classes of 2020", "number", "3"),
    ],
)
def test_typed_by_hand(text: str, kind: str, found: str) -> None:
    first, *others = in_template(f"one\ntwo {text}\n", "a.tex.j2")
    assert others == []
    assert (first.kind, first.line) == (kind, 2)
    assert first.text.replace("\\VAR{x} ", "") == found


@pytest.mark.parametrize(
    "text",
    [
        "in 2020, due 1999",
        "item 2b, part 1a",
        "\\vskip 3pt \\hspace{2em} 0.5\\linewidth",
        "\\ref{eq:1} \\label{fig:2} \\input{tables/t3} % 12 in a comment",
        "\\figurehere{f1}{fig:1}{A figure.}",
        "\\given{3} points, $\\given{n \\times n}$, \\[ \\given{h^{2} = 1}. \\]",
        "$n$ tokens, $(i, j)$, $W_{\\mathrm{in}}$, $h^{i,j}$",
        "$L = \\VAR{claim('x').formula}$, $\\VAR{a} < \\VAR{b}$, $\\Theta(\\VAR{scale})$",
        "\\VAR{claim('a.b').at('grid')} \\BLOCK{if x > 3} \\COMMENT{ 12 }",
        "\\begin{multline*} \\VAR{a} \\\\ {} + \\VAR{b} \\end{multline*}",
    ],
)
def test_free(text: str) -> None:
    assert list(in_template(text, "a.tex.j2")) == []


def test_a_table_module_is_read_as_python() -> None:
    text = '"""Of 3 columns."""\nA = {"x": "17,500", "y": given("7,500"), "1a": 12}\n'
    (found,) = in_module(text, "tables/a.py")
    assert (found.text, found.line) == ("17,500", 2)


def test_the_shipped_report_has_no_finding() -> None:
    templates = sorted(ROOT.glob("templates/**/*.j2"))
    assert len(templates) >= 5
    assert findings(templates, sorted(ROOT.glob("tables/*.py"))) == []


def written(root: Path) -> Report:
    report = Report(root)
    report.document("templates/report.tex.j2")
    return report


def test_the_message_names_line_entry_and_mark(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "output").mkdir()
    (tmp_path / "templates/a.tex.j2").write_text("For twelve tokens\nit is 78, or $n(n-1)/2$.\n")
    (tmp_path / "output/claims.json").write_text(
        '{"claims": {"m.causal": {"formula": "n^{2}", "domain": "n", "closed_form": "n**2 + 1",'
        ' "related": {}, "examples": {"grid": {"letters": {"n": 12}, "value": 78}}},'
        ' "m.strict": {"formula": "\\\\dfrac{n^{2} - n}{2}", "domain": "n", "related": {},'
        ' "closed_form": "n*(n - 1)/2", "examples": {}}}}'
    )
    text, status = audit.typed(written(tmp_path))
    assert status == 1
    assert text == (
        "error: the number 78 is typed by hand\n  templates/a.tex.j2:2\n"
        '  mend: print \\VAR{claim("m.causal").at("grid")}, or mark it as given: \\given{78}\n'
        "error: the formula n(n-1)/2 is typed by hand\n  templates/a.tex.j2:2\n"
        '  mend: print \\VAR{claim("m.strict").formula}, or mark it as given: \\given{n(n-1)/2}'
    )


def test_without_a_ledger_there_is_no_suggestion(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/a.tex.j2").write_text("It is 78.\n")
    text, _ = audit.typed(written(tmp_path))
    assert text.endswith("mend: mark it as given: \\given{78}")
