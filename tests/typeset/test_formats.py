import json

import pytest

from proofpress.typeset import formats
from proofpress.typeset.formats import cut
from proofpress.typeset.run import Run

pytest_plugins = ("typeset_bench",)


@pytest.mark.parametrize(
    ("text", "preamble"),
    [
        ("a\n\\begin{document}b", "a\n"),
        ("a\n% \\begin{document}\n\\begin{document}b", "a\n% \\begin{document}\n"),
        ("a\\%x\\begin{document}b", "a\\%x"),
        ("\r\na\r\n\\begin{document}\r\n", "\r\na\r\n"),
    ],
)
def test_the_preamble_is_what_stands_before_the_document(text, preamble):
    document = cut(text)
    assert document is not None and document.preamble == preamble
    assert document.body.count("\n") == text.count("\n")
    assert document.body.lstrip().startswith("\\begin{document}")


def test_a_text_without_a_document_is_not_cut():
    assert cut("\\documentclass{article}") is None
    assert cut("\\begin{document}") is None


@pytest.fixture
def fresh(bench, tmp_path):
    """A bench with a store of its own, and a package that its preamble reads."""
    bench.store = tmp_path / "store"
    (tmp_path / "local.sty").write_text("\\newcommand\\local{one}\n")
    return bench


FONTS = "\\usepackage[T1]{fontenc}\\usepackage{lmodern}"
HEAD = f"\\documentclass{{article}}{FONTS}\n\\usepackage{{local}}\n\\begin{{document}}\n"


def dumps(bench) -> int:
    number = sum(event["what"] == "format" for event in bench.events)
    bench.events.clear()
    return number


def test_a_format_is_dumped_once_and_again_when_anything_that_it_read_changes(fresh):
    fresh.print("\\rule{1pt}{1pt}", HEAD)
    assert dumps(fresh) == 1
    fresh.print("\\rule{2pt}{1pt}", HEAD)
    assert dumps(fresh) == 0
    (fresh.folder / "local.sty").write_text("\\newcommand\\local{two}\n")
    fresh.print("\\rule{2pt}{1pt}", HEAD)
    assert dumps(fresh) == 1
    fresh.print("\\rule{2pt}{1pt}", HEAD.replace("article", "report"))
    assert dumps(fresh) == 1
    # A file that would hide one of the engine's packages is one more thing that changed.
    (fresh.folder / "article.cls").write_text("\\LoadClass{report}")
    fresh.print("\\rule{2pt}{1pt}", HEAD)
    assert dumps(fresh) == 1


def test_a_damaged_format_is_dumped_anew(fresh):
    fresh.print("\\rule{1pt}{1pt}", HEAD)
    (made,) = (fresh.store / "formats").glob("*.fmt")
    good = bytearray(made.read_bytes())
    good[len(good) // 2] ^= 1
    made.write_bytes(good)
    dumps(fresh)
    fresh.print("\\rule{1pt}{1pt}", HEAD)
    assert dumps(fresh) == 1
    for note in (fresh.store / "formats").glob("*.json"):
        note.write_text(json.dumps({"format": made.name})[:-4])
    fresh.print("\\rule{1pt}{1pt}", HEAD)
    assert dumps(fresh) == 1


def test_a_preamble_that_cannot_be_dumped_is_read_in_each_pass(fresh):
    # TeX refuses to dump inside of a group.
    head = f"\\documentclass{{article}}{FONTS}\n\\begingroup\n\\begin{{document}}\n"
    assert fresh.print("\\rule{1pt}{1pt}\\endgroup", head).pdf.is_file()


def test_a_dump_that_was_killed_is_an_error(fresh, monkeypatch):
    """Without its format the same document has other bytes, so it must not be printed so."""
    killed = formats.Dump(None, Run(-9, False, ""), ())
    monkeypatch.setattr(formats, "dump", lambda *given: killed)
    assert "did not come to an end (ended by signal 9)" in fresh.complaint("text", head=HEAD)


def test_an_error_in_the_preamble_keeps_its_file_and_line(fresh):
    (fresh.folder / "local.sty").write_text("\n\\newcomand\\x{}\n")
    said = fresh.complaint("text", head=HEAD)
    assert "\\newcomand is not a command that TeX knows" in said
    assert "local.sty:2" in said and "write \\newcommand" in said
