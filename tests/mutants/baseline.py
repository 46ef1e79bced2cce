"""The press as it is: which tests pass, how long each takes, and which functions it enters."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path

from .children import Told, copied, tested
from .operators import Change

ROOMS = (
    "proofpress/counting",
    "proofpress/proving",
    "proofpress/proving/methods",
    "proofpress/proving/statements",
    "proofpress/terms",
)
FOLDERS = ("tests/counting", "tests/proving", "tests/terms")
MORE = ("tests/fuzz/test_found_before.py", "tests/mutants/quick.py")
# Tests of the time limit itself say nothing about answers.
LEFT_OUT = ("tests/counting/test_deadline.py",)
# Seconds of processor time for a file of tests; those that come later are left out.
LONGEST = 90


def files(root: Path) -> list[str]:
    """Return the files of which tests and doctests are tried."""
    found = [p for room in ROOMS for p in sorted((root / room).glob("*.py"))]
    found += [p for folder in FOLDERS for p in sorted((root / folder).glob("test_*.py"))]
    names = [p.relative_to(root).as_posix() for p in found]
    return [name for name in (*names, *MORE) if name not in LEFT_OUT]


def digest(root: Path, file: str) -> str:
    """Return a digest of the press, of a file of tests, and of what stands beside it."""
    hashed = hashlib.sha256()
    near = root / "tests/statements" if "mutants" in file else (root / file).parent
    found = {*(root / "proofpress").rglob("*.py"), *near.glob("[!t]*.py"), root / file}
    for path in sorted(found):
        hashed.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return hashed.hexdigest()


class Baseline:
    """The tests that pass, with the functions that each of them enters."""

    def __init__(self, tests: list[Told]) -> None:
        self.failed = [test for test in tests if not test.passed]
        self.passed = {test.name: test for test in tests if test.passed}
        self._entering: defaultdict[str, set[str]] = defaultdict(set)
        for test in self.passed.values():
            for place in test.called:
                self._entering[place].add(test.name)
                self._entering[place.rpartition(":")[0]].add(test.name)

    def reaching(self, path: str, change: Change) -> list[Told]:
        """Return the tests that enter the changed function, the quickest first.

        Where a change is in no function, these are all tests that enter one of its file.
        """
        place = path if change.function is None else f"{path}:{change.function}"
        found = [self.passed[name] for name in self._entering[place]]
        return sorted(found, key=lambda test: (round(test.seconds, 1), test.name))


def baseline(root: Path, kept: Path | None) -> Baseline:
    """Return the baseline of the sources, from what was kept where they are the same."""
    known = json.loads(kept.read_text(encoding="utf-8")) if kept and kept.exists() else {}
    tests: list[Told] = []
    with copied(root) as copy:
        for file in files(root):
            told = digest(root, file)
            if known.get(file, {}).get("digest") != told:
                found, ended = tested(copy, [file], None, LONGEST, traced=True)
                seconds = sum(test.seconds for test in found)
                note = "" if ended else ", cut short"
                print(f"{file}: {len(found)} tests, {seconds:.0f} s{note}", flush=True)
                known[file] = {"digest": told, "tests": [asdict(test) for test in found]}
                if kept:
                    kept.write_text(json.dumps(known), encoding="utf-8")
            tests += [Told(**test) for test in known[file]["tests"]]
    return Baseline(tests)
