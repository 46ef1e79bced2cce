"""Which steps a report has, from what it names and from its settings."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from proofpress.build.step import Step, ordered
from proofpress.build.worker import function
from proofpress.cli.call import Call
from proofpress.cli.report import Report as Built
from proofpress.faults.errors import PressError
from proofpress.report import pipeline
from proofpress.report.report import Report

DRAWS = "def draw(facts):\n    pass\n"
TABLE = "def table(facts):\n    pass\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in {
        "derivations/a.py": "",
        "figures/one.py": DRAWS,
        "figures/two.py": "from figures.one import draw\n",
        "figures/shared.py": "def drawn():\n    pass\n",
        "figures/_hidden.py": DRAWS,
        "tables/t.py": TABLE,
        "notebooks/n.ipynb": "{}",
        "templates/report.tex.j2": "",
        "templates/preamble.tex": "",
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / "report.toml").write_text("")
    return tmp_path


def names(report: Report) -> list[str]:
    steps, _ = ordered(pipeline.steps(report, Call(report).settings))
    return [step.name for step in steps]


PREPARED = ["derive", "prepare figures", "prepare report"]
PAPER = ["assemble", "embed", "typeset", "read ink"]


def test_the_usual_folders_make_a_report(root: Path) -> None:
    assert sorted(names(Report(root))) == sorted(
        [*PREPARED, "draw one", "draw two", "run n", "convert n", "tabulate t", *PAPER]
    )


def test_all_that_a_step_calls_is_there(root: Path) -> None:
    """What warms a server may fail in silence, a name that is misspelt too."""
    report = Report(root)
    for step in pipeline.steps(report, Call(report).settings):
        assert all(callable(function(call)) for call in (step.call, step.warm) if call)


def test_a_report_without_notebooks_figures_and_tables(root: Path) -> None:
    report = Report(root)
    report.claims("derivations/*.py")
    report.document("templates/report.tex.j2")
    assert sorted(names(report)) == sorted(["derive", "prepare report", "collect results", *PAPER])


def test_two_notebooks_have_their_own_parameters_and_common_results(root: Path) -> None:
    (root / "notebooks/m.ipynb").write_text("{}")
    (root / "report.toml").write_text("[notebook.n]\nsize = 3\n")
    report = Report(root).standard()
    steps = {step.name: step for step in pipeline.steps(report, Call(report).settings)}
    assert steps["run n"].parameters["parameters"] == {"size": 3}
    assert steps["run m"].parameters["parameters"] == {}
    made = [steps[f"run {name}"].outputs["results"] for name in "mn"]
    assert steps["collect results"].inputs["recorded"] == made


def test_a_parameter_of_nobody_is_told(root: Path) -> None:
    (root / "notebooks/m.ipynb").write_text("{}")
    (root / "report.toml").write_text("[notebook]\nsize = 3\n")
    with pytest.raises(PressError, match="not clear for which notebook") as caught:
        names(Report(root))
    assert "[notebook.m] or [notebook.n]" in str(caught.value.mend)


def test_two_notebooks_of_one_name(root: Path) -> None:
    report = Report(root)
    report.notebook("notebooks/n.ipynb")
    with pytest.raises(PressError, match="two notebooks are called n"):
        report.notebook("more/n.ipynb")


def test_two_notebooks_of_one_name_by_patterns(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    (root / "more").mkdir()
    (root / "more/n.ipynb").write_text("{}")
    (root / "build.py").write_text('report.notebook("*/n*")\nreport.notebook("more/*.ipynb")\n')
    report = Report(root)
    report.notebook("notebooks/*.ipynb")
    assert [one.file for one in report.notebooks] == ["notebooks/n.ipynb"]
    report.notebook("more/*.ipynb")
    with pytest.raises(PressError, match="two notebooks are called n") as caught:
        _ = report.notebooks
    assert caught.value.where == 'build.py:2: report.notebook("more/*.ipynb")'


def test_two_figures_of_one_name(root: Path) -> None:
    (root / "more").mkdir()
    (root / "more/one.py").write_text(DRAWS)
    report = Report(root)
    report.claims("derivations/*.py")
    report.figures("figures/*.py", "more/*.py")
    with pytest.raises(PressError, match=r"two modules are called one: figures/one\.py, more/"):
        names(report)


def test_a_report_of_own_steps_only(root: Path) -> None:
    report = Report(root)
    report.step(Step("derive", "mine:make", outputs={"to": "x"}))
    assert names(report) == ["derive"]


def test_a_step_of_the_authors_own(root: Path) -> None:
    report = Report(root)
    report.claims("derivations/*.py")
    ledger = {"ledger": "output/claims.json"}
    own = Step("own", "mine:make", ledger, {"to": "x"}, caches={"store": "own"})
    report.step(own, Step("next", "mine:use", {"made": "x"}, {"to": "y"}))
    assert names(report) == ["derive", "collect results", "own", "next"]
    assert own in pipeline.steps(report, Call(report).settings)


def preamble_of(root: Path, **named: str) -> object:
    report = Report(root)
    report.document("templates/report.tex.j2", **named)
    made = {step.name: step for step in pipeline.steps(report, Call(report).settings)}
    assert ("settings" in made["assemble"].outputs) == ("preamble" in made["assemble"].inputs)
    asked = {made[name].inputs.get("preamble") for name in ("assemble", "prepare report")}
    return asked.pop() if len(asked) == 1 else asked


def test_a_document_needs_no_preamble_that_it_does_not_read(root: Path) -> None:
    preamble, template = (root / "templates" / name for name in ("preamble.tex", "report.tex.j2"))
    assert preamble_of(root) == "templates/preamble.tex"
    preamble.unlink()
    assert preamble_of(root) is None
    assert preamble_of(root, preamble="look.tex") == "look.tex"
    template.write_text("% \\input{preamble}\n\\input{preambles}")
    assert preamble_of(root) is None
    template.write_text("\\documentclass{article}\n\\input{preamble}")
    assert preamble_of(root) == "templates/preamble.tex"


@pytest.mark.slow
def test_a_template_may_load_the_package_itself(root: Path) -> None:
    for path in (root / "figures").iterdir():
        path.unlink()
    (root / "templates/preamble.tex").unlink()
    (root / "templates/report.tex.j2").write_text(
        "\\documentclass{article}\n\\usepackage{proofpress}\n\\begin{document}\n"
        '$\\VAR{claim("a.one").formula}$\n\\end{document}\n'
    )
    (root / "derivations/a.py").write_text(
        "from proofpress import Count, IntegerSet, integers\n"
        'n, i = integers("n i")\n'
        'CLAIMS = [Count("a.one", "One", IntegerSet("row", (i,), (1 <= i) & (i <= n), n >= 0))]\n'
    )
    report = Built(root)
    report.claims("derivations/*.py")
    report.document("templates/report.tex.j2")
    assert list(report.build()) == []
    assert (root / "output/report.pdf").is_file()
    assert not (root / "output/tex/preamble.tex").exists()


@pytest.mark.parametrize("out", ["/tmp/x", "../x", ".", ".git", ".venv/x"])
def test_what_is_built_stands_in_a_folder_of_its_own(root: Path, out: str) -> None:
    with pytest.raises(PressError, match="no folder for what is built"):
        Report(root, out=out)


def test_values_replace_settings(root: Path) -> None:
    report = Report(root, values={"letters.a.grid.n": 8, "typeset.engine": "system"})
    settings = Call(report).settings
    assert settings["letters"] == {"a": {"grid": {"n": 8}}}
    assert settings["typeset"] == {"engine": "system"}


def test_values_are_checked_as_settings_are(root: Path) -> None:
    with pytest.raises(PressError, match=r'letters\.a\.grid\.n holds "eight"'):
        _ = Call(Report(root, values={"letters.a.grid.n": "eight"})).settings


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ('"letters.a.grid.n": "eight"', 4),
        ("'lettter.a.grid.n': 8", 4),
        ('"letters.a": {"grid": {"n": "eight"}}', 4),
        ("**given", 1),
        ('**{"typeset." + "engine": "none"}', 2),
    ],
)
def test_a_value_at_fault_is_told_at_its_line(root: Path, values: str, line: int) -> None:
    (root / "report.toml").write_text("[letters.a.grid]\nn = 2\n")
    (root / "build.py").write_text(
        "given = {'letters.a.grid.n': 0.5}\nreport = Report(\n"
        f"    file, values={{\n        {values}\n    }}\n)\n"
    )
    named = {"Report": Report, "file": root / "build.py"}
    exec(compile((root / "build.py").read_text(), root / "build.py", "exec"), named)
    with pytest.raises(PressError) as caught:
        _ = Call(named["report"]).settings
    assert caught.value.where == f"build.py:{line}"


def test_a_report_without_settings_has_the_usual_ones(root: Path) -> None:
    (root / "report.toml").unlink()
    assert Call(Report(root)).settings["typeset"] == {"engine": "embedded"}


def test_settings_that_a_report_needs_are_missed(root: Path) -> None:
    (root / "report.toml").unlink()
    report = Report(root)
    report.document("templates/report.tex.j2", words={"title": "text"})
    with pytest.raises(PressError, match=r"there is no report\.toml"):
        _ = Call(report).settings


GLOBS = """\
from proofpress import Report

