"""Each setting has the place at which it is written, however TOML lets it be written."""

from pathlib import Path

import pytest

from proofpress.faults.author import setting
from proofpress.faults.errors import PressError, PressErrors
from proofpress.faults.written import Written, placed

TEXT = '''\
# title = "no" and n = 3
title.main = "x"
"a key" = 3
[document]
authors = [ # who
  "Ann", "n = 3",
  "C\\u0007d",
  "last" ]
text = """
n = 3
[letters.grid]
"""
inline = { a = 1, b = { c = 2 } }

[letters.grid]

n = 3
[letters.'other grid']
n = 4
'''


@pytest.fixture(params=["\n", "\r\n"], ids=["lines", "lines of Windows"])
def lines(request: pytest.FixtureRequest) -> Written:
    return Written(TEXT.replace("\n", request.param), "x.toml")


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("title.main", 2),
        ("title", 2),
        ("a key", 3),
        ("document", 4),
        ("document.authors", 5),
        ("document.text", 9),
        ("document.inline.b.c", 13),
        ("letters", 15),
        ("letters.grid.n", 17),
        ("letters.other grid.n", 19),
    ],
)
def test_a_key_has_its_line(lines: Written, key: str, line: int) -> None:
    assert lines.known(key) == lines.of(key) == f"x.toml:{line}"


def test_a_key_that_is_not_set_has_the_place_of_its_table(lines: Written) -> None:
    assert lines.of("letters.grid.t") == "x.toml:15"
    assert lines.of("nowhere.at.all") == "x.toml"
    assert lines.known("letters.grid.t") is None


@pytest.mark.parametrize(("item", "line"), [("Ann", 6), ("n = 3", 6), ("C\x07d", 7), ("last", 8)])
def test_a_text_in_a_list_has_its_own_line(lines: Written, item: str, line: int) -> None:
    assert lines.of("document.authors", item) == f"x.toml:{line}"
    assert lines.holding(item) == f"x.toml:{line}"


def test_only_values_hold_a_text(lines: Written) -> None:
    assert lines.holding("who") is None
    assert lines.holding("[letters") == "x.toml:9"


@pytest.mark.parametrize(
    ("where", "told"),
    [
        (setting("letters.grid.n"), "other.toml:2: n = 3"),
        (setting("letters.mask.n", "letters.grid.n"), "other.toml:2: n = 3"),
        (setting("letters.mask.n"), "other.toml"),
        (setting("letters.mask.n", otherwise="a.py:1"), "a.py:1: CLAIMS = []"),
        (setting("letters.grid.t"), "build.py"),
        ("templates/report.tex.j2:7", "templates/report.tex.j2:7"),
        (None, None),
    ],
)
def test_an_error_is_led_to_the_line_of_its_setting(
    tmp_path: Path, where: str | None, told: str | None
) -> None:
    (tmp_path / "other.toml").write_text("[letters.grid]\nn = 3\n")
    (tmp_path / "a.py").write_text("CLAIMS = []\n")
    errors = PressErrors([PressError("first", "here"), PressError("wrong", where, "mend it")])
    found = placed(errors, tmp_path, "other.toml", {"letters.grid.t": "build.py"})
    assert [(one.what, one.where, one.mend) for one in found.each()] == [
        ("first", "here", None),
        ("wrong", told, "mend it"),
    ]
