"""Running notebooks: outputs, events, limits, and every fault at the author's cell and line."""

import base64
import io
import json
import os
import re
import tempfile
from pathlib import Path

import nbformat
import pikepdf
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from proofpress.faults.author import setting
from proofpress.faults.errors import PressError
from proofpress.notebook.execution import Limits, execute
from proofpress.notebook.record import results

PARAMETERS = "size = 3\nrate = 0.5\nname = 'small'\nfast = False"


def notebook(folder: Path, *codes: str) -> Path:
    """A notebook of a heading, a cell of parameters and the given cells: demo.ipynb."""
    cells = [
        new_markdown_cell("# Demo", id="head"),
        new_code_cell(PARAMETERS, id="par", metadata={"tags": ["parameters"]}),
        *(new_code_cell(code, id=f"c{place}") for place, code in enumerate(codes)),
    ]
    path = folder / "demo.ipynb"
    nbformat.write(new_notebook(cells=cells), path)
    return path


def fault(folder: Path, *codes: str, parameters: dict | None = None, **options) -> str:
    """The whole message of the error that a notebook of these cells raises."""
    source = notebook(folder, *codes)
    with pytest.raises(PressError) as error:
        execute(source, folder / "out.ipynb", parameters or {}, **options)
    assert not (folder / "out.ipynb").exists()
    return str(error.value)


def test_a_run_leaves_outputs_results_and_events(tmp_path):
    source = notebook(
        tmp_path,
        "from proofpress.notebook import progress, record\nfor _ in progress(range(3), 'pass'):\n"
        "    pass\nrecord('demo.size', size, unit='px')",
        "name",
    )
    events = []
    execute(source, tmp_path / "new" / "out.ipynb", {"size": 4}, on_event=events.append)

    found = nbformat.read(tmp_path / "new" / "out.ipynb", as_version=4)
    assert results(found)["results"]["demo.size"]["value"] == 4
    assert found.cells[-1].outputs[0].data["text/plain"] == "'small'"
    assert os.listdir(tmp_path / "new") == ["out.ipynb"]

    kinds = [(event.kind, event.heading, event.index, event.cells) for event in events]
    assert kinds[:2] == [("cell", "Demo", 1, 4), ("finished", "Demo", 1, 4)]
    steps = [(e.step, e.done, e.total) for e in events if e.kind == "progress"]
    assert steps[0] == ("pass", 0, 3)
    assert steps[-1] == ("pass", 3, 3)
    assert [e.number for e in events if e.kind == "finished"] == [2, 2, 3, 4]


def test_equal_runs_give_equal_bytes_and_no_path_of_the_machine(tmp_path, monkeypatch):
    source = notebook(tmp_path, "print({'b', 'a'}, size)")
    execute(source, tmp_path / "one.ipynb", {"size": 7})
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("PYTHONHASHSEED", "5")
    execute(source, tmp_path / "two.ipynb", {"size": 7})
    assert (tmp_path / "one.ipynb").read_bytes() == (tmp_path / "two.ipynb").read_bytes()
    assert str(tmp_path) not in (tmp_path / "one.ipynb").read_text()


def test_only_values_that_differ_are_injected(tmp_path):
    source = notebook(tmp_path, "print(size, rate)")
    execute(source, tmp_path / "out.ipynb", {"size": 3, "rate": 1})
    found = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    assert [cell.id for cell in found.cells] == ["head", "par", "injected-parameters", "c0"]
    assert found.cells[2].source == "# Parameters\nrate = 1.0\n"
    assert found.cells[3].outputs[0].text == "3 1.0\n"


def test_a_plot_is_kept_as_vector_graphics_of_equal_bytes(tmp_path):
    source = notebook(
        tmp_path,
        "import matplotlib.pyplot as plt\nplt.style.use('proofpress.notebook.report')",
        "plt.plot([1, 2])\nplt.show()",
    )
    plots = []
    for name in ("one", "two"):
        execute(source, tmp_path / f"{name}.ipynb", {})
        [output] = nbformat.read(tmp_path / f"{name}.ipynb", as_version=4).cells[-1].outputs
        assert set(output.data) == {"application/pdf", "image/png", "text/plain"}
        plots.append(output.data["application/pdf"])
    assert plots[0] == plots[1]


def test_a_plot_has_real_fonts_whatever_its_notebook_sets(tmp_path):
    setting = "import matplotlib.pyplot as plt\nplt.rcParams['pdf.fonttype'] = 3"
    source = notebook(tmp_path, setting, "plt.plot([1, 2])\nplt.show()")
    execute(source, tmp_path / "out.ipynb", {})
    [output] = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells[-1].outputs
    content = base64.b64decode(output.data["application/pdf"])
    with pikepdf.open(io.BytesIO(content)) as pdf:
        fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        kinds = {str(one.Subtype) for one in fonts if one.get("/Type") == "/Font"}
    assert kinds and "/Type3" not in kinds