report = Report(__file__)
report.claims("derivations/*.py")
report.figures("figures/*.py")
report.tables("tables/*.py")
report.notebook("notebooks/*.ipynb")
if __name__ == "__main__":
    report.main()
"""
ITSELF = """\
from pathlib import Path

from proofpress import Report

report = Report(__file__)
for file in sorted(Path(__file__).parent.glob("notebooks/*.ipynb")):
    report.notebook(f"notebooks/{file.name}")
if __name__ == "__main__":
    report.main()
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pipeline_file", "kept", "added"),
    [
        (GLOBS, None, "notebooks/new.ipynb"),
        (GLOBS, None, "tables/new.py"),
        (GLOBS, None, "figures/new.py"),
        (ITSELF, "notebooks/old.ipynb", "notebooks/new.ipynb"),
    ],
)
def test_a_file_added_after_the_last_build_is_noticed(
    tmp_path: Path, pipeline_file: str, kept: str | None, added: str
) -> None:
    def built() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "build.py"], cwd=tmp_path, capture_output=True, text=True
        )

    (tmp_path / "build.py").write_text(pipeline_file)
    (tmp_path / "derivations").mkdir()
    if kept:
        (tmp_path / kept).parent.mkdir()
        cell = nbformat.v4.new_code_cell("n = 1", metadata={"tags": ["parameters"]})
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / kept)
    built()
    assert built().stdout.endswith("is up to date\n")
    (tmp_path / added).parent.mkdir(exist_ok=True)
    (tmp_path / added).write_text("def draw(facts): 1\ndef table(facts): 1\n")
    failed = built()
    assert failed.returncode == 1
    assert added in failed.stderr
    (tmp_path / added).unlink()
    built()
    assert built().stdout.endswith("is up to date\n")
