"""Outputs of every kind: printed as Jupyter shows them, or named on the page and at the cell."""

import base64
import io
import re
import zlib

import pypdfium2
import pytest
import test_notebook_latex
from nbformat.v4 import new_code_cell, new_output
from PIL import Image
from test_notebook_latex import converted, printed, shown, stream

from proofpress.build import inside

RED = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40" width="80" height="40">'
    '<circle cx="20" cy="20" r="15" fill="red"/></svg>'
)


@pytest.fixture
def notes(monkeypatch):
    """What is told, and where, while a notebook is converted."""
    told = []
    monkeypatch.setattr(inside, "listener", told.append)
    return told


def text(folder, *outputs) -> str:
    """The text of the pages that show a cell with these outputs, without code and page numbers."""
    pages = printed(folder, converted(folder, new_code_cell("shown()", outputs=list(outputs))))
    return "\n".join(re.sub(r"\n?\d+$", "", page) for page in pages).partition("shown()")[2]


def red_dots(folder) -> int:
    """How many dots of the first page are red."""
    page = pypdfium2.PdfDocument(folder / "doc.pdf")[0].render(scale=1).to_pil().convert("RGB")
    return sum(
        count for count, (r, g, b) in page.getcolors(1 << 24) if r > 180 and g < 90 and b < 90
    )


def html(code: str, plain: str = "<IPython.core.display.HTML object>"):
    return shown(text__html=code, text__plain=plain)


def test_html_is_printed_by_its_structure(tmp_path):
    page = text(
        tmp_path,
        html(
            "<h3>Result: 42</h3><p>The <b>model</b> converged<br>twice.</p><!-- hidden -->"
            "<style>p {color: red}</style><p style='display: none'>unseen</p>"
            "<ul><li>one<ul><li>inner</ul><li>two</ul><ol><li>first</ol>"
            "<p>H<sub>2</sub>O and <a href='https://example.org/a_b'>a link</a></p>"
            "<pre>kept   spaces\n  here</pre><dl><dt>term<dd>its meaning</dl><hr>"
            "<blockquote>said</blockquote><details><summary>More</summary>inside</details>"
        ),
    )
    for words in ("Result: 42", "inner", "1. first", "a link", "kept spaces", "said", "inside"):
        assert words in page
    assert "converged\ntwice." in page
    for absent in ("hidden", "unseen", "color", "IPython", "<"):
        assert absent not in page
    body = (tmp_path / "body.tex").read_text()
    assert r"\textbf{model}" in body
    assert r"H\textsubscript{2}O" in body
    assert r"\href{https://example.org/a\_b}{a link}" in body


@pytest.mark.parametrize("code", ["<style>p {color: red}</style>", "<div></div>", "<!-- x -->", ""])
def test_html_that_shows_nothing_prints_nothing(tmp_path, notes, code):
    assert "IPython" not in converted(tmp_path, new_code_cell("1", outputs=[html(code)]))
    assert notes == []


@pytest.mark.parametrize(
    "code", ["<![x", "<table><tr><td>", "</p></div>", "<b><i>x</b></i>", "&#0; &nosuch;"]
)
def test_broken_html_breaks_nothing(tmp_path, code):
    printed(tmp_path, converted(tmp_path, new_code_cell("1", outputs=[html(code, "plain")])))


def test_every_table_is_printed_with_what_stands_between(tmp_path):
    table = (
        "<table><thead><tr><th>{0}</th></tr></thead><tbody><tr><td>{1}</td></tr></tbody></table>"
    )
    tables = "".join(f"<p>{name}</p>" + table.format(name[0], n) for n, name in enumerate("abc"))
    page = text(tmp_path, html(tables)).split()
    assert page == ["a", "a", "0", "b", "b", "1", "c", "c", "2"]


def test_tables_side_by_side_are_printed_below_one_another(tmp_path):
    inner = "<table><tr><td>{}</td></tr></table>"
    row = "".join(f"<td>{inner.format(word)}</td>" for word in ("left", "right"))
    assert text(tmp_path, html(f"<table><tr>{row}</tr></table>")).split() == ["left", "right"]


def test_a_table_whose_cells_are_not_closed_is_a_table(tmp_path):
    body = converted(tmp_path, new_code_cell("1", outputs=[html("<table><tr><td>1<td>2<tr><td>3")]))
    assert "1 & 2 \\\\\n3 &  \\\\" in body


