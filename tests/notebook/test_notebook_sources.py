"""Which notebooks are run, and what is said of those that are not, before anything runs."""

import json
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from proofpress.faults.errors import PressError
from proofpress.notebook.execution import execute


def written(folder: Path, *codes: str, **metadata) -> Path:
    cells = [new_code_cell(code, id=f"c{place}") for place, code in enumerate(codes)]
    nbformat.write(new_notebook(cells=cells, metadata=metadata), folder / "demo.ipynb")
    return folder / "demo.ipynb"


def ran(folder: Path, source: Path, **parameters):
    execute(source, folder / "out.ipynb", parameters)
    return nbformat.read(folder / "out.ipynb", as_version=4)


def refused(folder: Path, source: Path, **parameters) -> str:
    with pytest.raises(PressError) as error:
        execute(source, folder / "out.ipynb", parameters)
    return str(error.value)


def test_no_cell_for_parameters_is_needed_where_none_are_set(tmp_path):
    assert ran(tmp_path, written(tmp_path, "print(1)")).cells[0].outputs[0].text == "1\n"


def test_a_parameter_without_a_cell_for_it_is_refused(tmp_path):
    told = refused(tmp_path, written(tmp_path, "print(1)"), size=2)
    assert told.startswith("demo.ipynb has no parameter size\n")
    assert told.endswith("set it in a code cell of the notebook, and tag that cell `parameters`")


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}, "R"),
        ({"kernelspec": {"name": "ir", "display_name": "R"}}, "R"),
        ({"language_info": {"name": "julia"}}, "Julia"),
        ({"kernelspec": {"name": "x", "display_name": "C", "language": "C++"}}, "C++"),
    ],
)
def test_the_language_of_another_kernel_is_named(tmp_path, metadata, language):
    source = written(tmp_path, "x <- c(1, 2)", **metadata)
    assert refused(tmp_path, source).startswith(
        f"the notebook is written in {language}; only notebooks in Python are run\n  demo.ipynb\n"
    )


def old(folder: Path, language: str) -> Path:
    """A notebook as IPython wrote them in 2014."""
    code = {
        "cell_type": "code",
        "collapsed": False,
        "input": ["x = 1\n", "x + 1"],
        "language": language,
        "metadata": {},
        "outputs": [],
        "prompt_number": 1,
    }
    head = {"cell_type": "heading", "level": 2, "metadata": {}, "source": ["Old"]}
    notebook = {
        "metadata": {"name": ""},
        "nbformat": 3,
        "nbformat_minor": 0,
        "worksheets": [{"cells": [head, code], "metadata": {}}],
    }
    (folder / "old.ipynb").write_text(json.dumps(notebook))
    return folder / "old.ipynb"


def test_a_notebook_of_an_older_format_is_converted(tmp_path):
    head, code = ran(tmp_path, old(tmp_path, "python")).cells
    assert head.source == "## Old"
    assert code.outputs[0].data["text/plain"] == "2"


def test_the_language_of_an_older_format_is_named(tmp_path):
    assert "is written in Julia" in refused(tmp_path, old(tmp_path, "julia"))


@pytest.mark.parametrize("end", ["exit()", "quit()", "exit", "import sys; sys.exit(0)"])
def test_a_cell_that_ends_the_notebook_is_told(tmp_path, end):
    told = refused(tmp_path, written(tmp_path, "x = 1", end, "print('after')"))
    assert told.startswith(
        "the cell ends the notebook, so that the cells after it do not run\n  demo.ipynb, cell 2"
    )


ALLOWED = {"tags": ["raises-exception"]}


def test_an_error_that_a_cell_is_allowed_to_show_is_shown_and_the_notebook_goes_on(tmp_path):
    source = written(tmp_path, "1 / 0", "print('goes on')")
    notebook = nbformat.read(source, as_version=4)
    notebook.cells[0].metadata = ALLOWED
    nbformat.write(notebook, source)
    first, second = ran(tmp_path, source).cells
    assert first.outputs[0].ename == "ZeroDivisionError"
    assert second.outputs[0].text == "goes on\n"


@pytest.mark.parametrize(
    "code",
    [
        "try:\n    1 / 0\nexcept ZeroDivisionError:\n    get_ipython().showtraceback()",
        "class Odd:\n    def __repr__(self):\n        return 1 / 0\nOdd()",
        "class Odd:\n    def _repr_html_(self):\n        return 1 / 0\nOdd()",
    ],
    ids=["showtraceback", "repr", "_repr_html_"],
)
def test_an_error_that_is_shown_ends_no_notebook(tmp_path, code):
    first, second = ran(tmp_path, written(tmp_path, code, "print('goes on')")).cells
    assert any("ZeroDivisionError" in str(output) for output in first.outputs)
    assert second.outputs[0].text == "goes on\n"
