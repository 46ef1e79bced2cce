"""The environment: when it is accepted as it is, and what is said when it cannot be made."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from proofpress.report import environment

ROOT = Path(__file__).parents[1]


def stamped(prefix: Path, pins: dict[str, str], groups: tuple[str, ...]) -> None:
    prefix.mkdir(parents=True, exist_ok=True)
    installed = {group: pins[group] for group in groups}
    (prefix / environment.STAMP).write_text(
        json.dumps({"file": "", "groups": {}, "installed": installed})
    )


def test_every_package_is_pinned_exactly() -> None:
    listed = [pin for group in environment._groups(str(ROOT)).values() for pin in group]
    assert listed
    assert [pin for pin in listed if "==" not in pin or "/" in pin] == []


def test_groups_of_pyproject_are_those_that_are_installed() -> None:
    assert set(environment._groups(str(ROOT))) == set(environment.GROUPS)


def test_running_environment_with_the_same_pins_is_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    pins = environment._pins(str(tmp_path))
    stamped(tmp_path / "env", pins, environment.REPORT)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "env"))
    environment.enter(str(tmp_path))
    assert not (tmp_path / ".venv").exists()


def test_changed_pin_is_noticed_and_a_comment_is_not(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    shutil.copy(ROOT / "pyproject.toml", path)
    pins = environment._pins(str(tmp_path))
    stamped(tmp_path / "env", pins, environment.REPORT)
    path.write_text("# A comment.\n" + path.read_text())
    new = environment._pins(str(tmp_path))
    assert environment._holds(str(tmp_path / "env"), new, environment.REPORT)
    path.write_text(path.read_text().replace("sympy==1.14.0", "sympy==1.13.3"))
    new = environment._pins(str(tmp_path))
    assert not environment._holds(str(tmp_path / "env"), new, environment.REPORT)


def test_missing_pyproject_is_one_message(tmp_path: Path) -> None:
    code = f"from proofpress.report.environment import enter; enter({str(tmp_path)!r})"
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert run.returncode == 2
    assert run.stderr == (
        f"error: cannot read {tmp_path}/pyproject.toml: No such file or directory\n"
        "  mend: restore pyproject.toml from the repository\n"
    )
