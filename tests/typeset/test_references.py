r"""Lists of references: what is cited is printed, and faults are told at the author's line."""

from pathlib import Path

import pypdf
import pytest
from chapters_bench import chapters

from proofpress.typeset import literature
from proofpress.typeset.compile import TypesettingError

pytest_plugins = ("typeset_bench",)
__all__ = ["chapters"]  # a fixture

REFS = r"""@string{jacm = "Journal of the {ACM}"}

@book{cormen,
  author = {Thomas H. Cormen and Charles E. Leiserson},
  title = {Introduction to Algorithms},
  publisher = {MIT Press},
  year = 2009
}

@article{erdos,
  author = {Erd{\H o}s, P{\'a}l and {\L}ukasiewicz, Jan},
  title = {On $O(n \log N)$ and {BERT}: An \emph{Analysis} of A \& B_c, 50\%},
  journal = jacm, year = 1968, pages = {12--15}, doi = {10.1000/ab_c}
}

@misc{page, title = {A page}, howpublished = {\url{http://x.org/~a_b%20c}}}
@inproceedings{talk, author = {De{ }Vries, A.}, title = {Talk}, crossref = {meeting}}
@proceedings{meeting, title = {Meeting}, booktitle = {The Meeting}, year = 2001}
@software{tool, title = {A {T}ool}, author = {{The Team}}, year = 2020}
"""
LISTED = "\n\\bibliographystyle{plain}\n\\bibliography{refs}"


@pytest.fixture
def refs(bench):
    """A bench with a list of references."""
    (bench.folder / "refs.bib").write_text(REFS, encoding="utf-8")
    bench.places = [bench.folder]
    return bench


def words(pdf: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)


def edit(bench, old: str, new: str) -> None:
    text = (bench.folder / "refs.bib").read_text(encoding="utf-8")
    assert old in text
    (bench.folder / "refs.bib").write_text(text.replace(old, new), encoding="utf-8")


def test_what_is_cited_is_listed_and_nothing_else(refs):
    body = "See \\cite[p. 3]{cormen,page}, \\cite{erdos}.\\nocite{talk}" + LISTED
    outcome = refs.print(body, places=refs.places)
    shown = words(outcome.pdf)
    assert "See [2, 1, p. 3], [4]." in shown
    assert "Introduction to Algorithms" in shown and "A page. http://x.org/~a_b%20c" in shown
    assert "Pál Erdős and Jan Łukasiewicz" in shown
    plain = " ".join(shown.split())
    assert "On O(n log N ) and BERT: an Analysis of a & b_c, 50%." in plain
    assert "In The Meeting. 2001" in shown
    assert "Tool" not in shown
    assert {"refs.bib", "report.tex"} <= {path.name for path in outcome.inputs}


def test_all_is_listed_where_all_is_cited(refs):
    shown = words(refs.print("\\nocite{*}" + LISTED, places=refs.places).pdf)
    assert "[6]" in shown and "Tool" in shown


@pytest.mark.parametrize(
    ("style", "first", "label"),
    [
        ("plain", "Thomas H. Cormen", "[1]"),
        ("unsrt", "Pál Erdős", "[1]"),
        ("alpha", "Thomas H. Cormen", "[CL09]"),
        ("abbrv", "T. H. Cormen", "[1]"),
    ],
)
def test_styles(refs, style, first, label):
    body = "\\cite{erdos}, \\cite{cormen}" + LISTED.replace("plain", style)
    shown = words(refs.print(body, places=refs.places).pdf).partition("References")[2]
    assert shown.strip().startswith(f"{label} {first}")


def test_an_edit_of_the_list_is_printed_and_equal_sources_give_equal_bytes(refs, tmp_path):
    refs.store = tmp_path / "store"
    body = "\\cite{cormen}" + LISTED
    first = refs.print(body, places=refs.places).pdf.read_bytes()
    edit(refs, "Introduction", "Guide")
    outcome = refs.print(body, places=refs.places)
    assert "Guide to Algorithms" in words(outcome.pdf)
    assert outcome.passes == 1
    edit(refs, "Guide", "Introduction")
    assert refs.print(body, places=refs.places).pdf.read_bytes() == first
    refs.store = tmp_path / "another"
    assert refs.print(body, places=refs.places).pdf.read_bytes() == first


def test_an_entry_that_is_cited_no_more_goes(refs, tmp_path):
    refs.store = tmp_path / "store"
    refs.print("\\cite{cormen}\\cite{page}" + LISTED, places=refs.places)
    shown = words(refs.print("\\cite{cormen}" + LISTED, places=refs.places).pdf)
    assert "A page" not in shown


IN_THREE = {
    "one": "\\section{One}\\cite{cormen}\n",
    "two": "\\section{Two}\\cite{page}\n",
    "last": f"\\section{{Last}}{LISTED}\n",
}
ALL = "\n".join(f"\\include{{{name}}}" for name in IN_THREE)


@pytest.fixture
def three(chapters):
    """A document in three chapters, the last of which lists the references."""
    (chapters.folder / "refs.bib").write_text(REFS, encoding="utf-8")
    chapters.places, chapters.texts = [chapters.folder], dict(IN_THREE)
    return chapters


def test_chapters_cite_what_another_lists(three):
    shown = words(three.make(ALL, places=three.places).pdf)
    assert {*IN_THREE} < {*three.ran}
    assert "One[2]" in shown.replace("\n", "") and "Two[1]" in shown.replace("\n", "")
    assert three.make(ALL, places=three.places).passes == 0 and three.ran == []


