"""Resuming a notebook: after every kind of edit, the outputs are those of a full run."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from proofpress.build import memo, observe
from proofpress.build.reads import Reads
from proofpress.faults.errors import PressError
from proofpress.notebook import resume
from proofpress.notebook.execution import execute
from proofpress.notebook.resume import steady

pytestmark = pytest.mark.slow

SHIPPED = Path(__file__).parents[2] / "notebooks" / "sentiment.ipynb"

HELPER = "SCALE = 3\nCALLS = []\n\n\ndef scaled(x):\n    return SCALE * x\n"
SETTING = """\
import random
import time
from random import shuffle

import helper

random.seed(size)
shared = []
pair = [shared, shared]"""
CLOSURES = """\
class Tally:
    def __init__(self):
        self.seen = []

    def add(self, x):
        self.seen.append(helper.scaled(x))
        return self


def counter():
    n = 0

    def up():
        nonlocal n
        n += 1
        return n

    return up, lambda: n


tally = Tally()
up, count = counter()
waiting = (i for i in range(9))"""
LONG = """\
time.sleep(0.3)
text = open("data.txt").read()
order = list(range(9))
shuffle(order)
up()
tally.add(size)
order"""
MUTATION = "shared.append(up())\ntally.add(1)\npair[1], count(), tally.seen, text"
DRAW = "shuffle(order)\norder, random.random(), scaled if False else pair[0] is shared"
CODES = [SETTING, CLOSURES, LONG, MUTATION, DRAW]
CELLS_BEFORE = 2  # the heading and the parameters


class Desk:
    """A folder with a notebook, its helper and its data, and the store of its runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / ".store"
        self.source = folder / "demo.ipynb"
        (folder / "helper.py").write_text(HELPER)
        (folder / "data.txt").write_text("hello")
        self.write(CODES)

    def write(self, codes, heading="# Demo"):
        cells = [
            new_markdown_cell(heading, id="head"),
            new_code_cell("size = 3", id="par", metadata={"tags": ["parameters"]}),
            *(new_code_cell(code, id=f"c{place}") for place, code in enumerate(codes)),
        ]
        nbformat.write(new_notebook(cells=cells), self.source)

    def run(self, parameters=None, store=True, **options):
        """The cells that ran, by their number, and what was said of the plan."""
        events = []
        output = self.folder / ("out.ipynb" if store else "full.ipynb")
        store_folder = self.store if store else None
        given = parameters or {}
        execute(self.source, output, given, store=store_folder, on_event=events.append, **options)
        said = [event.step for event in events if event.kind == "plan"]
        return [event.number for event in events if event.kind == "cell"], said

    def equals_a_full_run(self, parameters=None):
        self.run(parameters, store=False)
        out, full = ((self.folder / f"{name}.ipynb").read_bytes() for name in ("out", "full"))
        return out == full


@pytest.fixture(autouse=True)
def short_cells_count_as_long(monkeypatch):
    monkeypatch.setattr(resume, "THRESHOLD", 0.25)


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """The desk after one full run, and a copy of its store."""
    desk = Desk(tmp_path_factory.mktemp("desk"))
    before, resume.THRESHOLD = resume.THRESHOLD, 0.25
    ran, said = desk.run()
    resume.THRESHOLD = before
    assert ran == [2, 3, 4, 5, 6, 7]
    assert said == ["running all cells: no earlier run is kept"]
    kept = desk.folder / ".kept"
    shutil.copytree(desk.store, kept)
    return desk, kept


@pytest.fixture
def desk(once):
    """The desk as it was after one full run."""
    found, kept = once
    shutil.rmtree(found.store)
    shutil.copytree(kept, found.store)
    (found.folder / "helper.py").write_text(HELPER)
    (found.folder / "data.txt").write_text("hello")
    found.write(CODES)
    return found


def edited(place, old, new):
    codes = list(CODES)
    assert old in codes[place]
    codes[place] = codes[place].replace(old, new)
    return codes


