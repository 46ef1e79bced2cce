"""Notebooks as LaTeX: what each kind of cell and output becomes, and that nothing gets out."""

import base64
import re
import shutil
from itertools import pairwise
from pathlib import Path

import nbformat
import pypdf
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from proofpress.faults.errors import PressError
from proofpress.ink.document import Document
from proofpress.kinds.marks import Glyph
from proofpress.latex.styles import STYLES
from proofpress.notebook.latex import to_latex
from proofpress.notebook.record import RESULT_TYPE, TABLE_TYPE
from proofpress.typeset.compile import typeset
from proofpress.typeset.engine import find

ATTACKS = [
    r"\input{/etc/passwd}",
    r"\end{document}",
    r"}\end{nbOutput}\nbCodeLine{",
    r"% # $ & _ { } ~ ^ \ ",
    r"\\ \par ^^5cinput x",
    "$\\write18{ls}$",
    "<<quoted>> ,,low,, --dash-- ?` !` ``tick'' \"",
    "  two  spaces   three",
    "\\",
]
DOCUMENT = r"""\documentclass[11pt]{article}
\usepackage[T1]{fontenc}\usepackage{lmodern}
\usepackage[a4paper, textwidth=160mm]{geometry}
\usepackage{notebook}\usepackage{hyperref}
\begin{document}
\input{body}
\end{document}
"""


def converted(folder: Path, *cells, times: bool = True) -> str:
    """The LaTeX of a notebook of these cells, without the line that says where it is from."""
    for place, cell in enumerate(cells):
        cell["id"] = f"c{place}"
        if cell.cell_type == "code":
            cell.execution_count = place + 1
    notebook = new_notebook(cells=list(cells), metadata={"proofpress": {"source": "demo.ipynb"}})
    nbformat.write(notebook, folder / "demo.ipynb")
    text = to_latex(folder / "demo.ipynb", folder / "plots", "plots/", times=times)
    return text.partition("\n")[2].strip()


def printed(folder: Path, body: str) -> list[str]:
    """The pages' text of a document with this body; refuses lines that are too wide."""
    (folder / "body.tex").write_text(body)
    (folder / "doc.tex").write_text(DOCUMENT)
    for style in ("notebook.sty", "presstype.sty"):
        shutil.copy(STYLES[style], folder)
    typeset(folder / "doc.tex", folder / "doc.pdf", engine=find())
    return [page.extract_text() for page in pypdf.PdfReader(folder / "doc.pdf").pages]


def stream(text: str):
    return new_output("stream", name="stdout", text=text)


def shown(**data):
    return new_output("display_data", data={kind.replace("__", "/"): v for kind, v in data.items()})


def result(**fields):
    defaults = {"key": "k", "value": 1, "unit": None, "text": "1", "title": "One"}
    data = defaults | {"volatile": False, "shown": True} | fields
    return new_output("display_data", data={RESULT_TYPE: data, "text/plain": "plain"})


def test_code_is_highlighted_and_keeps_its_spaces(tmp_path):
    cell = new_code_cell("def f(x):\n    return x - 'a\\n'  # why")
    assert converted(tmp_path, cell) == "\n".join(
        [
            "% from demo.ipynb, cell 1",
            r"\begin{nbCode}{1}",
            r"\nbCodeLine{\nbKeyword{def} \nbName{f}(x):}",
            r"\nbCodeLine{~~~~\nbKeyword{return} x {-} "
            r"\nbString{\textquotesingle{}}\nbString{a}\nbString{\textbackslash{}n}"
            r"\nbString{\textquotesingle{}} ~\nbComment{\# why}}",
            r"\end{nbCode}",
            r"\nbAfterCode",
        ]
    )


def test_spaces_beside_highlighted_text_are_printed(tmp_path):
    body = converted(tmp_path, new_code_cell("f'a {b} c {d}', 'e  f'  # g"))
    # PDF text joins what stands close, so a lost space would show as "}c".
    assert "f'a {b} c {d}', 'e f' # g" in " ".join(printed(tmp_path, body)[0].split())