def test_the_names_of_an_index_stand_in_the_head(tmp_path):
    frame = (
        "<table><thead><tr><th></th><th>a</th></tr><tr><th>key</th><th></th></tr></thead>"
        "<tbody><tr><th>x</th><td>1</td></tr></tbody></table>"
    )
    body = converted(tmp_path, new_code_cell("1", outputs=[html(frame)]))
    assert r"\nbHead{key} & \nbHead{a} \\" in body


def test_cells_that_span_columns_and_rows_are_spread_out(tmp_path):
    frame = (
        "<table><thead><tr><th></th><th colspan='2'>group</th></tr>"
        "<tr><th></th><th>a</th><th>b</th></tr></thead>"
        "<tbody><tr><th rowspan='2'>x</th><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr>"
        "<tr><td colspan='3'>all</td></tr></tbody></table>"
    )
    body = converted(tmp_path, new_code_cell("1", outputs=[html(frame)]))
    assert r"\nbHead{} & \multicolumn{2}{l}{\nbHead{group}} \\" in body
    assert "x & 1 & 2 \\\\\n & 3 & 4 \\\\\nall &  &  \\\\" in body
    printed(tmp_path, body)


def frame_of(columns: int, rows: int, word: str = "value_of_a_column") -> str:
    head = "".join(f"<th>{word}_{n}</th>" for n in range(columns))
    cells = "".join(f"<td>{n}.5</td>" for n in range(columns))
    body = "".join(f"<tr><th>row{k}</th>{cells}</tr>" for k in range(rows))
    return f"<table><thead><tr><th></th>{head}</tr></thead><tbody>{body}</tbody></table>"


@pytest.mark.parametrize("wide", [120, 160])
@pytest.mark.parametrize("rows", [3, 60])
@pytest.mark.parametrize("columns", [5, 12, 40])
def test_a_wide_table_stays_on_the_page(tmp_path, monkeypatch, columns, rows, wide):
    document = test_notebook_latex.DOCUMENT.replace("160mm", f"{wide}mm")
    monkeypatch.setattr(test_notebook_latex, "DOCUMENT", document)
    page = text(tmp_path, html(frame_of(columns, rows)))
    for n in range(columns):
        assert f"value_of_a_column_{n}" in page
    # Each part of the table names its rows.
    parts = (tmp_path / "body.tex").read_text().count(r"\nbHead{} ")
    assert page.count("row1\n") + page.count("row1 ") == parts
    document = pypdfium2.PdfDocument(tmp_path / "doc.pdf")
    for number in range(len(document)):
        of_page = document[number].get_textpage()
        right = max(of_page.get_charbox(n)[2] for n in range(of_page.count_chars()))
        assert right < document[number].get_width() / 2 + wide * 72 / 50.8 + 4


def test_long_words_of_a_table_are_broken(tmp_path):
    word = "a/long/path/" * 20
    page = text(tmp_path, html(f"<table><tr><td>1</td><td>{word}</td></tr></table>"))
    assert word in page.replace("\n", "").replace("-", "")


def drawn(kind: str, **options) -> str:
    target = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(target, kind, **options)
    return base64.b64encode(target.getvalue()).decode()


def moving() -> str:
    target = io.BytesIO()
    frames = [Image.new("P", (60, 40), n) for n in (1, 2)]
    for frame, colour in zip(frames, ([255, 0, 0], [0, 0, 255]), strict=True):
        frame.putpalette([0, 0, 0] + colour * 255)
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:])
    return base64.b64encode(target.getvalue()).decode()


PICTURES = {
    "PNG": {"image/png": drawn("PNG")},
    "JPEG": {"image/jpeg": drawn("JPEG")},
    "progressive JPEG": {"image/jpeg": drawn("JPEG", progressive=True)},
    "moving GIF": {"image/gif": moving()},
    "WebP": {"image/webp": drawn("WEBP", lossless=True)},
    "SVG": {"image/svg+xml": RED},
    "an img in HTML": {"text/html": f"<img src='data:image/png;base64,{drawn('PNG')}' width='90'>"},
    "an svg in HTML": {"text/html": "<p>" + RED.replace(' xmlns="http://www.w3.org/2000/svg"', "")},
}


