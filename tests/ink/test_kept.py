"""What was read before is found again only while all that decides it is as it was."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from small_report import Small

from proofpress.ink import kept as memory
from proofpress.ink.compare import Ink
from proofpress.ink.document import Document
from proofpress.ink.identity import Identities
from proofpress.ink.kept import Kept
from proofpress.ink.pages import Drawn

Edit = Callable[[pikepdf.Pdf], None]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """The report, read once; what was seen is in `folder / "ink"`."""
    report = Small(tmp_path_factory.mktemp("small"), tmp_path_factory.mktemp("store"))
    kept = Kept(report.folder / "ink")
    assert report.ink(kept).differences == []
    kept.save()
    return report


@pytest.fixture
def edited(small: Small, tmp_path: Path) -> Iterator[Callable[[Edit], Ink]]:
    """Reads the PDF, edited, with what is remembered of the one before."""
    whole = small.pdf.read_bytes()

    def reading(edit: Edit) -> Ink:
        with pikepdf.open(small.pdf) as pdf:
            edit(pdf)
            pdf.save(tmp_path / "edited.pdf")
        small.pdf.write_bytes((tmp_path / "edited.pdf").read_bytes())
        told = small.read(Kept(small.folder / "ink"))
        assert told.differences == small.read().differences
        return told

    yield reading
    small.pdf.write_bytes(whole)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The contents that are drawn from now on."""
    found: list[bytes] = []
    marks = Drawn.marks

    def noting(self: Drawn, content: bytes, *more: Any) -> Any:
        found.append(content)
        return marks(self, content, *more)

    monkeypatch.setattr(Drawn, "marks", noting)
    return found


def test_nothing_is_drawn_again(small: Small, drawn: list[bytes]) -> None:
    cold = small.read()
    assert len(drawn) > 2
    drawn.clear()
    assert small.read(Kept(small.folder / "ink")) == cold
    assert drawn == []


def test_the_numbers_of_objects_decide_nothing(small: Small) -> None:
    """Pages joined behind others, as chapters are, have other objects and draw the same."""
    with pikepdf.open(small.pdf) as pdf, pikepdf.new() as joined:
        for _ in pdf.objects:
            joined.make_indirect(pikepdf.Dictionary())
        joined.add_pages_from(pdf)
        for before, after in zip(pdf.pages, joined.pages, strict=True):
            assert before.obj.objgen != after.obj.objgen
            kept = Kept()
            assert Identities(kept).page(before.obj) == Identities(kept).page(after.obj)


def content(pdf: pikepdf.Pdf) -> None:
    """Each n that is set by itself, an m."""
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(page.Contents.read_bytes().replace(b"[(n)", b"[(m)"))


def meaning_of_codes(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        font.ToUnicode = pdf.make_stream(b"1 beginbfrange <00> <FF> <0041> endbfrange")


def widths(pdf: pikepdf.Pdf) -> None:
    """Signs without width stand on one another: no fraction's bar reaches over its digits."""
    for font in pdf.pages[0].Resources.Font.values():
        font.Widths = pikepdf.Array([9000 for _ in font.Widths])


def picture(pdf: pikepdf.Pdf) -> None:
    """Nothing is filled any more."""
    form = next(iter(pdf.pages[0].Resources.XObject.values()))
    form.write(re.sub(rb"\bf\b", b"n", form.read_bytes()))


def picture_turned(pdf: pikepdf.Pdf) -> None:
    form = next(iter(pdf.pages[0].Resources.XObject.values()))
    form.Matrix = pikepdf.Array([0, 1, 1, 0, 0, 0])


def facts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    return (a for page in pdf.pages for a in page.get("/Annots", ()) if "/Fact" in a)


def place_of_a_fact(pdf: pikepdf.Pdf) -> None:
    next(facts(pdf)).Fact = pikepdf.String("count.power/formula")


def rectangle(pdf: pikepdf.Pdf) -> None:
    fact = next(facts(pdf))
    left, low, right, high = map(float, fact.Rect)
    fact.Rect = pikepdf.Array([left, low, left + (right - left) / 3, high])


def target(pdf: pikepdf.Pdf) -> None:
    next(facts(pdf)).A = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.String("claim.x"))


def target_elsewhere(pdf: pikepdf.Pdf) -> None:
    """Written as an object of its own, of which the annotation holds the number."""
    action = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.String("claim.x"))
    next(facts(pdf)).A = pdf.make_indirect(action)


@pytest.mark.parametrize(
    "edit",
    [
        content, meaning_of_codes, widths, picture, picture_turned,
        place_of_a_fact, rectangle, target, target_elsewhere,
    ],
)  # fmt: skip
def test_whatever_decides_is_read_anew(edited: Callable[[Edit], Ink], edit: Edit) -> None:
    assert edited(edit).differences


def test_another_action_behind_the_same_number(small: Small, tmp_path: Path) -> None:
    def targets(named: str, kept: Kept) -> set[str]:
        with pikepdf.open(small.pdf) as pdf:
            target_elsewhere(pdf)
            next(facts(pdf)).A.D = pikepdf.String(named)
            pdf.save(tmp_path / "a.pdf")
        return {link.target for link in Document(tmp_path / "a.pdf", kept).links}

    kept = Kept()
    assert "claim.x" in targets("claim.x", kept)
    assert "claim.y" in targets("claim.y", kept)


def test_other_code_reads_anew(
    small: Small, drawn: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "source", lambda path: path.read_bytes() + b"1")
    assert small.read(Kept(small.folder / "ink")).differences == []
    assert drawn


def test_all_code_that_reads_is_part_of_the_key() -> None:
    room = {path.stem for path in Path(memory.__file__).parent.glob("*.py")}
    assert room - set(memory.READERS) == {"__init__", "sources", "step"}


@pytest.mark.parametrize("at", [0, 60, -1])
def test_a_damaged_memory_is_none(
    small: Small, drawn: list[bytes], tmp_path: Path, at: int
) -> None:
    data = bytearray((small.folder / "ink").read_bytes())
    data[at] ^= 1
    (tmp_path / "ink").write_bytes(data)
    assert small.read(Kept(tmp_path / "ink")).differences == []
    assert drawn


def test_only_what_the_document_has_is_kept(tmp_path: Path) -> None:
    first = Kept(tmp_path / "ink")
    for name in ("a", "b", "c"):
        first.recall((name,), lambda: 1)
    first.save()
    second = Kept(tmp_path / "ink")
    second.recall(("a",), lambda: 2)
    second.hold(("b",))
    second.hold(("d",))
    second.save()
    third = Kept(tmp_path / "ink")
    assert [third.recall((name,), lambda: 3) for name in "abcd"] == [1, 1, 3, 3]


def test_what_is_raised_is_not_kept() -> None:
    kept = Kept()
    with pytest.raises(ZeroDivisionError):
        kept.recall(("a",), lambda: 1 / 0)
    assert kept.recall(("a",), lambda: 1) == 1
