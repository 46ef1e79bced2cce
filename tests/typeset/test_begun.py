r"""A job that began with a document as it was: what it then prints is what a new one prints."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdf
import pytest
from chapters_bench import ALL, ALPHA, GAMMA, HEAD, chapters

from proofpress.typeset.compile import TypesettingError, begun, typeset
from proofpress.typeset.job import Job
from proofpress.typeset.passes import Begun

pytest_plugins = ("typeset_bench",)
__all__ = ["chapters"]  # a fixture
FONTS = "\\usepackage[T1]{fontenc}\\usepackage{lmodern}"
PLAIN = f"\\documentclass{{article}}{FONTS}\n\\begin{{document}}\n"


pytestmark = pytest.mark.slow


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Over what the passes went that were started, in their order."""
    listed: list[str | None] = []
    first = Begun.__init__

    def start(self, desk, chapter, watched, draft=False) -> None:
        listed.append(chapter)
        first(self, desk, chapter, watched, draft)

    monkeypatch.setattr(Begun, "__init__", start)
    return listed


@pytest.fixture
def ahead(chapters, started) -> Callable[..., object]:
    """Sets the chapters once, once more with `alpha` changed, and then begins a job."""

    @contextmanager
    def made(body: str = ALL, head: str = HEAD) -> Iterator[Job]:
        chapters.make(body, head)
        chapters.texts["parts/alpha"] = ALPHA.replace("Words", "Changed")
        chapters.make(body, head)
        started.clear()
        main = chapters.folder / "report.tex"
        with begun(main, engine=chapters.engine, store=chapters.store) as job:
            yield job

    return made


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_as_if_new(chapters, body: str = ALL, head: str = HEAD) -> bool:
    found, kept = digest(chapters.pdf), chapters.store
    chapters.store = kept.with_name("another")
    again = digest(chapters.make(body, head).pdf)
    chapters.store = kept
    return found == again


def test_what_was_set_last_is_begun_and_gone_on_with(chapters, ahead, started):
    with ahead() as job:
        assert started == ["parts/alpha"] and job.state.last == ["parts/alpha"]
        chapters.texts["parts/alpha"] += "More words."
        assert chapters.make(begun=job).passes == 1
        assert started == ["parts/alpha"] == chapters.ran
    assert is_as_if_new(chapters)


def test_another_chapter_than_the_one_that_was_begun_changes(chapters, ahead, started):
    with ahead() as job:
        chapters.texts["gamma"] = GAMMA + "More."
        chapters.make(begun=job)
        assert started == ["parts/alpha", "gamma"] and chapters.ran == ["gamma"]
    assert is_as_if_new(chapters)
    chapters.make()
    assert chapters.ran == []  # what the pass that was not needed had begun to write is put back


def test_a_chapter_that_moves_all_others(chapters, ahead):
    with ahead() as job:
        chapters.texts["parts/alpha"] += "\\newpage\\section{New}\\label{new}"
        chapters.texts["parts/beta"] += "\\ref{new}"
        chapters.make(begun=job)
    assert is_as_if_new(chapters)


@pytest.mark.parametrize("change", ["document", "preamble", "file", "early"])
def test_what_tex_has_read_before_it_waits_is_read_again(chapters, ahead, started, change):
    early, late = chapters.folder / "early.txt", chapters.folder / "late.txt"
    early.write_text("\\gdef\\early{Old}")
    late.write_text("Old")
    body = "\\include{front}\\include{parts/alpha}\\include{parts/beta}\n\\include{gamma}"
    head = HEAD.replace("\\begin", "\\AtBeginDocument{\\input{early.txt}}\\begin")
    chapters.texts["gamma"] = GAMMA + "\\early\\input{late.txt}"
    with ahead(body, head) as job:
        if change == "document":
            body = body.replace("\n", "\n\\def\\mine{}\n")
        elif change == "preamble":
            head = head.replace("{All}", "{All of it}")
        elif change == "file":
            (chapters.folder / "another.txt").write_text("")
        else:
            early.write_text("\\gdef\\early{New}")
        late.write_text("New")
        chapters.make(body, head, begun=job)
        assert len(started) > 1 and not job.passes
    assert is_as_if_new(chapters, body, head)


def test_faults_are_told_at_their_lines(chapters, ahead):
    with ahead() as job:
        chapters.texts["parts/alpha"] = ALPHA + "\n\\unknown\n"
        with pytest.raises(TypesettingError, match="unknown") as caught:
            chapters.make(begun=job)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("parts/alpha.tex", 4)


def test_a_job_that_is_not_needed_leaves_nothing(chapters, ahead):
    with ahead() as job:
        (waiting,) = job.begun.values()
        process = waiting._running._process.pid
        assert os.path.exists(f"/proc/{process}")
        room = job.desk.room
    assert not os.path.exists(f"/proc/{process}") and not room.exists()
    assert not [*chapters.store.glob("run-*")]


def test_nothing_is_begun_where_something_has_to_come_first(bench, started, tmp_path):
    main = bench.write("Text.")
    with begun(main, engine=bench.engine, store=tmp_path / "store") as job:
        assert not job.begun and not started
        store = tmp_path / "store"
        assert typeset(main, bench.pdf, engine=bench.engine, store=store, begun=job).passes == 2


def test_a_document_without_chapters_is_begun_as_a_whole(bench, started):
    bench.print("Text.")
    started.clear()
    with begun(bench.write("Text."), engine=bench.engine, store=bench.store) as job:
        assert started == [None]
        assert bench.print("Text.", begun=job).passes == 1
    late = bench.folder / "late.tex"
    late.write_text("Old")
    bench.print("\\input{late}")
    started.clear()
    main = bench.write("\\input{late}")
    with begun(main, engine=bench.engine, store=bench.store) as job:
        late.write_text("New")
        assert bench.print("\\input{late}", begun=job).passes == 1
        assert started == [None]
    assert "New" in pypdf.PdfReader(bench.pdf).pages[0].extract_text()


@pytest.mark.parametrize(("mode", "number"), [("", 1), ("\\batchmode", 0), ("\\scrollmode", 2)])
def test_the_way_in_which_tex_stops_at_errors_outlasts_the_waiting(bench, mode, number):
    head = PLAIN.replace("\\begin", f"\\AtBeginDocument{{{mode}}}\\begin")
    outcome = bench.print("\\wlog{now: \\the\\interactionmode}Text.", head)
    assert f"now: {number}\n" in outcome.log
    main = bench.write("\\wlog{now: \\the\\interactionmode}Text.", head)
    with begun(main, engine=bench.engine, store=bench.store) as job:
        (waiting,) = job.begun.values()
        assert "report.aux" in "".join(waiting.read())
