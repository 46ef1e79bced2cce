"""Workers: forked from servers that have imported libraries, found again, ended in time."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from steps_bench import STATE, one_step, report

from proofpress.build.build import Build
from proofpress.build.step import Step
from proofpress.build.store import Store

__all__ = ["report"]  # a fixture
STANDBY = 60.0


@pytest.fixture
def sole(report: Path) -> Iterator[Callable[..., str]]:
    """Builds a step that writes what an expression gives, with some libraries standing by."""
    (report / "empty").write_text("")

    def built(
        expression: str,
        standby: float = STANDBY,
        libraries: tuple[str, ...] = (),
        warm: str = "",
    ) -> str:
        (step,) = one_step(report, f"import os, sys; target.write_text(str({expression}))")
        named = Step(
            step.name, step.call, step.inputs, step.outputs, libraries=libraries, warm=warm
        )
        failures = Build(str(report), STATE, [named], force=True, standby=standby).run(
            lambda _: None
        )
        assert not failures, [str(failure.error) for failure in failures]
        (target,) = step.outputs.values()
        return (report / target).read_text()

    yield built
    built("1", standby=0)


def servers(report: Path) -> list[str]:
    return sorted(path.name for path in (report / "output/.steps/servers").iterdir())


def ended(process: int) -> bool:
    """Whether a process has ended; waits for it as long as a busy machine may take."""
    for _ in range(3000):
        try:
            if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.1)
    return False


def test_a_build_that_asks_for_one_server_leaves_the_others(
    report: Path, sole: Callable[..., str]
) -> None:
    first, second = one_step(report, "target.write_text(str(os.getppid()))")[0], "fractions"
    steps = [
        Step("a", first.call, first.inputs, {"target": "output/a.txt"}),
        Step("b", first.call, first.inputs, {"target": "output/b.txt"}, libraries=(second,)),
    ]

    def built(force: bool, *names: str) -> None:
        build = Build(str(report), STATE, steps, force=force, standby=STANDBY)
        if names:
            build.only(names)
        assert not build.run(lambda _: None)

    built(True)
    both = servers(report)
    assert len(both) == 2
    built(True, "a")
    built(False)
    assert servers(report) == both


def test_libraries_are_there_before_the_step_imports_them(sole: Callable[..., str]) -> None:
    assert sole("'fractions' in sys.modules") == "False"
    assert sole("'fractions' in sys.modules", libraries=("fractions",)) == "True"


def test_a_server_is_warmed_once_for_all_its_workers(
    report: Path, sole: Callable[..., str]
) -> None:
    (report / "warming.py").write_text("import os\nBY = []\ndef warm(): BY.append(os.getpid())")
    for _ in range(2):
        warmed = "__import__('warming').BY == [os.getppid()]"
        assert sole(warmed, warm="warming:warm") == "True"


@pytest.mark.parametrize("warm", ["no_such_module:warm", "os:no_such_function"])
def test_a_server_that_cannot_be_warmed_serves_all_the_same(
    sole: Callable[..., str], warm: str
) -> None:
    assert sole("6 * 7", warm=warm) == "42"


def test_a_server_that_stands_by_serves_the_next_build(
    report: Path, sole: Callable[..., str]
) -> None:
    first = sole("os.getppid()")
    assert sole("os.getppid()") == first
    assert len(servers(report)) == 1


def test_without_standby_nothing_stays(report: Path, sole: Callable[..., str]) -> None:
    process = int(sole("os.getppid()", standby=0))
    assert ended(process)
    assert servers(report) == []


def test_a_build_without_standby_ends_what_stands_by(
    report: Path, sole: Callable[..., str]
) -> None:
    process = int(sole("os.getppid()"))
    sole("1", standby=0)
    assert ended(process)


def test_a_server_ends_with_its_folder(report: Path, sole: Callable[..., str]) -> None:
    process = int(sole("os.getppid()"))
    (report / "output/.steps/servers" / servers(report)[0]).unlink()
    assert ended(process)


def test_a_killed_server_is_replaced(report: Path, sole: Callable[..., str]) -> None:
    process = int(sole("os.getppid()"))
    os.kill(process, signal.SIGKILL)
    assert ended(process)
    assert int(sole("os.getppid()")) != process


def test_another_environment_gets_another_server(
    report: Path, sole: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sole("os.getppid()")
    monkeypatch.setenv("SYMPY_USE_CACHE", "no")
    assert sole("os.getppid()") != first
    assert len(servers(report)) == 1


def test_a_module_that_hides_a_library_is_found(report: Path, sole: Callable[..., str]) -> None:
    name = "__import__('fractions').__file__"
    assert sole(name, libraries=("fractions",)).startswith(os.path.dirname(os.__file__))
    (report / "fractions.py").write_text("HIDDEN = True")
    assert sole(name, libraries=("fractions",)) == str(report / "fractions.py")


def test_a_module_that_hides_a_library_is_found_on_the_path(
    report: Path, sole: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (report / "lib").mkdir()
    monkeypatch.setenv("PYTHONPATH", str(report / "lib"))
    name = "__import__('fractions').__file__"
    assert sole(name, libraries=("fractions",)).startswith(os.path.dirname(os.__file__))
    (report / "lib/fractions.py").write_text("HIDDEN = True")
    assert sole(name, libraries=("fractions",)) == str(report / "lib/fractions.py")


@pytest.mark.parametrize(
    ("sees", "before", "after"),
    [
        ("os.path.exists('asked')", "False", "True"),
        ("len(os.listdir('data'))", "0", "1"),
        ("open('asked').read() if os.path.exists('data/asked') else 0", "0", "seen"),
    ],
)
def test_what_a_server_saw_while_it_imported_is_seen_anew(
    report: Path, sole: Callable[..., str], sees: str, before: str, after: str
) -> None:
    (report / "asking.py").write_text(f"import os\nSEEN = {sees}\n")
    (report / "data").mkdir()
    seen, libraries = "__import__('asking').SEEN", ("asking",)
    assert sole(seen, libraries=libraries) == before
    server = sole("os.getppid()", libraries=libraries)
    for name in ("asked", "data/asked"):
        (report / name).write_text("seen")
    assert sole(seen, libraries=libraries) == after
    assert sole("os.getppid()", libraries=libraries) == server  # which has begun anew
    (report / "asking.py").write_text("SEEN = 'edited'")
    assert sole(seen, libraries=libraries) == "edited"


def test_what_a_server_imported_counts_as_read(report: Path, sole: Callable[..., str]) -> None:
    sole("1", libraries=("ruff",))
    record = Store(str(report / "output/.steps/records"), print).read("sole")
    assert record is not None
    assert "ruff" in record["packages"]
    assert "ruff" in record["imports"]["."][0]


def test_a_library_that_is_missing_is_the_steps_own_matter(sole: Callable[..., str]) -> None:
    assert sole("6 * 7", libraries=("no_such_library",)) == "42"


@pytest.mark.parametrize("end", ["SystemExit(3)", "ValueError"])
def test_a_library_that_cannot_be_imported_leaves_its_server_at_work(
    report: Path, sole: Callable[..., str], end: str
) -> None:
    (report / "leaving.py").write_text(f"raise {end}")
    assert sole("6 * 7", libraries=("leaving",)) == "42"