def test_nothing_edited_nothing_runs(desk):
    before = (desk.folder / "out.ipynb").read_bytes()
    assert desk.run() == ([], ["all cells kept"])
    assert (desk.folder / "out.ipynb").read_bytes() == before


def test_markdown_and_comments_run_nothing_but_are_shown(desk):
    codes = edited(0, "shared = []", "shared = []  # nothing yet")
    desk.write(codes, heading="# Another heading")
    assert desk.run() == ([], ["all cells kept"])
    text = (desk.folder / "out.ipynb").read_text()
    assert "Another heading" in text
    assert "nothing yet" in text


def test_a_late_cell_goes_on_with_the_same_numbers_closures_and_shared_objects(desk):
    desk.write(edited(4, "order, ", "order, size, "))
    assert desk.run() == ([6, 7], ["cells 1-5 kept, resuming at cell 6: cell 7 changed"])
    assert desk.equals_a_full_run()


@pytest.mark.parametrize(
    ("codes", "ran"),
    [
        ([*CODES[:4], "'new'", CODES[4]], [6, 7, 8]),
        ([*CODES[:3], CODES[4], CODES[3]], [6, 7]),
        pytest.param([*CODES[:3], CODES[4]], [6]),
        pytest.param(edited(3, "append", "extend([4]) or shared.append"), [6, 7]),
        pytest.param(edited(3, "text", "text;"), [6, 7]),
    ],
    ids=["inserted", "reordered", "deleted", "statement", "semicolon"],
)
def test_cells_after_the_snapshot(desk, codes, ran):
    desk.write(codes)
    cells, [said] = desk.run()
    assert cells == ran
    assert said.startswith("cells 1-5 kept, resuming at cell 6: ")
    assert desk.equals_a_full_run()


def test_cells_gone_from_the_end_run_nothing(desk):
    desk.write(CODES[:4])
    assert desk.run() == ([], ["all cells kept"])
    assert desk.equals_a_full_run()


def test_a_run_after_a_resumed_one_goes_on_from_it(desk):
    desk.write(edited(4, "order, ", "order, 1, "))
    desk.run()
    assert desk.run() == ([], ["all cells kept"])
    desk.write(edited(4, "order, ", "order, 2, "))
    assert desk.run()[0] == [6, 7]
    assert desk.equals_a_full_run()


def test_an_early_cell_runs_all(desk):
    desk.write(edited(1, "n = 0", "n = 5"))
    cells, said = desk.run()
    assert cells == [2, 3, 4, 5, 6, 7]
    assert said == ["running all cells: cell 4 changed, and no snapshot stands before it"]


def test_a_parameter_runs_all(desk):
    cells, said = desk.run({"size": 4})
    assert cells == [2, 2, 3, 4, 5, 6, 7]
    assert said == ["running all cells: cell 2 changed, and no snapshot stands before it"]


def test_a_helper_runs_all_but_not_for_a_comment(desk):
    (desk.folder / "helper.py").write_text(HELPER + "# a comment\n")
    assert desk.run() == ([], ["all cells kept"])
    (desk.folder / "helper.py").write_text(HELPER.replace("3", "4"))
    cells, [said] = desk.run()
    assert cells == [2, 3, 4, 5, 6, 7]
    assert said.startswith("running all cells: helper.py changed, which cell 3 reads, and")
    assert "12" in (desk.folder / "out.ipynb").read_text()


def test_a_data_file_runs_all(desk):
    (desk.folder / "data.txt").write_text("other")
    cells, [said] = desk.run()
    assert cells == [2, 3, 4, 5, 6, 7]
    assert said.startswith("running all cells: data.txt changed, which cell 5 reads, and")


def test_force_runs_all(desk):
    assert desk.run(fresh=True) == (
        [2, 3, 4, 5, 6, 7],
        ["running all cells: --force was given"],
    )


