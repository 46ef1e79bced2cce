"""The rules of ARCHITECTURE.md that a machine can check."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from proofpress.build import press
from proofpress.build.zone import MACHINERY

ROOT = Path(__file__).parents[1]
PRESS = ROOT / "proofpress"
REPORT = ("derivations", "figures", "tables")
SOURCES = sorted(PRESS.glob("**/*.py"))
MAP = re.compile(r"^\| `proofpress/(\w+)/` \|[^|]*\|([^|]*)\|$", re.MULTILINE)

# Who may say where a report's files are, and who may only name them in a message.
KNOWS_PATHS = ("report",)
NAMES_FILES = PRESS / "faults/author.py"
PATHS = re.compile(r"output/|report\.toml|build\.py|proofpress/")
# Where a process is moved to the report's folder, as its author's code expects.
MOVES = {"report/environment.py"}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{name.name}" for name in node.names)


def room(path: Path) -> str:
    return path.relative_to(PRESS).parts[0]


def rooms() -> list[str]:
    return sorted(path.parent.name for path in PRESS.glob("*/__init__.py"))


@cache
def uses() -> dict[str, set[str]]:
    """The rooms that each room imports, itself left out."""
    found: dict[str, set[str]] = {name: set() for name in rooms()}
    for path in SOURCES:
        if path.parent == PRESS:
            continue
        for name in imported(path):
            first, _, rest = name.partition(".")
            other = rest.partition(".")[0]
            if first == "proofpress" and other in found and other != room(path):
                found[room(path)].add(other)
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_press_imports_nothing_of_the_report(path: Path) -> None:
    assert {name for name in imported(path) if name.split(".")[0] in REPORT} == set()


def test_every_module_stands_in_a_room() -> None:
    assert {path.name for path in PRESS.glob("*.py")} == {"__init__.py", "__main__.py"}


def test_the_map_names_each_room_and_what_it_uses() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    told = {name: set(re.findall(r"\w+", may)) - {"nothing"} for name, may in MAP.findall(text)}
    assert told.keys() == set(rooms())
    assert {
        name: sorted(uses()[name] - told[name]) for name in told if uses()[name] - told[name]
    } == {}
    assert {
        name: sorted(told[name] - uses()[name]) for name in told if told[name] - uses()[name]
    } == {}


def test_no_two_rooms_use_each_other() -> None:
    order = list(TopologicalSorter(uses()).static_order())
    assert order[-1] == "cli"  # and nobody uses the command line


def code_texts(path: Path) -> Iterator[tuple[int, str]]:
    """The texts of a module that are no docstrings, and their lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_only_the_report_knows_where_its_files_are(path: Path) -> None:
    if path == NAMES_FILES or room(path) in KNOWS_PATHS:
        return
    assert [found for found in code_texts(path) if PATHS.search(found[1])] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_only_the_report_moves_a_process(path: Path) -> None:
    if path.relative_to(PRESS).as_posix() in MOVES or "notebook" in path.parts:
        return  # a notebook's kernel keeps the folder that its own cells chose
    assert not re.search(r"\bchdir\b", path.read_text(encoding="utf-8"))


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
        "proofpress.drawing.step, proofpress.typeset.step, proofpress.cli.main; "
        "sys.exit('sympy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


@pytest.mark.parametrize("maker", rooms())
def test_a_cache_key_holds_all_code_that_is_imported(maker: str) -> None:
    """Found by reading the sources as text, for speed; here by their syntax trees."""
    known = {path.relative_to(PRESS).with_suffix("").as_posix(): path for path in SOURCES}
    waiting = [name for name in known if name.startswith(f"{maker}/")]
    found: set[str] = set()
    for name in waiting:
        if name in found or name.partition("/")[0] in MACHINERY:
            continue
        found.add(name)
        for dotted in filter(re.compile(r"proofpress\b").match, imported(known[name])):
            parts = ["", *dotted.split(".")[1:]]
            whole = ["/".join(parts[1 : end + 1]) for end in range(len(parts))]
            packages = [f"{place}/__init__".lstrip("/") for place in whole]
            waiting += known.keys() & {*whole, *packages}
    assert {f"{name}.py" for name in found} == {*press.modules(f"proofpress.{maker}")}


def texts_in(node: ast.AST) -> list[str]:
    """The words that a text or a collection of texts lists."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.split()
    inner = getattr(node, "elts", [])
    return [word for one in inner for word in (texts_in(one) or [""])]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nobody_lists_the_sources_of_the_press(path: Path) -> None:
    """A key made of a list that is typed by hand never knows the file that is added next."""
    own = {one.stem for one in SOURCES} | {*rooms()}
    lists = map(texts_in, ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    listed = [[Path(word).name.removesuffix(".py") for word in words] for words in lists]
    assert [words for words in listed if len(words) > 3 and own.issuperset(words)] == []


def test_the_code_in_a_key_is_read_in_one_place() -> None:
    sources = {path.relative_to(PRESS).as_posix(): {*imported(path)} for path in SOURCES}
    of_code = {name for name, seen in sources.items() if "proofpress.build.press.code" in seen}
    assert of_code == {"build/memo.py"}
    read = {name for name, seen in sources.items() if "proofpress.build.inside.source" in seen}
    assert read == {"build/press.py"}
