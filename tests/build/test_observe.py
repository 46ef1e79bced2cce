"""What a step is seen to read, wherever it reads: any of it reruns the step when it changes."""

import os
import sys
import time
from pathlib import Path

import pytest
from steps_bench import STATE, one_step, report, run

from proofpress.build import packages
from proofpress.build.build import Build
from proofpress.build.step import Step
from proofpress.build.store import Store

__all__ = ["report"]  # a fixture


def changes(root: Path, steps: list[Step]) -> list[str]:
    """Why a step would run."""
    return [str(reason) for _, found in Build(str(root), STATE, steps).why() for reason in found]


def test_file_that_appears(report: Path) -> None:
    steps = one_step(
        report,
        """
        try:
            text = open("maybe.txt").read()
        except FileNotFoundError:
            text = "none"
        target.write_text(text)
        """,
    )
    assert run(report, steps) == (["sole"], [])
    assert run(report, steps) == ([], [])
    (report / "maybe.txt").write_text("some")
    assert changes(report, steps) == ["maybe.txt is new"]
    run(report, steps)
    assert (report / "output/made.txt").read_text() == "some"


def test_file_that_was_only_asked_for(report: Path) -> None:
    # By a name that is put together: one that stands there may be that of a file read in C.
    steps = one_step(report, "target.write_text(str(Path('draft' + '.flag').exists()))")
    run(report, steps)
    (report / "draft.flag").touch()
    assert changes(report, steps) == ["draft.flag is new"]
    run(report, steps)
    (report / "draft.flag").write_text("its contents were never read")
    assert changes(report, steps) == []
    (report / "draft.flag").unlink()
    assert changes(report, steps) == ["draft.flag is gone"]


def test_a_module_that_is_gone_is_told_once(report: Path) -> None:
    (report / "near.py").write_text("N = 1")
    steps = one_step(report, "import near; target.write_text(str(near.N))")
    assert run(report, steps) == (["sole"], [])
    (report / "near.py").unlink()
    assert changes(report, steps) == ["near.py is gone"]


@pytest.mark.parametrize(
    "listing",
    ["os.listdir('data')", "__import__('glob').glob('data/*.csv')", "Path('data').glob('*.csv')"],
)
def test_listed_folder(report: Path, listing: str) -> None:
    (report / "data").mkdir()
    steps = one_step(report, f"target.write_text(str(sorted(map(str, {listing}))))")
    run(report, steps)
    assert run(report, steps) == ([], [])
    (report / "data/new.csv").write_text("1")
    assert changes(report, steps) == ["data has files added or removed"]
    run(report, steps)
    assert "new.csv" in (report / "output/made.txt").read_text()


