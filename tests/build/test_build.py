"""The build on small pipelines: what reruns after which edit, and what a failure leaves."""

import os
import shutil
from pathlib import Path

import pytest
from steps_bench import STATE, report, run

from proofpress.build.build import Build
from proofpress.build.step import Step
from proofpress.build.store import Store

__all__ = ["report"]  # a fixture


def pipeline(factor: int = 1) -> list[Step]:
    one = {"source": "a.txt"}, {"target": "output/a.txt"}
    two = {"source": "b.txt"}, {"target": "output/b.txt"}
    return [
        Step("join", "work.steps:join", {"parts": "output/?.txt"}, {"target": "output/all.txt"}),
        Step("copy a", "work.steps:copy", *one, {"factor": factor}),
        Step("copy b", "work.steps:copy", *two),
    ]


def test_first_build_runs_all_and_second_none(report: Path) -> None:
    assert run(report, pipeline()) == (["copy a", "copy b", "join"], [])
    assert (report / "output/all.txt").read_text() == "A!B!"
    assert run(report, pipeline()) == ([], [])


def test_edit_of_a_source_reruns_what_follows(report: Path) -> None:
    run(report, pipeline())
    (report / "a.txt").write_text("x")
    assert run(report, pipeline()) == (["copy a", "join"], [])
    assert (report / "output/all.txt").read_text() == "X!B!"


def test_equal_output_stops_the_chain(report: Path) -> None:
    run(report, pipeline())
    (report / "a.txt").write_text("A")
    assert run(report, pipeline()) == (["copy a"], [])


@pytest.mark.parametrize("module", ["helper", "deeper"])
def test_edit_of_a_module_at_any_depth_reruns(report: Path, module: str) -> None:
    run(report, pipeline())
    path = report / f"work/{module}.py"
    path.write_text(path.read_text().replace("upper", "lower").replace("'!'", "'?'"))
    assert run(report, pipeline())[0] == ["copy a", "copy b", "join"]
    assert (report / "output/all.txt").read_text() in ("a!b!", "A?B?")


def test_comment_touch_and_layout_rerun_nothing(report: Path) -> None:
    run(report, pipeline())
    path = report / "work/helper.py"
    path.write_text(path.read_text().replace("# A comment.", "# Another.\n\n"))
    os.utime(report / "a.txt", (1, 1))
    os.utime(report / "output/all.txt", (1, 1))
    assert run(report, pipeline()) == ([], [])


def test_comment_in_a_declared_module_reruns_nothing(report: Path) -> None:
    step = Step("use", "work.steps:use", {"source": "work/deeper.py"}, {"target": "output/x"})
    run(report, [step])
    path = report / "work/deeper.py"
    path.write_text("# A comment.\n" + path.read_text())
    assert run(report, [step]) == ([], [])
    path.write_text("MARK = '?'")
    assert run(report, [step]) == (["use"], [])


def test_module_read_as_data_counts_by_its_bytes(report: Path) -> None:
    step = Step("copy", "work.steps:copy", {"source": "work/deeper.py"}, {"target": "output/x"})
    run(report, [step])
    path = report / "work/deeper.py"
    path.write_text("# A comment.\n" + path.read_text())
    assert run(report, [step]) == (["copy"], [])


def test_changed_parameter_reruns_and_is_named(report: Path) -> None:
    run(report, pipeline())
    walk = Build(str(report), STATE, pipeline(factor=2)).why()
    assert {step.name: [str(reason) for reason in found] for step, found in walk} == {
        "copy a": ["parameter factor is 2, was 1"],
        "copy b": [],
        "join": ["copy a runs first and may change its input"],
    }
    assert run(report, pipeline(factor=2)) == (["copy a", "join"], [])


@pytest.mark.parametrize("spoil", ["missing", "truncated", "edited"])
def test_spoilt_output_is_rebuilt(report: Path, spoil: str) -> None:
    run(report, pipeline())
    path = report / "output/all.txt"
    if spoil == "missing":
        path.unlink()
    else:
        path.write_text("" if spoil == "truncated" else "by hand")
    assert run(report, pipeline()) == (["join"], [])
    assert path.read_text() == "A!B!"


