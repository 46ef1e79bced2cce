"""Bytecode that does not fit on the disk leaves no file that is cut short."""

import marshal
import subprocess
import sys
from pathlib import Path

from proofpress.build.workers import BEGIN

ROOT = Path(__file__).parents[2]
IMPORTING = """
import resource, signal, sys
sys.path[:0] = [{root!r}, {folder!r}]
from proofpress.build import bytecode
bytecode.write_whole()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))
import long
"""


def test_bytecode_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "long.py").write_text("\n".join(f"name_{k} = {k}.5" for k in range(1000)))

    def imported(room: int) -> None:
        """Imports it where every file is cut at so many bytes, as by a disk that is full there."""
        code = IMPORTING.format(root=str(ROOT), folder=str(tmp_path), room=room)
        subprocess.run([sys.executable, "-c", code], env={"PATH": "/usr/bin:/bin"}, check=True)

    imported(4096)
    assert not list(tmp_path.rglob("*.py*c*"))
    imported(1 << 20)
    (kept,) = tmp_path.rglob("*.pyc")
    assert kept.stat().st_size > 4096


UNGUARDED = """
import sys
import __future__
sys.path[:0] = [{folder!r}, {root!r}]
sys.pycache_prefix = {folder!r}
from proofpress.build import bytecode
guarded = []
bytecode._set_data = lambda loader, path, data, **_: guarded.append(path)
import build
print(*guarded)
"""


def test_what_is_imported_before_the_guard_fits_into_one_block(tmp_path: Path) -> None:
    """Of such a file nothing is written, or all: there is no cut in it."""
    (tmp_path / "build.py").write_text("from proofpress import Report\nReport\nimport own\n")
    (tmp_path / "own.py").write_text("\n".join(f"name_{k} = {k}.5" for k in range(1000)))
    code = UNGUARDED.format(root=str(ROOT), folder=str(tmp_path))
    run = [sys.executable, "-c", code]
    environment = {"PATH": "/usr/bin:/bin"}
    done = subprocess.run(run, env=environment, check=True, capture_output=True, text=True)
    assert "own.cpython" in done.stdout and "report.cpython" in done.stdout
    # Python may compile modules of its own as well, where those are not frozen.
    own = [p for p in tmp_path.rglob("*.pyc") if "proofpress" in p.parts or "build" in p.name]
    others = {path.name.partition(".")[0]: path.stat().st_size for path in own}
    assert others.keys() == {"__init__", "bytecode", "build"}
    assert max(others.values()) <= 4096


def test_a_server_that_begins_on_a_full_disk_leaves_nothing_that_is_cut(tmp_path: Path) -> None:
    begin, parted, _ = BEGIN.rpartition("; start()")
    assert parted
    code = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    code += f"resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); {begin}; print(start)"
    command = [sys.executable, "-X", f"pycache_prefix={tmp_path}", "-c", code]
    environment = {"PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    assert b"function start" in done.stdout
    made = [path for path in tmp_path.rglob("*.pyc") if "proofpress" in path.parts]
    assert "bytecode" in {path.name.partition(".")[0] for path in made}
    assert all(marshal.loads(path.read_bytes()[16:]) for path in made)
