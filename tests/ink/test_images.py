"""Pages with images of every kind are read: the words beside them, not the images' dots."""

import io
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.figure import Figure
from pikepdf import Array, Dictionary, Name
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from proofpress.audit.snapshot import snapshot
from proofpress.ink.document import Document
from proofpress.ink.pages import Glyph, Picture

WORDS = b"BT /F1 10 Tf 1 0 0 1 20 20 Tm (before) Tj ET q 50 0 0 50 0 0 cm %s Q BT (after) Tj ET"
FONT = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
DOTS = bytes(range(192)) + b" EI \x80(" + bytes(range(192))


def jpeg(kind: str = "JPEG", mode: str = "RGB") -> bytes:
    target = io.BytesIO()
    Image.new(mode, (8, 8), 100).save(target, kind)
    return target.getvalue()


# The filter, what it is told, and the data; of most there is no need that it is whole.
IMAGES: dict[str, tuple[Any, Any, bytes]] = {
    "JPEG": (Name.DCTDecode, None, jpeg()),
    "JPEG in four colours": (Name.DCTDecode, None, jpeg(mode="CMYK")),
    "a broken JPEG": (Name.DCTDecode, None, b"\xff\xd8no more"),
    "JPEG, packed once more": (
        Array([Name.FlateDecode, Name.DCTDecode]), None, zlib.compress(jpeg())
    ),
    "JPEG 2000": (Name.JPXDecode, None, b"\x00\x00\x00\x0cjP  \r\n\x87\n"),
    "fax": (Name.CCITTFaxDecode, Dictionary(K=-1, Columns=8), b"\x00\x10\x01"),
    "JBIG2": (Name.JBIG2Decode, None, b"\x00\x00\x00\x00"),
    "LZW": (Name.LZWDecode, None, b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01"),
    "run lengths": (Name.RunLengthDecode, None, b"\xfe\x41\x80"),
    "digits": (Name.ASCIIHexDecode, None, b"414243>"),
    "digits of 85": (Name.ASCII85Decode, None, b"87cUR~>"),
    "Flate with a predictor": (
        Name.FlateDecode, Dictionary(Predictor=15, Columns=8, Colors=3), zlib.compress(bytes(25))
    ),
    "broken Flate": (Name.FlateDecode, None, b"not packed"),
    "a filter of the future": (Name.FutureDecode, None, b"?"),
    "nothing": (None, None, bytes(192)),
}  # fmt: skip


def words(document: Document) -> str:
    return "".join(mark.sign for mark in document.marks(0) if isinstance(mark, Glyph))


def signs(text: str) -> str:
    """The signs of a font without a table."""
    return "".join(f"⍰{ord(sign)}" for sign in text)


def image(pdf: pikepdf.Pdf, kind: str) -> pikepdf.Stream:
    filtered, told, data = IMAGES[kind]
    entries = {"Width": 8, "Height": 8, "BitsPerComponent": 8, "ColorSpace": Name.DeviceRGB}
    made = pikepdf.Stream(pdf, data, Type=Name.XObject, Subtype=Name.Image, **entries)
    if filtered is not None:
        made.write(data, filter=filtered, decode_parms=told)
    return made


def page_with(pdf: pikepdf.Pdf, content: bytes, **shown: Any) -> None:
    page = pdf.add_blank_page(page_size=(100, 100))
    page.obj.Contents = pdf.make_stream(content)
    page.obj.Resources = Dictionary(Font=Dictionary(F1=FONT), XObject=Dictionary(**shown))


def as_picture(pdf: pikepdf.Pdf, content: bytes, **resources: Any) -> pikepdf.Stream:
    made = pikepdf.Stream(pdf, content, Type=Name.XObject, Subtype=Name.Form)
    made.BBox, made.Resources = Array([0, 0, 50, 50]), Dictionary(**resources)
    return made


@pytest.mark.parametrize("inside", [False, True], ids=["on the page", "in a picture"])
@pytest.mark.parametrize("kind", IMAGES)
def test_a_page_with_an_image_is_read(kind: str, inside: bool, tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        made = image(pdf, kind)
        if inside:
            made = as_picture(pdf, b"/X Do", XObject=Dictionary(X=pdf.make_indirect(made)))
        page_with(pdf, WORDS % b"/X Do", X=pdf.make_indirect(made))
        pdf.save(tmp_path / "a.pdf")
    document = Document(tmp_path / "a.pdf")
    assert words(document) == signs("beforeafter")
    # Kept readings ask for what decides the marks of the page.
    assert document.recall("words", [(0, None)], lambda: words(document)) == words(document)
    pictures = [mark for mark in document.marks(0) if isinstance(mark, Picture)]
    assert [(one.marks, one.fault) for one in pictures] == [((), "")] * inside


def test_an_image_among_the_commands_is_passed_over(tmp_path: Path) -> None:
    given = b"BI /W 8 /H 8 /BPC 8 /CS /RGB ID " + DOTS + b"\nEI"
    with pikepdf.new() as pdf:
        page_with(pdf, WORDS % given)
        page_with(pdf, WORDS % (b"%% a comment\n" + given))
        pdf.save(tmp_path / "a.pdf")
    document = Document(tmp_path / "a.pdf")
    assert words(document) == signs("beforeafter")
    assert len(document.marks(1)) == len(document.marks(0))
    assert document.recall("words", [(0, None)], lambda: words(document)) == words(document)


def test_a_picture_that_cannot_be_read_says_so_to_whoever_asks(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        broken = as_picture(pdf, b"1 2 l } Q")
        page_with(pdf, WORDS % b"/X Do", X=pdf.make_indirect(broken))
        pdf.save(tmp_path / "a.pdf")
    document = Document(tmp_path / "a.pdf")
    assert words(document) == signs("beforeafter")
    (picture,) = (mark for mark in document.marks(0) if isinstance(mark, Picture))
    assert picture.marks == () and picture.fault
    assert not snapshot(tmp_path / "a.pdf").pages[0].fault


@pytest.mark.parametrize("fonttype", [3, 42])
def test_a_plot_of_other_fonts_can_stand_on_a_page(fonttype: int, tmp_path: Path) -> None:
    import matplotlib

    figure = Figure(figsize=(2, 2))
    axes = figure.add_subplot()
    axes.imshow([[0, 1], [1, 0]])
    axes.set_title("Größe λ")
    with matplotlib.rc_context({"pdf.fonttype": fonttype}):
        FigureCanvasPdf(figure).print_pdf(tmp_path / "plot.pdf")
    assert _placed(tmp_path / "plot.pdf", tmp_path / "a.pdf") == ("", True)


def test_a_drawing_by_reportlab_can_stand_on_a_page(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "drawn.pdf"), pagesize=(100, 100), pageCompression=1)
    canvas.drawInlineImage(Image.new("RGB", (8, 8), 9), 0, 0)
    canvas.drawString(10, 10, "words (and more)")
    canvas.linearGradient(0, 0, 100, 100, [(1, 0, 0), (0, 0, 1)])
    canvas.save()
    assert _placed(tmp_path / "drawn.pdf", tmp_path / "a.pdf") == ("", True)


def _placed(drawn: Path, into: Path) -> tuple[str, bool]:
    """The fault of a drawing that stands on a page, and whether it has marks."""
    with pikepdf.new() as pdf, pikepdf.open(drawn) as source:
        form = pdf.copy_foreign(source.pages[0].as_form_xobject())
        page_with(pdf, WORDS % b"/X Do", X=form)
        pdf.save(into)
    document = Document(into)
    assert words(document) == signs("beforeafter")
    (picture,) = (mark for mark in document.marks(0) if isinstance(mark, Picture))
    return picture.fault, bool(picture.marks)
