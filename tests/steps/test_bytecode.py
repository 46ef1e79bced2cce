"""Bytecode that does not fit on the disk leaves no file that is cut short."""

import resource
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
IMPORTING = """
import sys
sys.path[:0] = [{root!r}, {folder!r}]
from proofpress.steps import bytecode
bytecode.write_whole()
import long
"""


def small_files() -> None:
    """Lets every file be cut at 4096 bytes, as by a disk that is full there."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def test_bytecode_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "long.py").write_text("\n".join(f"name_{k} = {k}.5" for k in range(1000)))
    code = IMPORTING.format(root=str(ROOT), folder=str(tmp_path))
    command = [sys.executable, "-c", code]
    environment = {"PATH": "/usr/bin:/bin"}
    subprocess.run(command, env=environment, preexec_fn=small_files, check=True)
    assert not list(tmp_path.rglob("*.py*c*"))
    subprocess.run(command, env=environment, check=True)
    (kept,) = tmp_path.rglob("*.pyc")
    assert kept.stat().st_size > 4096
