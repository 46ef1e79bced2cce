"""The report's preamble: every macro in one document, on both papers."""

import shutil
from pathlib import Path

import pypdf
import pytest

from proofpress.ink.document import Document
from proofpress.kinds.marks import Glyph
from proofpress.latex import styles
from proofpress.typeset.compile import Outcome, TypesettingError, typeset

pytest_plugins = ("typeset_bench",)

PREAMBLE = Path(__file__).parents[2] / "templates" / "preamble.tex"
SAMPLE = Path(__file__).with_name("every_macro.tex")
# A page of the size of a figure, so that it can stand beside text.
PICTURE = r"""\documentclass{article}
\begin{document}
\pdfpagewidth=50mm \pdfpageheight=50mm \pdfhorigin=0pt \pdfvorigin=0pt
\shipout\hbox{\rule{50mm}{50mm}}
\end{document}
"""


def printed(bench, paper: str = "a4paper", extra: str = "") -> Outcome:
    """The sample, with `extra` LaTeX before its appendix."""
    picture = bench.folder / "picture.tex"
    picture.write_text(PICTURE)
    typeset(picture, bench.folder / "pic.pdf", engine=bench.engine, store=bench.store)
    shutil.copy(PREAMBLE, bench.folder)
    styles.beside(bench.folder / "report.tex")
    text = SAMPLE.read_text(encoding="utf-8").replace("a4paper", paper)
    main = bench.folder / "report.tex"
    main.write_text(text.replace("\\appendix", f"{extra}\\appendix", 1), encoding="utf-8")
    return typeset(main, bench.pdf, engine=bench.engine, store=bench.store)


def fonts(reader: pypdf.PdfReader) -> dict[str, str]:
    """Name and type of every font of a PDF."""
    return {
        font.get_object()["/BaseFont"]: font.get_object()["/Subtype"]
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }


@pytest.mark.parametrize(("paper", "size"), [("a4paper", (595, 842)), ("letterpaper", (612, 792))])
def test_every_macro_prints_without_a_complaint(bench, paper, size):
    outcome = printed(bench, paper)
    assert outcome.problems == ()
    reader = pypdf.PdfReader(outcome.pdf)
    assert tuple(round(float(edge)) for edge in reader.pages[0].mediabox[2:]) == size
    assert set(fonts(reader).values()) == {"/Type1"}
    assert all("+LM" in name for name in fonts(reader))


def test_names_bookmarks_and_mathematics_can_be_read_back(bench):
    reader = pypdf.PdfReader(printed(bench).pdf)
    text = "\n".join(page.extract_text() for page in reader.pages)
    for words in ("Zoë Łukasz", "Dvořák", "Straße", "α", "Ω", "≤", "∑", "Question 1", "1(a)",
                  "Appendix A", "proved", "refuted", "Collaborators."):  # fmt: skip
        assert words in text, words
    assert "??" not in text
    assert reader.metadata is not None and reader.metadata.author == "Zoë Łukasz"
    assert [mark.title for mark in reader.outline if not isinstance(mark, list)] == [
        "1 Pay attention", "2 The notebook", "A Claims and their evidence",
    ]  # fmt: skip


def test_an_unknown_verdict_is_refused(bench):
    with pytest.raises(TypesettingError, match="there is no verdict called certain"):
        printed(bench, extra="\\verdict{certain}")


HEADINGS = (
    (r"Windowed: $i \bmod w$ and $\gcd(n, w)$, $\sqrt{n}$", "Windowed: i mod w and gcd(n, w), √n"),
    (r"$a \equiv b \pmod{w + 1}$, $i\bmod w$", "a ≡ b (mod w + 1), i mod w"),
    (r"$\max(n, t)$, $\min(n, t)$, $\log n$, $\relu(x)$", "max(n, t), min(n, t), log n, ReLU(x)"),
    (r"$\operatorname{argmax} x$, $\sqrt[3]{n+1}$", "argmax x, (n+1)^(1/3)"),
    (r"$\lfloor n/2 \rfloor$, $\left\lceil \frac{n+1}{2} \right\rceil$", "⌊n/2 ⌋, ⌈(n+1)/2 ⌉"),
    (r"$\bigl(n^2\bigr)$, $\tfrac{n}{2}$, $\binom{n}{2}$, $x_1$", "(n^2), n/2, C(n, 2), x_1"),
    (r"$n\to\infty$, $a \land b$, $50\,\%$ \& more", "n → ∞, a ∧ b, 50 % & more"),
    (r"Plain \emph{words}, \code{x}, and \given{3} points", "Plain words, x, and 3 points"),
)


