"""What was read before is found again only while all that decides it is as it was."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from small_report import Small

from proofpress.build import memo, press
from proofpress.ink.compare import Ink
from proofpress.ink.document import Document
from proofpress.ink.fonts import Fonts
from proofpress.ink.identity import Identities
from proofpress.ink.kept import Kept
from proofpress.ink.pages import Drawn, Picture

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

    def noting(self: Drawn, content: bytes, *more: Any, **named: Any) -> Any:
        found.append(content)
        return marks(self, content, *more, **named)

    monkeypatch.setattr(Drawn, "marks", noting)
    return found


def test_nothing_is_drawn_again(small: Small, drawn: list[bytes]) -> None:
    cold = small.read()
    assert len(drawn) > 2
    drawn.clear()
    assert small.read(Kept(small.folder / "ink")) == cold
    assert drawn == []


def identity(page: pikepdf.Page) -> bytes:
    """The identity of a page of which nothing is known."""
    kept, fonts, codes = Kept(), Fonts(), dict[str, set[int]]()
    identities = Identities(kept, fonts)
    content, resources = page.Contents.read_bytes(), page.obj["/Resources"]
    Drawn(identities, fonts).marks(content, resources, codes=codes)
    return identities.page(page.obj, lambda: codes)


def test_the_numbers_of_objects_decide_nothing(small: Small) -> None:
    """Pages joined behind others, as chapters are, have other objects and draw the same."""
    with pikepdf.open(small.pdf) as pdf, pikepdf.new() as joined:
        for _ in pdf.objects:
            joined.make_indirect(pikepdf.Dictionary())
        joined.add_pages_from(pdf)
        for before, after in zip(pdf.pages, joined.pages, strict=True):
            assert before.obj.objgen != after.obj.objgen
            assert identity(before) == identity(after)


def rename(page: pikepdf.Page, name: str, new: str) -> None:
    """Gives a font of a page another name, in its resources and in its commands."""
    fonts = page.obj["/Resources"]["/Font"]
    fonts[f"/{new}"] = fonts[f"/{name}"]
    del fonts[f"/{name}"]
    commands = page.Contents.read_bytes()
    page.Contents.write(re.sub(rb"/%b\b" % name.encode(), b"/" + new.encode(), commands))


def fonts_renamed(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for name in [*page.obj["/Resources"]["/Font"].keys()]:
            rename(page, name[1:], f"Another{name[2:]}")


def other_subsets(pdf: pikepdf.Pdf) -> None:
    """Other signs are embedded as well, which the page does not show."""
    for page in pdf.pages:
        for font in page.obj["/Resources"]["/Font"].values():
            name = str(font.BaseFont).partition("+")[2]
            first, widths = int(font.FirstChar), list(font.Widths)
            font.BaseFont = pikepdf.Name(f"/ABCDEF+{name}")
            font.FirstChar = 0
            font.Widths = pikepdf.Array(
                [700] * first + widths + [700] * (256 - first - len(widths))
            )


@pytest.mark.parametrize("edit", [fonts_renamed, other_subsets])
def test_how_fonts_are_named_and_embedded_decides_nothing(small: Small, edit: Edit) -> None:
    """A word that makes TeX stretch one more font renames and widens those of other pages."""
    with pikepdf.open(small.pdf) as before, pikepdf.open(small.pdf) as after:
        edit(after)
        for one, other in zip(before.pages, after.pages, strict=True):
            assert identity(one) == identity(other)


COMMANDS = (
    b"/A 9 Tf (n)Tj",
    b"/A 9 Tf (/B)Tj",
    b"/A 9 Tf (/B 9 Tf)Tj",
    b"/A 9 Tf (\\)/B (\\(/B))Tj",
    b"/A 9 Tf (n)Tj /B 9 Tf (/A)Tj",
    b"/A 9 Tf (n)Tj %(\n/A 9 Tf (/B)Tj",
    b"/A 9 Tf (n)Tj %/B (\n/B 9 Tf (n)Tj",
    b"/A 9 Tf <</B (>> BDC (n)Tj /B 9 Tf (n)Tj",
    b"/A 9 Tf <</B (>> BDC (n)Tj /A 9 Tf (n)Tj",
    b"/A 9 Tf q /B 9 Tf Q (n)Tj",
    b"/A 9 Tf q /B 9 Tf (n)Tj Q",
    b"/A 9 Tf <6E>Tj /B 9 Tf (\\156)Tj",
    b"/A 9 Tf (n)Tj /A Do",
    b"/A 9 Tf (n)Tj /B Do",
)


def pages_with_two_fonts() -> Iterator[pikepdf.Page]:
    """Pages with these commands, with A for B in them, and with other fonts of these names."""
    pdf = pikepdf.new()
    fonts = [
        pikepdf.Dictionary(
            BaseFont=pikepdf.Name("/Same"),
            FirstChar=0,
            Widths=pikepdf.Array([width] * 256),
            ToUnicode=pdf.make_stream(b"1 beginbfrange <00> <FF> <%04X> endbfrange" % sign),
        )
        for width, sign in ((500, 0x400), (600, 0x400), (500, 0x500))
    ]
    form = pdf.make_stream(b"0 0 m 9 0 l 9 9 l f", Subtype=pikepdf.Name.Form)
    form.BBox, form.Resources = pikepdf.Array([0, 0, 9, 9]), pikepdf.Dictionary()
    for commands in COMMANDS:
        for written in (commands, commands.translate(bytes.maketrans(b"AB", b"BA"))):
            for first, second in permutations(fonts, 2):
                page = pdf.add_blank_page()
                page.Contents = pdf.make_stream(written)
                named = pikepdf.Dictionary(A=first, B=second)
                pictures = {"/A": form, "/B": form} if b"Do" in written else {}
                page.Resources = pikepdf.Dictionary(
                    Font=named, XObject=pikepdf.Dictionary(pictures)
                )
                yield page


def test_pages_of_one_identity_draw_the_same() -> None:
    """Whatever stands in a text, a comment or a dictionary is no font's name."""
    seen: dict[bytes, Any] = {}
    pages = 0
    for page in pages_with_two_fonts():
        kept, fonts = Kept(), Fonts()
        read = Drawn(Identities(kept, fonts), fonts)
        marks = read.marks(page.Contents.read_bytes(), page.obj["/Resources"])
        shown = [mark.key if isinstance(mark, Picture) else mark for mark in marks]
        assert seen.setdefault(identity(page), shown) == shown
        pages += 1
    assert (
        len(seen) < pages
    )  # equal ones are those whose names are exchanged together with the fonts


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
    monkeypatch.setattr(memo, "code", lambda *makers: "another")
    assert small.read(Kept(small.folder / "ink")).differences == []
    assert drawn


def test_all_code_that_reads_is_part_of_the_key() -> None:
    """What pages are read by; the errors it raises and where results are kept change no reading."""
    code = (
        "import sys, proofpress.ink.views, proofpress.ink.meaning, proofpress.kinds\n"
        "print(*(name.split('.')[1] for name in sys.modules if name.startswith('proofpress.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    rooms = {name.partition("/")[0] for name in press.modules("proofpress.ink")}
    assert {"ink", "kinds", "formulas"} < {*done.stdout.split()} <= {*rooms, "build"}


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
