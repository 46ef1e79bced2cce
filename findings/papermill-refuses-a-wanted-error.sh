#!/usr/bin/env bash
# A good guess: a cell tagged raises-exception may fail. Jupyter prints its traceback and goes on, and so
# does nbclient, on which papermill is built; so execute_notebook returns as for any other cell.
# What happens: the cells after it run, but in the end execute_notebook raises PapermillExecutionError
# for the wanted error.
# Source: run below; papermill/execute.py, raise_for_execution_errors.
# Date: 2026-11-28. Version: papermill 2.7.0, nbclient as it comes with it, ipykernel 7.4.0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" --quiet --disable-pip-version-check install papermill==2.7.0 ipykernel==7.4.0
"$folder/env/bin/python" -m ipykernel install --sys-prefix --name python3 >/dev/null 2>&1
cd "$folder"
env/bin/python - <<'PY'
import sys

import nbformat
import papermill
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook


def notebook():
    wanted = new_code_cell("1 / 0", metadata={"tags": ["raises-exception"]})
    made = new_notebook(cells=[wanted, new_code_cell("print('went on')")])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "x", "language": "python"}
    return made


def went_on(made):
    return "went on" in str(made.cells[-1].outputs)


plain = NotebookClient(notebook(), kernel_name="python3").execute()
print("nbclient alone: no exception, went on:", went_on(plain))
nbformat.write(notebook(), "in.ipynb")
try:
    papermill.execute_notebook("in.ipynb", "out.ipynb", progress_bar=False)
    raised = False
except papermill.PapermillExecutionError:
    raised = True
after = went_on(nbformat.read("out.ipynb", as_version=4))
print("papermill", papermill.__version__, "raised:", raised, "went on:", after)
sys.exit(not (raised and after and went_on(plain)))
PY