def test_bookmarks_hold_formulas_in_plain_letters(bench):
    body = "\n".join(f"\\question{{{heading}}}" for heading, _ in HEADINGS)
    shutil.copy(PREAMBLE, bench.folder)
    styles.beside(bench.folder / "report.tex")
    outcome = bench.print(body, "\\input{preamble}\n\\begin{document}\n")
    told = [str(mark.title) for mark in pypdf.PdfReader(outcome.pdf).outline]
    assert told == [f"{number} {plain}" for number, (_, plain) in enumerate(HEADINGS, 1)]


def test_the_title_of_the_pdf_is_plain_too(bench):
    shutil.copy(PREAMBLE, bench.folder)
    styles.beside(bench.folder / "report.tex")
    meta = r"\reportmeta{C}{Masks: $i \bmod w$}{A}{}{}"
    outcome = bench.print(f"{meta} x", "\\input{preamble}\n\\begin{document}\n")
    metadata = pypdf.PdfReader(outcome.pdf).metadata
    assert metadata is not None and metadata.title == "Masks: i mod w"


def heights(bench, cell: str) -> tuple[list[float], float]:
    """The heights of the lines of signs in a cell, from above, and the size of the smallest."""
    shutil.copy(PREAMBLE, bench.folder)
    styles.beside(bench.folder / "report.tex")
    body = (
        rf"\thispagestyle{{empty}}\footnotesize\begin{{tabular}}{{L{{40mm}}}}{cell}\end{{tabular}}"
    )
    pdf = bench.print(body, "\\input{preamble}\n\\begin{document}\n").pdf
    glyphs = [mark for mark in Document(pdf).marks(0) if isinstance(mark, Glyph)]
    return sorted({round(g.y, 1) for g in glyphs}, reverse=True), min(g.size for g in glyphs)


def test_fractions_of_neighbouring_lines_of_a_cell_do_not_touch(bench):
    (_, below, above, _), size = heights(bench, r"$\tfrac{2}{2}$\newline $\tfrac{2}{2}$")
    assert below - above > 0.65 * size + 1.5
    (first, second), _ = heights(bench, r"2\newline 2")
    assert first - second < 11.5


@pytest.mark.parametrize("document_class", ["report", "article"])
def test_a_table_s_caption_keeps_off_its_rule(bench, document_class):
    """The standard classes leave no space below a caption."""
    styles.beside(bench.folder / "report.tex")
    head = f"\\documentclass{{{document_class}}}\n\\usepackage{{proofpress}}\n\\begin{{document}}\n"
    bench.print("\\tablehere{t}{Words}{\\begin{tabular}{l}\\toprule cell\\end{tabular}}", head=head)
    heights = {}
    pypdf.PdfReader(bench.pdf).pages[0].extract_text(
        visitor_text=lambda text, _, matrix, *__: heights.setdefault(text.strip(), matrix[5])
    )
    caption = next(at for text, at in heights.items() if "Words" in text)
    assert caption - heights["cell"] > 17


SET = r"""\fact{a.set/definition}{\bigl\{ (i, j) : -3000 \le i \le n,\ -4000 \le j \le i,\
  i + j \le 2n + 5{,}000,\ i - j \le n + 6000,\ i \le n + 1000,\ j \le n + 2000,\ i \ge 1
  \bigr\}}"""


@pytest.mark.parametrize(
    "body",
    [
        f"Counted are the cells of the set ${SET}$, and no others.",
        rf"Counted are the cells of \[ {SET}, \] and no others.",
        rf"\countedset{{{SET}}}{{n \ge 1}}",
        rf"\begin{{derivation}}\step{{definition}}{{Counted is}}{{{SET}}}\end{{derivation}}",
        rf"\begin{{derivation}}\step{{definition}}{{}}{{{SET}}}\end{{derivation}}",
    ],
    ids=["in a line", "displayed", "with its domain", "behind words", "alone"],
)
def test_a_long_set_goes_on_below_between_its_conditions(bench, body):
    styles.beside(bench.folder / "report.tex")
    head = "\\documentclass{article}\n\\usepackage{proofpress}\n\\begin{document}\n"
    assert bench.print(body, head=head).problems == ()
    marks = [m for m in Document(bench.pdf).marks(0) if isinstance(m, Glyph)]
    shown = [m for m in marks if m.y > 200]  # above the number of the page
    assert max(m.end for m in shown) < 478  # the edge of the text
    lines = [[m for m in shown if abs(m.y - y) < 1] for y in {round(m.y, 1) for m in shown}]
    ends = ["".join(m.sign for m in line[-1:]) for line in lines if len(line) > 20]
    assert len(lines) >= 2 and "," in ends
    assert not {"≤", "+", "−"} & set(ends)