@pytest.mark.parametrize("width", [160, 100, 60])
def test_long_lines_wrap_where_a_reader_would_and_fit(tmp_path, monkeypatch, width):
    monkeypatch.setitem(globals(), "DOCUMENT", DOCUMENT.replace("160mm", f"{width}mm"))
    call = "answer = some_function(" + ", ".join(f"argument_{k}={k}" for k in range(20)) + ")"
    wide = "  a" + " " * 150 + "b"
    cell = new_code_cell(
        f"if True:\n    {call}\nx = '{'w' * 300}'\nshort = 1",
        outputs=[stream("v" * 250 + " " + "u " * 90 + f"\n{wide}\nthe last line")],
    )
    pages = printed(tmp_path, converted(tmp_path, cell))
    lines = [line for page in pages for line in page.split("\n")]
    (first,) = (k for k, line in enumerate(lines) if line.lstrip().startswith("answer = "))
    assert lines[first].endswith(("(", ","))
    assert re.match(r"\s*↪→\s*argument_\d+=", lines[first + 1])
    text = "".join(lines)
    assert "argument_19=19)" in text
    assert (text.count("w"), text.count("v")) == (301, 250)  # one in "answer"
    document = Document(tmp_path / "doc.pdf")
    glyphs = [mark for mark in document.marks(0) if isinstance(mark, Glyph)]
    edge = (210 + width) / 2 / 25.4 * 72
    assert max(glyph.end for glyph in glyphs) < edge
    steps = [b - a for a, b in pairwise(sorted({round(glyph.y, 1) for glyph in glyphs}))]
    near = [step for step in steps if step < 15]
    assert max(near) - min(near) < 0.15


def test_lines_whose_width_tex_cannot_add_up_are_printed_whole(tmp_path):
    number, words = "7" * 9000, "and so on, " * 900
    code = f"x = {number}  # {words}"
    pages = printed(tmp_path, converted(tmp_path, new_code_cell(code, outputs=[stream(words)])))
    text = re.sub(r"[\s↪→]", "", "".join(re.sub(r"\d+$", "", page) for page in pages))
    assert text.count("7") == 9000
    assert text.count("andsoon,") == 1800


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("/home/me/my env/lib/python3.12/site-packages/scipy/a.py:7: Warn", "scipy/a.py:7: Warn"),
        ("see /x and /y/lib/python3.11/json/decoder.py", "see /x and json/decoder.py"),
        ('  File "/my env/dist-packages/b.py", line 3', '  File "b.py", line 3'),
        (
            "File \x1b[32m/x/lib/python3.11/site-packages/c/d.py:2\x1b[0m",
            "File \x1b[32mc/d.py:2\x1b[0m",
        ),
        ("File ~/e/lib/python3.12/site-packages/f.py:8, in g", "File f.py:8, in g"),
        ("site-packages/ of /usr/lib/python3.11", "site-packages/ of /usr/lib/python3.11"),
    ],
)
def test_a_library_s_path_is_printed_without_the_folders_of_the_machine(tmp_path, printed, shown):
    error = new_output("error", ename="E", evalue="e", traceback=[printed])
    warned = new_output("stream", name="stderr", text=printed)
    cells = [new_code_cell("1", outputs=[output]) for output in (warned, error)]
    plain = [new_code_cell("1", outputs=[stream(shown)]) for _ in cells]
    assert converted(tmp_path, *cells) == converted(tmp_path, *plain)