@pytest.mark.parametrize("suffix", ["names", "memory"])
def test_a_damaged_snapshot_is_found_out(desk, suffix):
    [path] = desk.store.glob(f"*.{suffix}")
    data = bytearray(path.read_bytes() or b"x")
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    desk.write(edited(4, "order, ", "order, 3, "))
    cells, said = desk.run()
    assert cells[-6:] == [2, 3, 4, 5, 6, 7]
    assert said[-1] == "running all cells: the kept session was damaged"


LACK = "what is kept of the last run was damaged, or made by another press"


def test_damaged_outputs_are_found_out(desk):
    path = desk.store / "record"
    path.write_bytes(path.read_bytes().replace(b"hello", b"jello"))
    assert desk.run() == ([2, 3, 4, 5, 6, 7], [f"running all cells: {LACK}"])


def test_another_press_runs_all(desk, monkeypatch):
    monkeypatch.setattr(memo, "code", lambda *makers: "another")
    assert desk.run() == ([2, 3, 4, 5, 6, 7], [f"running all cells: {LACK}"])


def test_what_cannot_be_written_is_refused_only_where_it_is_used(desk):
    desk.write([*CODES[:4], "next(waiting)"])
    cells, [said] = desk.run()
    assert cells == [2, 3, 4, 5, 6, 7]
    assert "waiting could not be kept: TypeError: cannot pickle 'generator' object" in said


def test_an_error_after_resuming_names_the_lines_of_cells_that_did_not_run(desk):
    desk.write([*CODES[:4], "tally.add(None)"])
    with pytest.raises(PressError) as error:
        desk.run()
    assert str(error.value) == (
        "TypeError: unsupported operand type(s) for *: 'int' and 'NoneType'\n"
        "  demo.ipynb, cell 7 (In [6]), line 1: tally.add(None)\n"
        "  raised in cell 4 (In [3]), line 6: self.seen.append(helper.scaled(x))\n"
        "  mend: correct that line, then build again"
    )
    # What was kept before still serves.
    desk.write(CODES)
    assert desk.run() == ([], ["all cells kept"])


def test_reads_of_kept_cells_are_told_to_the_build(desk, monkeypatch, tmp_path):
    log = tmp_path / "reads"
    log.touch()
    monkeypatch.setenv(observe.LOG, str(log))
    monkeypatch.setenv(observe.ROOT, str(desk.folder))
    desk.run()
    reads = Reads(str(log))
    assert "data.txt" in reads.bytes
    assert "helper.py" in reads.code
    assert "IPython" in reads.packages


REFUSALS = {
    "helper.CALLS.append(1)": "the module helper was changed by the cells before",
    "import sys\nsys.modules[__name__].x = 1": "changes sys.modules",
    "globals()['x'] = 1": "uses globals",
    "open('made.txt', 'w').close()": "a cell writes the file made.txt",
    "import threading\nthreading.Thread(target=time.sleep, args=(9,), daemon=True).start()": "",
    "_": "reads _, which IPython keeps",
    "%time": "is not plain Python",
}


@pytest.mark.parametrize("code", REFUSALS)
def test_what_a_snapshot_does_not_hold_is_said(tmp_path, code):
    desk = Desk(tmp_path)
    codes = [CODES[0], code, *CODES[1:]]
    desk.write(codes)
    desk.run()
    desk.write([*codes, "1"])
    cells, said = desk.run()
    assert cells[-8:] == [2, 3, 4, 5, 6, 7, 8, 9]
    assert REFUSALS[code] in said[-1]
    assert said[-1].startswith("running all cells: ")


