"""Markdown as Jupyter shows it: formulas, HTML, lists, pictures, and what is named instead."""

import base64
import io
from pathlib import Path

import nbformat
import pypdf
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell
from PIL import Image
from test_notebook_latex import converted, printed, stream

from proofpress.build import inside
from proofpress.faults.errors import PressError, PressErrors
from proofpress.notebook.dollars import taken
from proofpress.notebook.latex import check
from proofpress.notebook.markdown import markdown_latex


def text(folder: Path, *sources: str) -> str:
    """What a reader finds on the pages of a notebook with these Markdown cells."""
    cells = [new_markdown_cell(source) for source in sources]
    return " ".join(" ".join(printed(folder, converted(folder, *cells))).split())


def picture(kind: str = "PNG", size: tuple[int, int] = (64, 32)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, (200, 40, 40)).save(target, kind)
    return target.getvalue()


def pictures(folder: Path) -> list[tuple[float, float]]:
    """The sizes in points of the pictures of a document, in their order."""
    found = []

    def seen(operator, operands, matrix, _) -> None:
        if operator == b"Do":
            found.append((round(matrix[0]), round(matrix[3])))

    for page in pypdf.PdfReader(folder / "doc.pdf").pages:
        page.extract_text(visitor_operand_before=seen)
    return found


@pytest.mark.parametrize(
    ("source", "formulas"),
    [
        ("$ x $ and $y$1, 3$\\times$3", [" x ", "y", "\\times"]),
        ("It costs $5 or $ 6.", []),
        ("It costs $5, or $ 6, for $n$ days.", ["n"]),
        ("from $5-$10", []),
        ("$5 + x$ and $5$ apples", ["5 + x", "5"]),
        ("\\$5 and $n$", ["n"]),
        ("`$x$` ``a ` $y$`` and $z$", ["z"]),
        ("```\n$x$\n```\n~~~\n$y$\n~~~\n$z$", ["z"]),
        ("<!-- $x$ --> $y$", ["y"]),
        ("$x\n\ny$", []),
        ("$$\na\n=b\n$$", ["\na\n=b\n"]),
        ("- a\n\n  $$\n  x\n  $$", ["\n  x\n  "]),
        ("> $$a\n> = b$$", ["a\n= b"]),
        ("\\\\( a \\\\) \\\\[ b \\\\]", [" a ", " b "]),
        ("$\\text{if $x$ is}$ so", ["\\text{if $x$ is}"]),
        ("\\begin{align}a\\end{align}", ["\\begin{align}a\\end{align}"]),
        ("$a_1$ and $b_1$ * $c*d$", ["a_1", "b_1", "c*d"]),
        ("| $a|b$ | $c$ |", ["a|b", "c"]),
        ("by \\eqref{one}", ["\\eqref{one}"]),
        ("an $ alone", []),
    ],
)
def test_formulas_are_found_as_jupyter_finds_them(source, formulas):
    assert [formula.content for formula in taken(source).formulas] == formulas


def test_what_is_no_formula_stays_as_it_was(tmp_path):
    shown = text(tmp_path, "It costs $5 or $ 6; `$x$`, and \\$7.\n\n```\n$y$\n```")
    assert "It costs $5 or $ 6; $x$, and $7." in shown
    assert "$y$" in shown


def test_html_is_read_by_its_structure(tmp_path):
    source = (
        '# Lab <font color="blue">one</font>\n\n'
        '<div class="alert"><b>Note:</b> by <i>Friday</i></div>\n\n'
        "First<br>second, H<sub>2</sub>O"
        '\n\n<a id="two"></a>\n## Part\n\n<details><summary>Hint</summary>Use\n\n**this**\n\n'
        "</details>\n\n<ul><li>un<li>deux</ul><h3>Third</h3><hr/>&copy; <kbd>Ctrl</kbd>"
    )
    assert markdown_latex(source, "demo") == "\n\n".join(
        [
            r"\nbHeadingA{Lab \nbColoured{0000FF}{one}}",
            r"\textbf{Note:} by \emph{Friday}",
            "First\\leavevmode\\\\\nsecond, H\\textsubscript{2}O",
            r"\nbHeadingB{Part}",
            r"\textbf{Hint}",
            "Use",
            r"\textbf{this}",
            "\\begin{nbList}\n\\nbItem{\\textbullet}{}un\n\\nbItem{\\textbullet}{}deux\n\\end{nbList}",
            r"\nbHeadingC{Third}",
            r"\nbRule",
            r"\textcopyright{} \nbInlineCode{Ctrl}",
        ]
    )
    shown = text(tmp_path, source)
    assert "<" not in shown and "Note: by Friday" in shown


