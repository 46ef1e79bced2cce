r"""A document in chapters: each is set apart, and together they print what one pass prints."""

import hashlib

import pikepdf
import pytest
from chapters_bench import ALL, ALPHA, GAMMA, HEAD, TEXTS, chapters, shown

from proofpress.typeset import joined
from proofpress.typeset.compile import TypesettingError

pytest_plugins = ("typeset_bench",)
__all__ = ["chapters"]  # a fixture


pytestmark = pytest.mark.slow


def test_chapters_print_what_one_pass_over_all_prints(chapters, monkeypatch):
    apart = shown(chapters.make().pdf)
    assert {"front", "parts/alpha", "parts/beta", "gamma"} < {*chapters.ran}
    monkeypatch.setattr("proofpress.typeset.chapters.named", lambda text, offered: (None,))
    chapters.store /= "another"
    whole = shown(chapters.make().pdf)
    assert {*chapters.ran} == {None}
    assert apart == whole
    assert len(apart[0]) == 5 and "See 2 on page 3, Gamma." in apart[0][0]
    assert apart[3] == [("1 Alpha", ["1.1 Inner"]), ("2 Beta", []), ("3 Gamma", [])] or apart[3]


def test_only_the_edited_chapter_is_set_again(chapters):
    chapters.make()
    chapters.texts["parts/alpha"] = ALPHA.replace("Words", "Other words")
    outcome = chapters.make()
    assert (chapters.ran, outcome.passes) == (["parts/alpha"], 1)
    assert "Other words" in shown(outcome.pdf)[0][1]
    assert {path.name for path in outcome.inputs} >= {"report.tex", "alpha.tex", "gamma.tex"}


def test_an_edited_document_gives_the_same_bytes_as_a_clean_build(chapters):
    chapters.make()
    chapters.texts["parts/alpha"] = ALPHA + "\\newpage\\section{New}\\label{new}"
    chapters.texts["gamma"] = GAMMA + "\\ref{new}"
    edited = hashlib.sha256(chapters.make().pdf.read_bytes()).hexdigest()
    chapters.store /= "another"
    assert hashlib.sha256(chapters.make().pdf.read_bytes()).hexdigest() == edited
    assert "New" in shown(chapters.pdf)[0][0]  # the contents


def test_a_page_more_moves_all_later_chapters_at_once(chapters):
    many = {f"c{k}": f"\\section{{C{k}}}\\label{{c{k}}}\n" for k in range(9)}
    chapters.texts = many
    body = "\n".join(f"\\include{{{name}}}" for name in many)
    chapters.make(body)
    chapters.texts["c1"] += "\\newpage More."
    chapters.texts["c0"] += "\\pageref{c8}"
    outcome = chapters.make(body)
    assert outcome.passes == 3 and chapters.ran.count(None) == 1
    assert "10" in shown(outcome.pdf)[0][0]


def test_chapters_are_added_taken_out_and_pasted_in(chapters):
    for body in (
        ALL,
        ALL.replace("\\include{parts/beta}", "\\include{more}\n\\include{parts/beta}"),
        ALL.replace("\\include{gamma}", "\\input{gamma}"),
        ALL.replace("\\include{", "\\input{"),
        ALL,
    ):
        chapters.texts["more"] = "\\section{More}\\newpage And more.\n"
        words = shown(chapters.make(body).pdf)[0]
        kept, chapters.store = chapters.store, chapters.store / "another"
        assert shown(chapters.make(body).pdf)[0] == words
        chapters.store = kept


def test_what_stands_around_the_chapters_or_is_read_by_one_sets_them_again(chapters):
    (chapters.folder / "table.txt").write_text("Old")
    chapters.texts["gamma"] = GAMMA + "\\input{table.txt}"
    chapters.make()
    (chapters.folder / "table.txt").write_text("New")
    outcome = chapters.make()
    assert chapters.ran == ["gamma"] and "New" in shown(outcome.pdf)[0][-1]
    chapters.make("\\relax\n" + ALL)
    assert sorted(chapters.ran) == sorted(TEXTS)


def test_a_page_outside_of_all_chapters_makes_the_document_one(chapters):
    words = shown(chapters.make("Before.\n" + ALL + "\nAfter.").pdf)[0]
    assert words[0].startswith("Before.") and words[-1].startswith("After.")
    assert len(words) == 7
    assert {*chapters.ran} == {None}


