"""What a build says while it runs, where there is no terminal."""

import pytest

from proofpress.cli.display import Lines


def test_many_damaged_files_of_one_folder_are_told_in_two_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with Lines() as shown:
        for path in ("steps/a", "steps/b", "steps/c", "steps/d", "others/e"):
            shown({"event": "damaged", "step": path})
    assert capsys.readouterr().out.splitlines() == [
        "steps/a was damaged, or written by another version; it is made again",
        "others in steps, too",
        "others/e was damaged, or written by another version; it is made again",
    ]


def test_a_note_is_told_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    with Lines() as shown:
        shown({"event": "note", "step": "convert x", "what": "a video", "where": "x.ipynb, cell 2"})
    assert capsys.readouterr().out == "note: a video\n  x.ipynb, cell 2\n"
