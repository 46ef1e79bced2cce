import shutil

import pypdf
import pytest

from proofpress import pair_grid
from proofpress.drawing import measures, new_figure, save, saving
from proofpress.drawing.measures import Measures
from proofpress.drawing.style import PREAMBLE, axes_at
from proofpress.faults.errors import PressError
from proofpress.latex.shared import TYPE
from proofpress.typeset.compile import typeset
from proofpress.typeset.engine import find


@pytest.fixture(scope="module")
def figure_store(tmp_path_factory):
    """Formats and measures that all these figures share."""
    return tmp_path_factory.mktemp("figure-store")


def grid(n: int, cells):
    figure = new_figure(66, 66)
    pair_grid(axes_at(figure, 10, 1, 55, 55), n, cells)
    return figure


STRIPES = [(i, j) for i in range(1, 17) for j in range(1, 17) if (i + j) % 3 == 0]


def test_equal_figures_give_equal_bytes_wherever_they_are_made(tmp_path, figure_store):
    save(grid(4, [(2, 1)]), tmp_path / "one" / "g", store=figure_store)
    save(grid(4, [(2, 1)]), tmp_path / "another place" / "g", store=tmp_path / "fresh store")
    for suffix in (".pdf", ".pgf"):
        one, other = (tmp_path / name / f"g{suffix}" for name in ("one", "another place"))
        assert one.read_bytes() == other.read_bytes()


def test_what_the_format_holds_beyond_the_packages_changes_no_byte(
    tmp_path, figure_store, monkeypatch
):
    save(grid(4, [(2, 1)]), tmp_path / "with" / "g", store=figure_store)
    # What stands before the line on graphics suffices for every figure, with the names of glyphs.
    packages = PREAMBLE.partition(r"\usepackage{epstopdf-base}")[0]
    assert packages != PREAMBLE
    for module in (measures, saving):
        monkeypatch.setattr(
            module, "PREAMBLE", rf"{packages}\makeatletter{TYPE}\makeatother\nofiles"
        )
    save(grid(4, [(2, 1)]), tmp_path / "without" / "g", store=figure_store)
    for suffix in (".pdf", ".pgf"):
        one, other = (tmp_path / name / f"g{suffix}" for name in ("with", "without"))
        assert one.read_bytes() == other.read_bytes()


def test_the_pdf_is_as_large_as_the_figure_with_type_1_fonts_and_no_date(tmp_path, figure_store):
    save(grid(4, [(2, 1)]), tmp_path / "g", store=figure_store)
    pdf = pypdf.PdfReader(tmp_path / "g.pdf")
    (page,) = pdf.pages
    assert [float(edge) for edge in page.mediabox[2:]] == pytest.approx([187.09] * 2, abs=0.1)
    assert "/CreationDate" not in (pdf.metadata or {})
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts and {font["/Subtype"] for font in fonts} == {"/Type1"}
    assert all("LM" in font["/BaseFont"] for font in fonts)
    assert "i" in page.extract_text()


def test_a_grid_of_16_by_16_has_a_small_source(tmp_path, figure_store):
    save(grid(16, STRIPES), tmp_path / "g", store=figure_store)
    assert (tmp_path / "g.pgf").stat().st_size < 60_000


def test_a_document_can_input_the_source(tmp_path, figure_store):
    save(grid(4, [(2, 1)]), tmp_path / "g", store=figure_store)
    main = tmp_path / "main.tex"
    main.write_text(
        "\\documentclass{article}\\usepackage[T1]{fontenc}\\usepackage{lmodern}\\usepackage{pgf}\n"
        "\\begin{document}\n\\input{g.pgf}\n\\end{document}\n"
    )
    outcome = typeset(main, tmp_path / "main.pdf", engine=find(), store=figure_store)
    assert not outcome.problems


def test_a_text_that_is_no_latex_is_named_and_the_old_figure_stays(tmp_path, figure_store):
    save(grid(4, [(2, 1)]), tmp_path / "g", store=figure_store)
    before = (tmp_path / "g.pdf").read_bytes()
    figure = grid(4, [])
    figure.axes[0].set_xlabel("key $\\nonsense$")
    with pytest.raises(PressError) as caught:
        save(figure, tmp_path / "g", store=figure_store)
    assert "\\nonsense is not a command" in caught.value.what
    assert "the text key $\\nonsense$" in caught.value.what
    assert (tmp_path / "g.pdf").read_bytes() == before


def test_measures_are_kept_and_a_damaged_store_is_made_anew(tmp_path, figure_store):
    store = tmp_path / "store"
    # Which other tests run before this one, in the same process, is not to be relied on.
    save(grid(4, [(2, 1)]), tmp_path / "before", store=figure_store)
    shutil.copytree(figure_store / "formats", store / "formats")
    save(grid(4, [(2, 1)]), tmp_path / "g", store=store)
    first = (tmp_path / "g.pgf").read_bytes()
    (kept,) = (store / "measures").iterdir()
    assert Measures(find(), store)._known
    kept.write_bytes(kept.read_bytes()[:-5])
    save(grid(4, [(2, 1)]), tmp_path / "g", store=store)
    assert (tmp_path / "g.pgf").read_bytes() == first


@pytest.mark.parametrize(
    ("label", "printed"),
    [
        (r"from \$5 to \$6", "from $5 to $6"),
        (r"\$5", "$5"),
        ("$5", "$5"),
        (r"$n$ costs \$5", "n costs $5"),
        (r"\$5 for $n$ and \$6 for $m$", "$5 for n and $6 for m"),
        ("5 $ for $n$", "5 $ for $n$"),
    ],
)
def test_dollars_of_a_label_are_printed(tmp_path, figure_store, label, printed):
    figure = new_figure(60, 40)
    figure.text(0.1, 0.5, label)
    save(figure, tmp_path / "g", store=figure_store)
    (page,) = pypdf.PdfReader(tmp_path / "g.pdf").pages
    assert page.extract_text().split() == printed.split()


def test_dollars_of_a_text_that_holds_no_formulas(tmp_path, figure_store):
    figure = new_figure(60, 40)
    figure.text(0.1, 0.5, "$5 and $6", parse_math=False)
    save(figure, tmp_path / "g", store=figure_store)
    (page,) = pypdf.PdfReader(tmp_path / "g.pdf").pages
    assert page.extract_text().split() == ["$5", "and", "$6"]


def test_the_numbers_of_a_logarithmic_axis_are_set(tmp_path, figure_store):
    """matplotlib writes them with a macro of its own."""
    figure = new_figure(60, 40)
    axes = axes_at(figure, 12, 9, 45, 28)
    axes.plot([1, 1000], [1, 10**6])
    axes.set_xscale("log")
    axes.set_yscale("log")
    save(figure, tmp_path / "log", store=figure_store)
    assert "106" in pypdf.PdfReader(tmp_path / "log.pdf").pages[0].extract_text()