def test_no_text_of_a_cell_or_an_output_can_leave_its_place(tmp_path):
    attacks = "\n".join(ATTACKS)
    cells = [
        new_markdown_cell("\n\n".join(f"start {a.replace('$', '')} `{a}`" for a in ATTACKS[:6])),
        new_code_cell(f'"""{attacks}"""', outputs=[stream(attacks)]),
        new_code_cell("t", outputs=[result(title=ATTACKS[1], text=ATTACKS[3], unit="%")]),
        new_code_cell(
            "u", outputs=[shown(text__html=f"<table><tr><td>{ATTACKS[0]}</td></tr></table>")]
        ),
        new_code_cell("v", outputs=[new_output("error", traceback=[attacks], ename="E")]),
        new_markdown_cell("# The end"),
    ]
    text = "\n".join(printed(tmp_path, converted(tmp_path, *cells)))
    squeezed = re.sub(r"\s", "", text)
    # Each attack that stands in code, output and traceback is printed there as it is.
    for attack in (a for a in ATTACKS if a.strip() != "\\"):
        assert squeezed.count(re.sub(r"\s", "", attack)) >= 3, attack
    assert squeezed.rstrip("1").endswith("Theend")


@pytest.mark.parametrize(
    ("formula", "why"),
    [
        (r"\input{x}", r"\input is not known in it"),
        (r"a } b { c", "} closes nothing"),
        (r"a { b", "} is missing"),
        (r"\begin{document}", "the environment 'document' is not known in it"),
        (r"\begin{cases} a", r"\end{cases} is missing"),
        (r"\end{cases} a \begin{cases}", r"\end{cases} closes nothing"),
        (r"{\begin{cases} a } \end{cases}", "} closes nothing"),
        (r"\left( a", r"\right is missing"),
        (r"a & b", "& stands outside of columns"),
        (r"\let\x=1", r"\let, \x are not known in it"),
        (r"^^5cinput", "^^ may not stand in it"),
        ("日", "'日' (U+65E5) may not stand in it"),
    ],
)
def test_mathematics_that_could_do_harm_is_refused(tmp_path, formula, why):
    with pytest.raises(PressError) as error:
        converted(tmp_path, new_markdown_cell("x"), new_markdown_cell(f"Here: ${formula}$."))
    assert error.value.what == f"the formula ${formula}$ cannot be set: {why}"
    assert str(error.value.where).startswith("demo.ipynb, cell 2")
    assert error.value.mend


def test_markdown_becomes_the_documents_own_prose(tmp_path):
    source = """\
## Item 1a. A *first* one

Say "yes" -- it costs $5, or `a_b`, or **bold** $x_1 \\le 2$:

1. one
2. two [link](https://example.org/a_b?q=1%20)

> quoted

$$\\sum_{i} i$$

| name | n |
|:-----|--:|
| a & b | 1 |

```python
x = 1
```
"""
    assert converted(tmp_path, new_markdown_cell(source)) == "\n".join(
        [
            "% from demo.ipynb, cell 1",
            r"\nbProse",
            r"\nbHeadingB{Item 1a. A \emph{first} one}",
            "",
            r"Say ``yes'' -{}- it costs \$5, or \nbInlineCode{a\_\nbSplit{}b}, or \textbf{bold} "
            r"$x_1 \le 2$:",
            "",
            r"\begin{nbList}",
            r"\nbItem{1.}{}one",
            r"\nbItem{2.}{}two \href{https://example.org/a\_b?q=1\%20}{link}",
            r"\end{nbList}",
            "",
            "\\begin{nbQuote}\nquoted\n\\end{nbQuote}",
            "",
            r"\nbDisplay{\sum_{i} i}",
            "",
            r"\begin{nbTable}",
            r"\begin{tabular}{@{}lr@{}}",
            r"\nbTopRule",
            r"\nbHead{name} & \nbHead{n} \\",
            r"\nbMiddleRule",
            r"a \& b & 1 \\",
            r"\nbBottomRule",
            r"\end{tabular}",
            r"\end{nbTable}",
            "",
            r"\begin{nbCode}{}",
            r"\nbCodeLine{x = \nbNumber{1}}",
            r"\end{nbCode}",
            r"\nbAfterCode",
        ]
    )