def test_undeclared_read_is_observed(report: Path) -> None:
    steps = [Step("sneak", "work.steps:sneak", {}, {"target": "output/s.txt"})]
    run(report, steps)
    assert run(report, steps) == ([], [])
    (report / "secret.txt").write_text("changed")
    assert run(report, steps) == (["sneak"], [])


def test_new_file_of_a_pattern_reruns(report: Path) -> None:
    steps = [Step("join", "work.steps:join", {"parts": "?.txt"}, {"target": "output/all.txt"})]
    run(report, steps)
    (report / "c.txt").write_text("c")
    assert run(report, steps)[0] == ["join"]
    assert (report / "output/all.txt").read_text() == "abc"


def test_folder_output_holds_only_what_the_last_run_made(report: Path) -> None:
    steps = [Step("split", "work.steps:folder", {"source": "a.txt"}, {"target": "output/words/"})]
    (report / "a.txt").write_text("one two")
    run(report, steps)
    (report / "a.txt").write_text("two three")
    run(report, steps)
    assert sorted(os.listdir(report / "output/words")) == ["three", "two"]
    assert run(report, steps) == ([], [])
    (report / "output/words/two").write_text("spoilt")
    assert run(report, steps)[0] == ["split"]


def test_failure_keeps_the_last_output_and_lets_others_finish(report: Path) -> None:
    run(report, pipeline())
    path = report / "work/steps.py"
    path.write_text(
        path.read_text().replace(
            "def join(*, parts, target):", "def join(*, parts, target):\n    1 / 0"
        )
    )
    (report / "b.txt").write_text("y")
    ran, failures = run(report, pipeline())
    assert ran == ["copy a", "copy b", "join"]
    assert failures == [
        "ZeroDivisionError: division by zero\n  work/steps.py:8: 1 / 0\n  mend: mend that line"
    ]
    assert (report / "output/all.txt").read_text() == "A!B!"
    assert (report / "output/b.txt").read_text() == "Y!"


def test_all_failures_of_one_build_are_reported(report: Path) -> None:
    steps = [
        Step("one", "work.steps:fail", {}, {"target": "output/1.txt"}),
        Step("two", "work.steps:forget", {}, {"target": "output/2.txt"}),
        Step("three", "work.steps:join", {"parts": "output/1.txt"}, {"target": "output/3.txt"}),
    ]
    ran, failures = run(report, steps)
    assert ran == ["one", "two"]
    assert sorted(failures) == [
        'ValueError: no such luck\n  work/steps.py:15: raise ValueError("no such luck")\n'
        "  mend: mend that line",
        "the step ended without making output/2.txt\n  build.py, step two\n"
        "  mend: let work.steps:forget write it",
    ]


def test_syntax_error_names_the_line(report: Path) -> None:
    (report / "work/deeper.py").write_text("MARK = '!'\nif:\n")
    _, failures = run(report, pipeline())
    assert failures[0] == (
        "Python cannot read this file: invalid syntax\n"
        "  work/deeper.py:2: if:\n  mend: mend the syntax"
    )


def test_damaged_record_counts_as_none(report: Path) -> None:
    run(report, pipeline())
    (report / "output/.steps/records/join.json").write_text("{")
    assert run(report, pipeline()) == (["join"], [])
    assert run(report, pipeline(), force=True)[0] == ["copy a", "copy b", "join"]


def test_only_the_named_steps_are_forced(report: Path) -> None:
    run(report, pipeline())
    build = Build(str(report), STATE, pipeline(), force=True)
    build.only(["join"])
    heard: list[dict] = []
    assert build.run(heard.append) == []
    assert [event["step"] for event in heard if event["event"] == "started"] == ["join"]
    assert [step.name for step, found in build.why() if found] == ["join"]


def test_git_ignores_a_new_folder_of_what_is_built_and_no_other(report: Path) -> None:
    run(report, pipeline())
    assert (report / "output/.gitignore").read_text() == "*\n"
    (report / "own/results.csv").parent.mkdir()
    (report / "own/results.csv").touch()
    Build(str(report), "own/.steps", []).run(lambda event: None)
    assert not (report / "own/.gitignore").exists()


def test_git_ignores_what_was_left_of_a_folder_that_was_removed(report: Path) -> None:
    (report / STATE / "scratch").mkdir(parents=True)
    (report / "output/figures").mkdir()
    run(report, pipeline())
    assert (report / "output/.gitignore").read_text() == "*\n"
    (report / "output/.gitignore").unlink()  # as an author may who commits what is built
    run(report, pipeline())
    assert not (report / "output/.gitignore").exists()


