"""Awkward but legal surroundings and words: the report is built, and prints what was written.

One small build, through a symbolic link, in a folder whose name needs quoting everywhere, without
a home, a terminal or a locale; then the same sources with the line ends of another system.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pypdfium2
import pytest

ROOT = Path(__file__).parents[1]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", "output", "__pycache__", ".*_cache", "tests")
SMALL = "train_size = 160\nvalidation_size = 64\ntest_size = 64\nmax_length = 32\n"
TEXTS = ("templates/**/*.j2", "templates/*.tex", "report.toml", "[dft]*s/*.py")
# Each is printed sign by sign; quotes come out as the typographer's.
AUTHOR = r"""A & B_{c} ~ ^ \ #1 $5 50% "q" éłŞ Ωα"""
TITLE = "Homework 4: α & β, 100 % [draft] *new* <x> -- |"
NAMES = [
    "R&D #1",
    "50 % {x}",
    "Łukasz Żółć",
    "Ünal Özgür",
    "Δημ αβγ",
    *(f"Student {k}" for k in range(35)),
]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The built copy, by its link."""
    top = tmp_path_factory.mktemp("awkward")
    place = top / "ein 'Ordner', \"é\" & $x {y} #1 %"
    shutil.copytree(ROOT, place, ignore=LEFT_OUT)
    file = place / "report.toml"
    text = file.read_text(encoding="utf-8").replace("[notebook]\n", f"[notebook]\n{SMALL}")
    text = text.replace('"Proofpress Example Student"', f"'''{AUTHOR}'''")
    text = text.replace('"Homework 4"', f'"{TITLE}"')
    text = text.replace("collaborators = []", f"collaborators = {NAMES}")
    file.write_text(text, encoding="utf-8")
    link = top / "ln"
    link.symlink_to(place, target_is_directory=True)
    done = build(link)
    assert done.returncode == 0, done.stdout + done.stderr
    yield link


def build(link: Path) -> subprocess.CompletedProcess[str]:
    """Builds without a home, a terminal, a locale, or a file that others may read."""
    return subprocess.run(
        [sys.executable, os.fspath(link / "build.py"), "pdf"],
        cwd=link.parent,
        env={"PATH": os.defpath, "LANG": "C", "TZ": "Asia/Kathmandu"},
        stdin=subprocess.DEVNULL,
        preexec_fn=lambda: os.umask(0o077) and None,
        capture_output=True,
        text=True,
        timeout=1200,
    )


def test_words_print_as_they_were_written(report: Path) -> None:
    page = pypdfium2.PdfDocument(report / "output/report.pdf")[0]
    # A soft break of a line comes as a character of its own.
    text = " ".join(page.get_textpage().get_text_range().replace("\ufffe", "").split())
    for words in (AUTHOR, TITLE, f"{', '.join(NAMES[:-1])} and {NAMES[-1]}"):
        assert words in text


def test_the_pdf_says_its_title_and_author(report: Path) -> None:
    facts = pypdf.PdfReader(report / "output/report.pdf").metadata
    assert facts is not None
    assert (facts.title, facts.author) == (TITLE, AUTHOR)


def test_nothing_is_left_for_others_to_read(report: Path) -> None:
    assert (report / "output/report.pdf").stat().st_mode & 0o077 == 0


def test_line_ends_of_another_system_give_the_same_pdf(report: Path) -> None:
    before = (report / "output/report.pdf").read_bytes()
    for pattern in TEXTS:
        for path in report.resolve().glob(pattern):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    done = build(report)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "typeset: started" in done.stdout
    assert (report / "output/report.pdf").read_bytes() == before
