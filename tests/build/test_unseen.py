"""What is read past Python's own open(): by other programs, databases, and of the environment."""

import sqlite3
from pathlib import Path

import pytest
from steps_bench import STATE, one_step, report, run

from proofpress.build.build import Build
from proofpress.build.step import Step

__all__ = ["report"]  # a fixture


def changes(root: Path, steps: list[Step]) -> list[str]:
    return [str(reason) for _, found in Build(str(root), STATE, steps).why() for reason in found]


@pytest.mark.parametrize(
    "body",
    [
        "import subprocess\ntarget.write_bytes(subprocess.check_output(['cat', 'data.csv']))",
        "import subprocess\n"
        "target.write_bytes(subprocess.check_output('tail -n 1 data.csv | wc -l', shell=True))",
        "import subprocess\n"
        "target.write_bytes(subprocess.check_output(['cat', 'data.csv'], cwd=os.getcwd()))",
        "os.system(f'cp data.csv {target}')",
        "os.system(f'cat *.csv > {target}')",
        "os.system(f'dd if=data.csv of={target} 2>other.txt')",
    ],
)
def test_a_file_that_a_command_names(report: Path, body: str) -> None:
    (report / "data.csv").write_text("1\n")
    steps = one_step(report, body)
    assert run(report, steps) == (["sole"], [])
    assert run(report, steps) == ([], [])
    (report / "data.csv").write_text("2\n")
    assert "data.csv changed" in changes(report, steps)
    assert run(report, steps) == (["sole"], [])


def test_what_a_command_writes_is_no_input(report: Path) -> None:
    (report / "log.txt").write_text("old")
    body = "import time\nos.system(f'date +%N | tee log.txt > {target}')"
    steps = one_step(report, body)
    assert run(report, steps) == (["sole"], [])
    assert run(report, steps) == ([], [])
    (report / "log.txt").write_text("other")
    assert run(report, steps) == ([], [])


def test_a_database(report: Path) -> None:
    def insert(value: int) -> None:
        with sqlite3.connect(report / "kept.db") as base:
            base.execute("create table if not exists t (x)")
            base.execute(f"insert into t values ({value})")
        base.close()

    insert(1)
    body = "import sqlite3\nbase = sqlite3.connect('kept.db')\n"
    body += "target.write_text(str(base.execute('select sum(x) from t').fetchall()))"
    steps = one_step(report, body)
    assert run(report, steps) == (["sole"], [])
    assert run(report, steps) == ([], [])
    insert(2)
    assert changes(report, steps) == ["kept.db changed"]


@pytest.mark.parametrize(
    "asks",
    [
        "os.environ.get('MY_SETTING', '-')",
        "os.getenv('MY_SETTING') or '-'",
        "str('MY_SETTING' in os.environ)",
        "os.popen('echo $MY_SETTING').read()",
    ],
)
def test_a_variable_of_the_environment(
    report: Path, monkeypatch: pytest.MonkeyPatch, asks: str
) -> None:
    monkeypatch.delenv("MY_SETTING", raising=False)
    monkeypatch.setenv("ANOTHER", "1")
    steps = one_step(report, f"import subprocess\ntarget.write_text({asks})")
    assert run(report, steps) == (["sole"], [])
    monkeypatch.setenv("ANOTHER", "2")
    assert run(report, steps) == ([], [])
    monkeypatch.setenv("MY_SETTING", "secret")
    assert changes(report, steps) == ["$MY_SETTING changed"]
    assert run(report, steps) == (["sole"], [])
    records = report / STATE
    assert not [p for p in records.rglob("*") if p.is_file() and b"secret" in p.read_bytes()]


def test_handing_the_environment_on_asks_for_nothing(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "import subprocess\nsubprocess.run(['true'], env={**os.environ, 'X': '1'})\n"
    steps = one_step(report, body + "target.write_text(str(len(dict(os.environ))))")
    monkeypatch.setenv("ANOTHER", "1")
    assert run(report, steps) == (["sole"], [])
    monkeypatch.setenv("ANOTHER", "2")
    assert changes(report, steps) == []


@pytest.mark.parametrize(
    "names",
    ["'raw.bin'", "str(Path('.') / 'raw.bin')", "f'{name}.bin'", "os.path.join('.', 'raw.bin')"],
)
def test_a_file_that_a_library_opens_in_c(report: Path, names: str) -> None:
    (report / "raw.bin").write_bytes(b"1")
    libc = "import ctypes\nlibc = ctypes.CDLL(None)\nname = 'raw'\n"
    libc += "libc.fopen.restype = ctypes.c_void_p\nread = ctypes.create_string_buffer(1)\n"
    libc += f"file = ctypes.c_void_p(libc.fopen(({names}).encode(), b'r'))\n"
    libc += "libc.fread(read, 1, 1, file)\ntarget.write_bytes(read.raw)"
    steps = one_step(report, libc)
    assert run(report, steps) == (["sole"], [])
    assert run(report, steps) == ([], [])
    (report / "raw.bin").write_bytes(b"2")
    assert changes(report, steps) == ["raw.bin changed"]
    run(report, steps)
    assert (report / "output/made.txt").read_bytes() == b"2"
