"""Pictures and texts of the author's are found by their names, whatever kind they are."""

from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from proofpress.ink.document import Document
from proofpress.ink.pages import Picture
from proofpress.typeset.authors import Authors
from proofpress.typeset.compile import TypesettingError
from proofpress.typeset.mentioned import Search, mentions
from proofpress.typeset.vectors import Lost, as_pdf

pytest_plugins = ("typeset_bench",)

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'width="80" height="40">\n{}\n</svg>'
)
DRAWN = '<rect width="70" height="30" fill="red"/><text x="5" y="20">Größe λ ≤ 3</text>'


@pytest.fixture
def pictures(bench, tmp_path_factory):
    """A bench beside whose document nothing stands, and a report's folder with pictures."""
    bench.report = tmp_path_factory.mktemp("report")
    (bench.report / "images").mkdir()
    bench.store = tmp_path_factory.mktemp("store")
    for name in ("photo.jpg", "plot.png"):
        Image.new("RGB", (16, 8), (200, 10, 10)).save(bench.report / "images" / name)
    canvas = Canvas(str(bench.report / "images/page.pdf"), (80, 40), invariant=1)
    canvas.drawString(5, 5, "words")
    canvas.save()
    (bench.report / "images/drawn.svg").write_text(SVG.format(DRAWN), encoding="utf-8")

    def make(body: str):
        origin = Authors(bench.folder, {}, [bench.report])
        built = bench.report / "output-b"
        return bench.print(body, places=[bench.report], origin=origin, built=built)

    bench.make = make
    return bench


def complaint(bench, body: str) -> str:
    with pytest.raises(TypesettingError) as caught:
        bench.make(body)
    return str(caught.value)


def taken(pdf: Path) -> list[str]:
    """The kinds of what the first page takes in."""
    with pikepdf.open(pdf) as opened:
        resources = opened.pages[0].obj["/Resources"]
        return sorted(str(one["/Subtype"]) for one in resources.get("/XObject", {}).values())


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("images/photo.jpg", "/Image"),
        ("images/plot.png", "/Image"),
        ("images/page.pdf", "/Form"),
        ("images/drawn.svg", "/Form"),
        ("images/photo", "/Image"),
        ("images/drawn", "/Form"),
        ("./images/plot.png", "/Image"),
    ],
)
def test_a_picture_is_taken_in_and_its_page_read(pictures, name, kind):
    outcome = pictures.make(f"\\includegraphics[width=2cm]{{{name}}}")
    assert taken(outcome.pdf) == [kind]
    named = {path.relative_to(pictures.report) for path in outcome.inputs if "images" in path.parts}
    assert [path.stem for path in named] == [Path(name).stem]
    document = Document(outcome.pdf)
    faults = [mark.fault for mark in document.marks(0) if isinstance(mark, Picture)]
    assert faults == [""] * (kind == "/Form")


@pytest.mark.parametrize(
    "body",
    [
        "\\newcommand\\pic[1]{\\includegraphics{#1}}\\pic{images/photo.jpg}",
        "\\newcommand\\pic[1]{\\includegraphics{images/#1}}\\pic{photo}",
        "\\newcommand\\pic[1]{\\includegraphics{images/#1.jpg}}\\pic{photo}",
        "\\newcommand\\pic[1]{\\includegraphics{#1}}\\pic{images/photo}",
        "\\newcommand\\where{images}\\includegraphics{\\where/photo}",
        "\\newcommand\\where{images}\\newcommand\\x{\\where}\\includegraphics{\\x/photo.jpg}",
        "\\graphicspath{{images/}}\\includegraphics{photo}",
        "\\graphicspath{{plots/}{images/}}\\includegraphics{photo.jpg}",
        "\\graphicspath{{images/}}\\newcommand\\pic[1]{\\includegraphics{#1}}\\pic{photo}",
    ],
)
def test_names_that_macros_put_together(pictures, body):
    assert taken(pictures.make(body).pdf) == ["/Image"]
    pictures.events.clear()
    assert taken(pictures.make(body + " More.").pdf) == ["/Image"]
    assert [event["what"] for event in pictures.events].count("pass") == 1


