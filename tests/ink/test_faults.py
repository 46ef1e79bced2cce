"""Faults planted between the ledger and the page: each one is caught, and named."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from small_report import CAUSAL, CLAIMS, RESULTS, STRIDED, Small

from proofpress.ink.kept import Kept
from proofpress.ink.sources import announced

Edit = Callable[[Small], None]


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Formats, auxiliary files and figures that the small reports share."""
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="session")
def memory(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Path:
    """What is kept after the report without fault was read."""
    folder = tmp_path_factory.mktemp("memory")
    kept = Kept(folder / "ink")
    assert Small(folder, store).ink(kept).differences == []
    kept.save()
    return folder / "ink"


@pytest.fixture
def small(tmp_path: Path, store: Path) -> Small:
    return Small(tmp_path, store)


def test_a_report_without_fault_agrees(small: Small) -> None:
    ink = small.ink()
    assert ink.differences == []
    assert ink.summary() == {
        "boxed forms": "2/2",
        "claims": "4/4",
        "entries": "16/16",
        "figures": "2/2",
        "formulas": "7/7",
        "numbers": "3/3",
        "questions": "3/3",
        "results": "2/2",
        "settings": "1/1",
        "squares": f"{len(CAUSAL) + len(STRIDED)}/{len(CAUSAL) + len(STRIDED)}",
    }
    assert ink.unvalued == []
    assert ink.pages["claim.count.causal"] == [1]


def slip(old: str, new: str, count: int = -1) -> Edit:
    """A slip in the LaTeX behind the assembled document."""

    def planted(small: Small) -> None:
        small.slip = lambda text: text.replace(old, new, count)

    return planted


def stale(name: str, **changed: Any) -> Edit:
    """A page made from another ledger than the one that it is compared with."""

    def planted(small: Small) -> None:
        claim = deepcopy(CLAIMS[name])
        claim.update(changed)
        small.claims[name] = claim

    return planted


def drawn(name: str, cells: list[list[int]]) -> Edit:
    def planted(small: Small) -> None:
        small.drawn[name] = cells

    return planted


def written(old: str, new: str) -> Edit:
    def planted(small: Small) -> None:
        assert old in small.text
        small.text = small.text.replace(old, new)

    return planted


FAULTS = {
    "a square too few": (
        drawn("causal", CAUSAL[1:]),
        "the figure causal, on page 1, is not count.causal: row 1, column 1 is not marked; "
        "20 squares are marked, the ledger counts 21",
    ),
    "a square too many": (
        drawn("causal", [*CAUSAL, [2, 5]]),
        "the figure causal, on page 1, is not count.causal",
    ),
    "a square moved": (
        drawn("strided", [*STRIDED[:-1], [6, 1]]),
        "row 6, column 6 is not marked; 15 squares are marked, the ledger counts 15",
    ),
    "the anti-causal mask, with the same count": (
        drawn("causal", [[j, i] for i, j in CAUSAL]),
        "row 2, column 1 and 14 more are not marked",
    ),
    "a figure of the wrong claim": (
        slip("cells?figure=causal|causal", "cells?figure=causal|strided"),
        "the figure causal, on page 1, is not count.causal: row 4, column 1 and 5 more",
    ),
    "a flipped sign on the page": (
        slip(r"\dfrac{n(n + 1)}{2}}", r"\dfrac{n(n - 1)}{2}}"),
        "count.causal/formula, on page 1: the ink reads ⟨n(n−1)⟩/⟨2⟩, the ledger says ⟨n(n+1)⟩/⟨2⟩",
    ),
    "a flipped sign in the ledger's LaTeX": (
        stale("count.causal", formula=r"\dfrac{n(n - 1)}{2}"),
        "count.causal/formula, on page 1: at n = 1 the ink says 0, the closed form 1",
    ),
    "an exponent on the line": (
        slip("n^{2} h(c", "n2 h(c"),
        "the ink reads n2h(c+2h)−1, the ledger says n^⟨2⟩h(c+2h)−1",
    ),
    "a lost exponent in the ledger's LaTeX": (
        stale("count.power", formula="n h(c + 2h) - 1"),
        "count.power/formula, on page 2: at",
    ),
    "a condition turned round": (
        slip(r"if } n > t", r"if } n < t"),
        "ifn<t+1., the ledger says {",
    ),
    "a bar that is gone": (
        slip(r"\tfrac{n + 1}{2n}", r"(n + 1) 2n"),
        "the ink reads (n+1)2n, the ledger says ⟨n+1⟩/⟨2n⟩",
    ),
    "a sum from 0": (
        slip(r"\sum_{i = 1}", r"\sum_{i = 0}"),
        "count.causal/derivation/0/formula, on page 1: the ink reads ∑_⟨i=0⟩^⟨n⟩i^⟨2⟩−1",
    ),
    "a stale number": (
        slip("12{,}311", "12{,}301"),
        "count.power/examples/grid, on page 2: the ink reads 12,301, the ledger says 12311",
    ),
    "a stale number in the ledger": (
        stale("count.power", examples={"grid": {"letters": {"n": 9, "c": 3, "h": 8}, "value": 12}}),
        "count.power/examples/grid, on page 2: the ledger says 12, its closed form gives 12311",
    ),
    "a wrong rounding": (
        slip(r"58.3\,\%", r"58.4\,\%"),
        "the ink reads 58.4%, the ledger says 7/12, with 1 decimals",
    ),
    "a result of yesterday": (
        slip("{0.324}", "{0.342}"),
        "results/test.loss, on page 2: the ink reads 0.342, the ledger says 0.324",
    ),
    "another setting": (
        slip("n = 6}", "n = 8}"),
        "count.causal/examples/grid/letters, on page 1: the ink reads n=8, the ledger says n=6",
    ),
    "an unsettled claim without a word": (
        slip(r"\assumedmark{assumed}", ""),
        "the claim is undecided, and the ink says nothing of it",
    ),
    "a formula that is not printed": (
        slip(r"\fact{count.strided/formula}", r"\given"),
        "count.strided/formula is printed 0 times, not 1",
    ),
    "a box typed by hand": (
        slip(r"\closedform{\fact{count.strided/formula}", r"\closedform{\given"),
        "1 boxes hold a formula of the ledger, the sources set 2",
    ),
    "a claim missing in the appendix": (
        slip("count.power/formula?entry=1", "count.causal/formula?entry=1"),
        "the appendix does not show the formula of count.power",
    ),
    "a claim without any entry": (
        slip("count.power/", "count.causal/"),
        "the claim count.power has no entry in the appendix\n  derivations/counts.py:7",
    ),
    "an entry that no link reaches": (
        slip(r"\entry{claim.count.power}", ""),
        "no link leads to the entry of count.power in the appendix",
    ),
    "a verdict that is none": (
        slip(r"\verdict{undecided}", r"\verdict{proved}"),
        "count.guess/verdict?entry=1, on page 2: the ink reads proved, the ledger says undecided",
    ),
    "a page number that is off": (
        slip(r"\tableofcontents", r"{\def\contentspage{4}\tableofcontents}"),
        "the question 'Counting pairs': the contents say page 4, it is on 1",
    ),
    "a question without a place in the contents": (
        slip(r"\questionpart{Some pairs before}", r"\textbf{Some pairs before}"),
        "the question 'Some pairs before': no bookmark leads to it",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(small: Small, memory: Path, fault: str) -> None:
    plant, message = FAULTS[fault]
    plant(small)
    told = "\n".join(map(str, small.ink().differences))
    # What is remembered of the report without fault changes nothing.
    assert "\n".join(map(str, small.read(Kept(memory)).differences)) == told
    assert message in told, told
    assert "mend: " in told
    assert "small.tex.j2:" in told or "tables/claims" in told or "derivations/counts.py:7" in told


def test_what_the_fixtures_share_is_not_changed() -> None:
    assert len(CLAIMS["count.causal"]["examples"]["grid"]["cells"]) == 21
    assert RESULTS["test.loss"]["text"] == "0.324"


def test_a_box_whose_formula_was_forgotten_is_announced(tmp_path):
    (tmp_path / "report.tex").write_text("\\closedform[eq:a]\nThe sum is\n\\closedform{n}\n")
    (tmp_path / "origins.json").write_text(
        '{"report.tex": [["t.j2", 1], ["t.j2", 2], ["t.j2", 3]]}'
    )
    found = announced(tmp_path / "report.tex", tmp_path / "origins.json")
    assert found.boxes == ["t.j2:1", "t.j2:3"]