def test_an_edit_of_the_list_sets_only_the_chapter_that_lists(three):
    first = three.make(ALL, places=three.places).pdf.read_bytes()
    edit(three, "Introduction", "Guide")
    three.make(ALL, places=three.places)
    assert three.ran == ["last"]
    assert "Guide to" in words(three.pdf)
    edit(three, "title = {Talk}", "title = {Speech}")  # nobody cites it
    three.make(ALL, places=three.places)
    assert three.ran == []
    edit(three, "Guide", "Introduction")
    assert three.make(ALL, places=three.places).pdf.read_bytes() == first


def test_a_citation_more_gives_what_a_clean_build_gives(three):
    three.make(ALL, places=three.places)
    three.texts["one"] += "\\cite{erdos}"
    edited = three.make(ALL, places=three.places).pdf.read_bytes()
    three.store /= "another"
    assert three.make(ALL, places=three.places).pdf.read_bytes() == edited
    assert "Erdős" in words(three.pdf)


def test_an_entry_that_loses_a_field_is_told_in_a_later_build(refs, tmp_path):
    refs.store = tmp_path / "store"
    refs.print("\\cite{cormen}\\cite{page}" + LISTED, places=refs.places)
    edit(refs, "  publisher = {MIT Press},\n", "")
    with pytest.raises(TypesettingError, match=r"cormen \(book\) has no publisher"):
        refs.print("\\cite{cormen}\\cite{page}" + LISTED, places=refs.places)
    refs.print("\\cite{page}" + LISTED, places=refs.places)  # nobody cites it now
    assert "Algorithms" not in words(refs.pdf)


def complaint(bench, body: str) -> str:
    with pytest.raises(TypesettingError) as caught:
        bench.print(body, places=bench.places)
    return str(caught.value)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("\\cite{cormem}" + LISTED, "no list of references has an entry cormem\n  report.tex:8: "),
        ("\n\\nocite{cormem}" + LISTED, "has an entry cormem\n  report.tex:9: "),
        ("\\cite{page}\n\\bibliography{ref}", "list of references ref.bib\n  report.tex:9"),
        (
            "\\cite{page}\n\\bibliographystyle{plan}\n\\bibliography{refs}",
            "there is no style of references plan\n  report.tex:9",
        ),
    ],
)
def test_slips_in_the_text_are_told_at_its_line(refs, body, told):
    found = complaint(refs, body)
    assert told in found
    assert "mend: did you mean" in found


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("@misc{page", "@misc{cormen", "two entries with the key cormen\n  refs.bib:16"),
        ("title = {A page}", "title = {A page", "begins here is never closed\n  refs.bib:16"),
        ("2009\n}", "2009\n", "the entry that begins here is never closed\n  refs.bib:3"),
        ("year = 2009", "year = 2009, year = 2010", "has its field year twice\n  refs.bib:3"),
        ("= jacm", "= jacn", "the word jacn is no text and not defined\n  refs.bib:13"),
        ("  publisher = {MIT Press},\n", "", "cormen (book) has no publisher\n  refs.bib:3"),
        ("to Algorithms", "to \\oops", "\\oops is not a command that TeX knows\n  refs.bib:3"),
        ("to Algorithms", "to $n", "mathematics stands outside"),
        ("{meeting}}", "{meetin}}", "refers to an entry meetin, which is not there\n  refs.bib:17"),
    ],
)
def test_slips_in_the_list_are_told_at_its_line(refs, old, new, told):
    edit(refs, old, new)
    found = complaint(refs, "\\cite{cormen,erdos,page,talk}" + LISTED)
    assert told in found and "refs.bib:" in found
    assert "mend: " in found


def test_a_list_that_is_no_text(refs):
    (refs.folder / "refs.bib").write_bytes(b"@misc{page,\ntitle = {\xff}}")
    assert "refs.bib:2" in complaint(refs, "\\cite{page}" + LISTED)


def test_a_document_without_hyperref_prints_addresses(refs):
    shown = words(refs.print("\\cite{erdos}" + LISTED, places=refs.places).pdf)
    assert "doi:10.1000/ab_c" in shown


@pytest.mark.parametrize(
    ("written", "letters"),
    [
        ('{\\"o}\\"{o}\\"o{\\"{o}}', "öööö"),
        ("{\\ss}\\ss{} {\\O}re \\L ukasz", "ßß Øre Łukasz"),
        ("\\H{o}{\\c c}\\v{S}\\'{\\i}", "őçŠí"),
        ("\\'a\\`{e}\\~n\\^{\\i}", "áèñî"),
    ],
)
def test_accents_are_letters(written, letters):
    aside = literature._Aside()
    assert aside.put(written).replace("\n", "") == letters


@pytest.mark.parametrize(
    "written", ["{\\d h}", "$\\'x$", "\\url{a_\\~b}", "A~B", "\\emph{a {b} $c$}", "\\alpha beta"]
)
def test_other_latex_comes_back_as_it_was(written):
    aside = literature._Aside()
    away = aside.put(f"x {written} y")
    assert "\\" not in away and "$" not in away
    assert "".join(aside.back(away).split()) == "".join(f"x {written} y".split())


def test_a_label_that_is_set_twice_is_told_with_both_places(bench):
    body = "\\section{A}\\label{x}\n% \\label{x}\n\\section{B}\\label{x} See \\ref{x}."
    told = bench.complaint(body)
    assert told.startswith("the label x is set twice\n  report.tex:10: \\section{B}\\label{x} See")
    assert "\n  and before: report.tex:8: \\section{A}\\label{x}\n  mend: rename one" in told
