"""TeX in its closed room: no program is run, nothing outside is read or written, all is limited.

Each attempt is told as an error with its place, and no PDF comes of it.
"""

from pathlib import Path

import pypdf
import pytest

from proofpress.typeset.run import Limits

pytest_plugins = ("typeset_bench",)

SECRET = "the secret that nobody may print"
NEW_WRITE = r"\newwrite\w\immediate\openout\w="


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file outside of the document's folder that everybody may read."""
    path = tmp_path.with_name(tmp_path.name + "-secret.tex")
    path.write_text(SECRET)
    return path


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (r"\immediate\write18{touch X}", "the document asks for a program to be run: touch X"),
        (r"a\write18{touch X}", "the document asks for a program to be run: touch X"),
        (r"\input{|id}", "the document asks for a program to be run: id"),
        (r"\input{SECRET}", "the file SECRET is missing"),
        (r"\include{SECRET}", "the document may not write the file"),
        (NEW_WRITE + r"OUTSIDE ", "the document may not write the file OUTSIDE"),
        (NEW_WRITE + r"../x.tex ", "the document may not write the file ../x.tex"),
        (NEW_WRITE + r".profile ", "the document may not write the file .profile"),
        (
            r"\immediate\pdfobj stream file{SECRET}\pdfrefobj\pdflastobj a",
            "the document takes in SECRET, which is none of its files",
        ),
        (NEW_WRITE + r"report.fls a", "the document writes into report.fls"),
    ],
)
def test_an_attempt_is_told_with_its_place(bench, tmp_path, secret, body, told):
    outside = tmp_path.parent / "written.txt"
    names = {"SECRET": secret.as_posix(), "OUTSIDE": outside.as_posix()}
    for name, put in names.items():
        body, told = body.replace(name, put), told.replace(name, put)
    said = bench.complaint(f"{body}\n", search=[])
    assert told in said
    assert "report.tex:8" in said
    assert "\n  mend: " in said
    assert not bench.pdf.exists()
    assert not outside.exists()


@pytest.mark.parametrize(
    "body",
    [
        r"\newread\f\openin\f=SECRET \ifeof\f nothing\else\read\f to\l \l\fi",
        r"nothing \edef\x{\pdffiledump offset 0 length 40 {SECRET}}\x",
        r"nothing \edef\x{\pdfmdfivesum file {SECRET}}\x",
        r"nothing \edef\x{\pdffilesize{SECRET}}\x",
        r"nothing \edef\x{\pdffilemoddate{SECRET}}\x",
        r"\newread\f\openin\f=/proc/self/environ \ifeof\f nothing\else\read\f to\l \l\fi",
    ],
)
def test_what_asks_quietly_learns_nothing(bench, secret, body):
    made = bench.print(body.replace("SECRET", secret.as_posix())).pdf
    text = pypdf.PdfReader(made).pages[0].extract_text()
    assert text.split() in (["nothing"], ["nothing", "1"])


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (r"\loop\iftrue\repeat", "did not come to an end within 2 s"),
        (r"\loop\hbox{x}\newpage\iftrue\repeat", "did not come to an end"),
        (r"\def\x{\hbox{\x}\x}\x", "TeX's memory is full"),
        (r"\def\x#1{\x{#1#1}}\x{aaaaaaaa}", "TeX's memory is full"),
        (
            NEW_WRITE + r"x.txt \loop\immediate\write\w{LINE}\iftrue\repeat",
            "did not come to an end",
        ),
    ],
)
def test_time_memory_and_output_are_limited(bench, body, told):
    # Memory and room have to run out first where that is asked for, on a busy machine as well.
    seconds = 2.0 if "come to an end" in told else 300.0
    limits = Limits(seconds=seconds, memory=1 << 30, written=4 << 20)
    assert told in bench.complaint(body.replace("LINE", "x" * 3000), limits=limits)