def test_data_file_outside_the_report(
    report: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = tmp_path_factory.mktemp("elsewhere") / "data.csv"
    data.write_text("1")
    time.sleep(0.02)  # what is made while the step runs is its own
    steps = one_step(report, f"target.write_text(Path({str(data)!r}).read_text())")
    run(report, steps)
    assert run(report, steps) == ([], [])
    data.write_text("2")
    assert changes(report, steps) == [f"{data} changed"]


def test_temporary_files_of_a_step_are_its_own(report: Path) -> None:
    steps = one_step(
        report,
        """
        import tempfile
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "x")
            path.write_text("x")
            target.write_text(path.read_text() + str(os.listdir(folder)))
        """,
    )
    run(report, steps)
    assert run(report, steps) == ([], [])


def test_python_process_that_a_step_starts(report: Path) -> None:
    (report / "other").mkdir()
    (report / "other/deep.py").write_text("WORD = open('word.txt').read()\n")
    (report / "other/word.txt").write_text("one")
    steps = one_step(
        report,
        """
        import subprocess
        command = [sys.executable, "-c", "import deep; print(deep.WORD)"]
        target.write_bytes(subprocess.run(command, cwd="other", stdout=-1, check=True).stdout)
        """,
    )
    run(report, steps)
    assert run(report, steps) == ([], [])
    (report / "other/word.txt").write_text("two")
    assert changes(report, steps) == ["other/word.txt changed"]
    run(report, steps)
    (report / "other/deep.py").write_text("WORD = 'three'\n")
    assert changes(report, steps) == ["other/deep.py changed"]
    run(report, steps)
    assert (report / "output/made.txt").read_text() == "three\n"
    (report / "other/deep.py").write_text("WORD = 'three'  # a comment\n")
    assert changes(report, steps) == []


@pytest.mark.parametrize("shadow", ["textwrap.py", "textwrap/__init__.py"])
def test_module_that_hides_another(report: Path, shadow: str) -> None:
    steps = one_step(report, "import textwrap\ntarget.write_text(textwrap.dedent('  x'))")
    run(report, steps)
    (report / shadow).parent.mkdir(exist_ok=True)
    (report / shadow).write_text("def dedent(text): return 'hidden'")
    assert changes(report, steps) == [f"{shadow.partition('/')[0]} would be imported now"]
    run(report, steps)
    assert (report / "output/made.txt").read_text() == "hidden"


def test_module_that_was_missing(report: Path) -> None:
    steps = one_step(
        report,
        """
        try:
            from work.extra import WORD
        except ImportError:
            WORD = "none"
        target.write_text(WORD)
        """,
    )
    run(report, steps)
    (report / "work/unrelated.py").write_text("")
    assert changes(report, steps) == []
    (report / "work/extra.py").write_text("WORD = 'some'")
    assert changes(report, steps) == ["work/extra.py would be imported now"]


def test_edit_of_equal_size_in_the_same_second(report: Path) -> None:
    """Python itself would run its bytecode of the earlier version."""
    steps = one_step(report, "import work.deeper\ntarget.write_text(work.deeper.MARK)")
    path = report / "work/deeper.py"
    os.utime(path, (1_000_000, 1_000_000))
    run(report, steps)
    path.write_text(path.read_text().replace("!", "?"))
    os.utime(path, (1_000_000, 1_000_000))
    assert run(report, steps) == (["sole"], [])
    assert (report / "output/made.txt").read_text() == "?"


def test_edit_while_the_step_runs_leaves_it_stale(report: Path) -> None:
    (report / "a.txt").write_text("one")
    steps = one_step(
        report,
        """
        text = Path("a.txt").read_text()
        Path("b.txt").read_text()
        if text == "one":
            os.system("echo two > a.txt")  # the author saves the file just now
        target.write_text(text)
        """,
    )
    run(report, steps)
    assert changes(report, steps) == ["a.txt was edited while this step ran"]
    run(report, steps)
    assert (report / "output/made.txt").read_text() == "two\n"
    assert run(report, steps) == ([], [])


def test_code_that_runs_is_not_told_by_the_text_of_a_later_edit(report: Path) -> None:
    """What is kept under a module's text would otherwise be found again as the new code's work."""
    steps = one_step(
        report,
        """
        from proofpress.build import inside
        import work.deeper
        before = Path("work/deeper.py").read_bytes()
        os.system("echo 'MARK = 0' > work/deeper.py")
        target.write_text(str(inside.source(Path("work/deeper.py")) == before))
        """,
    )
    run(report, steps)
    assert (report / "output/made.txt").read_text() == "True"
    assert "work/deeper.py was edited while this step ran" in changes(report, steps)


def test_line_numbers_that_are_used_count(report: Path) -> None:
    steps = one_step(
        report,
        """
        from proofpress.build.inside import by_line
        with by_line(__file__):
            target.write_text(f"line {sys._getframe().f_lineno}: {open(__file__).readline()}")
        """,
    )
    path = report / "work/sole.py"
    path.write_text(path.read_text().replace("with", "# A comment.\n    with"))
    run(report, steps)
    path.write_text(path.read_text().replace("A comment", "Another comment"))
    assert run(report, steps) == ([], [])
    path.write_text(path.read_text().replace("# Another", "# Longer.\n    # Another"))
    assert changes(report, steps) == ["work/sole.py changed"]


def test_environment_variable_that_was_declared(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = one_step(report, "target.write_text(os.environ.get('MARK', 'none'))")
    steps[0].environment = ("MARK",)
    run(report, steps)
    monkeypatch.setenv("MARK", "set")
    assert changes(report, steps) == ["$MARK is 'set', was None"]


def test_version_of_a_library(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = one_step(report, "import markupsafe\ntarget.write_text(markupsafe.escape('<'))")
    run(report, steps)
    known = packages.versions()
    monkeypatch.setattr(packages, "versions", lambda: {**known, "markupsafe": "0.1"})
    assert changes(report, steps) == [f"markupsafe is 0.1, was {known['markupsafe']}"]
    monkeypatch.setattr(packages, "versions", lambda: {**known, "sympy": "0.1"})
    assert changes(report, steps) == []


def test_a_missing_library_counts_where_the_author_asks_for_it(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SymPy asks for gmpy2 and flint, and works without them."""
    asks = "import contextlib, sympy\nwith contextlib.suppress(ImportError): import not_there\n"
    steps = one_step(report, asks + "target.write_text('x')")
    run(report, steps)
    record = Store(str(report / "output/.steps/records"), print).read("sole")
    assert record is not None
    assert record["packages"]["sympy"] and record["packages"]["not-there"] is None
    assert "flint" not in record["packages"]
    known = packages.versions()
    monkeypatch.setattr(packages, "versions", lambda: {**known, "flint": "1", "not-there": "2"})
    assert changes(report, steps) == ["not-there is 2, was not installed"]


def test_machinery_of_the_build_is_no_input(report: Path) -> None:
    steps = one_step(report, "target.write_text('x')")
    run(report, steps)
    record = Store(str(report / "output/.steps/records"), print).read("sole")
    assert record is not None
    assert "work/sole.py" in record["reads"]["code"]
    read = [path for listed in record["reads"].values() for path in listed]
    assert not [path for path in read if path.startswith("proofpress/build/")]
    assert record["packages"] == {"python": sys.version.split()[0]}


SCRIPT = "import sys; open('seen.txt').close(); print('ran', __name__, *sys.argv[1:])"
POOL = """
import multiprocessing
def work(number):
    return number + len(open('seen.txt').read())
if __name__ == '__main__':
    with multiprocessing.get_context({kind!r}).Pool(1) as pool:
        print('ran', *pool.map(work, [1, 2]))
"""
STARTED = {
    "a script": "[sys.executable, 'script.py', 'a']",
    "a module": "[sys.executable, '-m', 'script']",
    "a script from standard input": "[sys.executable, '-']",
    "a command": "[sys.executable, '-c', open('script.py').read()]",
    "by the shell": "['sh', '-c', sys.executable + ' script.py']",
    "runpy": "[sys.executable, '-c', 'import runpy; runpy.run_path(\"script.py\")']",
    "with all files closed": "[sys.executable, '-c', 'import os; os.closerange(3, 99); '"
    " + open('script.py').read()]",
    "in a folder that is gone": "[sys.executable, '-c', 'import os; os.mkdir(\"gone\"); "
    'os.chdir("gone"); os.rmdir("../gone"); os.listdir(); os.path.exists("."); '
    'print("ran")\']',
    **{kind: f"[sys.executable, '-c', {POOL.format(kind=kind)!r}]" for kind in ("fork",)},
    **{kind: f"[sys.executable, '{kind}.py']" for kind in ("spawn", "forkserver")},
}


@pytest.mark.parametrize("command", STARTED.values(), ids=STARTED)
def test_what_a_step_starts_in_python_runs_and_is_seen(report: Path, command: str) -> None:
    (report / "seen.txt").write_text("x")
    (report / "script.py").write_text(SCRIPT)
    for kind in ("spawn", "forkserver"):
        (report / f"{kind}.py").write_text(POOL.format(kind=kind))
    steps = one_step(
        report,
        f"""
        import subprocess, sys
        target.write_text(subprocess.run({command}, text=True, input="print('ran')",
                          capture_output=True, check=True).stdout)
        """,
    )
    assert run(report, steps) == (["sole"], [])
    assert (report / "output/made.txt").read_text().startswith("ran")
    (report / "seen.txt").write_text("other")
    unread = "standard input" in command or "gone" in command or command.endswith("'-']")
    assert ("seen.txt changed" in changes(report, steps)) != unread