@pytest.mark.parametrize("data", PICTURES.values(), ids=PICTURES)
def test_a_picture_of_any_kind_is_on_the_page(tmp_path, notes, data):
    plain = {"text/plain": "<IPython.core.display.Image object>"}
    assert text(tmp_path, new_output("display_data", data=data | plain)).strip() == ""
    assert red_dots(tmp_path) > 300
    assert notes == []


def test_a_picture_is_as_wide_as_its_cell_says_and_never_too_tall(tmp_path):
    wide = {"image/png": {"width": 100}}
    output = new_output("display_data", data={"image/png": drawn("PNG")}, metadata=wide)
    assert r"\nbFigure[width=75bp]{" in converted(tmp_path, new_code_cell("1", outputs=[output]))
    tall = io.BytesIO()
    Image.new("RGB", (100, 4000), "red").save(tall, "PNG")
    data = {"image/png": base64.b64encode(tall.getvalue()).decode()}
    text(tmp_path, new_output("display_data", data=data))
    assert len(pypdfium2.PdfDocument(tmp_path / "doc.pdf")) <= 2


@pytest.mark.parametrize(
    "data", [b"no picture", b"\x89PNG\r\n\x1a\n" + zlib.compress(b"x")], ids=["text", "broken"]
)
def test_a_picture_that_cannot_be_read_is_named(tmp_path, notes, data):
    output = new_output("display_data", data={"image/png": base64.b64encode(data).decode()})
    assert "a picture of type image/png that cannot be read" in text(tmp_path, output)
    assert [note["where"] for note in notes] == ["demo.ipynb, cell 1"]


def test_a_drawing_that_would_lose_something_gives_way_to_dots(tmp_path, notes):
    lossy = RED.replace('fill="red"', 'fill="url(#g)"').replace(
        "<circle", "<linearGradient id='g'/><circle"
    )
    output = new_output("display_data", data={"image/svg+xml": lossy, "image/png": drawn("PNG")})
    text(tmp_path, output)
    assert red_dots(tmp_path) > 300
    alone = new_output("display_data", data={"image/svg+xml": lossy})
    assert "a gradient, which would be lost" in " ".join(text(tmp_path, alone).split())
    assert len(notes) == 1


NO_FORM = {
    "plotly": ({"application/vnd.plotly.v1+json": {}, "text/html": "<div></div>"}, "plotly"),
    "a script": ({"application/javascript": "x()"}, "JavaScript"),
    "HTML of a script": (
        {"text/html": "<div id='a'></div><script>draw()</script>"},
        "script draws",
    ),
    "a video": ({"text/html": "<video src='a.mp4'></video>"}, "a video"),
    "a frame": (
        {"text/html": "<iframe src='https://example.org'></iframe>"},
        "https://example.org",
    ),
    "a widget": ({"application/vnd.jupyter.widget-view+json": {"model_id": "x"}}, "a widget"),
    "HTML without HTML": ({}, "a piece of HTML"),
    "a kind of the future": (
        {"application/x-future": "?", "text/plain": ""},
        "application/x-future",
    ),
}


@pytest.mark.parametrize(("data", "named"), NO_FORM.values(), ids=NO_FORM)
def test_what_has_no_form_for_paper_is_named_on_the_page_and_at_the_cell(
    tmp_path, notes, data, named
):
    plain = {"text/plain": "<IPython.core.display.HTML object>"}
    page = text(tmp_path, new_output("display_data", data=plain | data))
    assert named in " ".join(page.split())
    assert "IPython" not in page
    assert [(named in note["what"], note["where"]) for note in notes] == [
        (True, "demo.ipynb, cell 1")
    ]


def test_of_an_animation_the_first_picture_is_printed(tmp_path, notes):
    lines = "\\\n".join(re.findall(".{1,70}", drawn("PNG")))
    frames = f'<img id="a"><script>frames[0] = "data:image/png;base64,{lines}"; play()</script>'
    assert text(tmp_path, html(frames)).strip() == ""
    assert red_dots(tmp_path) > 300
    assert [note["what"].partition(":")[0] for note in notes] == [
        "only the first picture is printed"
    ]


def test_a_plot_without_a_picture_is_named(tmp_path, notes):
    plot = shown(text__plain="<Figure size 640x480 with 1 Axes>")
    assert "Here the notebook shows a plot." in text(tmp_path, plot)
    assert len(notes) == 1


