"""The whole report in a temporary copy: built, read back, edited, broken, and still there."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from in_place import STANDBY, kept, restore

ROOT = Path(__file__).parents[1]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", "output", "__pycache__", ".*_cache", "tests")
# The notebook as shipped, on so few reviews that it ends in a minute.
SMALL = """\
train_size = 160
validation_size = 64
test_size = 64
max_length = 32
"""

pytestmark = pytest.mark.slow


class Report:
    """A copy of the report, and the command line in it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def build(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "build.py", *words],
            cwd=self.root,
            capture_output=True,
            text=True,
            timeout=1200,
            env={**os.environ, **STANDBY},
        )

    def steps(self, *words: str) -> list[str]:
        """Builds, and the names of the steps that ran, sorted."""
        done = self.build("pdf", "--json", *words)
        assert done.returncode == 0, done.stdout + done.stderr
        events = [json.loads(line) for line in done.stdout.splitlines()]
        return sorted(event["step"] for event in events if event["event"] == "started")

    def replace(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {path}"
        file.write_text(text.replace(old, new), encoding="utf-8")

    @property
    def pdf(self) -> Path:
        return self.root / "output/report.pdf"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Report:
    root = tmp_path_factory.mktemp("report") / "copy"
    shutil.copytree(ROOT, root, ignore=LEFT_OUT)
    report = Report(root)
    report.replace("report.toml", "[notebook]\n", f"[notebook]\n{SMALL}")
    done = report.build("pdf")
    assert done.returncode == 0, done.stdout + done.stderr
    return report


@pytest.fixture(scope="module")
def copy(built: Report) -> Path:
    return kept(built.root)


@pytest.fixture
def report(built: Report, copy: Path) -> Iterator[Report]:
    """The built report; afterwards it is again as it was."""
    yield built
    restore(built.root, copy)


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_second_build_does_nothing(built: Report) -> None:
    assert built.steps() == []
    done = built.build("pdf")
    assert (done.returncode, done.stdout) == (0, "output/report.pdf is up to date\n")
    assert built.build("why").stdout == "all is up to date\n"


def test_formats_prepared_are_those_that_figures_and_report_need(report: Report) -> None:
    formats = report.root / "output/.steps/typeset/formats"
    used = {path.name for path in formats.iterdir()}
    shutil.rmtree(formats)
    steps = ["prepare figures", "prepare report"]
    for step in steps:
        (report.root / f"output/.steps/records/{step}.json").unlink()
    assert report.build("pdf", *steps).returncode == 0
    assert {path.name for path in formats.iterdir()} == used
    assert len(list(formats.glob("*.fmt"))) == 2


def test_pdf_holds_the_numbers_of_the_ledger(built: Report) -> None:
    text = " ".join(text_of(built.pdf).split())
    claims = json.loads((built.root / "output/ledger.json").read_text())["claims"]
    shown = {
        "attention.causal": "grid",
        "attention.sliding": "grid",
        "attention.windowed": "grid",
        "attention.prefix_windowed": "grid",
        "recurrence.parameters": "image",
        "recurrence.operations.padded": "image",
        "recurrence.operations.border": "image",
        "convnet.parameters": "image",
        "recurrence.depth": "image",
        "sentiment.trainable": "published",
        "sentiment.trainable.frozen": "published",
    }
    for name, example in shown.items():
        assert f"{claims[name]['examples'][example]['value']:,}" in text, name
    assert "112,241,409" in text
    assert "2,759,169" in text


def test_pdf_has_no_type_3_font_no_question_marks_and_bookmarks(built: Report) -> None:
    reader = pypdf.PdfReader(built.pdf)
    kinds = set()
    for page in reader.pages:
        for font in fonts(page["/Resources"]):
            kinds.add(font["/Subtype"])
    assert "/Type3" not in kinds
    assert "/Type1" in kinds
    assert "??" not in text_of(built.pdf)
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert len(titles) >= 5
    assert reader.metadata is not None
    assert reader.metadata.title == "Homework 4"


def fonts(resources: pypdf.generic.DictionaryObject) -> Iterator[pypdf.generic.DictionaryObject]:
    """The fonts of a page and of the pictures on it."""
    for font in resources.get("/Font", {}).values():
        yield font.get_object()
    for picture in resources.get("/XObject", {}).values():
        if "/Resources" in picture.get_object():
            yield from fonts(picture.get_object()["/Resources"])


def test_every_figure_leaves_its_source(built: Report) -> None:
    figures = {path.stem for path in (built.root / "output/figures").glob("*.pdf")}
    sources = {path.stem for path in (built.root / "output/figures").glob("*.pgf")}
    assert figures == sources
    assert "causal" in figures


def test_all_claims_are_proved(built: Report) -> None:
    claims = json.loads((built.root / "output/ledger.json").read_text())["claims"]
    assert {entry["verdict"] for entry in claims.values()} == {"proved"}
    done = built.build("check")
    assert done.returncode == 0, done.stdout
    assert f"{len(claims)} of {len(claims)} claims hold" in done.stdout


def test_the_ink_shows_the_whole_ledger(built: Report) -> None:
    read = json.loads((built.root / "output/ink.json").read_text())
    assert {kind for kind, n in read["read"].items() if n["found"] != n["expected"]} == set()
    assert read["read"]["squares"]["found"] > 200
    assert read["value not compared"] == []
    published = json.loads((built.root / "output/ledger.json").read_text())
    assert published["schema"] == 2
    assert published["claims"]["attention.sliding"]["pages"] == [3, 6]


def test_verify_and_diff(report: Report, tmp_path: Path) -> None:
    copy = tmp_path / "handed-in.pdf"
    shutil.copyfile(report.pdf, copy)
    done = report.build("verify", str(copy))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("is what these sources give, byte for byte\n")
    report.replace("report.toml", "n = 12 ", "n = 16 ")
    done = report.build("verify", str(copy))
    assert done.returncode == 1
    assert "number attention.causal, grid\n  before: 136 at n = 16\n  after:  78" in done.stdout
    done = report.build("diff", str(copy), "output/report.pdf")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "figure sliding (attention.sliding): squares" in done.stdout
    assert (report.root / "output/diff.pdf").is_file()
    assert report.build("verify").returncode == 2


def test_check_finds_what_is_typed_by_hand(report: Report) -> None:
    old, new = "The number of dot products is", "The 78 dot products are"
    report.replace("templates/sections/question1.tex.j2", old, new)
    done = report.build("check")
    assert done.returncode == 1
    assert "error: the number 78 is typed by hand\n  templates/sections/question1.tex.j2:" in (
        done.stderr
    )
    assert 'mend: print \\VAR{claim("attention.causal").at("grid")}' in done.stderr


def test_a_word_in_a_template_reruns_only_the_text(report: Report) -> None:
    report.replace("templates/sections/question1.tex.j2", "Throughout,", "Everywhere,")
    assert report.steps() == ["assemble", "read ink", "typeset"]
    assert "Everywhere, i is" in text_of(report.pdf)


def test_a_comment_in_a_derivation_reruns_nothing(report: Report) -> None:
    report.replace("derivations/attention.py", "# a. Every token", "# First: every token")
    assert report.steps() == []


def test_a_definition_reruns_what_follows_but_not_the_notebook(report: Report) -> None:
    report.replace("derivations/attention.py", "(n >= 1) & (t >= 0)", "(n >= 1) & (t >= 1)")
    steps = report.steps()
    assert "derive" in steps
    assert "draw sliding" in steps
    assert "typeset" in steps
    assert "run sentiment" not in steps


def test_letters_of_the_grid_reach_figure_table_and_text(report: Report) -> None:
    report.replace("report.toml", "n = 12 ", "n = 16 ")
    assert "run sentiment" not in report.steps()
    assert "136" in text_of(report.pdf)


def test_collaborators_are_named_and_escaped(report: Report) -> None:
    report.replace("report.toml", "collaborators = []", 'collaborators = ["A_B & C", "D #1"]')
    assert report.steps() == ["assemble", "read ink", "typeset"]
    assert "A_B & C and D #1" in text_of(report.pdf)


@pytest.mark.parametrize(
    ("path", "old", "new", "status", "message"),
    [
        (
            "templates/sections/question1.tex.j2",
            "Throughout,",
            "\\VAR{documnt.title} Throughout,",
            1,
            "documnt is not defined here",
        ),
        (
            "templates/sections/question1.tex.j2",
            "Throughout,",
            "\\throughout,",
            1,
            "templates/sections/question1.tex.j2:",
        ),
        ("derivations/attention.py", "CLAIMS = (", "CLAIMS = ((", 1, "derivations/attention.py:"),
        (  # every proof of its count holds, but it is not the mask that numpy makes
            "derivations/attention.py",
            "(i - j <= t)",
            "(i - j <= t + 1)",
            1,
            "the claim attention.sliding is refuted",
        ),
        (
            "notebooks/sentiment.ipynb",
            '"random.seed(seed)"',
            '"random.sed(seed)"',
            1,
            "notebooks/sentiment.ipynb, cell",
        ),
        (
            "figures/sliding.py",
            '"attention.sliding"',
            '"attention.windowed"',
            1,
            "the figure sliding, on page 3, is not attention.sliding",
        ),
        ("report.toml", 'paper = "a4"', 'paper = "a5"', 2, "report.toml:"),
        ("report.toml", 'engine = "embedded"', 'engine = "system"', 1, "no TeX Live was found"),
    ],
)
def test_a_fault_is_named_and_the_last_good_pdf_stays(
    report: Report, path: str, old: str, new: str, status: int, message: str
) -> None:
    if "system" in new and shutil.which("pdflatex"):
        pytest.skip("this machine has a TeX Live")
    before = report.pdf.read_bytes()
    report.replace(path, old, new)
    done = report.build("pdf")
    assert done.returncode == status, done.stdout + done.stderr
    assert message in done.stderr
    assert "mend: " in done.stderr
    assert "Traceback" not in done.stderr
    assert report.pdf.read_bytes() == before


def test_two_builds_at_once_both_end_well(report: Report) -> None:
    report.replace("templates/sections/question1.tex.j2", "Throughout,", "Everywhere,")
    command = [sys.executable, "build.py", "pdf"]
    both = [subprocess.Popen(command, cwd=report.root, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait(timeout=600) for process in both] == [0, 0]
    assert "Everywhere, i is" in text_of(report.pdf)