@pytest.mark.parametrize(
    "hidden",
    [
        "<!-- SOLUTION -->",
        "a <!-- SOLUTION --> b",
        "<!--\n\nSOLUTION\n\n-->",
        "<!-- SOLUTION",
        '<div style="display: none">SOLUTION</div>',
        "<script>SOLUTION</script>",
        "<style>SOLUTION {}</style>",
    ],
)
def test_what_jupyter_hides_is_not_printed(hidden):
    assert "SOLUTION" not in markdown_latex(f"# Question\n\nWhat?\n\n{hidden}", "demo")


def test_comments_in_code_are_code():
    assert "SOLUTION" in markdown_latex("`<!-- SOLUTION -->`", "demo")


def test_an_element_that_html_does_not_know_is_named():
    with pytest.raises(PressErrors) as error:
        markdown_latex("A vector<int> and a List<Node>.", "demo")
    assert [single.what for single in error.value.each()] == [
        "<int> is no element that can be printed",
        "<node> is no element that can be printed",
    ]


def test_the_author_s_characters_stay(tmp_path):
    shown = text(tmp_path, "## Part (c)\n\n(c) (C) (r) (tm) +-3, a -- b, wait... really????")
    assert "Part (c) (c) (C) (r) (tm) +-3, a -- b, wait... really????" in shown


def test_lists_of_any_depth_tasks_terms_notes_and_strikes(tmp_path):
    deep = "\n".join(f"{'   ' * level}1. level{level}" for level in range(9))
    source = (
        f"{deep}\n\n- [ ] open\n- [x] done\n\nTerm\n: meaning[^a], ~~not this~~\n\n[^a]: Noted."
    )
    shown = text(tmp_path, source + "\n\n5. five\n6. six\n\n- ~~all $x$ of it~~")
    for words in ("1. level0", "(a) level1", "level8", "open", "done", "Term meaning", "Noted."):
        assert words in shown, words
    assert "5. five 6. six" in shown
    assert "[x]" not in shown and "~~" not in shown and "[^a]" not in shown


def test_tables_hold_formulas_lines_and_spans(tmp_path):
    source = (
        "| a | b |\n|:-:|--:|\n| $|x|$ $$\\sum_i i$$ | one<br>two |\n\n"
        "<table><tr><th rowspan=2>A</th><th colspan=2>B</th></tr>"
        "<tr><td>1</td><td>2</td></tr></table>"
    )
    latex = markdown_latex(source, "demo")
    assert r"$|x|$ $\displaystyle \sum_i i$ & \nbStack{one\nbNext two} \\" in latex
    assert "\\nbHead{A} & \\nbHead{B} & \\nbHead{} \\\\" in latex
    assert "\n & 1 & 2 \\\\" in latex
    assert "A B 1 2" in text(tmp_path, source)
    unclosed = "<table><tr><th>a<th>b<tr><td><tt>1<td><tt>2<tr><td>3<td>4</table>"
    cells = markdown_latex(unclosed, "demo").replace("nbInlineCode", "")
    assert "\\{1} & \\{2} \\\\\n3 & 4 \\\\" in cells
    assert r"\textbf{x y}" in markdown_latex("| a |\n|--|\n| **x<br>y** |", "demo")


def test_pictures_are_printed_in_the_width_that_is_asked_for(tmp_path):
    (tmp_path / "red one.png").write_bytes(picture())
    (tmp_path / "moving.gif").write_bytes(picture("GIF"))
    data = base64.b64encode(picture()).decode()
    cell = new_markdown_cell(
        '![m](red%20one.png)\n\n<img src="red one.png" width="32">\n\n'
        '<img src="moving.gif" style="width: 50%">\n\n![](attachment:a.png)\n\n'
        f'<img src="data:image/png;base64,{data}" width="4000px"/>'
    )
    cell["attachments"] = {"a.png": {"image/png": data}}
    printed(tmp_path, converted(tmp_path, cell))
    assert pictures(tmp_path) == [(48, 24), (24, 12), (227, 113), (48, 24), (455, 228)]


