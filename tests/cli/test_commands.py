"""Commands as they are typed: what they print, and the status that they end with."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "proofpress"]


def call(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *words], cwd=folder, capture_output=True, text=True)


@pytest.mark.parametrize("words", [["help"], ["pdf", "--help"]])
@pytest.mark.parametrize("buffered", ["", "1"])
def test_nobody_reads_the_output(tmp_path: Path, words: list[str], buffered: str) -> None:
    """`proofpress help | head -2` ends without a word."""
    reader, writer = os.pipe()
    os.close(reader)
    environment = {**os.environ, "PYTHONUNBUFFERED": buffered}
    with open(writer, "w") as gone:
        done = subprocess.run(
            [*COMMAND, *words], cwd=tmp_path, env=environment, stdout=gone, stderr=subprocess.PIPE
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_help_says_where_the_guide_is(tmp_path: Path) -> None:
    guide = call(tmp_path, "help").stdout.partition("the guide: ")[2].strip()
    assert "From an empty folder" in Path(guide).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["my second report", "it's & 2", "plain"])
def test_what_new_tells_can_be_typed(tmp_path: Path, name: str) -> None:
    told = call(tmp_path, "new", "--minimal", name).stdout
    typed = told.partition("go on with: ")[2]
    assert shlex.split(typed) == ["cd", name, "&&", "make", "pdf"]


@pytest.mark.parametrize("module", ["ends", "ends.py"])
def test_a_module_that_is_run_gives_its_status(tmp_path: Path, module: str) -> None:
    (tmp_path / "ends.py").write_text("raise SystemExit(3)")
    (tmp_path / "report.toml").write_text("")
    done = call(tmp_path, "run", module)
    assert (done.returncode, done.stdout, done.stderr) == (3, "", "")
