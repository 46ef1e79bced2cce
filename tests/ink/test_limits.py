"""A PDF from elsewhere cannot fill the memory: what it unpacks to is limited, and said."""

import os
import zlib
from pathlib import Path

import pikepdf
import pytest

from proofpress.audit import commands as audit
from proofpress.faults.errors import PressError
from proofpress.ink.document import LARGEST, Document

BOMB = zlib.compress(bytes(LARGEST + (1 << 20)), 9)


def packed(pdf: pikepdf.Pdf) -> pikepdf.Stream:
    """A stream of some hundred kilobytes that unpacks to more than the limit."""
    return pikepdf.Stream(pdf, BOMB, Filter=pikepdf.Name.FlateDecode)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page whose drawing commands unpack to more than the limit."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page().obj.Contents = packed(pdf)
        pdf.save(tmp_path / "page.pdf")
    return tmp_path / "page.pdf"


def test_a_page_that_unpacks_to_too_much_is_told(page: Path) -> None:
    assert page.stat().st_size < 1 << 20
    with pytest.raises(PressError, match=r"page 1 cannot be read: .*limit"):
        Document(page).marks(0)


def test_verify_lists_such_a_page_and_goes_on(page: Path, tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "ours.pdf")
    text, status = audit.verified(page, tmp_path / "ours.pdf")
    assert status == 1
    assert "page 1 cannot be read" in text


def test_an_attachment_that_unpacks_to_too_much_is_told(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["ledger.json"] = b"{}"
        embedded = pdf.Root.Names.EmbeddedFiles.Names[1].EF
        embedded.F = embedded.UF = pdf.make_indirect(packed(pdf))
        pdf.save(tmp_path / "a.pdf")
    with pytest.raises(PressError, match=r"the attachment ledger\.json of a\.pdf cannot be read"):
        Document(tmp_path / "a.pdf").attachment("ledger.json")


@pytest.mark.slow
def test_objects_that_unpack_to_too_much_are_told(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.Words = pikepdf.String("a" * (LARGEST + 1))
        together = pikepdf.ObjectStreamMode.generate
        pdf.save(tmp_path / "a.pdf", object_stream_mode=together)
    with pytest.raises(PressError, match=r"a\.pdf cannot be read as a PDF"):
        Document(tmp_path / "a.pdf")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.pdf").open("wb") as file:
        file.write(b"%PDF-1.7\n")
        os.truncate(file.fileno(), LARGEST + 1)
    with pytest.raises(PressError, match="it is larger than 128 MB"):
        Document(tmp_path / "a.pdf")
