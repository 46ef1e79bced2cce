"""--untrusted: no code of the report's author is run, and what needs none still works."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", "output", "__pycache__", ".*_cache", "tests")
STEPS = ["derive: derivations/*.py", "run sentiment: notebooks/sentiment.ipynb"]
STEPS += ["draw causal: figures/causal.py", "tabulate masks: tables/masks.py"]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A copy of the report, each of whose programs would leave a file behind."""
    root = tmp_path / "report"
    shutil.copytree(ROOT, root, ignore=LEFT_OUT)
    trap = f"open({str(tmp_path / 'ran')!r}, 'w').close()\n"
    for path in root.glob("[dft]*s/*.py"):
        future = "from __future__ import annotations\n"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(future, "") + trap, encoding="utf-8")
    return root


def run(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "build.py", *words]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=1200)


def test_steps_that_run_code_are_refused_all_at_once(report: Path, tmp_path: Path) -> None:
    done = run(report, "pdf", "--untrusted")
    assert done.returncode == 2
    first, *listed, mend = done.stderr.splitlines()
    assert first == "error: 15 steps would run code of the report's author"
    assert {line.strip() for line in listed} >= set(STEPS)
    assert mend == "  mend: read it; when you trust it, leave --untrusted out"
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("check",), "the command check runs the derivations"),
        (("check-kernel",), "the command check-kernel runs the derivations"),
        (("test",), "the command test runs the report's tests"),
        (("diff", "HEAD", "HEAD~1"), "the PDF of a git revision is made by its own code"),
        (("verify", "report.toml"), "15 steps would run code of the report's author"),
        (("pdf", "derive"), "1 step would run code of the report's author"),
    ],
)
def test_commands_that_run_code_are_refused(
    report: Path, tmp_path: Path, words: tuple[str, ...], what: str
) -> None:
    done = run(report, *words, "--untrusted")
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {what}\n")
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("command", ["why", "doctor", "help", "clean"])
def test_commands_that_run_none_are_allowed(report: Path, tmp_path: Path, command: str) -> None:
    done = run(report, command, "--untrusted")
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "ran").exists()
