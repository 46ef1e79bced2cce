"""Which statements count as the same as before, and which do not."""

import importlib
import json
import sys
import textwrap
from pathlib import Path

import pytest

from proofpress.build import inside
from proofpress.build.memo import Memo
from proofpress.deriving.memory import Memory

SOURCE = """
from proofpress import Count, IntegerSet, integers

n, i = integers("n i")
FACTOR = 2
EXAMPLES = {"small": {"n": 3}}

def scaled(count):
    return FACTOR * count

CLAIMS = (
    Count(
        "line.points",
        "Points of a line",
        IntegerSet("line", (i,), (i >= 1) & (i <= n), assuming=n >= 0),
        also={"by hand": lambda n: n + 0 * scaled(n)},
    ),
)
"""


@pytest.fixture
def settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Settles the claim of a source; tells its entry and how many proofs are kept."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def settle(source: str) -> tuple[dict, int]:
        (tmp_path / "line.py").write_text(textwrap.dedent(source))
        sys.modules.pop("line", None)
        importlib.invalidate_caches()
        module = importlib.import_module("line")
        folder = tmp_path / "proofs"
        entries = Memory(folder).entries(module.CLAIMS, {"line": module.EXAMPLES})
        return entries["line.points"], len(list(folder.glob("*")))

    return settle


def test_moved_lines_and_comments_are_the_same(settled) -> None:
    first, kept = settled(SOURCE)
    assert (first["verdict"], kept) == ("proved", 1)
    again, kept = settled("# A comment.\n\n" + SOURCE)
    assert kept == 1
    assert again["source"]["line"] == first["source"]["line"] + 2
    assert again["formula"] == first["formula"]


def test_what_follows_from_a_kept_claim_has_the_line_that_it_moved_to(settled) -> None:
    source = SOURCE.replace("Count, ", "Count, Leading, ").replace(
        "assuming=n >= 0),", "assuming=n >= 0), related={'growth': Leading(n)},"
    )
    places = [settled(start + source)[0]["related"]["growth"]["where"] for start in ("", "# A.\n")]
    assert settled(source)[1] == 1
    first, moved = (int(place.rpartition(":")[2]) for place in places)
    assert moved == first + 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("n >= 0", "n >= 1"),
        ("FACTOR = 2", "FACTOR = 3"),
        ("FACTOR * count", "FACTOR + count"),
        ("lambda n: n + 0 * scaled(n)", "lambda n: n"),
        ('{"n": 3}', '{"n": 4}'),
        ("Points of a line", "Points on a line"),
    ],
)
def test_what_makes_a_difference_is_not(settled, old: str, new: str) -> None:
    settled(SOURCE)
    _, kept = settled(SOURCE.replace(old, new))
    assert kept == 2


CACHED = "from functools import cache\n\n@cache\ndef scaled(count):"


def test_a_cached_function_counts_by_its_code(settled) -> None:
    cached = SOURCE.replace("def scaled(count):", CACHED)
    settled(cached)
    _, kept = settled(cached)
    assert kept == 1
    _, kept = settled(cached.replace("FACTOR * count", "FACTOR + count"))
    assert kept == 2


def test_the_press_s_own_cached_functions_are_named(settled) -> None:
    source = SOURCE.replace("0 * scaled(n)},", "int(0 * share(n, 2))},")
    _, kept = settled(source.replace("import Count", "import share, Count"))
    assert kept == 1


@pytest.mark.parametrize(
    "body", ["import other", "from other import x", "exec('1')", "__import__('other')"]
)
def test_what_a_function_imports_late_is_not_known(settled, body: str) -> None:
    late = f"def never():\n    {body}\n\ndef scaled(count):\n    never or 1"
    _, kept = settled(SOURCE.replace("def scaled(count):", late))
    assert kept == 0


def test_what_cannot_be_written_down_is_not_kept(settled) -> None:
    own = "class Scale:\n    factor = 2\n"
    source = SOURCE.replace("FACTOR = 2", own).replace("FACTOR", "Scale.factor")
    entry, kept = settled(source)
    assert (entry["verdict"], kept) == ("proved", 0)


