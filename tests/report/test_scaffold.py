"""`proofpress new`: what it writes, and that it works with nothing but the wheel."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from proofpress import __version__
from proofpress.faults.errors import PressError
from proofpress.report import scaffold

ROOT = Path(__file__).parents[2]


def test_a_folder_with_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(PressError, match="is there already"):
        scaffold.write(tmp_path, "1")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_without_a_notebook(tmp_path: Path) -> None:
    written = scaffold.write(tmp_path / "my report", "1", notebook=False)
    assert not [name for name in written if "sampling" in name or name.endswith(".ipynb")]
    text = "".join((tmp_path / "my report" / name).read_text() for name in written)
    assert "notebook" not in text
    assert "#if" not in text and "@TITLE@" not in text
    assert 'title = "My report"' in text and 'name = "my-report"' in text


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel of this checkout; all else it finds in ours."""
    folder = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", str(folder), str(ROOT)], check=True)
    (wheel,) = folder.glob("*.whl")
    home = folder / "env"
    venv.create(home, with_pip=False)
    put = [sys.executable, "-m", "pip", "--python", str(home), "install", "--quiet", "--no-deps"]
    subprocess.run([*put, str(wheel)], check=True)
    (packages,) = home.glob("lib/python*/site-packages")
    ours = next(path for path in sys.path if path.endswith("site-packages"))
    (packages / "ours.pth").write_text(ours + "\n")
    return home


def call(home: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": f"{home}/bin:{os.environ['PATH']}", "HOME": str(home)}
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.slow
def test_the_wheel_holds_all_that_the_press_needs(installed: Path) -> None:
    (wheel,) = installed.parent.glob("*.whl")
    held = {name for name in zipfile.ZipFile(wheel).namelist() if not name.endswith("/")}
    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "proofpress").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    package |= {f"proofpress/docs/{path.name}" for path in (ROOT / "docs").iterdir()}
    assert package <= held
    assert "proofpress/py.typed" in held
    assert {name.split("/")[0] for name in held - package} == {
        f"proofpress-{__version__}.dist-info"
    }


@pytest.mark.slow
def test_the_guide_is_where_help_says(installed: Path, tmp_path: Path) -> None:
    told = call(installed, tmp_path, "proofpress", "help").stdout
    guide = Path(told.partition("the guide: ")[2].strip())
    assert guide.is_relative_to(installed)
    assert guide.read_bytes() == (ROOT / "docs/guide.md").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("options", [(), ("--minimal",)])
def test_a_new_report_builds_checks_and_tests_itself(
    installed: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    version = call(installed, tmp_path, "proofpress", "--version")
    assert version.stdout == f"proofpress {__version__}\n"
    new = call(installed, tmp_path, "proofpress", "new", *options, "my-report")
    assert new.returncode == 0, new.stderr
    root = tmp_path / "my-report"
    for target in ("pdf", "check", "test"):
        done = call(installed, root, "make", target)
        assert done.returncode == 0, done.stdout + done.stderr
    assert call(installed, root, "make", "pdf").stdout == "output/report.pdf is up to date\n"
    text = root / "templates/sections/counting.tex.j2"
    text.write_text(text.read_text().replace("Counted are", "Here we count"))
    done = call(installed, root, "make", "pdf")
    started = [line.partition(":")[0] for line in done.stdout.splitlines() if "started" in line]
    assert sorted(started) == ["assemble", "read ink", "typeset"], done.stdout
    assert not list(root.rglob("proofpress"))
