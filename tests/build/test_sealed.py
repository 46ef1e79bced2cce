"""Files that are sealed: what is damaged is never believed, and told of."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from proofpress.build import leftovers, sealed


@pytest.fixture
def told() -> list[str]:
    """The files that were not believed, where they are read with its `append`."""
    return []


def test_every_flipped_bit_and_every_cut_is_noticed(tmp_path: Path, told: list[str]) -> None:
    file = tmp_path / "kept"
    sealed.write(str(file), b"what is kept")
    whole = file.read_bytes()
    assert sealed.read(str(file), told.append) == b"what is kept"
    flipped = [
        whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :]
        for place in range(len(whole))
        for bit in range(8)
    ]
    for damaged in [*flipped, *(whole[:end] for end in range(len(whole)))]:
        file.write_bytes(damaged)
        assert sealed.read(str(file), told.append) is None
    assert told == [str(file)] * (9 * len(whole))


def test_what_is_missing_is_not_damaged(tmp_path: Path, told: list[str]) -> None:
    assert sealed.read(str(tmp_path / "none"), told.append) is None
    assert told == []


def test_another_layout_is_not_believed(
    tmp_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(tmp_path / "kept")
    sealed.write(file, b"x")
    monkeypatch.setattr(sealed, "LAYOUT", sealed.LAYOUT + 1)
    assert (sealed.read(file, told.append), told) == (None, [file])


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "a folder"
    folder.mkdir()
    with pytest.raises(OSError):
        sealed.write(str(folder), b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["a folder"]


def test_threads_that_keep_the_same_file_do_not_hinder_one_another(tmp_path: Path) -> None:
    texts = [bytes([65 + number]) * 5000 for number in range(4)]

    def keep(text: bytes) -> None:
        for _ in range(100):
            sealed.write(str(tmp_path / "kept"), text)

    with ThreadPoolExecutor(len(texts)) as threads:
        list(threads.map(keep, texts))
    assert sealed.read(str(tmp_path / "kept"), print) in texts
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_only_what_dead_processes_left_is_swept(tmp_path: Path) -> None:
    own = Path(sealed.unfinished(str(tmp_path / "kept")))
    own.touch()
    (tmp_path / "kept.4194305.new").touch()  # beyond the largest number of a process
    own_folder = tmp_path / f"proofpress-{os.getpid()}-x"
    for folder in (own_folder, tmp_path / "proofpress-4194305-x"):
        folder.mkdir()
        (folder / "x").touch()
    leftovers.sweep(str(tmp_path), str(own_folder))
    assert sorted(tmp_path.iterdir()) == sorted([own, own_folder])


def test_temporary_files_are_gone_afterwards() -> None:
    with leftovers.temporary_files() as folder:
        Path(folder, "x").touch()
    assert not Path(folder).exists()
