"""What is kept between builds stands while its parts and the code that made it do."""

import errno
import os
from pathlib import Path

import pytest
from steps_bench import STATE, one_step, report, run

from proofpress import _HOME
from proofpress.build import memo, press, sealed
from proofpress.build.build import Build
from proofpress.build.memo import Memo
from proofpress.build.zone import MACHINERY

__all__ = ["report"]  # a fixture


@pytest.fixture
def made() -> list[str]:
    """What had to be made, in turn."""
    return []


def recall(folder: Path, made: list[str], *parts: object, name: str = "a/b") -> str:
    def make() -> str:
        made.append(name)
        return f"{name}, made {len(made)}"

    found: str = Memo(folder, "proofpress.latex").recall(name, parts, make)
    return found


def test_what_is_kept_is_found_again(tmp_path: Path, made: list[str]) -> None:
    first = recall(tmp_path, made, "part", ("x", 1), b"y")
    assert recall(tmp_path, made, "part", ("x", 1), b"y") == first == "a/b, made 1"
    assert recall(tmp_path, made, name="c") == "c, made 2"


@pytest.mark.parametrize("other", [(), ("part", "1"), ("part1",), (b"part", 1), ("part", 1, None)])
def test_other_parts_make_it_anew(
    tmp_path: Path, made: list[str], other: tuple[object, ...]
) -> None:
    recall(tmp_path, made, "part", 1)
    assert recall(tmp_path, made, *other) == "a/b, made 2"
    assert len([*(tmp_path / "a").iterdir()]) == 1


@pytest.mark.parametrize("room", ["latex", "faults", ""])
def test_another_text_of_what_makes_it_makes_it_anew(
    tmp_path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch, room: str
) -> None:
    """The room's own, of what it imports, and the press's version."""
    recall(tmp_path, made)
    original = press.source
    edited = press.HOME / room
    monkeypatch.setattr(
        press, "source", lambda path: original(path) + b"#" * (path.parent == edited)
    )
    press.code.cache_clear()
    assert recall(tmp_path, made) == "a/b, made 2"
    press.code.cache_clear()


def test_what_it_does_not_import_is_no_part_of_the_key() -> None:
    rooms = {name.rpartition("/")[0] for name in press.modules("proofpress.latex")}
    assert rooms == {"", "latex", "faults"}


@pytest.mark.parametrize("at", [0, 60, -1])
def test_a_damaged_entry_is_told_and_made_again(
    tmp_path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    told: list[str] = []
    monkeypatch.setattr(memo, "damaged", told.append)
    recall(tmp_path, made)
    data = bytearray((tmp_path / "a/b").read_bytes())
    data[at] ^= 1
    (tmp_path / "a/b").write_bytes(data)
    assert recall(tmp_path, made) == recall(tmp_path, made) == "a/b, made 2"
    assert told == [str(tmp_path / "a/b")]


def test_what_is_raised_is_not_kept(tmp_path: Path) -> None:
    kept = Memo(tmp_path, "proofpress.latex")
    with pytest.raises(ZeroDivisionError):
        kept.recall("a", (), lambda: 1 / 0)
    assert kept.recall("a", (), lambda: 1) == 1


def test_a_full_disk_leaves_what_was_kept(
    tmp_path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = recall(tmp_path, made, 1)

    def full(new: str, path: str) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(sealed.os, "replace", full)
        with pytest.raises(OSError, match="No space"):
            recall(tmp_path, made, 2)
    assert recall(tmp_path, made, 1) == first
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]


def test_damage_that_a_step_meets_is_told_once_by_its_build(report: Path) -> None:
    body = f"""
    from proofpress.build.memo import Memo
    memo = Memo("{STATE}/own")
    memo.find("x")
    target.write_text(memo.recall("x", (), lambda: "made"))
    """
    steps = one_step(report, body)
    assert run(report, steps) == (["sole"], [])
    (report / STATE / "own/x").write_text("damaged")
    heard: list[dict[str, str]] = []
    assert Build(str(report), STATE, steps, force=True).run(heard.append) == []
    told = [event["step"] for event in heard if event["event"] == "damaged"]
    assert told == [f"{STATE}/own/x"]
    assert (report / "output/made.txt").read_text() == "made"


def test_proofs_are_kept_under_all_that_an_author_s_claims_are_made_of() -> None:
    """Kinds of statements are imported by their names only."""
    found = press.modules("proofpress.deriving", "proofpress.proving")
    homes = {home.removeprefix("proofpress.").replace(".", "/") + ".py" for home in _HOME.values()}
    assert homes <= found.keys()
    assert {name.partition("/")[0] for name in found}.isdisjoint(MACHINERY)
