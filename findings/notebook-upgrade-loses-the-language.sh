#!/usr/bin/env bash
# A good guess: each code cell of a notebook of format 3 names its language, and format 4 has a place
# for that (language_info in the metadata). So reading it with as_version=4 keeps it somewhere.
# What happens: it is gone without a word. Cells in R come out as plain code cells, and nothing in the
# notebook tells them from Python, which is what whoever runs it next takes them for.
# Source: run below; nbformat/v4/convert.py, upgrade_cell.
# Date: 2026-11-28. Version: nbformat 5.11.1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" --quiet --disable-pip-version-check install nbformat==5.11.1
"$folder/env/bin/python" - <<'PY'
import json
import sys

import nbformat

old = {
    "metadata": {"name": "old"},
    "nbformat": 3,
    "nbformat_minor": 0,
    "worksheets": [
        {
            "metadata": {},
            "cells": [
                {
                    "cell_type": "code",
                    "collapsed": False,
                    "input": "x <- 1",
                    "language": "R",
                    "metadata": {},
                    "outputs": [],
                }
            ],
        }
    ],
}
new = nbformat.reads(json.dumps(old), as_version=4)
kept = "R" in json.dumps(new).replace('"cell_type"', "")
print("nbformat", nbformat.__version__)
print("metadata:", dict(new.metadata), "cell:", sorted(new.cells[0]), dict(new.cells[0].metadata))
print("the language is", "kept" if kept else "lost")
sys.exit(kept)
PY