def test_texts_styles_and_code_are_found_too(pictures):
    (pictures.report / "own.sty").write_text("\\newcommand\\owned{From a style.}")
    (pictures.report / "parts").mkdir()
    (pictures.report / "parts/text.tex").write_text(
        "\\owned\\input{parts/more}\\verbatiminput{a.py}"
    )
    (pictures.report / "parts/more.tex").write_text(" \\includegraphics{images/photo.jpg}")
    (pictures.report / "a.py").write_text("x = 1")
    head = (
        "\\documentclass{article}\\usepackage[T1]{fontenc}\n"
        "\\usepackage{lmodern,graphicx,own,verbatim}\n\\begin{document}\n"
    )
    outcome = pictures.print("\\input{parts/text}", head, places=[pictures.report])
    assert taken(outcome.pdf) == ["/Image"]
    named = {path.name for path in outcome.inputs}
    assert {"own.sty", "text.tex", "more.tex", "photo.jpg"} <= named
    (pictures.report / "parts/more.tex").write_text("\n\\oops")
    assert f"{pictures.report.as_posix()}/parts/more.tex:2" in complaint(
        pictures, "\\newcommand\\owned{}\\newcommand\\verbatiminput[1]{}\\input{parts/text}"
    )


def test_what_a_variant_has_built_is_not_suggested(pictures):
    (pictures.report / "output-b").mkdir()
    Image.new("RGB", (16, 8)).save(pictures.report / "output-b/photograph.png")
    body = "\\includegraphics{output-a/photograph.png}"
    assert "output-b" not in complaint(pictures, body)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("\\includegraphics{images/photo.jpeg}", "did you mean images/photo.jpg?"),
        ("\\includegraphics{images/foto}", "did you mean images/photo.jpg?"),
        ("\\newcommand\\p[1]{\\includegraphics{#1}}\n\\p{images/plots.png}", "images/plot.png?"),
        ("\\includegraphics{images/x.gif}", "as PNG or JPG"),
        ("\\includegraphics{images/x.eps}", "save it as PDF"),
        ("\\includegraphics{../photo.jpg}", "images/photo.jpg?"),
        ("\\input{images/zzz}", "a path from the folder of report.toml"),
    ],
)
def test_a_picture_that_is_missing_is_told_at_its_line(pictures, body, told):
    found = complaint(pictures, body)
    assert told in found
    assert f"report.tex:{8 + body.count(chr(10))}" in found


def test_a_picture_that_changes_or_goes_is_seen(pictures):
    body = "\\includegraphics{images/photo}"
    first = pictures.make(body).pdf.read_bytes()
    Image.new("RGB", (16, 8), (1, 1, 1)).save(pictures.report / "images/photo.jpg")
    assert pictures.make(body).pdf.read_bytes() != first
    (pictures.report / "images/photo.jpg").unlink()
    assert "images/photo is missing" in complaint(pictures, body)


def test_equal_drawings_give_equal_bytes(pictures, tmp_path):
    body = "\\includegraphics{images/drawn.svg}"
    first = pictures.make(body).pdf.read_bytes()
    pictures.store = tmp_path / "another"
    assert pictures.make(body).pdf.read_bytes() == first


def test_a_damaged_conversion_is_made_again(pictures):
    body = "\\includegraphics{images/drawn.svg}"
    first = pictures.make(body).pdf.read_bytes()
    (made,) = (pictures.store / "pictures").glob("*.pdf")
    made.write_bytes(b"%PDF-1.4 damaged")
    assert pictures.make(body).pdf.read_bytes() == first


