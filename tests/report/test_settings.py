"""report.toml: every bad value is named with its line and the way to mend it."""

from pathlib import Path

import pytest

from proofpress.faults.errors import PressError
from proofpress.report import settings

RULES = {
    "document": {"title": "text", "due": "date", "names": ["text"], "paper": ("a4", "letter")},
    "letters": {"*": {"*": "number"}},
}
GOOD = """\
[document]
title = "T"
due = 2020-10-31
names = ["A"]
paper = "a4"

[letters.grid]
n = 3
"""


def fault(folder: Path, old: str, new: str) -> str:
    path = folder / "report.toml"
    path.write_text(GOOD.replace(old, new))
    with pytest.raises(PressError) as caught:
        settings.read(path, RULES)
    return str(caught.value)


def test_good_settings(tmp_path: Path) -> None:
    path = tmp_path / "report.toml"
    path.write_text(GOOD)
    read = settings.plain(settings.read(path, RULES))
    assert read["document"]["due"] == "2020-10-31"
    assert read["letters"] == {"grid": {"n": 3}}


def test_a_sign_of_utf_8_at_the_beginning_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "report.toml"
    path.write_text(GOOD, encoding="utf-8-sig")
    assert settings.read(path, RULES)["document"]["title"] == "T"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "title =",
            "titel =",
            "unknown key document.titel\n  report.toml:2\n  mend: did you mean title?",
        ),
        (
            'title = "T"\n',
            "",
            "the key document.title is missing\n  report.toml:1\n  mend: add it under [document]",
        ),
        (
            "n = 3",
            'n = "3"',
            'letters.grid.n holds "3"\n  report.toml:8\n  mend: write a whole number',
        ),
        (
            "n = 3",
            "n = true",
            "letters.grid.n holds true\n  report.toml:8\n  mend: write a whole number",
        ),
        (
            '"a4"',
            '"a5"',
            'document.paper holds "a5"\n  report.toml:5\n  mend: write "a4" or "letter"',
        ),
        (
            '["A"]',
            '"A"',
            'document.names holds "A"\n  report.toml:4\n  mend: write a list',
        ),
        (
            "2020-10-31",
            '"soon"',
            'document.due holds "soon"\n  report.toml:3\n  mend: write a date such as 2020-10-31',
        ),
    ],
)
def test_fault_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert fault(tmp_path, old, new) == message


@pytest.mark.parametrize(
    ("old", "new", "line", "character"),
    [
        ('title = "T"', 'title = "王 & T"', 2, " 王 (U+738B, cjk unified ideograph-738b)"),
        (
            'names = ["A"]',
            'names = [\n  "A",\n  "Bob 🙂",\n]',
            6,
            " 🙂 (U+1F642, slightly smiling face)",
        ),
        ('title = "T"', r'title = "a\u0007b"', 2, " of no shape (U+0007, no name)"),
        ('title = "T"', r'title = "\uE000t:1\uE001"', 2, "s U+E000, U+E001"),
    ],
)
def test_a_character_that_cannot_be_printed_is_named_at_its_line(
    tmp_path: Path, old: str, new: str, line: int, character: str
) -> None:
    told = fault(tmp_path, old, new)
    mend = (
        "transliterate it: write it in Latin letters" if "王" in new else "write it in other words"
    )
    assert f"cannot be printed: the page's fonts have no character{character}\n" in told
    assert f"\n  report.toml:{line}\n  mend: {mend}" in told


def test_syntax_error_names_the_line(tmp_path: Path) -> None:
    message = fault(tmp_path, 'title = "T"', "title = T")
    assert message.startswith("not a TOML file: ")
    assert "\n  report.toml:2\n" in message
