"""What ends the process while the claims are checked is told, and never looks like a success."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from proofpress.deriving import apart
from proofpress.faults.errors import PressError

ROOT = Path(__file__).parents[1]
MODULE = """
import os, sys
from proofpress import Count, IntegerSet, integers

n, i = integers("n i")
line = IntegerSet("line", (i,), (i >= 1) & (i <= n), assuming=n >= 0)

def told(n):
    {inside}
    return n

def rows(n):
    {mask}
    return [[1] * n]

{above}
CLAIMS = (Count("line.points", "Points", line, also={{"by hand": told}}),)
"""
ENDS = ("sys.exit(0)", "raise SystemExit(0)", "os._exit(0)", "os.kill(os.getpid(), 9)")


def checked(root: Path, **parts: str) -> subprocess.CompletedProcess[str]:
    """Calls `check` for a report with one derivation."""
    text = MODULE.format(**{"inside": "pass", "mask": "pass", "above": "", **parts})
    shutil.copyfile(ROOT / "build.py", root / "build.py")
    shutil.copyfile(ROOT / "report.toml", root / "report.toml")
    shutil.copyfile(ROOT / "pyproject.toml", root / "pyproject.toml")
    (root / "proofpress").symlink_to(ROOT / "proofpress")
    (root / "derivations").mkdir()
    (root / "derivations/__init__.py").write_text("")
    (root / "derivations/line.py").write_text(text)
    command = [sys.executable, "build.py", "check"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=1200)


def test_a_derivation_that_ends_nothing_is_checked(tmp_path: Path) -> None:
    done = checked(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 of 1 claims hold" in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("where", ["above", "inside"])
def test_what_ends_the_process_is_told(tmp_path: Path, where: str, end: str) -> None:
    done = checked(tmp_path, **{where: end})
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert "claims hold" not in said or "0 of 1 claims hold" in said
    assert "error: " in said
    assert "derivations/line.py" in said
    assert "mend: " in said
    assert "Traceback" not in said
    if "os." not in end:
        assert f"derivations/line.py:{9 if where == 'inside' else 16}: {end}" in said


@pytest.mark.parametrize("status", [0, 1, 2])
def test_the_status_of_what_is_done_in_full_is_kept(status: int) -> None:
    assert apart.done(lambda: status) == status


def test_what_ends_early_is_told_with_what_was_done_last(capfd: pytest.CaptureFixture) -> None:
    def work() -> int:
        apart.about_to("a was imported", "derivations/a.py")
        apart.about_to("b.c was settled", "derivations/b.py:3")
        os._exit(0)

    with pytest.raises(PressError) as caught:
        apart.done(work)
    assert caught.value.what == "the process was ended, with status 0, while b.c was settled"
    assert caught.value.where == "derivations/b.py:3"


def test_the_work_ends_with_whoever_watches_it(tmp_path: Path) -> None:
    code = (
        "import os, sys, time; from proofpress.deriving import apart\n"
        "def work():\n"
        "    print(os.getpid(), flush=True)\n"
        "    time.sleep(600)\n"
        "    return 0\n"
        "apart.done(work)"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE) as one:
        assert one.stdout is not None
        assert int(one.stdout.readline()) != one.pid
        one.send_signal(signal.SIGKILL)
        one.wait()
        # The pipe of its output closes when the last process that holds it has ended.
        assert one.stdout.read() == b""
