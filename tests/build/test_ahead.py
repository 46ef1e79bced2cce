"""What a step does ahead, while what it waits for is being made."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from steps_bench import STATE, report

from proofpress.build.build import Build
from proofpress.build.step import Step
from proofpress.build.store import Store

__all__ = ["report"]  # a fixture
CODE = """
import os, time
from contextlib import contextmanager
from pathlib import Path

def slow(*, source, target):
    while Path("hold").exists() and not Path("begun").exists():
        time.sleep(0.01)
    target.write_text(source.read_text()[0])

@contextmanager
def begin(*, made, **_):
    from work import deeper
    Path("other.txt").read_text()
    os.listdir("listed")
    os.path.exists("asked")
    Path("begun").write_text(f"{os.getpid()} {made.exists()}")
    try:
        if Path("wrong").exists():
            raise ValueError("no such luck")
        yield deeper.MARK
    finally:
        Path("closed").write_text(str(os.getpid()))

def late(*, made, target, ahead=None):
    target.write_text(f"{made.read_text()} {ahead} {os.getpid()}")
"""


@pytest.fixture
def built(report: Path) -> Callable[..., str]:
    """Builds two steps, of which the second can begin ahead; gives what it made."""
    (report / "work/ahead.py").write_text(CODE)
    (report / "other.txt").write_text("read ahead")
    (report / "listed").mkdir()
    (report / "hold").touch()
    steps = [
        Step("slow", "work.ahead:slow", {"source": "a.txt"}, {"target": "output/slow.txt"}),
        Step(
            "late",
            "work.ahead:late",
            {"made": "output/slow.txt"},
            {"target": "output/late.txt"},
            ahead="work.ahead:begin",
        ),
    ]

    def build(jobs: int = 2) -> str:
        for name in ("begun", "closed"):
            (report / name).unlink(missing_ok=True)
        (report / "hold").unlink(missing_ok=True) if jobs == 1 else (report / "hold").touch()
        failures = Build(str(report), STATE, steps).run(lambda _: None, jobs)
        assert not failures, [str(failure.error) for failure in failures]
        return (report / "output/late.txt").read_text()

    return build


def closed(report: Path) -> int:
    """Which process has closed what it began; waits for it as long as a busy machine may take."""
    for _ in range(6000):
        if (report / "closed").exists() and (text := (report / "closed").read_text()):
            return int(text)
        time.sleep(0.05)
    raise AssertionError("it was not closed")


def test_what_was_begun_is_gone_on_with_in_the_same_process(report: Path, built) -> None:
    made, mark, process = built().split()
    assert (made, mark) == ("a", "!")
    assert (report / "begun").read_text() == f"{process} False"
    assert closed(report) == int(process)


def test_inputs_are_those_of_the_last_build_at_first(report: Path, built) -> None:
    built()
    (report / "a.txt").write_text("b")
    assert built().startswith("b !")
    assert (report / "begun").read_text().endswith(" True")


def test_with_one_core_nothing_is_begun(report: Path, built) -> None:
    assert built(jobs=1).startswith("a None ")
    assert not (report / "begun").exists()


def test_what_fails_ahead_is_done_in_its_time(report: Path, built) -> None:
    (report / "wrong").touch()
    assert built().startswith("a None ")


def test_what_was_begun_in_vain_is_closed(report: Path, built) -> None:
    made = built()
    (report / "a.txt").write_text("another text that begins with the same letter")
    assert built() == made  # by the same process: the step did not run again
    process, there = (report / "begun").read_text().split()
    assert closed(report) == int(process) and there == "True"
    assert process not in made


def test_what_is_read_ahead_is_no_input_but_what_is_imported_is(report: Path, built) -> None:
    built()
    record = Store(os.path.join(report, "output/.steps/records"), print).read("late")
    assert record is not None
    read = record["reads"]
    assert {"work/ahead.py", "work/deeper.py"} <= read["code"].keys()
    assert read["bytes"].keys() == {"output/slow.txt"}
    assert not {"listed", "asked", "other.txt"} & {*read["names"], *read["presence"]}
    assert not record["disturbed"]
