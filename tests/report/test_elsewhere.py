"""--output: a checkout that nobody may write to is built in another folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from proofpress.report import elsewhere

ROOT = Path(__file__).parents[2]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", "output", "__pycache__", ".*_cache", "tests")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    root = tmp_path / "report"
    shutil.copytree(ROOT, root, ignore=LEFT_OUT)
    return root


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def run(report: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(report / "build.py"), *words]
    return subprocess.run(command, cwd=report.parent, capture_output=True, text=True, timeout=300)


@pytest.mark.slow
def test_a_command_is_given_in_the_copy_and_the_checkout_stays_as_it_was(
    report: Path, tmp_path: Path
) -> None:
    before = files(report)
    for path in [report, *report.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        done = run(report, "pdf", "derive", "--output", "été & more")
        told = run(report, "why", "--output=été & more")
    finally:
        for path in [report, *report.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert (done.returncode, told.returncode) == (0, 0), done.stderr + told.stderr
    assert (tmp_path / "été & more" / "output/claims.json").is_file()
    assert "derive: " not in told.stdout
    assert {name for name in files(report) if "__pycache__" not in name} == before


def test_the_copy_follows_its_sources(report: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    elsewhere.copy(str(report), str(there))
    (report / "report.toml").write_text("changed = 1\n")
    (report / "figures" / "sliding.py").unlink()
    (there / "output").mkdir()
    (there / "output" / "kept").touch()
    elsewhere.copy(str(report), str(there))
    copied = {name for name in files(there) if not name.startswith("output/")}
    assert copied - {elsewhere.MARK} == files(report)
    assert (there / "report.toml").read_text() == "changed = 1\n"
    assert (there / "output" / "kept").exists()


def test_a_copy_inside_of_the_checkout_does_not_copy_itself(report: Path) -> None:
    there = os.path.realpath(report / "there")
    for _ in range(2):
        elsewhere.copy(str(report), there)
    assert not (Path(there) / "there").exists()


def test_a_folder_with_other_files_is_left_alone(report: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").touch()
    done = run(report, "why", "--output", "mine")
    assert done.returncode == 2
    assert done.stderr == (
        f"error: cannot build in mine: {tmp_path / 'mine'} holds other files\n"
        "  mend: name an empty folder that you may write to\n"
    )
    assert (tmp_path / "mine" / "letter.txt").exists()
    assert run(report, "--output").stderr == (
        "error: --output names no folder\n  mend: type --output FOLDER\n"
    )