LOSSES = {
    '<linearGradient id="g"/>\n<rect fill="url(#g)" width="5" height="5"/>': (3, "a gradient"),
    '<radialGradient id="g"/><g style="stroke: url(#g)"><path d="M0 0L1 1"/></g>': (
        2,
        "a gradient",
    ),
    '<style>.a { fill: url("#g") }</style><pattern id="g"/><rect class="a"/>': (2, "a pattern"),
    '<clipPath id="c"><path d=""/></clipPath><g clip-path="url(#c)"/>': (2, "a clip"),
    '<mask id="m"/><g mask="url(#m)"/>': (2, "a mask"),
    '<filter id="f"><feBlend/></filter><rect filter="url(#f)"/>': (2, "a filter"),
    '<marker id="m"/><path d="M0 0L1 1" marker-end="url(#m)"/>': (2, "a marker"),
    '<path id="p" d="M0 0"/><text>\n<textPath xlink:href="#p">a</textPath></text>': (
        3,
        "on a path",
    ),
    "<foreignObject/>": (2, "a part that is no SVG"),
    '<g opacity="0.5"><path d="M0 0L1 1"/></g>': (2, "an opacity"),
    '<rect><animate attributeName="x"/></rect>': (2, "a motion"),
    '<image xlink:href="other.png" width="3" height="3"/>': (2, "in another file"),
    '<use href="other.svg#a"/>': (2, "in another file"),
    '<text dominant-baseline="middle">a</text>': (2, "on its line"),
    "<text>李</text>": (2, "the character 李"),
    '<rect fill="nocolour" width="4" height="4"/>': (None, "nocolour"),
    "<rect": (3, "is no SVG"),
}


@pytest.mark.parametrize("content", LOSSES)
def test_what_a_conversion_would_lose_is_refused(content):
    line, words = LOSSES[content]
    with pytest.raises(Lost, match=words) as caught:
        as_pdf(SVG.format(content).encode())
    assert caught.value.line == line


@pytest.mark.parametrize(
    "content",
    [
        '<defs><linearGradient id="unused"/></defs><circle r="3" fill="none" stroke="#123"/>',
        '<g opacity="1" transform="rotate(3) scale(2)"><path d="M0 0C1 1 2 2 3 0Z"/></g>',
        '<text font-family="Times New Roman" style="font-weight: bold">a<tspan>b</tspan></text>',
        '<text font-family="monospace" font-style="italic">a</text>',
        '<symbol id="s"><rect width="2" height="2"/></symbol><use xlink:href="#s" x="3"/>',
    ],
)
def test_what_can_be_carried_over_is(content):
    assert as_pdf(SVG.format(content).encode()).startswith(b"%PDF-")


def test_a_drawing_that_cannot_be_carried_over_is_told_at_the_line_that_names_it(pictures):
    (pictures.report / "images/drawn.svg").write_text(SVG.format(next(iter(LOSSES))))
    found = complaint(pictures, "Words\n\n\\includegraphics{images/drawn}")
    assert "images/drawn.svg:3 holds a gradient" in found and "report.tex:10" in found
    assert "mend: save it as drawn.pdf" in found


def test_a_drawing_that_is_only_spoken_of_is_not_judged(pictures):
    (pictures.report / "images/drawn.svg").write_text(SVG.format(next(iter(LOSSES))))
    assert taken(pictures.make("The file \\texttt{images/drawn.svg}.").pdf) == []
    found = complaint(
        pictures, "\\newcommand\\pic[1]{\\includegraphics{#1}}\n\\pic{images/drawn.svg}"
    )
    assert "images/drawn.svg:3 holds a gradient" in found and "report.tex:9" in found


def test_an_entity_of_an_svg_reads_no_file(tmp_path):
    (tmp_path / "secret").write_text("secret")
    text = f'<!DOCTYPE svg [<!ENTITY e SYSTEM "{tmp_path / "secret"}">]>' + SVG.format(
        "<text>&e;</text>"
    )
    assert b"secret" not in as_pdf(text.encode())


def test_comments_and_code_name_nothing():
    text = (
        "% \\input{a}\n\\begin{verbatim}\n\\input{b}\n\\end{verbatim}\\%\\input{c}\n\\\\%\\input{d}"
    )
    assert [(one.name, one.line) for one in mentions(text, "")] == [("c", 4)]


def test_nothing_is_looked_for_outside_of_the_report(pictures):
    outside = pictures.report.parent / "outside.png"
    Image.new("RGB", (2, 2)).save(outside)
    search = Search([pictures.report], pictures.store)
    for name in ("../outside.png", outside.as_posix(), "images/../../outside.png"):
        main = pictures.write(f"\\includegraphics{{{name}}}")
        assert search.taken(main, {"report.tex": main}).files == {}
