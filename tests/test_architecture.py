"""The rules of ARCHITECTURE.md that a machine can check."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REPORT = ("build", "derivations", "figures", "tables")
SOURCES = sorted(ROOT.glob("proofpress/**/*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_press_imports_nothing_of_the_report_and_nobody_the_command_line(path: Path) -> None:
    names = set(imported(path))
    assert {name for name in names if name.split(".")[0] in REPORT} == set()
    if path.name != "start.py":
        assert "proofpress.cli.main" not in names


def test_no_file_wants_a_table_of_contents() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for folder in ("proofpress", "derivations", "figures", "tables", "tests", "benchmarks")
        for path in ROOT.glob(f"{folder}/**/*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_nothing_that_is_printed_imports_sympy() -> None:
    """Templates, tables and figures read the ledger; SymPy would cost more than all of them."""
    code = (
        "import sys; import proofpress.documents.document, proofpress.documents.tables, "
        "proofpress.drawing.facts, proofpress.typeset.step, proofpress.cli.main; "
        "sys.exit('sympy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
