"""The formatter, the linter and the type checker find nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOOLS = {
    "formatter": ("ruff", "format", "--check", "--quiet"),
    "linter": ("ruff", "check", "--quiet"),
    "types": ("mypy", "--no-error-summary"),
}


@pytest.mark.parametrize(
    "tool",
    ["formatter", "linter", pytest.param("types", marks=pytest.mark.slow)],
)
def test_a_tool_finds_nothing(tool: str) -> None:
    command = [sys.executable, "-m", *TOOLS[tool]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
