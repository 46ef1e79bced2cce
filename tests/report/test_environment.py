"""The environment: when it is accepted as it is, and what is said when it cannot be made."""

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from proofpress.report import environment

ROOT = Path(__file__).parents[2]
PROJECT = """\
[tool.proofpress.environment]
groups = ["press", "heavy"]
check = ["press"]
clean = []

[dependency-groups]
press = ["sympy==1.14.0"]
heavy = ["torch==2.13.0"]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    return tmp_path


def stamped(prefix: Path, wanted: environment.Wanted, groups: Sequence[str]) -> None:
    prefix.mkdir(parents=True, exist_ok=True)
    installed = {group: wanted.pins[group] for group in groups}
    (prefix / environment.STAMP).write_text(
        json.dumps({"file": "", "groups": {}, "table": {}, "installed": installed})
    )


def entered(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    code = f"from proofpress.report.environment import enter; enter({str(root)!r}, {words!r})"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)


def wanted(root: Path) -> environment.Wanted:
    found = environment._wanted(str(root))
    assert found is not None
    return found


def test_every_package_of_this_repository_is_pinned_exactly() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    pins = [pin for group in listed.values() for pin in group]
    assert len(pins) > 100
    assert [pin for pin in pins if "==" not in pin or "/" in pin] == []


def test_running_environment_with_the_same_pins_is_accepted(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamped(root / "env", wanted(root), ["press", "heavy"])
    monkeypatch.setattr(sys, "prefix", str(root / "env"))
    environment.enter(str(root), [])
    assert not (root / ".venv").exists()


def test_a_command_needs_its_own_groups(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamped(root / "env", wanted(root), ["press"])
    monkeypatch.setattr(sys, "prefix", str(root / "env"))
    installed: list[Sequence[str]] = []
    monkeypatch.setattr(environment, "_install", lambda *given: installed.append(given[-1]))
    monkeypatch.setattr(environment, "_restart", lambda python: None)
    for words in (["check"], ["clean"], ["--debug", "check"], ["test", "--untrusted"]):
        environment.enter(str(root), words)
    assert installed == []
    environment.enter(str(root), ["pdf"])
    assert installed == [["press", "heavy"]]


def test_changed_pin_is_noticed_and_a_comment_is_not(root: Path) -> None:
    path, groups = root / "pyproject.toml", ["press", "heavy"]
    stamped(root / "env", wanted(root), groups)
    path.write_text("# A comment.\n" + path.read_text())
    assert environment._holds(str(root / "env"), wanted(root), groups)
    path.write_text(path.read_text().replace("sympy==1.14.0", "sympy==1.13.3"))
    assert not environment._holds(str(root / "env"), wanted(root), groups)


@pytest.mark.parametrize("project", [None, "[project]\nname = 'x'\n"])
def test_a_report_without_pins_uses_what_runs_it(tmp_path: Path, project: str | None) -> None:
    if project is not None:
        (tmp_path / "pyproject.toml").write_text(project)
    done = entered(tmp_path, "pdf")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('"heavy"]\ncheck', '"hevy"]\ncheck', "tool.proofpress.environment.groups names no group"),
        ('["torch==2.13.0"]', "[]", "the group heavy is empty"),
        ("groups =", "group =", "tool.proofpress.environment has no groups"),
        ("groups = [", "groups = ", "is not a TOML file"),
    ],
)
def test_a_fault_of_the_project_is_one_message(root: Path, old: str, new: str, what: str) -> None:
    path = root / "pyproject.toml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    done = entered(root, "pdf")
    assert done.returncode == 2
    first, *_ = done.stderr.splitlines()
    assert first.startswith("error: pyproject.toml") and what in first
    assert "  mend: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_project_that_cannot_be_read(root: Path) -> None:
    (root / "pyproject.toml").unlink()
    os.mkdir(root / "pyproject.toml")
    done = entered(root, "pdf")
    assert done.returncode == 2
    assert done.stderr.startswith("error: cannot read pyproject.toml: Is a directory\n")
