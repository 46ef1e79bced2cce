"""A hundred thousand texts through every field: none is more than text, none crashes.

    python -m pytest tests/stress -m stress -s

It takes some five minutes on two idle cores.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "assemble"))

from attacks import texts
from injection import faults, typeset_faults

PARTS, TEXTS, TYPESET = 20, 5000, 500
Part = tuple[int, int, list[str]]


def one_part(folder: Path, seed: int) -> tuple[Part, tuple[int, list[str]]]:
    """What the reader, and TeX itself, say of the texts of one seed."""
    folder.mkdir()
    read, printed = folder / "read", folder / "typeset"
    read.mkdir()
    printed.mkdir()
    return faults(texts(TEXTS, seed), read), typeset_faults(texts(TYPESET, -seed), printed)


@pytest.mark.stress
@pytest.mark.slow
def test_a_hundred_thousand_texts(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2) as pool:
        found = list(
            pool.map(one_part, (tmp_path / f"{k}" for k in range(PARTS)), range(1, PARTS + 1))
        )
    tried = sum(number for (number, _, _), _ in found)
    passed = sum(number for (_, number, _), _ in found)
    set_by_tex = sum(number for _, (number, _) in found)
    wrong = [fault for (_, _, listed), (_, more) in found for fault in (*listed, *more)]
    print(
        f"\n| texts through 13 fields | {tried} | {tried - len(wrong)} |"
        f"\n| of these, pieces of LaTeX that came out | {passed} | {passed} |"
        f"\n| pieces that TeX itself set | {set_by_tex} | {set_by_tex - len(wrong)} |"
    )
    assert wrong == []
    assert tried == PARTS * TEXTS == 100_000