def test_a_damaged_or_doubted_proof_is_made_again(
    settled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = settled(SOURCE)
    (kept,) = (tmp_path / "proofs").iterdir()
    whole = kept.read_bytes()
    for damaged in (whole.replace(b"Points", b"Dots"), whole[:-1], b"", b"{}"):
        kept.write_bytes(damaged)
        assert settled(SOURCE)[0] == first
        assert kept.read_bytes() == whole
    text = json.dumps({"entry": {**first, "title": "Not what was stated"}, "read": []})
    find = Memo.find
    monkeypatch.setattr(Memo, "find", lambda memo, *key: find(memo, *key) and text)
    assert settled(SOURCE)[0]["title"] == "Not what was stated"  # found again, not made
    monkeypatch.setattr(inside, "forced", True)
    assert settled(SOURCE)[0] == first


def test_claims_on_one_set_are_found_again_together(settled) -> None:
    shared = SOURCE.replace(
        "CLAIMS = (",
        "line = IntegerSet('line', (i,), (i >= 1) & (i <= n), assuming=n >= 0)\n"
        "CLAIMS = (Count('line.earlier', 'Earlier', line), Count('line.later', 'Later', line),",
    )
    _, kept = settled(shared)
    assert kept == 3
    _, kept = settled(shared)
    assert kept == 3
    _, kept = settled(shared.replace("'Earlier'", "'Before'"))
    assert kept == 4


REACHES = {
    "globals": "globals()['FACTOR'] * count",
    "vars": "vars()['count']",
    "the module by name": "getattr(sys.modules[__name__], 'FACTOR') * count",
    "the module's dictionary": "sys.modules[__name__].__dict__['FACTOR'] * count",
    "its own globals": "scaled.__globals__['FACTOR'] * count",
    "a name by a text": "getattr(math, 'floor')(FACTOR) * count",
    "another name of globals": "everything()['FACTOR'] * count",
    "eval": "eval('FACTOR') * count",
    "importlib": "importlib.import_module('line').FACTOR * count",
    "importlib by another name": "brought('line').FACTOR * count",
    "the environment": "int(os.environ.get('FACTOR', 2)) * count",
    "a variable of it": "int(os.getenv('FACTOR', '2')) * count",
    "another name of that": "int(asked('FACTOR', '2')) * count",
}
IMPORTS = """
import importlib, math, os, sys
from importlib import import_module as brought
from os import getenv as asked

everything = globals
"""


@pytest.mark.parametrize("reach", REACHES.values(), ids=REACHES)
def test_what_a_function_reaches_by_no_name_is_not_known(settled, reach: str) -> None:
    entry, kept = settled(IMPORTS + SOURCE.replace("FACTOR * count", reach))
    assert (entry["verdict"], kept) == ("proved", 0)


@pytest.mark.parametrize("cached", ["", "from functools import cache\n\n@cache\n"])
def test_what_an_author_hangs_on_a_function_counts(settled, cached: str) -> None:
    source = SOURCE.replace("FACTOR * count", "scaled.factor * count")
    source = source.replace("def scaled", f"{cached}def scaled")
    source = source.replace("CLAIMS =", "scaled.factor = 2\n\nCLAIMS =")
    settled(source)
    assert settled(source)[1] == 1
    assert settled(source.replace("factor = 2", "factor = 3"))[1] == 2


@pytest.fixture
def no_graphlib():
    """Has the module imported anew in the test, and by whoever asks for it later."""
    sys.modules.pop("graphlib", None)
    yield
    sys.modules.pop("graphlib", None)


def test_a_module_named_as_one_of_python_s_is_the_author_s(
    settled, tmp_path: Path, no_graphlib: None
) -> None:
    (tmp_path / "graphlib.py").write_text("FACTOR = 2\n\ndef scaled(n):\n    return FACTOR * n\n")
    late = SOURCE.replace("return FACTOR * count", "import graphlib\n    return graphlib.FACTOR")
    assert settled(late)[1] == 0
    assert (
        settled("import graphlib\n" + SOURCE.replace("FACTOR * c", "graphlib.FACTOR * c"))[1] == 0
    )
    # What is written with its code and all that it refers to is known in full.
    by_name = "from graphlib import scaled as twice\n" + SOURCE.replace(
        "FACTOR *", "0 * twice(1) +"
    )
    assert settled(by_name)[1] == 1
    (tmp_path / "graphlib.py").write_text("FACTOR = 3\n\ndef scaled(n):\n    return FACTOR * n\n")
    sys.modules.pop("graphlib")
    assert settled(by_name)[1] == 2


def test_python_s_own_modules_are_named(settled) -> None:
    plain = SOURCE.replace("FACTOR * count", "math.floor(FACTOR) * count")
    assert settled("import math\n" + plain)[1] == 1
    late = SOURCE.replace(
        "return FACTOR * count", "import graphlib, math\n    return FACTOR * count"
    )
    assert settled(late)[1] == 2
