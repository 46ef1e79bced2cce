import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from proofpress.typeset import formats
from proofpress.typeset.compile import typeset
from proofpress.typeset.formats import cut
from proofpress.typeset.run import Run, run

pytest_plugins = ("typeset_bench",)


pytestmark = pytest.mark.slow


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


@pytest.mark.parametrize("name", ["extra.tex", "Extra.tex", "parts/extra.tex", "figures/x.pdf"])
def test_a_format_knows_the_names_that_its_preamble_asked_for(fresh, name):
    """Nothing is read of a file whose being there is the answer; TeX may fold capitals."""
    asked = name.lower()
    head = HEAD.replace(
        "\\begin", f"\\IfFileExists{{{asked}}}{{\\def\\w{{2}}}}{{\\def\\w{{1}}}}\n\\begin"
    )
    (fresh.folder / "parts").mkdir()
    (fresh.folder / "figures").mkdir()
    fresh.print("\\rule{\\w pt}{1pt}", head)
    (fresh.folder / "parts/other.tex").write_text("")
    (fresh.folder / "other.sty").write_text("")
    fresh.print("\\rule{\\w pt}{1pt}", head)
    assert dumps(fresh) == 1
    (fresh.folder / name).write_text("")
    fresh.print("\\rule{\\w pt}{1pt}", head)
    assert dumps(fresh) == 1
    (fresh.folder / name).unlink()
    fresh.print("\\rule{\\w pt}{1pt}", head)
    assert dumps(fresh) == 1


def test_where_searches_are_not_told_every_name_counts(fresh, monkeypatch):
    monkeypatch.setattr(formats, "_SEARCHES", "-kpathsea-debug=0")
    fresh.print("\\rule{1pt}{1pt}", HEAD)
    (fresh.folder / "other.tex").write_text("")
    fresh.print("\\rule{1pt}{1pt}", HEAD)
    assert dumps(fresh) == 2


@pytest.fixture
def dumped(monkeypatch):
    """The documents for which TeX was told to dump, in this process."""
    mains = []

    def seen(command, *given):
        if "-ini" in command:
            mains.append(command[-1])
        return run(command, *given)

    monkeypatch.setattr(formats, "run", seen)
    return mains


def test_who_wants_a_format_that_is_being_dumped_waits_for_it(fresh, dumped):
    for name in ("one", "two", "three"):
        (fresh.folder / name).mkdir()
        (fresh.folder / name / "report.tex").write_text(
            f"{HEAD}\\rule{{1pt}}{{1pt}}\\end{{document}}"
        )
        shutil.copy(fresh.folder / "local.sty", fresh.folder / name)

    def made(name):
        folder = fresh.folder / name
        typeset(folder / "report.tex", folder / "a.pdf", engine=fresh.engine, store=fresh.store)
        return (folder / "a.pdf").read_bytes()

    with ThreadPoolExecutor() as pool:
        pdfs = set(pool.map(made, ("one", "two", "three")))
    assert len(dumped) == len(pdfs) == 1
    assert not list(fresh.store.rglob("*.lock"))


def prepared(bench):
    head = HEAD.partition("\\begin")[0]
    formats.prepare(bench.store, head, {"local.sty": bench.folder / "local.sty"}, bench.engine)


def test_a_format_that_was_prepared_is_found(fresh):
    prepared(fresh)
    (fresh.folder / "body.tex").write_text("\\rule{1pt}{1pt}")
    fresh.print("\\input{body}", HEAD)
    assert dumps(fresh) == 0


def test_a_format_prepared_without_a_file_that_the_preamble_reads_is_none(fresh):
    head = f"\\documentclass{{article}}{FONTS}\\InputIfFileExists{{more}}{{}}{{\\def\\w{{1}}}}\n"
    formats.prepare(fresh.store, head, {}, fresh.engine)
    (fresh.folder / "more.tex").write_text("\\def\\w{2}")
    outcome = fresh.print("\\typeout{w is \\w}\\rule{1pt}{1pt}", f"{head}\\begin{{document}}\n")
    assert "w is 2" in outcome.log and dumps(fresh) == 1


def test_a_preamble_at_fault_says_the_same_when_it_was_prepared(fresh):
    (fresh.folder / "local.sty").write_text("\n\\newcomand\\x{}\n")
    said = fresh.complaint("text", head=HEAD)
    prepared(fresh)
    assert fresh.complaint("text", head=HEAD) == said


PREPARING = """
import os, sys
from pathlib import Path
from proofpress.typeset import engine, formats
formats.{moment} = lambda *given: os.kill(os.getpid(), 9)
store, head, style = sys.argv[1:]
formats.prepare(Path(store), head, {{"local.sty": Path(style)}}, engine.find())
"""


@pytest.mark.parametrize("moment", ["run", "scratch.deliver", "Memo.keep", "_prune"])
def test_a_preparation_that_is_killed_leaves_nothing_wrong(fresh, dumped, moment):
    fresh.print("\\rule{1pt}{1pt}", HEAD)
    whole = fresh.pdf.read_bytes()
    shutil.rmtree(fresh.store)
    code, head = PREPARING.format(moment=moment), HEAD.partition("\\begin")[0]
    command = [sys.executable, "-c", code, fresh.store, head, fresh.folder / "local.sty"]
    assert subprocess.run(command).returncode == -9
    dumped.clear()
    fresh.print("\\rule{1pt}{1pt}", HEAD)
    assert fresh.pdf.read_bytes() == whole
    assert len(dumped) == (moment != "_prune")  # whose note is written stands
    assert not list(fresh.store.rglob("*.lock"))


def test_a_damaged_format_is_dumped_anew(fresh):
    fresh.print("\\rule{1pt}{1pt}", HEAD)
    (made,) = (fresh.store / "formats").glob("*.fmt")
    good = bytearray(made.read_bytes())
    good[len(good) // 2] ^= 1
    made.write_bytes(good)
    dumps(fresh)
    fresh.print("\\rule{1pt}{1pt}", HEAD)
    assert dumps(fresh) == 1
    for note in (fresh.store / "formats").glob("*.note"):
        note.write_bytes(note.read_bytes()[:-4])
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