@pytest.mark.parametrize(
    ("source", "what", "mend"),
    [
        ("![m](rde.png)", "there is no picture rde.png", "did you mean red.png?"),
        ("<img src='attachment:x.png'>", "the cell has no attachment x.png", "attach"),
        ("![m](https://x.org/a.png)", "the picture https://x.org/a.png is not on", "save it"),
        ("<video src='own.mp4'></video>", "<video> cannot be printed: own.mp4", "put a picture"),
    ],
)
def test_a_picture_that_cannot_be_found_is_named_at_its_cell(tmp_path, source, what, mend):
    (tmp_path / "red.png").write_bytes(picture())
    with pytest.raises(PressError) as error:
        converted(tmp_path, new_markdown_cell("x"), new_markdown_cell(source))
    assert error.value.what.startswith(what)
    assert mend in str(error.value.mend)
    assert str(error.value.where).startswith("demo.ipynb, cell 2")


def test_raw_cells_are_set_by_their_format(tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(inside, "listener", told.append)
    cells = []
    for kind, source in (
        ("text/latex", "% a note\n\\newpage\n\\begin{align}\nx &= 1\n\\end{align}"),
        ("", "A note  to % myself."),
        ("text/html", "<b>bold</b>"),
        ("text/restructuredtext", "FOR SPHINX"),
    ):
        cells.append(new_raw_cell(source))
        cells[-1].metadata["raw_mimetype"] = kind
    body = converted(tmp_path, new_markdown_cell("# A"), *cells)
    pages = printed(tmp_path, body)
    assert len(pages) == 2 and "A note to % myself." in " ".join(pages[1].split())
    assert r"\textbf{bold}" in body and "SPHINX" not in body
    (note,) = (event for event in told if event["event"] == "note")
    assert "text/restructuredtext" in note["what"] and note["where"].endswith("cell 5")
    cells[0].source = "\\newpage \\input{/etc/passwd}"
    with pytest.raises(PressError, match=r"raw LaTeX .* cannot be set"):
        converted(tmp_path, *cells)


def cell_with(source: str, **metadata):
    cell = new_code_cell(source, outputs=[stream("OUTPUT")])
    cell.metadata.update(metadata)
    return cell


@pytest.mark.parametrize(
    ("source", "metadata", "code", "output"),
    [
        ("CODE", {}, True, True),
        ("CODE", {"tags": ["remove-cell"]}, False, False),
        ("CODE", {"tags": ["remove_cell"]}, False, False),
        ("CODE", {"tags": ["hide-cell"]}, False, False),
        ("CODE", {"tags": ["remove-input"]}, False, True),
        ("CODE", {"tags": ["hide-output"]}, True, False),
        ("CODE", {"jupyter": {"source_hidden": True}}, False, True),
        ("CODE", {"jupyter": {"outputs_hidden": True}}, True, False),
        ("#| echo: false\nCODE", {}, False, True),
        ("#| output: false\nCODE", {}, True, False),
        ("#| label: fig\n#| include: false\nCODE", {}, False, False),
        ("#| my own comment\nCODE", {}, True, True),
    ],
)
def test_hidden_parts_of_cells_are_left_out(tmp_path, source, metadata, code, output):
    body = converted(tmp_path, cell_with(source, **metadata))
    assert ("CODE" in body, "OUTPUT" in body) == (code, output)
    assert ("label" in body, "my own" in body) == (False, "my own" in source)


def test_all_faults_of_a_notebook_s_text_are_told_before_it_runs(tmp_path):
    cells = [
        new_markdown_cell("$\\foo + \\baz$ and $\\left($\n\n![](no.png)"),
        new_code_cell("1"),
        new_markdown_cell("fine $x$"),
        new_markdown_cell("a <wrong> one"),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "n.ipynb")
    with pytest.raises(PressErrors) as error:
        check(tmp_path / "n.ipynb", "n.ipynb")
    told = [(single.what.rpartition("set: ")[2], single.where) for single in error.value.each()]
    assert [what for what, _ in told] == [
        r"\foo, \baz are not known in it",
        r"\right is missing",
        "there is no picture no.png beside the notebook",
        "<wrong> is no element that can be printed",
    ]
    assert [str(where).partition(",")[2][:7] for _, where in told] == [" cell 1"] * 3 + [" cell 4"]
