r"""Auxiliary files that an earlier build left: no later document is judged by them."""

import pytest
from chapters_bench import HEAD, chapters, shown

from proofpress.typeset.compile import TypesettingError

pytestmark = pytest.mark.slow

pytest_plugins = ("typeset_bench",)
__all__ = ["chapters"]  # a fixture

RECORDS = "\\newcommand\\seen[1]{}\\begin{document}"
RECORDING = "\\makeatletter\\write\\@auxout{\\string\\seen{x}}\\makeatother Words.\n"
KEEPS_ITS_NAME = "\\makeatletter\\def\\@currentlabel{\\protect\\named}\\makeatother\\label{s}"


def test_chapters_that_are_gone_leave_nothing_to_a_document_without_chapters(chapters):
    chapters.texts = dict.fromkeys(chapters.texts, RECORDING)
    chapters.make(head=HEAD.replace("\\begin{document}", RECORDS))
    chapters.texts = {}
    assert chapters.make("All of it.").passes == 2


def test_chapters_that_stay_are_read_without_what_they_wrote_before(chapters):
    chapters.texts = dict.fromkeys(chapters.texts, RECORDING)
    chapters.make(head=HEAD.replace("\\begin{document}", RECORDS))
    chapters.texts = dict.fromkeys(chapters.texts, "Words.\n")
    chapters.make()


def test_a_line_that_reads_what_was_left_is_not_to_blame(bench, tmp_path):
    bench.store = tmp_path / "store"
    head = HEAD.replace("\\begin{document}", "\\newcommand\\named{N}\\begin{document}")
    bench.print(f"{KEEPS_ITS_NAME}See \\ref{{s}}.", head)
    bench.print("\\section{A}\\label{s}See \\ref{s}.", HEAD)


def test_a_fault_of_the_new_document_is_told_alone(bench, tmp_path):
    bench.store = tmp_path / "store"
    head = HEAD.replace("\\begin{document}", "\\newcommand\\named{N}\\begin{document}")
    bench.print(f"{KEEPS_ITS_NAME}See \\ref{{s}}.", head)
    said = bench.complaint("\\section{A}\\label{s}See \\ref{s}.\n\nTwo \\rubbish.", head=HEAD)
    assert said.splitlines()[:2] == [
        "\\rubbish is not a command that TeX knows",
        "  report.tex:10: Two \\rubbish.",
    ]


LAST_PAGE = HEAD.replace("\\begin", "\\usepackage{lastpage}\\begin")


@pytest.mark.parametrize("empty", ["front", "parts/alpha", "gamma"])
def test_a_chapter_that_prints_nothing_is_no_fault(chapters, empty):
    chapters.texts = {**dict.fromkeys(chapters.texts, "To \\pageref{LastPage}.\n"), empty: "%\n"}
    assert len(shown(chapters.make(head=LAST_PAGE).pdf)[0]) == 3


def test_a_document_of_empty_chapters_has_no_page(chapters):
    chapters.texts = dict.fromkeys(chapters.texts, "\n")
    with pytest.raises(TypesettingError) as caught:
        chapters.make(head=LAST_PAGE)
    assert str(caught.value) == "the document has no page\n  report.tex\n  mend: add text"
