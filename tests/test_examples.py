"""The reports in examples/: each builds from nothing, and says and prints what it is known to."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdf
import pytest

ROOT = Path(__file__).parents[1]
NO_CACHES = shutil.ignore_patterns("__pycache__", "output")

# Every claim that is not proved, with its verdict. The first five are the papers' entries with the
# constant one; the last speaks of powers of two with a letter in the exponent.
UNSETTLED = {
    "attention-zoo": {
        "entry.strided.one": "refuted",
        "entry.fixed.one": "refuted",
        "entry.window.one": "refuted",
        "entry.axial.one": "refuted",
        "entry.logs.one": "refuted",
        "entry.logs": "undecided",
    },
    "algorithms": {},
}
COUNTEREXAMPLES = {
    "entry.strided.one": "l = 2: 9 > 8",
    "entry.fixed.one": "l = 2, c = 2: 10 > 8",
    "entry.window.one": "n = 3, w = 1: 7 > 6",
    "entry.axial.one": "s = 2: 12 > 8",
    "entry.logs.one": "m = 1: 3 > 2",
}

pytestmark = pytest.mark.slow


class Example:
    """A copy of an example, built from nothing."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.root = name, folder / name
        shutil.copytree(ROOT / "examples" / name, self.root, ignore=NO_CACHES)
        command = [sys.executable, "build.py", "pdf"]
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, timeout=1500)
        assert done.returncode == 0, done.stdout + done.stderr

    def output(self, name: str) -> Any:
        return json.loads((self.root / "output" / name).read_text(encoding="utf-8"))

    @property
    def claims(self) -> dict[str, Any]:
        found: dict[str, Any] = self.output("claims.json")["claims"]
        return found

    @property
    def text(self) -> str:
        pages = pypdf.PdfReader(self.root / "output/report.pdf").pages
        return "\n".join(page.extract_text() for page in pages)


@pytest.fixture(scope="module")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return Example("attention-zoo", tmp_path_factory.mktemp("examples"))


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return Example("algorithms", tmp_path_factory.mktemp("examples"))


@pytest.fixture(params=["zoo", "sheet"])
def example(request: pytest.FixtureRequest) -> Example:
    """Each of them."""
    found: Example = request.getfixturevalue(request.param)
    return found


def test_every_claim_has_its_verdict(example: Example) -> None:
    found = {name: entry["verdict"] for name, entry in example.claims.items()}
    assert len(found) > len(UNSETTLED[example.name])
    assert {n: v for n, v in found.items() if v != "proved"} == UNSETTLED[example.name]


def test_what_is_wrong_is_meant_to_be_and_the_check_content(example: Example) -> None:
    command = [sys.executable, "build.py", "check"]
    done = subprocess.run(command, cwd=example.root, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    told = re.findall(r"(\S+) .* (refuted|undecided), as expected", done.stdout)
    assert dict(told) == UNSETTLED[example.name]


def test_what_follows_from_a_claim_is_shown(example: Example) -> None:
    verdicts = {
        (name, key): one["verdict"]
        for name, entry in example.claims.items()
        for key, one in entry["related"].items()
        if one["evidence"]
    }
    assert verdicts
    assert {where: verdict for where, verdict in verdicts.items() if verdict != "proved"} == {}


def test_all_that_is_printed_was_found_in_ink(example: Example) -> None:
    read = example.output("ink.json")["read"]
    assert {kind for kind, one in read.items() if one["found"] != one["expected"]} == set()
    assert all(read[kind]["found"] for kind in ("formulas", "numbers", "claims", "figures"))


def test_the_zoo_shows_sixteen_patterns_and_says_what_is_wrong(zoo: Example) -> None:
    grids = {name for name, entry in zoo.claims.items() if "cells" in str(entry["examples"])}
    assert len(grids) >= 16
    printed = re.sub(r"\s", "", zoo.text)
    for name, counterexample in COUNTEREXAMPLES.items():
        details = [item["detail"] for item in zoo.claims[name]["evidence"]]
        assert counterexample in details
        assert counterexample.replace(" ", "") in printed


def test_every_source_of_the_zoo_is_listed(zoo: Example) -> None:
    written = [*zoo.root.glob("templates/**/*.j2"), zoo.root / "tables/complexity.py"]
    text = "".join(path.read_text(encoding="utf-8") for path in written)
    cited = set(re.findall(r"\\cite\{(\w+)\}", text)) | set(re.findall(r'"([a-z]+20\d\d)"', text))
    listed = set(re.findall(r"@\w+\{(\w+),", (zoo.root / "refs.bib").read_text(encoding="utf-8")))
    assert len(cited) > 12
    assert cited == listed


def test_a_report_of_another_field_holds_no_word_of_attention(sheet: Example) -> None:
    words = r"\b(quer(y|ies)|keys?|tokens?|attention|masks?|neural|layers?)\b"
    assert not re.search(words, sheet.text, re.IGNORECASE)
    assert not re.search(words, json.dumps(sheet.output("ledger.json")), re.IGNORECASE)
