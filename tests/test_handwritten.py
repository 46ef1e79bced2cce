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
        ("\\newcommand\\answer{42}", "number", "42"),
        ("\\verb|x| 42 \\verb|y|", "number", "42"),
        ("\\url{a 1} 42 \\cite[p. 3]{b}", "number", "42"),
        ("\\begin{verbatim}\\end{verbatim} 42", "number", "42"),
        ("\\href{https://x.org/7}{the 42}", "number", "42"),
        ("\\textcolor{red}{42} and \\multicolumn{2}{c}{a}", "number", "42"),
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
        "\\begin{verbatim}\nfor k in range(42): $x = 1$ % 7\n\\end{verbatim}",
        "\\begin{lstlisting}[firstnumber=12]\nx = 0.5\n\\end{lstlisting}",
        "\\verb|a[42] % 1|, \\verb*+3+",
        "\\begin{verbatim}\n\\given{1}\n\\end{verbatim} \\lstinline!x[7]! \\lstinline{y[8]}",
        "\\url{https://x.org/12/a%20b} \\href{https://x.org/7#3}{there} \\path{a/5/b}",
        "\\begin{thebibliography}{9}\n\\bibitem[Kn 68]{k 1} vol.~3, pp.~12--15, $O(n^2)$.\n"
        "\\end{thebibliography}",
        "\\newcommand\\x[2]{#2} \\newcommand{\\y}[3][]{#1, #3} \\renewenvironment{z}[1]{#1}{}",
        "\\includegraphics[width=0.5\\linewidth, angle=90, trim=1 2 3 4]{images/x 7.png}",
        "\\includegraphics*[12, 13][40, 50]{x} \\lstinputlisting[firstline=3]{code/a 4.py}",
        "\\cite[p. 3]{a}, \\cite[see][Theorem 4.1]{a 1, b 2}",
        "\\nocite{k 68} \\bibliography{refs 2}",
        "\\begin{tabular}{*{3}{c}} \\multicolumn{2}{c}{a} \\cline{1-2} \\end{tabular}",
        "\\setcounter{page}{3} \\definecolor{mine}{rgb}{0.1, 0.2, 0.3} \\rotatebox{90}{a}",
        "\\begin{multline*} \\VAR{a} \\\\ {} + \\VAR{b} \\end{multline*}",
    ],
)
def test_free(text: str) -> None:
    assert list(in_template(text, "a.tex.j2")) == []


def test_a_table_module_is_read_as_python() -> None:
    text = '"""Of 3 columns."""\nA = {"x": "17,500", "y": given("7,500"), "1a": 12}\n'
    found = in_module(text, "tables/a.py")
    assert [(one.text, one.line) for one in found] == [("17,500", 2), ("12", 2)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ('ROWS = [["a", 42],\n        ["b", 0.5]]', ["42", "0.5"]),
        ("def table(facts):\n    return rows('lr', ['x'], [['a', -42]])", ["42"]),
        ("HALF = 1 / 2\nROWS = [[HALF] for k in range(7)]", ["1", "2"]),
        ("body.append((str(7), f'{8}', Latex(9)))", ["7", "8", "9"]),
        ("def table(facts):\n    return 12", ["12"]),
        ("N = 7\nROWS = [name[0] for name in names[1:N] if len(name) > 3]", []),
        ("ROWS = [[100 * x.value, decimal(x, 3), facts.at(4), given(5), True, None]]", []),
        ("ROWS = [[row[1, 2], max(3, n)] for n in range(4)]", []),
        ("ROWS = csv_rows('data/2 of 3.csv', columns=['1st 4'])", []),
        ("def cells(width=3, sides=(1, 2)): ...", []),
    ],
)
def test_numbers_that_get_into_a_cell(text: str, numbers: list[str]) -> None:
    assert [one.text for one in in_module(text, "tables/a.py")] == numbers


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


@pytest.mark.parametrize(
    ("files", "where"),
    [
        ((), "no file"),
        (("templates/a.tex.j2",), "1 template"),
        (("templates/a.tex.j2", "templates/b/c.tex.j2", "tables/t.py"), "2 templates and 1 table"),
    ],
)
def test_it_is_told_where_nothing_is_typed(
    tmp_path: Path, files: tuple[str, ...], where: str
) -> None:
    report = written(tmp_path)
    report.tables("tables/*.py")
    for file in files:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("")
    assert audit.typed(report) == (f"nothing is typed by hand in {where}", 0)
