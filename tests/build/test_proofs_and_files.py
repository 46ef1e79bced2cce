"""Files that an author's functions read are inputs of the proofs that were made with them."""

import json
import textwrap
from pathlib import Path

import pytest
from steps_bench import report, run

from proofpress.build.step import Step

__all__ = ["report"]  # a fixture

CLAIM = """
import csv
from functools import cache
from pathlib import Path
import numpy
from proofpress import Count, IntegerSet, integers

n, i = integers("n i")
line = IntegerSet("line", (i,), (i >= 1) & (i <= n), assuming=n >= 0)

{read}

CLAIMS = (
    Count("line.points", "Points", line, also={{"a table": told}}),
    Count("line.again", "The same", line, {other}),
)
"""
RIGHT = " ".join(map(str, range(100)))
WRONG = RIGHT.replace(" 3 ", " 4 ")
READERS = {
    "open": "def told(n):\n    with open('numbers.txt') as file:\n"
    "        return int(file.read().split()[n])",
    "pathlib": "def told(n):\n    return int(Path('numbers.txt').read_text().split()[n])",
    "numpy": "def told(n):\n    return int(numpy.loadtxt('numbers.txt')[n])",
    "csv": "def told(n):\n    with open('numbers.txt', newline='') as file:\n"
    "        return int(next(csv.reader(file, delimiter=' '))[n])",
    "a module imported late": "def told(n):\n    from late import NUMBERS\n    return NUMBERS[n]",
    "a cached function": "@cache\ndef numbers():\n    return Path('numbers.txt').read_text()\n\n"
    "def told(n):\n    return int(numbers().split()[n])",
    "a cached function itself": "@cache\ndef told(n):\n"
    "    return int(Path('numbers.txt').read_text().split()[n])",
    "a folder": "def told(n):\n"
    "    return n + sum(1 for path in Path('extra').iterdir() if path.name == 'wrong')",
    "whether a file is there": "def told(n):\n    return n + Path('extra/wrong').exists()",
    "another program": "import subprocess\n\ndef told(n):\n"
    "    text = subprocess.run(['cat', 'numbers.txt'], capture_output=True, text=True).stdout\n"
    "    return int(text.split()[n])",
}
SEEN = [name for name in READERS if name != "another program"]


def stated(root: Path, reader: str, other: str = "") -> list[Step]:
    (root / "derivations").mkdir(exist_ok=True)
    (root / "derivations/__init__.py").write_text("")
    text = CLAIM.format(read=READERS[reader], other=other)
    (root / "derivations/line.py").write_text(textwrap.dedent(text))
    return [
        Step(
            "derive",
            "proofpress.deriving.derive:derive",
            {"modules": "derivations/*.py"},
            {"ledger": "output/ledger.json", "claims": "output/claims/"},
            {"examples": {"line": {"few": {"n": 3}}}},
            caches={"store": "proofs"},
        )
    ]


def write(root: Path, numbers: str) -> None:
    """Writes the numbers wherever one of the readers looks for them."""
    (root / "numbers.txt").write_text(numbers)
    (root / "late.py").write_text(f"NUMBERS = {numbers.split()}\n".replace("'", ""))
    (root / "extra").mkdir(exist_ok=True)
    wrong = root / "extra/wrong"
    if numbers == WRONG:
        wrong.write_text("")
    else:
        wrong.unlink(missing_ok=True)


def verdicts(root: Path) -> list[str]:
    claims = json.loads((root / "output/ledger.json").read_text())["claims"]
    return [claims[name]["verdict"] for name in ("line.points", "line.again")]


@pytest.mark.parametrize("reader", SEEN)
def test_each_edit_of_what_was_read_is_seen(report: Path, reader: str) -> None:
    write(report, RIGHT)
    steps = stated(report, reader)
    assert run(report, steps) == (["derive"], [])
    assert verdicts(report) == ["proved", "proved"]
    # An edit that changes nothing else lets the proof be found again, which reads nothing anew.
    path = report / "derivations/line.py"
    path.write_text(path.read_text() + "\nMORE = 1\n")
    run(report, steps)
    write(report, WRONG)
    assert run(report, steps) == (["derive"], [])
    assert verdicts(report) == ["refuted", "proved"]
    write(report, RIGHT)
    assert run(report, steps) == (["derive"], [])
    assert verdicts(report) == ["proved", "proved"]
    assert run(report, steps) == ([], [])


@pytest.mark.parametrize("reader", ["a cached function", "open", "a module imported late"])
def test_what_two_claims_read_counts_for_both(report: Path, reader: str) -> None:
    write(report, RIGHT)
    steps = stated(report, reader, 'also={"a table": told}')
    run(report, steps)
    write(report, WRONG)
    run(report, steps)
    assert verdicts(report) == ["refuted", "refuted"]


def test_what_another_program_has_read_is_not_known(report: Path) -> None:
    write(report, RIGHT)
    steps = stated(report, "another program")
    run(report, steps)
    write(report, WRONG)
    path = report / "derivations/line.py"
    path.write_text(path.read_text() + "\nMORE = 1\n")
    run(report, steps)
    assert verdicts(report) == ["refuted", "proved"]


def test_a_proof_without_functions_is_kept_whatever_others_read(report: Path) -> None:
    write(report, RIGHT)
    run(report, stated(report, "open"))
    kept = {path.name: path.read_bytes() for path in (report / "output/.steps/proofs").iterdir()}
    assert len(kept) == 2
    assert sum(b"numbers.txt" in text for text in kept.values()) == 1
