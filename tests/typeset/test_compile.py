import hashlib
import os
import re
import shutil
import subprocess
import threading
from dataclasses import replace

import pytest

from proofpress.faults.errors import PressError
from proofpress.typeset.compile import typeset
from proofpress.typeset.run import Limits

pytestmark = pytest.mark.slow

pytest_plugins = ("typeset_bench",)

HEAD = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage{refcount}
\begin{document}
"""

TWO_PAGES = "\\tableofcontents\\section{One}\\label{one}\\newpage See \\pageref{two}.\\label{two}"


def digest(path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_passes_are_repeated_until_references_stand_and_then_one_is_enough(bench, tmp_path):
    bench.store = tmp_path / "store"
    first = bench.print(TWO_PAGES)
    assert first.passes > 1
    again = bench.print(TWO_PAGES.replace("See", "Look at"))
    assert again.passes == 1
    moved = bench.print(TWO_PAGES.replace("See", "x\\newpage See"))
    assert moved.passes > 1


def test_an_edited_document_gives_the_same_bytes_as_a_clean_build(bench, tmp_path):
    bench.store = tmp_path / "store"
    bench.print(TWO_PAGES + "\\label{gone}\\section{Gone}")
    edited = digest(bench.print(TWO_PAGES).pdf)
    bench.store = tmp_path / "another store"
    assert digest(bench.print(TWO_PAGES).pdf) == edited


def test_folders_names_and_variables_of_the_host_do_not_reach_the_pdf(bench, tmp_path, monkeypatch):
    here = digest(bench.print("Hello, \\today").pdf)
    strange = tmp_path / "a folder, 'quoted' \"twice\" $HOME {x} ü"
    strange.mkdir()
    shutil.copy(bench.folder / "report.tex", strange)
    for name, value in {"HOME": "/nowhere", "TZ": "Asia/Tokyo", "LC_ALL": "de_DE.UTF-8"}.items():
        monkeypatch.setenv(name, value)
    outcome = typeset(
        strange / "report.tex", strange / "o u t.pdf", engine=bench.engine, store=strange / "s t"
    )
    assert digest(outcome.pdf) == here
    assert b"/CreationDate" not in outcome.pdf.read_bytes()
    assert os.fsencode(tmp_path) not in outcome.pdf.read_bytes()


def test_inputs_are_the_files_that_tex_read(bench, tmp_path):
    (tmp_path / "part.tex").write_text("words")
    (tmp_path / "unused.tex").write_text("words")
    (tmp_path / "figures").mkdir()
    bench.print("\\rule{10pt}{10pt}")
    shutil.copy(bench.pdf, tmp_path / "figures" / "p.pdf")
    outcome = bench.print(
        "\\input{part}\\includegraphics[width=1cm]{figures/p}", search=[tmp_path / "figures"]
    )
    names = {path.relative_to(tmp_path).as_posix() for path in outcome.inputs}
    assert names == {"report.tex", "part.tex", "figures/p.pdf"}
    assert any(path.name == "article.cls" for path in outcome.engine_files)


def test_the_last_good_pdf_stays_and_nothing_is_left_behind(bench, tmp_path):
    bench.store = tmp_path / "store"
    good = digest(bench.print("Good.").pdf)
    bench.complaint("Bad \\nonsense.")
    assert digest(bench.pdf) == good
    assert not list(bench.store.glob("run-*"))
    assert {path.name for path in bench.folder.iterdir()} == {"report.tex", "out", "store"}


def test_auxiliary_files_that_no_longer_fit_are_made_anew(bench, tmp_path):
    bench.store = tmp_path / "store"
    bench.print("\\newcommand\\name{A}\\section{\\protect\\name}\\tableofcontents")
    outcome = bench.print("\\section{B}\\tableofcontents")
    assert outcome.passes > 1
    (bench.store / "state" / "report.json").write_text('{"report.aux"')
    assert bench.print("\\section{B}\\tableofcontents").pdf.is_file()


def test_lines_are_those_of_the_author(bench):
    said = bench.complaint(
        "\nA \\nonsense here.",
        origin=lambda one: replace(one, file=f"templates/{one.file}.j2", line=one.line + 100),
    )
    assert said.splitlines()[1] == "  templates/report.tex.j2:109: A \\nonsense here."


def test_faults_of_one_run_are_told_together(bench):
    said = bench.complaint("A \\nonsense here.\n\nAnd \\rubbish there.")
    assert "report.tex:8" in said and "report.tex:10" in said


def test_a_line_that_is_too_wide_is_a_fault_from_the_limit_on(bench):
    body = "\\noindent\\rule{\\dimexpr\\textwidth+3pt}{1pt}"
    assert "3.0 pt too wide" in bench.complaint(body)
    (problem,) = bench.print(body, widest=4.0).problems
    assert (problem.kind, problem.points) == ("overfull", 3.0)


def test_a_loop_is_stopped(bench):
    said = bench.complaint("\\def\\x{\\x}\\x", limits=Limits(seconds=1))
    assert "did not come to an end within 1 s" in said


def test_page_numbers_that_never_settle_are_told(bench, tmp_path):
    bench.store = tmp_path / "store"
    body = "\\ifnum\\getpagerefnumber{x}=1 \\newpage\\fi\\label{x}"
    said = bench.complaint(f"A{body}", head=HEAD, limits=Limits(passes=4))
    assert "still move after 4 passes" in said


def test_a_plain_run_of_pdflatex_prints_the_same_text(bench, tmp_path):
    main = bench.write(TWO_PAGES)
    environment = bench.engine.environment()
    for _ in range(3):
        subprocess.run(
            bench.engine.command(main.name), cwd=tmp_path, env=environment, check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
    pypdf = pytest.importorskip("pypdf")
    texts = [
        [page.extract_text() for page in pypdf.PdfReader(path).pages]
        for path in (tmp_path / "report.pdf", bench.print(TWO_PAGES).pdf)
    ]
    assert texts[0] == texts[1] and "See 2" in texts[0][1]


def test_two_builds_at_once_end_well(bench, tmp_path):
    bench.store = tmp_path / "store"
    main = bench.write(TWO_PAGES)
    faults: list[Exception] = []

    def build(name: str) -> None:
        try:
            typeset(main, tmp_path / "out" / name, engine=bench.engine, store=bench.store)
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=build, args=(f"{k}.pdf",)) for k in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert len({digest(path) for path in (tmp_path / "out").iterdir()}) == 1


def test_a_file_that_is_no_text_is_refused(bench):
    main = bench.write("x")
    main.write_bytes(main.read_bytes().replace(b"x\n", b"\xff\n"))
    with pytest.raises(PressError, match=re.escape("byte 0xff is not UTF-8")) as caught:
        typeset(main, bench.pdf, engine=bench.engine, store=bench.store)
    assert caught.value.where == "report.tex:8"