@pytest.mark.parametrize("dumped", [True, False])
def test_chapters_that_the_author_has_chosen_are_all_there_is(chapters, dumped):
    head = HEAD.replace("\\begin", "\\includeonly{parts/alpha,gamma}\\begin")
    chapters.texts["gamma"] = "\\section{Gamma}"
    for _ in range(2):
        words = shown(chapters.make(head=head, dumped=dumped).pdf)[0]
        assert len(words) == 2 and "Alpha" in words[0] and "Gamma" in words[1]


def test_an_empty_chapter_makes_the_document_one(chapters):
    chapters.texts["parts/beta"] = "% nothing\n"
    chapters.texts["front"] = chapters.texts["gamma"] = "Words."
    chapters.texts["parts/alpha"] = "More."
    assert len(shown(chapters.make().pdf)[0]) == 3


def test_what_is_not_known_to_be_joined_makes_the_document_one(chapters):
    chapters.texts["gamma"] = GAMMA + "\\pdfcatalog{/Collection<</View/T>>}"
    with pikepdf.open(chapters.make().pdf) as pdf:
        assert pdf.Root.Collection.View == "/T"
    assert chapters.ran[-1] is None


@pytest.mark.parametrize("body", [ALL + "\n\\include{nowhere}", ALL + "\n\\include{front}"])
def test_chapters_that_cannot_be_set_apart_are_set_as_one(chapters, body):
    chapters.make(body)
    assert {*chapters.ran} == {None}


def test_faults_of_several_chapters_are_told_at_once(chapters):
    chapters.make()
    for name in ("parts/alpha", "gamma"):
        chapters.texts[name] += f"\\unknown{name[-1]}\n"
    with pytest.raises(TypesettingError) as caught:
        chapters.make()
    assert [problem.file for problem in caught.value.problems] == ["parts/alpha.tex", "gamma.tex"]


def test_a_fault_that_was_not_mended_is_told_again(chapters):
    chapters.make()
    chapters.texts["parts/alpha"] = ALPHA + "\\ref{nothing}"
    for _ in range(2):
        with pytest.raises(TypesettingError, match="nothing"):
            chapters.make()
    chapters.texts["parts/alpha"] = ALPHA
    chapters.make()
    assert chapters.ran == []


def test_a_label_that_went_is_missed_in_the_other_chapters(chapters):
    chapters.make()
    chapters.texts["parts/alpha"] = ALPHA.replace("\\label{alpha}", "")
    with pytest.raises(TypesettingError) as caught:
        chapters.make()
    assert [problem.file for problem in caught.value.problems] == ["parts/beta.tex"]


def test_a_damaged_chapter_is_set_again_and_told_of(chapters, monkeypatch):
    told: list[str] = []
    monkeypatch.setattr("proofpress.typeset.chapters.damaged", told.append)
    chapters.make()
    (kept,) = chapters.store.rglob("gamma.pdf")
    data = bytearray(kept.read_bytes())
    data[len(data) // 2] ^= 1
    kept.write_bytes(data)
    chapters.texts["parts/alpha"] += "More."
    chapters.make()
    assert sorted(chapters.ran) == ["gamma", "parts/alpha"] and told == [str(kept)]


def test_chapters_that_went_are_not_kept(chapters):
    chapters.make()
    chapters.make(ALL.replace("\\include{gamma}", "%").replace("\\include{front}", ""))
    assert not [*chapters.store.rglob("gamma.*")]


def test_a_link_of_one_chapter_leads_to_the_first_target_of_any(chapters):
    chapters.texts["front"] = "\\hyperlink{there}{go} \\hyperlink{none}{lost}\n"
    for name in ("parts/beta", "gamma"):
        chapters.texts[name] += "\\newpage\\hypertarget{there}{There}\n"
    targets = shown(chapters.make().pdf)[1]
    assert targets["there"][0] == 3  # the second page of beta
    assert targets["none"][0] == 0  # where TeX leads what has no target


def test_names_of_targets_are_read_from_the_log_as_the_pdf_has_them():
    log = "pdfTeX warning (dest): name{\u00fc} has been referenced but does not exist, replaced"
    assert joined.absent(log) == [b"\xc3\xbc".decode("pdfdoc")]