def test_results_in_a_row_share_a_table_and_times_can_be_left_out(tmp_path):
    outputs = [
        result(title="Accuracy", text="81.0", unit="%"),
        result(title="Time", text="3.1", unit="s", volatile=True),
        result(title="Hidden", shown=False),
    ]
    with_times = converted(tmp_path, new_code_cell("1", outputs=outputs))
    assert r"Accuracy & 81.0 \% \\" + "\n" + r"Time & 3.1 s \\" in with_times
    assert with_times.count(r"\begin{nbTable}") == 1
    assert "Hidden" not in with_times
    without = converted(tmp_path, new_code_cell("1", outputs=outputs), times=False)
    assert "Accuracy" in without
    assert "Time" not in without


def test_a_volatile_column_can_be_left_out(tmp_path):
    table = {
        "columns": ["epoch", "time"],
        "rows": [["1", "44.2"]],
        "align": ["right", "right"],
        "volatile": ["time"],
    }
    cell = new_code_cell("1", outputs=[new_output("display_data", data={TABLE_TYPE: table})])
    assert r"\nbHead{epoch} & \nbHead{time} \\" in converted(tmp_path, cell)
    without = converted(tmp_path, cell, times=False)
    assert r"\nbHead{epoch} \\" in without
    assert "44.2" not in without


def test_a_data_frame_is_a_table(tmp_path):
    html = (
        "<div><style>th {color: red}</style><table><thead><tr><th></th><th>a_1</th></tr></thead>"
        "<tbody><tr><th>x</th><td>1.5</td></tr><tr><th>y</th><td>-2</td></tr></tbody></table></div>"
    )
    cell = new_code_cell("df", outputs=[shown(text__html=html, text__plain="plain")])
    body = converted(tmp_path, cell)
    assert r"\begin{tabular}{@{}lr@{}}" in body
    assert r"x & 1.5 \\" + "\n" + r"y & -2 \\" in body
    assert "plain" not in body
    assert "color" not in body


def test_plots_are_saved_and_those_of_an_earlier_run_removed(tmp_path):
    data = {"application/pdf": base64.b64encode(b"%PDF-1").decode(), "text/plain": "<Figure>"}
    plot = new_output("display_data", data=data)
    body = converted(tmp_path, new_code_cell("1", outputs=[plot, plot]))
    assert re.findall(r"\\nbFigure\{(.*)\}", body) == [
        "plots/demo-figure-1.pdf",
        "plots/demo-figure-2.pdf",
    ]
    assert (tmp_path / "plots" / "demo-figure-2.pdf").read_bytes() == b"%PDF-1"
    converted(tmp_path, new_code_cell("1", outputs=[plot]))
    assert [path.name for path in (tmp_path / "plots").iterdir()] == ["demo-figure-1.pdf"]


def test_common_characters_beyond_ascii_are_printed(tmp_path):
    text = "é ß ø Ł ő ç ñ α β Σ → ≤ ≠ ∞ √ × ± − … – “x” ‘y’ € £ ½ ² ° • █ │ ─ ✓ «z»"
    cells = [new_markdown_cell(text), new_code_cell(f"# {text}", outputs=[stream(text)])]
    page = printed(tmp_path, converted(tmp_path, *cells))[0]
    assert page.count("é ß ø Ł ő ç ñ") == 3


def test_cells_break_over_pages_but_not_after_their_first_lines(tmp_path):
    cells = [new_code_cell("\n".join(f"line_{n} = {n}" for n in range(1, k))) for k in (60, 9, 50)]
    pages = printed(tmp_path, converted(tmp_path, *cells))
    assert len(pages) > 1
    for page in pages[1:]:
        first = int(re.search(r"line_(\d+)", page)[1])
        assert first == 1 or first > 3


def test_the_last_lines_of_a_cell_stay_with_its_output(tmp_path):
    for length in (52, 54, 56, 58, 60):
        code = "\n".join(f"line_{n} = {n}" for n in range(1, length + 1))
        body = converted(tmp_path, new_code_cell(code, outputs=[stream("the output")]))
        if len(pages := printed(tmp_path, body)) > 1:
            break
    assert f"line_{length} = {length}" in pages[1]
    assert f"line_{length - 2} = {length - 2}" in pages[1]
    assert "the output" in pages[1]
