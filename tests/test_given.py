"""Kept settings are those that report.toml has now, and the present code would read."""

from pathlib import Path

import pytest

from proofpress.build import sealed
from proofpress.cli import given
from proofpress.faults.errors import PressError
from proofpress.report import settings

RULES = {"document": {"title": "text", "due": "date"}, "notebook": {"*": "anything"}}
GOOD = '[document]\ntitle = "T"\ndue = 2020-10-31\n\n[notebook]\nrate = 0.5\n'


@pytest.fixture
def report(tmp_path: Path) -> Path:
    (tmp_path / "report.toml").write_text(GOOD)
    return tmp_path


def read_again(report: Path, monkeypatch: pytest.MonkeyPatch, rules: dict = RULES) -> bool:
    """Whether the file was read and checked anew."""
    read: list[Path] = []

    def noted(path: Path, rules: dict) -> dict:
        read.append(path)
        return original(path, rules)

    original = settings.read
    with monkeypatch.context() as patch:
        patch.setattr(settings, "read", noted)
        expected = settings.plain(original(report / "report.toml", rules))
        assert given.given(str(report), rules) == expected
    return bool(read)


def test_settings_are_read_once(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_again(report, monkeypatch)
    assert not read_again(report, monkeypatch)
    (report / "report.toml").write_text(GOOD.replace("0.5", "0.25"))
    assert read_again(report, monkeypatch)
    assert not read_again(report, monkeypatch)


def test_other_rules_are_asked_anew(report: Path) -> None:
    given.given(str(report), RULES)
    with pytest.raises(PressError, match=r"unknown key document\.due"):
        given.given(str(report), {**RULES, "document": {"title": "text"}})


def test_other_code_reads_anew(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = tmp_path / "code.py"
    code.write_text("one")
    monkeypatch.setattr(given, "CODE", (str(code),))
    read_again(report, monkeypatch)
    assert not read_again(report, monkeypatch)
    code.write_text("two")
    assert read_again(report, monkeypatch)


def test_a_damaged_or_missing_store_is_made_again(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(sealed, "tell", told.append)
    read_again(report, monkeypatch)
    (report / given.FILE).write_bytes(b"damaged")
    assert read_again(report, monkeypatch)
    assert not read_again(report, monkeypatch)
    (report / given.FILE).unlink()
    assert read_again(report, monkeypatch)
    assert told == [str(report / given.FILE)]


def test_a_faulty_file_is_never_kept(report: Path) -> None:
    (report / "report.toml").write_text(GOOD.replace('"T"', "1"))
    for _ in range(2):
        with pytest.raises(PressError, match=r"document\.title holds 1"):
            given.given(str(report), RULES)


def test_what_cannot_be_kept_is_read_each_time(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (report / "report.toml").write_text(GOOD.replace("0.5", "07:30:00"))
    assert read_again(report, monkeypatch)
    assert read_again(report, monkeypatch)
    (report / "output/.steps").rmdir()
    (report / "output/.steps").touch()
    (report / "report.toml").write_text(GOOD)
    assert read_again(report, monkeypatch)
    assert read_again(report, monkeypatch)
