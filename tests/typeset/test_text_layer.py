"""Text that is copied from a PDF: no sign for private use, none that no reader could know."""

import re
import shutil
import unicodedata
from pathlib import Path

import pypdf
import pytest

from proofpress.drawing import new_figure, save
from proofpress.drawing import style as drawing_style
from proofpress.latex import styles
from proofpress.latex.characters import LETTERS
from proofpress.latex.shared import TYPE
from proofpress.typeset.compile import Outcome

pytest_plugins = ("typeset_bench",)

PREAMBLE = Path(__file__).parents[2] / "templates" / "preamble.tex"
HEAD = "\\input{preamble}\n\\begin{document}\n"
SIZES = ("big", "Big", "bigg", "Bigg")
TALL = r"\begin{array}{c}" + r"x\\" * 14 + r"\end{array}"
FENCES = (
    *("()", "[]"),
    *((r"\{", r"\}"), (r"\lfloor", r"\rfloor"), (r"\lceil", r"\rceil")),
    *((r"\langle", r"\rangle"), ("|", "|"), (r"\|", r"\|"), ("/", r"\backslash")),
    *((r"\uparrow", r"\downarrow"), (r"\Uparrow", r"\Downarrow"), (r"\updownarrow", ".")),
)
OPERATORS = (
    r"\sum \prod \coprod \int \oint \bigcup \bigcap \biguplus \bigsqcup \bigwedge \bigvee "
    r"\bigodot \bigoplus \bigotimes"
)
REST = r"""
$\widehat{x}\widehat{xy}\widehat{xyz}\widetilde{x}\widetilde{xy}\widetilde{xyz}$
$\overbrace{x}\underbrace{y}\hookrightarrow\hookleftarrow\mapsto\longmapsto$
$\sqrt{\big|}\sqrt{\Big|}\sqrt{\bigg|}\sqrt{\Bigg|}$ \oldstylenums{0123456789}
\textohm\textmho\textbigcircle\textborn\textdied\textmarried\textdivorced\textleaf\textblank
\texttildelow\textpertenthousand\textthreequartersemdash\texttwelveudash\textdblhyphen\textperthousand
"""


def everything() -> str:
    """LaTeX with each sign of the mathematical fonts that has parts or sizes."""
    lines = []
    for left, right in FENCES:
        sized = (rf"\{size}l{left} x \{size}r{right}" for size in SIZES)
        lines.append(rf"\[ {' '.join(sized)} \left{left} {TALL} \right{right} \]")
    lines.append(rf"\[ \sqrt{{{TALL}}} {OPERATORS} \] ${OPERATORS}$")
    return "\n".join([*lines, REST.replace("\n", "\n\n")])


def printed(bench, body: str) -> Outcome:
    shutil.copy(PREAMBLE, bench.folder)
    styles.beside(bench.folder / "report.tex")
    return bench.print(body, HEAD)


def text_of(pdf: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)


def strange(text: str) -> set[str]:
    """The control and private-use characters of a text, but for its line breaks."""
    return {
        f"U+{ord(c):04X}" for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Co")
    }


def test_all_parts_of_tall_signs_have_names(bench):
    text = text_of(printed(bench, everything()).pdf)
    assert strange(text) == set()
    for sign in "()[]{}⌊⌋⌈⌉⟨⟩√∑∏∐∫∮⋃⋂⊎⊔⋀⋁⊙⊕⊗⏞⏟↑⇓0123456789Ω":
        assert sign in text, sign


def test_tall_cases_are_braces_alone(bench):
    text = text_of(printed(bench, rf"\[ f = \left\{{ {TALL} \right. \]").pdf)
    assert strange(text) == set() and "{" in text


def test_a_kept_format_knows_the_names(bench):
    body = r"$\Delta \le \bigl( x \bigr)$ ff \[ \sum_{i} \mu \]"
    first = printed(bench, body)
    whole = text_of(first.pdf)
    again = printed(bench, body + " More.")
    assert "glyphtounicode" not in again.log
    assert text_of(again.pdf).replace("More.", "").split() == whole.split()
    for sign in "Δ≤(x)∑μ":
        assert sign in whole, sign


def test_figures_have_the_same_names_letters_and_tones_as_the_page():
    assert TYPE in drawing_style.PREAMBLE
    page = styles.STYLES["proofpress.sty"].read_text(encoding="utf-8")
    assert r"\RequirePackage{presstype}" in page
    assert styles.STYLES["presstype.sty"].read_text(encoding="utf-8") == TYPE


def test_every_letter_is_copied_as_itself(bench):
    letters = sorted(letter for letter in LETTERS if letter not in "ĲĳŊŋ")
    lines = ["".join(letters[k : k + 20]) for k in range(0, len(letters), 20)]
    text = text_of(printed(bench, "\n\n".join(lines)).pdf)
    assert [line for line in lines if line not in text] == []


@pytest.mark.parametrize(
    "style", [r"\textbf", r"\textsc", r"\texttt", r"\textit", r"\LARGE\bfseries"]
)
def test_names_are_copied_as_they_are_written(bench, style):
    names = "Hương Nguyễn, Ștefan Țară, Ēriks, Đỗ"
    assert names in text_of(printed(bench, rf"{{{style}{{{names}}}}}").pdf)


def test_names_in_the_title_and_in_bookmarks(bench):
    names = "Hương Nguyễn, Ștefan Țară, Ēriks"
    reader = pypdf.PdfReader(
        printed(bench, rf"\reportmeta{{C}}{{T}}{{{names}}}{{}}{{}}\question{{{names}}}").pdf
    )
    assert reader.metadata is not None and reader.metadata.author == names
    assert [mark.title for mark in reader.outline] == [f"1 {names}"]


def test_a_figure_prints_the_letters_and_signs_that_text_may_hold(tmp_path, tmp_path_factory):
    figure = new_figure(90, 40)
    words = "μ ≤ Ω → ∞ Hương, Ștefan, Ēriks: 5 × 3 − 2 °C"
    figure.text(0.1, 0.5, words)
    save(figure, tmp_path / "figure", store=tmp_path_factory.getbasetemp() / "figures-store")
    shown = text_of(tmp_path / "figure.pdf")
    assert "".join(shown.split()) == "".join(words.split())


@pytest.mark.parametrize(
    ("label", "signs"),
    [
        (r"$\bigl( x \bigr)$", "(x)"),
        (r"$\left\{\begin{array}{c}1\\2\\3\\4\\5\\6\end{array}\right.$", "{1"),
        (
            r"$\displaystyle\sum_i \sqrt{\frac{i}{\frac12}} \le \biggl\lfloor n \biggr\rfloor$",
            "∑√≤⌊⌋",
        ),
    ],
)
def test_the_text_of_a_figure(tmp_path, tmp_path_factory, label, signs):
    figure = new_figure(60, 40)
    figure.text(0.1, 0.5, label)
    save(figure, tmp_path / "figure", store=tmp_path_factory.getbasetemp() / "figures-store")
    text = re.sub(r"\s", "", text_of(tmp_path / "figure.pdf"))
    assert strange(text) == set()
    for sign in signs:
        assert sign in text, sign