def test_damage_is_told_once_to_the_build_that_met_it(report: Path) -> None:
    """Two builds in one process: what one finds is no matter of the other."""
    run(report, pipeline())
    other = Path(shutil.copytree(report, report / "other"))
    heard: dict[Path, list[str]] = {report: [], other: []}
    builds = {root: Build(str(root), STATE, pipeline()) for root in heard}

    def ran(root: Path) -> None:
        told = heard[root]
        builds[root].run(lambda e: told.append(e["step"]) if e["event"] == "damaged" else None)

    (report / "output/.steps/records/join.json").write_text("{")
    list(builds[report].why())
    ran(other)
    assert heard[other] == [] and builds[report].damaged == ["output/.steps/records/join.json"]
    ran(report)
    assert heard == {report: ["output/.steps/records/join.json"], other: []}


def test_outputs_of_a_removed_step_go(report: Path) -> None:
    steps = pipeline()
    run(report, steps)
    assert run(report, [step for step in steps if step.name != "copy b"]) == (["join"], [])
    assert (report / "output/all.txt").read_text() == "A!"
    assert not (report / "output/b.txt").exists()


def test_renamed_output_reruns_and_the_old_one_goes(report: Path) -> None:
    steps = pipeline()
    run(report, steps)
    steps[2].outputs = {"target": "output/c.txt"}
    assert run(report, steps) == (["copy b", "join"], [])
    made = ["a.txt", "all.txt", "c.txt"]
    assert sorted(os.listdir(report / "output")) == [".gitignore", ".steps", *made]


def test_missing_inputs_are_all_named(report: Path) -> None:
    steps = pipeline()
    (report / "a.txt").unlink()
    (report / "b.txt").unlink()
    ran, failures = run(report, steps)
    assert ran == []
    assert [failure.splitlines()[0] for failure in failures] == [
        "a.txt is missing, and no step makes it",
        "b.txt is missing, and no step makes it",
    ]


def test_folder_input_counts_by_what_is_read(report: Path) -> None:
    split = Step("split", "work.steps:folder", {"source": "a.txt"}, {"target": "output/words/"})
    first = Step("first", "work.steps:first", {"words": "output/words/"}, {"target": "output/1"})
    (report / "a.txt").write_text("one two")
    assert run(report, [first, split])[0] == ["first", "split"]
    (report / "a.txt").write_text("one three")
    assert run(report, [first, split]) == (["split"], [])
    (report / "a.txt").write_text("three")
    ran, failures = run(report, [first, split])
    assert ran == ["first", "split"]
    assert failures[0].startswith("there is no file output/words/one")


def test_a_build_that_ends_before_a_record_is_written_leaves_the_step_stale(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(report, pipeline())
    (report / "a.txt").write_text("x")

    def killed(*given: object) -> None:
        assert (report / "output/a.txt").read_text() == "X!"
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Store, "write", killed)
        run(report, pipeline())
    assert run(report, pipeline()) == (["copy a", "join"], [])
    assert (report / "output/all.txt").read_text() == "X!B!"


def test_an_output_that_is_edited_as_soon_as_it_stands_is_made_again(report: Path) -> None:
    def edit(event: dict) -> None:
        if event["event"] == "finished" and event["step"] == "copy a":
            (report / "output/a.txt").write_text("?!")

    Build(str(report), STATE, pipeline()).run(edit)
    assert (report / "output/all.txt").read_text() == "?!B!"
    assert run(report, pipeline()) == (["copy a", "join"], [])
    assert (report / "output/all.txt").read_text() == "A!B!"
    assert run(report, pipeline()) == ([], [])


def test_nothing_that_was_replaced_is_left(report: Path) -> None:
    steps = [Step("split", "work.steps:folder", {"source": "a.txt"}, {"target": "output/words/"})]
    for words in ("one two", "two", "three"):
        (report / "a.txt").write_text(words)
        assert run(report, [*steps, *pipeline()])[1] == []
    assert [path.name for path in (report / "output/words").iterdir()] == ["three"]
    assert list((report / "output/.steps/scratch").iterdir()) == []
