"""Errors of Python and the system, placed at the author's line; cases/ has them in whole builds."""

import errno
import sys
from pathlib import Path

import pytest

from proofpress.faults.errors import PressError, PressErrors
from proofpress.faults.places import imported, named, place, told


def raised(folder: Path, body: str) -> str:
    """What is told of an error that a module of the author's raises."""
    file = folder / "module.py"
    file.write_text(body)
    try:
        exec(compile(body, str(file), "exec"), {})
    except Exception as error:
        return str(told(error))
    raise AssertionError("nothing was raised")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("a = 1\n1 / 0", "ZeroDivisionError: division by zero\n  module.py:2: 1 / 0\n"),
        ("size = 1\nsiez", "siez is not defined\n  module.py:2: siez\n  mend: did you mean size?"),
        ("open('modul.py')", "there is no file modul.py\n  module.py:1: open('modul.py')\n"),
        ("import josn", "there is no module josn\n  module.py:1: import josn\n"),
    ],
)
def test_an_error_is_placed_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert raised(tmp_path, body).startswith(message)


def test_an_error_of_the_press_itself_is_told_as_such() -> None:
    assert "this is a fault of the press" in str(told(ValueError("no")))


def test_a_full_disk_reads_alike_wherever_it_is_met() -> None:
    errors = (OSError(errno.ENOSPC, "full"), OSError(errno.ENOSPC, "full", "output/x/y"))
    assert len(PressErrors(map(told, errors)).each()) == 1


def test_a_place_gets_its_words_and_keeps_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("build.py").write_text('FIGURES = (\n    "causal",\n)\n')
    assert str(told(PressError("x", "build.py:2"))) == 'x\n  build.py:2: "causal",'
    assert str(told(PressError("x", "notebook, cell 2"))) == "x\n  notebook, cell 2"
    assert named("build.py", "figures/causal.py") == 'build.py:2: "causal",'
    assert place("none.py", 3) == "none.py:3"


def test_a_folder_hides_an_installed_package_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {"installed/pictures/__init__.py": "", "report/pictures/mine.py": "X = 1"}
    for name, text in texts.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path / "installed"))
    monkeypatch.syspath_prepend(str(tmp_path / "report"))
    monkeypatch.chdir(tmp_path / "report")
    try:
        assert imported("pictures.mine").X == 1
    finally:
        for name in ("pictures", "pictures.mine"):
            sys.modules.pop(name, None)
