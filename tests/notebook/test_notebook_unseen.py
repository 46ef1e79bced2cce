"""Files and variables that a cell uses where no hook of Python sees it: the cell runs again."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from proofpress.notebook.execution import execute

pytestmark = pytest.mark.slow

UNSEEN = {
    "a shell's line": "!tail -n 1 data.csv",
    "a shell's line with a name put in": "name = 'data'\n!tail -n 1 {name}.csv",
    "another program": "import subprocess\n"
    "subprocess.check_output(['tail', '-n', '1', 'data.csv'])",
    "a library in C": "import torch\n"
    "torch.from_file('data.csv', shared=False, size=1, dtype=torch.uint8)",
    "a variable": "import os\nos.environ.get('MY_SETTING', '-')",
}


@pytest.mark.parametrize("code", UNSEEN.values(), ids=UNSEEN)
def test_what_no_hook_sees_runs_the_cell_again(tmp_path, monkeypatch, code):
    source, events = tmp_path / "demo.ipynb", []
    nbformat.write(new_notebook(cells=[new_code_cell(code, id="a")]), source)

    def ran():
        events.clear()
        given = {"store": tmp_path / ".store", "on_event": events.append}
        execute(source, tmp_path / "out.ipynb", {}, **given)
        return [event.number for event in events if event.kind == "cell"]

    (tmp_path / "data.csv").write_text("1\n")
    assert ran() == [1]
    assert ran() == []
    (tmp_path / "data.csv").write_text("2\n")
    monkeypatch.setenv("MY_SETTING", "2")
    assert ran() == [1]
    (said,) = [event.step for event in events if event.kind == "plan"]
    assert ("$MY_SETTING" if "MY_SETTING" in code else "data.csv") + " changed" in said
    shown = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells[-1].outputs
    assert "2" in str(shown) or "50" in str(shown)  # the code of the character 2
