"""What two PDFs differ in: read from the PDFs alone, a broken one included."""

import re
import shutil
import subprocess
import sys
import tarfile
import zlib
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "ink"))

from small_report import CAUSAL, Small

from proofpress.audit import commands as audit
from proofpress.audit import page, revisions
from proofpress.audit.difference import Change, changes
from proofpress.audit.snapshot import snapshot
from proofpress.faults.errors import PressError
from proofpress.ink.document import Document
from proofpress.kinds.marks import Glyph
from proofpress.report.report import Report


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Path:
    return Small(tmp_path_factory.mktemp("old"), store).built()


def test_the_same_pdf(old: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.pdf"
    shutil.copyfile(old, copy)
    assert audit.verified(copy, old) == (f"{copy} is what these sources give, byte for byte", 0)


def test_equal_sources_give_equal_bytes(old: Path, tmp_path: Path, store: Path) -> None:
    assert Small(tmp_path, store).built().read_bytes() == old.read_bytes()


def test_a_snapshot_holds_claims_facts_figures_and_pages(old: Path) -> None:
    found = snapshot(old)
    assert found.claims is not None and found.results is not None
    assert found.claims["count.causal"]["closed_form"] == "n*(n + 1)/2"
    assert list(found.results) == ["test.loss"]  # running times are no part of it
    assert found.facts["count.causal/formula"] == [("⟨n(n+1)⟩/⟨2⟩", 1)] * 2
    figure = found.figures["count.causal/examples/grid/cells?figure=causal"]
    assert sorted(figure.squares) == sorted((i, j) for i, j in CAUSAL)
    assert any("Counting pairs" in line for line in found.pages[0].lines)


def test_a_changed_source_is_told_claim_by_claim(old: Path, tmp_path: Path, store: Path) -> None:
    small = Small(tmp_path, store)
    power = small.claims["count.power"]
    power["formula"], power["closed_form"] = "n^{2} h(c + 2h)", "n**2*h*(c + 2*h)"
    power["examples"]["grid"]["value"] = 12312
    small.results["test.loss"] |= {"value": 0.3, "text": "0.300"}
    small.text = small.text.replace("The number is", "Their number is")
    small.drawn["causal"] = CAUSAL[1:]
    text, status = audit.verified(small.built(), old)
    assert status == 1
    assert "the bytes differ from byte" in text
    for line in (
        "claim count.power, formula\n  before: n^{2} h(c + 2h) - 1\n  after:  n^{2} h(c + 2h)",
        "number count.power, grid\n  before: 12311 at n = 9, c = 3, h = 8\n  after:  12312",
        "number test.loss\n  before: 0.324 (0.32381)\n  after:  0.300 (0.3)",
        "figure causal (count.causal): squares (1, 1)\n  before: 21 squares marked, page 1",
        "page 1\n  before: The number is",
    ):
        assert line in text, text


def stream_with(data: bytes, text: bytes) -> tuple[int, bytes, bytes]:
    """Where the compressed stream that holds a text begins, the stream, and what it holds."""
    for found in re.finditer(rb"/Length (\d+) +.*?stream\r?\n", data, re.DOTALL):
        packed = data[found.end() : found.end() + int(found[1])]
        try:
            plain = zlib.decompress(packed)
        except zlib.error:
            continue
        if text in plain:
            return found.end(), packed, plain
    raise AssertionError(f"no stream holds {text!r}")


def test_an_edited_stream_is_told_by_page(old: Path, tmp_path: Path) -> None:
    """One digit is changed in a page's compressed stream; its claim and its page are named."""
    data = old.read_bytes()
    start, packed, plain = stream_with(data, b"311)")
    again = zlib.compress(plain.replace(b"311)", b"301)"), 9)
    # The stream keeps its length, so that no other byte of the file moves.
    assert len(again) <= len(packed)
    forged = tmp_path / "forged.pdf"
    forged.write_bytes(data[:start] + again.ljust(len(packed), b"\0") + data[start + len(packed) :])
    text, status = audit.verified(forged, old)
    assert status == 1
    told = "number count.power/examples/grid, in ink on page 2\n  before: 12,311\n  after:  12,301"
    assert told in text
    assert "\npage 2\n" in text


def test_a_broken_stream_is_told_by_page(old: Path, tmp_path: Path) -> None:
    data = bytearray(old.read_bytes())
    start, _, _ = stream_with(data, b"311)")
    data[start + 40 : start + 44] = b"\xff\xff\xff\xff"
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(data)
    text, status = audit.verified(broken, old)
    assert status == 1
    assert "is not what these sources give" in text
    assert "\npage 2\n" in text


def test_bytes_that_nobody_sees(old: Path, tmp_path: Path) -> None:
    longer = tmp_path / "longer.pdf"
    longer.write_bytes(old.read_bytes() + b"\n% a remark\n")
    text, status = audit.verified(longer, old)
    assert status == 1
    assert text.endswith("but every claim, number, figure and page reads the same")


def test_what_is_no_pdf(old: Path, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("no PDF")
    with pytest.raises(PressError, match=r"notes\.txt cannot be read as a PDF"):
        audit.verified(other, old)
    with pytest.raises(PressError, match="No such file"):
        audit.verified(tmp_path / "none.pdf", old)


def test_diff_as_text_and_page(old: Path, tmp_path: Path, store: Path) -> None:
    small = Small(tmp_path / "new", store)
    small.folder.mkdir()
    small.claims["count.guess"]["verdict"] = "refuted"
    (tmp_path / "output").mkdir()
    into = tmp_path / "output/diff.pdf"
    text, status = audit.changed(str(old), str(small.built()), Report(tmp_path), "embedded")
    assert status == 0
    assert "claim count.guess, verdict\n  before: undecided\n  after:  refuted" in text
    assert "as a page: output/diff.pdf" in text
    lines = [line for found in snapshot(into).pages for line in found.lines]
    assert any("undecided" in line for line in lines)


def test_the_page_takes_any_sign() -> None:
    change = Change("claim", "a_b.c, formula", "≤ ⍰ & # %", "n^{2}", mathematics=False)
    source = page.source([change], "old", "new_2")
    assert r"\ensuremath{\le} U+2370 \& \# \%" in source
    assert r"a\_\allowbreak{}b.\allowbreak{}c" in source


def test_the_page_takes_no_command_from_a_pdf() -> None:
    """The ledger that a PDF carries can have been written by anyone."""
    change = Change("claim", "a, formula", r"n \input{x}", r"\frac{n}{2}", mathematics=True)
    source = page.source([change], "old", "new")
    assert r"n \textbackslash{}input\{x\}" in source
    assert r"\shown{\frac{n}{2}}" in source


WIDE = Change(
    "claim",
    f"count.{'a' * 120}, formula",
    "+".join(f"x_{{{k}}}" for k in range(50)),
    r"\begin{cases} \dfrac{n(n + 1)}{2} & \text{if } n \le t + 1, \\[1.5ex] "
    r"\dfrac{(2n - t)(t + 1)}{2} & \text{if } n > t + 1. \end{cases}",
    mathematics=True,
)
WORDS = Change("page", "3", "|".join(["x" * 60] * 6), "木" * 30 + " -- << `` " + "W" * 90 + " \\{$")


def test_the_page_holds_whatever_has_changed(tmp_path: Path) -> None:
    into = tmp_path / "diff.pdf"
    page.write([WIDE, WORDS], "o" * 200, f"HEAD~3/{'path_' * 20}", into, "embedded")
    glyphs = [mark for mark in Document(into).marks(0) if isinstance(mark, Glyph)]
    edge = 595 - 22 / 25.4 * 72 + 1
    assert max(glyph.end for glyph in glyphs) < edge
    assert sum(glyph.sign == "x" for glyph in glyphs) >= 50 + 360


def test_a_formula_that_tex_refuses_is_printed_as_it_is_written(tmp_path: Path) -> None:
    into = tmp_path / "diff.pdf"
    change = Change("claim", "a, formula", r"\left( n", "n", mathematics=True)
    page.write([change, WIDE], "old", "new", into, "embedded")
    assert any("left( n" in line for line in snapshot(into).pages[0].lines)


def test_changes_are_told_without_a_page(
    old: Path, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Small(tmp_path / "new", store)
    small.folder.mkdir()
    small.claims["count.guess"]["verdict"] = "refuted"

    def fail(*_: object) -> None:
        raise PressError("no TeX")

    monkeypatch.setattr(page, "write", fail)
    text, status = audit.changed(str(old), str(small.built()), Report(tmp_path), "embedded")
    assert status == 0
    assert "claim count.guess, verdict\n  before: undecided\n  after:  refuted" in text
    assert text.endswith("; there is no page of it: no TeX")


def repository(folder: Path, pins: str) -> None:
    """A report in git whose build.py would never end, with these pins; then it pins another."""
    (folder / "notebooks").mkdir(parents=True)
    (folder / "notebooks/long.ipynb").write_text("{}")
    (folder / "build.py").write_text(
        "import sys, time\nif sys.argv[1:] == ['why']: print('run notebook: never ran')\n"
        "else: time.sleep(10**6)\n"
    )
    (folder / "pyproject.toml").write_text(pins)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    committed(folder)


def committed(folder: Path) -> None:
    for words in (["add", "."], ["commit", "-qm", "It"]):
        given = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *words]
        subprocess.run(given, cwd=folder, check=True)


PINS = '[dependency-groups]\npress = ["a==1", "b==2"]\n'


@pytest.mark.skipif(not shutil.which("git"), reason="this machine has no git")
@pytest.mark.parametrize(
    ("now", "work"),
    [
        (PINS, "do the step 'run notebook'"),
        (
            PINS.replace("a==1", "a==3"),
            "install its packages (a==1) anew and do all steps, notebooks among them",
        ),
    ],
)
def test_a_revision_that_takes_long_is_not_built_unasked(tmp_path: Path, now, work) -> None:
    folder = tmp_path / "report"
    repository(folder, PINS)
    (folder / "pyproject.toml").write_text(now)
    with pytest.raises(PressError) as caught, revisions.pdf("HEAD", Report(folder)):
        pass
    assert caught.value.what == (
        f"the revision HEAD is not built yet, and building it takes long: it would {work}"
    )
    assert caught.value.mend is not None and "--yes" in caught.value.mend


@pytest.mark.skipif(not shutil.which("git"), reason="this machine has no git")
@pytest.mark.parametrize("old_python", [False, True])
def test_a_revision_is_unpacked_and_nothing_leads_out_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old_python: bool
) -> None:
    """The first releases of Python 3.11 know no filters of archives."""
    if old_python:
        plain, every = tarfile.TarFile.extract, tarfile.TarFile.extractall
        monkeypatch.delattr(tarfile, "data_filter", raising=False)
        monkeypatch.setattr(tarfile.TarFile, "extract", lambda self, *given: plain(self, *given))
        monkeypatch.setattr(tarfile.TarFile, "extractall", lambda self, path: every(self, path))
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / "inner").symlink_to("notebooks")
    repository(folder, PINS)
    revisions._checked_out("HEAD", Report(folder), tmp_path / "first")
    assert (tmp_path / "first/inner/long.ipynb").read_text() == "{}"
    (folder / "outer").symlink_to("notebooks/../../secret")
    committed(folder)
    with pytest.raises(PressError, match="file outer leads out of the report"):
        revisions._checked_out("HEAD", Report(folder), tmp_path / "second")


def test_neither_file_nor_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine need not have git: then the message says so."""

    def told() -> str:
        with (
            pytest.raises(PressError) as caught,
            revisions.pdf("no-such-thing", tmp_path),
        ):
            pass
        return caught.value.what

    without = "no-such-thing is no file, and no git revision can be looked up: git does not start"
    if shutil.which("git"):
        assert told() == "no-such-thing is neither a file nor a git revision"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert told().startswith(without)


def test_nothing_changed(old: Path) -> None:
    assert changes(snapshot(old), snapshot(old)) == []