def test_settings_of_libraries_and_arrays_come_back(tmp_path):
    desk = Desk(tmp_path)
    codes = [
        "import time, warnings, decimal\nimport numpy as np\nimport torch\nfrom torch import nn\n"
        "torch.manual_seed(1)\nnp.random.seed(2)\nnp.set_printoptions(precision=3)\n"
        "torch.set_num_threads(1)\nwarnings.filterwarnings('ignore', 'quiet')",
        "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.gru = nn.GRU(4, 5, 2, bidirectional=True, dropout=0.2)\n"
        "        self.out = nn.Linear(10, 1)\n\n    def forward(self, x):\n"
        "        return self.out(self.gru(x)[0])\n\n\nnet = Net()\n"
        "tied = net.out.weight\noptimizer = torch.optim.Adam(net.parameters(), lr=0.1)\n"
        "schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: 1 / (s + 1))\n"
        "data = torch.randn(7, 3, 4)\nview = data[2:4]\narray = np.random.rand(3)\n"
        "generator = np.random.default_rng(3)\nunordered = {7 * k for k in range(99)}",
        "def step():\n    optimizer.zero_grad()\n    loss = net(data).pow(2).mean()\n"
        "    loss.backward()\n    optimizer.step()\n    schedule.step()\n"
        "    return loss.item()\n\n\n"
        "def warn(text):\n    warnings.warn(text, stacklevel=1)\n\n\n"
        "for _ in range(3):\n    step()\nwarn('quiet')\nwarn('shown once')\ntime.sleep(0.3)",
        "warn('shown once')\nwarn('quiet')\nview += 1",
        "print(step(), step(), data.sum().item(), optimizer.step.__name__)\n"
        "print(array, np.random.rand(2), generator.random(2), torch.rand(2), torch.randn(1))\n"
        "print(tied is net.out.weight, tied.grad.sum().item(), schedule.get_last_lr())\n"
        "print(torch.get_num_threads(), list(unordered)[:9])",
    ]
    desk.write(codes)
    desk.run()
    desk.write([*codes[:4], codes[4] + "\nprint('edited')"])
    cells, [said] = desk.run()
    assert said == "cells 1-5 kept, resuming at cell 6: cell 7 changed"
    assert cells == [6, 7]
    assert desk.equals_a_full_run()


SMALL = {"train_size": 160, "validation_size": 64, "test_size": 64, "max_length": 32}
EDITS = {
    "a plot's style": (35, '"0.82"', '"0.7"', 33),
    "the last cell": (41, "two hours", "three hours", 33),
    "the test": (33, 'title="Test loss"', 'title="Loss in the test"', 33),
}


@pytest.fixture(scope="module")
def sentiment(tmp_path_factory):
    """A folder with the shipped notebook, run once at a small size."""
    folder = tmp_path_factory.mktemp("sentiment")
    before, resume.THRESHOLD = resume.THRESHOLD, 1.0
    shutil.copy(SHIPPED, folder / "sentiment.ipynb")
    execute(folder / "sentiment.ipynb", folder / "out.ipynb", SMALL, store=folder / ".store")
    resume.THRESHOLD = before
    return folder


def without_times(path):
    found = json.loads(path.read_text())
    for cell in found["cells"]:
        if "outputs" in cell:
            cell["outputs"] = [
                output
                for output in steady(cell["outputs"])
                if not str(output).startswith("{'volatile'")
            ]
    return found


@pytest.mark.parametrize("edit", EDITS)
def test_the_shipped_notebook_does_not_train_again(sentiment, edit):
    number, old, new, first = EDITS[edit]
    notebook = nbformat.read(SHIPPED, as_version=4)
    place = next(k for k, c in enumerate(notebook.cells) if c.id == f"c{number:02}")
    assert old in notebook.cells[place].source
    notebook.cells[place].source = notebook.cells[place].source.replace(old, new)
    source = sentiment / "sentiment.ipynb"
    nbformat.write(notebook, source)
    events = []
    store = sentiment / ".store"
    execute(source, sentiment / "out.ipynb", SMALL, store=store, on_event=events.append)
    assert next(event.number for event in events if event.kind == "cell") >= first
    execute(source, sentiment / "full.ipynb", SMALL)
    assert without_times(sentiment / "out.ipynb") == without_times(sentiment / "full.ipynb")