def test_a_form_in_words_stands_for_html_with_controls(tmp_path):
    page = text(tmp_path, html("<input type='checkbox'><label>Model</label>", "Model(size=3)"))
    assert page.strip() == "Model(size=3)"


def test_an_address_in_memory_is_told(tmp_path, notes):
    assert "0x7f12" in text(tmp_path, shown(text__plain="<demo.Thing at 0x7f12>"))
    assert notes[0]["what"].endswith("<demo.Thing at 0x7f12>")


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"$\displaystyle x^{2}$", "x2"),
        (r"\begin{align} a &= 1 \\ b &= 2 \end{align}", "a = 1"),
        (r"Energy $E$ and $$m$$ cost 5 %.", "Energy E and"),
        (r"\[\frac{1}{2}\]", "1"),
    ],
)
def test_latex_is_printed_as_jupyter_shows_it(tmp_path, latex, words):
    page = text(
        tmp_path, shown(text__latex=latex, text__plain="<IPython.core.display.Latex object>")
    )
    assert words in page
    assert "IPython" not in page


def test_latex_that_cannot_be_set_gives_way_to_the_next_form(tmp_path, notes):
    assert "Sum(x)" in text(tmp_path, shown(text__latex=r"$\input{x}$", text__plain="Sum(x)"))
    alone = shown(text__latex=r"$\input{x}$", text__plain="<IPython.core.display.Latex object>")
    page = text(tmp_path, alone)
    assert r"\input is not known in it" in " ".join(page.split())
    assert len(notes) == 1


def test_a_wide_formula_is_made_smaller(tmp_path):
    wide = "+".join(f"x_{{{n}}}" for n in range(80))
    text(tmp_path, shown(text__latex=f"${wide}$"))
    of_page = pypdfium2.PdfDocument(tmp_path / "doc.pdf")[0].get_textpage()
    assert max(of_page.get_charbox(n)[2] for n in range(of_page.count_chars())) < 555


def test_json_and_markdown_are_printed(tmp_path):
    output = new_output(
        "display_data", data={"application/json": {"a": [1]}, "text/plain": "<IPython...>"}
    )
    assert '"a": [' in text(tmp_path, output)
    assert "bold" in text(tmp_path, shown(text__markdown="**bold**", text__plain="<IPython...>"))


def test_a_traceback_keeps_its_colours_and_no_path_of_the_machine(tmp_path):
    trace = [
        "\x1b[31mValueError\x1b[39m   Traceback",
        "File \x1b[32m~/x/.venv/lib/python3.11/site-packages/numpy/core.py:3\x1b[39m, in f()",
        "File /usr/lib/python3.11/json/decoder.py:355, in decode",
    ]
    page = text(tmp_path, new_output("error", ename="ValueError", evalue="", traceback=trace))
    assert "File numpy/core.py:3, in f()" in page
    assert "File json/decoder.py:355, in decode" in page
    assert r"\nbShown{B22222}{}{ValueError}" in (tmp_path / "body.tex").read_text()


def widget(name: str, **state) -> dict:
    return {"model_name": f"{name}Model", "state": state}


def test_a_bar_of_widgets_is_printed_as_it_ended(tmp_path, notes):
    from proofpress.notebook.outputs import Page, outputs_latex
    from proofpress.notebook.pictures import Figures

    widgets = {
        "box": widget("HBox", children=["IPY_MODEL_a", "IPY_MODEL_b", "IPY_MODEL_c"]),
        "a": widget("HTML", value="100%"),
        "b": widget("FloatProgress", value=20.0, max=20.0),
        "c": widget("HTML", value=" 20/20 [00:00&lt;00:00]"),
    }
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "box"}}
    output = new_output("display_data", data=view | {"text/plain": "  0%|  | 0/20"})
    page = Page(Figures(tmp_path, "", "demo"), widgets=widgets)
    [body] = outputs_latex([output], 1, "demo.ipynb, cell 1", page)
    assert r"100\%" in body
    assert "20/20" in body
    assert notes == []


def test_streams_in_a_row_are_one_text(tmp_path):
    assert text(tmp_path, stream("1/2"), stream("\r2/2\n")).strip() == "2/2"