def test_the_users_home_plays_no_part(tmp_path, monkeypatch):
    # A kernel called python3, and a start-up file, that would break every notebook.
    kernel = tmp_path / "home" / "share" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text(
        json.dumps({"argv": ["false"], "display_name": "x", "language": "python"})
    )
    startup = tmp_path / "home" / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("raise SystemExit")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "home" / "share"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "home" / "ipython"))
    monkeypatch.delenv("HOME", raising=False)
    execute(notebook(tmp_path, "print(1)"), tmp_path / "out.ipynb", {})
    assert '"1\\n"' in (tmp_path / "out.ipynb").read_text()


def test_a_long_temporary_folder_does_no_harm(tmp_path, monkeypatch):
    long = tmp_path / ("with space é " * 10)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    execute(notebook(tmp_path, "print(1)"), tmp_path / "out.ipynb", {})
    assert list(long.iterdir()) == []


def test_a_failing_cell_is_named_with_its_line(tmp_path):
    assert fault(tmp_path, "x = 1\n\nx / 0  # here") == (
        "ZeroDivisionError: division by zero\n"
        "  demo.ipynb, cell 3 (In [2]), line 3: x / 0  # here\n"
        "  mend: correct that line, then build again"
    )


def test_a_failure_inside_a_function_names_both_cells_of_the_source(tmp_path):
    message = fault(tmp_path, "def f():\n    return {}['k']", "y = f()", parameters={"size": 1})
    assert message == (
        "KeyError: 'k'\n"
        "  demo.ipynb, cell 4 (In [4]), line 1: y = f()\n"
        "  raised in cell 3 (In [3]), line 2: return {}['k']\n"
        "  mend: correct that line, then build again"
    )


def test_a_syntax_error_names_its_line(tmp_path):
    assert fault(tmp_path, "a = 1\nb = = 2") == (
        "SyntaxError: invalid syntax\n"
        "  demo.ipynb, cell 3 (In [2]), line 2: b = = 2\n"
        "  mend: correct that line, then build again"
    )


def test_what_is_unavailable_is_one_line_with_its_own_remedy(tmp_path):
    codes = (
        "from proofpress.notebook import Unavailable",
        "raise Unavailable('no hub', mend='connect')",
    )
    assert (
        fault(tmp_path, "\n".join(codes)) == "no hub\n"
        "  demo.ipynb, cell 3 (In [2]), line 2: raise Unavailable('no hub', mend='connect')\n"
        "  mend: connect"
    )


def test_a_long_message_is_one_short_line(tmp_path):
    first, *_ = fault(tmp_path, "raise ValueError('word\\n' * 400)").splitlines()
    assert re.fullmatch(r"ValueError: (word )+.*\.\.\.", first)
    assert len(first) < 320


def test_a_hanging_cell_is_stopped(tmp_path):
    assert fault(tmp_path, "import time\ntime.sleep(60)", limits=Limits(cell_seconds=1)) == (
        "the cell was stopped at its time limit of 1 s\n"
        "  demo.ipynb, cell 3 (In [2]), line 2: time.sleep(60)\n"
        "  mend: make it faster, or raise cell_seconds in report.toml"
    )


def test_a_kernel_that_dies_is_named(tmp_path):
    code = "import os\nos.write(2, b'out of luck\\n')\nos.kill(os.getpid(), 9)"
    assert fault(tmp_path, code) == (
        "the kernel died (killed by signal 9, as a system does whose memory is exhausted); "
        "its last words: out of luck\n"
        "  demo.ipynb, cell 3 (In [2]), which begins: import os\n"
        "  mend: let the cell use less memory, and not end its own process"
    )


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (
            {"sise": 2},
            "demo.ipynb has no parameter sise\n  {place}\n  mend: did you mean size?",
        ),
        (
            {"size": "2"},
            "the parameter size is '2', of type str\n  {place}\n"
            "  mend: give size a value of type int, such as 3",
        ),
        (
            {"fast": 1},
            "the parameter fast is 1, of type int\n  {place}\n"
            "  mend: give fast a value of type bool, such as False",
        ),
        (
            {"size": True},
            "the parameter size is True, of type bool\n  {place}\n"
            "  mend: give size a value of type int, such as 3",
        ),
    ],
)
def test_parameters_are_checked_before_anything_runs(tmp_path, parameters, message):
    (name,) = parameters
    place = setting(f"notebook.demo.{name}", f"notebook.{name}", otherwise="demo.ipynb")
    told = fault(tmp_path, "raise AssertionError", parameters=parameters)
    assert told == message.replace("{place}", place)


def test_a_file_that_is_no_notebook_is_refused(tmp_path):
    (tmp_path / "x.ipynb").write_text("no json")
    with pytest.raises(PressError) as error:
        execute(tmp_path / "x.ipynb", tmp_path / "out.ipynb", {})
    assert "the file is not a notebook" in str(error.value)
    with pytest.raises(PressError) as error:
        execute(tmp_path / "y.ipynb", tmp_path / "out.ipynb", {})
    assert str(error.value) == ("the notebook does not exist\n  y.ipynb\n  mend: correct its path")
