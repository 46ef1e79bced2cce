"""What is wrong in an author's build.py is told at its line; see also tests/cases/pipeline."""

import subprocess
import sys
from pathlib import Path

import pytest

BEGIN = "from proofpress import Report\n\nreport = Report(__file__)\n"
END = 'if __name__ == "__main__":\n    report.main()\n'
COMMANDS = (["build.py"], ["-m", "proofpress"])


def run(folder: Path, pipeline: str, *words: str) -> subprocess.CompletedProcess[str]:
    (folder / "build.py").write_text(pipeline)
    return subprocess.run(
        [sys.executable, *words], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("command", COMMANDS, ids=("python", "proofpress"))
def test_an_error_in_the_pipeline_is_told_at_its_line(tmp_path: Path, command: list[str]) -> None:
    pipeline = BEGIN + "report.claims(patterns)\n" + END
    done = run(tmp_path, pipeline, *command)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        "error: patterns is not defined\n  build.py:4: report.claims(patterns)\n  mend: "
    )
    assert "Traceback" not in done.stderr
    shown = run(tmp_path, pipeline, *command, "--debug")
    assert (shown.returncode, "Traceback" in shown.stderr) == (1, True)


def test_a_pipeline_that_python_cannot_read_is_told_at_its_line(tmp_path: Path) -> None:
    done = run(tmp_path, BEGIN + "report.claims('a.py'\n" + END, "-m", "proofpress")
    assert done.returncode == 1
    where = "build.py:4: report.claims('a.py'"
    assert done.stderr == (
        f"error: Python cannot read this file: '(' was never closed\n  {where}\n"
        "  mend: mend the syntax\n"
    )


def test_a_pipeline_need_not_call_main(tmp_path: Path) -> None:
    (tmp_path / "derivations").mkdir()
    done = run(tmp_path, BEGIN + "report.claims('derivations/*.py')\n", "-m", "proofpress", "why")
    assert done.stdout.startswith("derive: this step has not been run\n")


@pytest.mark.parametrize(
    ("pipeline", "what"),
    [
        ("x = 1\n", "build.py makes no report"),
        (BEGIN + "b = Report(__file__, out='b')\n", "several"),
    ],
)
def test_a_pipeline_without_one_report_is_told(tmp_path: Path, pipeline: str, what: str) -> None:
    done = run(tmp_path, pipeline, "-m", "proofpress")
    assert done.returncode == 1
    assert what in done.stderr and "\n  build.py\n  mend: " in done.stderr
