"""A hundred thousand texts through every field: none is more than text, none crashes."""

import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests/documents")]

from attacks import texts  # noqa: E402
from injection import faults, typeset_faults  # noqa: E402

PART, TYPESET = 2500, 250  # how many texts of one seed are read, and how many TeX sets


@dataclass(frozen=True)
class Tried:
    """What was tried with the texts of one seed, how often, and what went wrong."""

    what: str
    number: int
    wrong: list[str]


def strings(number: int, folder: Path, side_by_side: int) -> list[Tried]:
    """`number` texts (a multiple of PART) through all fields, and some of them through TeX."""
    seeds = range(1, number // PART + 1)
    with ProcessPoolExecutor(side_by_side) as pool:
        made = pool.map(_one_part, (folder / f"strings-{seed}" for seed in seeds), seeds)
        return [tried for part in made for tried in part]


def _one_part(folder: Path, seed: int) -> tuple[Tried, Tried]:
    read, printed = folder / "read", folder / "typeset"
    read.mkdir(parents=True)
    printed.mkdir()
    number, _, wrong = faults(texts(PART, seed), read)
    pieces, changed = typeset_faults(texts(TYPESET, -seed), printed)
    return (
        Tried("text through the 13 fields that print one", number, wrong),
        Tried("piece of LaTeX made from a text, set by TeX", pieces, changed),
    )
