"""The ledger: complete, exact, the same bytes every time; faults at the author's line."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from derivations import attention
from proofpress.deriving import derive, ledger
from proofpress.faults.errors import PressError

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def document():
    claims = ledger.settle([attention])
    chosen = {"attention": {"grid": {"t": 2}, "large": {"n": 20, "t": 30, "w": 5}}}
    return ledger.ledger_document(claims, ledger.examples_for(claims, [attention], chosen))


def test_an_entry_holds_what_the_printing_needs(document):
    entry = document["claims"]["attention.sliding"]
    assert document["schema"] == 1
    assert entry["letters"] == ["n", "t"]
    assert entry["verdict"] == "proved"
    assert entry["domain"] == r"n \ge 1,\ t \ge 0"
    assert entry["source"]["file"] == "derivations/attention.py"
    assert {"definition", "formula", "closed_form", "derivation", "title", "kind"} <= set(entry)
    assert all(set(line) == {"name", "text", "formula"} for line in entry["derivation"])
    assert all(
        set(e) == {"method", "engines", "verdict", "scope", "detail"} for e in entry["evidence"]
    )


def test_values_and_cells_at_chosen_letters(document):
    grid = document["claims"]["attention.sliding"]["examples"]["grid"]
    assert grid["letters"] == {"n": 12, "t": 2}
    assert grid["value"] == len(grid["cells"]) == 33
    large = document["claims"]["attention.sliding"]["examples"]["large"]
    assert large["value"] == 210
    fraction = document["claims"]["attention.causal"]["related"]["fraction"]
    assert fraction["examples"]["grid"] == "13/24"


def test_cells_of_windows_are_pairs_of_query_and_key(document):
    grid = document["claims"]["attention.windowed"]["examples"]["grid"]
    expected = [
        [i, j] for i in range(1, 13) for j in range(1, i + 1) if (i - 1) // 4 == (j - 1) // 4
    ]
    assert grid["cells"] == expected


def test_a_bad_window_is_not_an_example(document):
    claims = ledger.settle([attention])
    with pytest.raises(PressError, match="w = 5"):
        chosen = {"attention": {"grid": {"w": 5}}}
        ledger.ledger_document(claims, ledger.examples_for(claims, [attention], chosen))
    assert document


@pytest.mark.slow
def test_equal_sources_give_equal_bytes(tmp_path):
    texts = []
    for seed in ("1", "2"):
        path = tmp_path / seed
        code = (
            "from proofpress.deriving import ledger; "
            f"ledger.write({str(path)!r}, ['derivations.attention', 'derivations.sentiment'])"
        )
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=environment)
        texts.append(path.read_bytes())
    assert texts[0] == texts[1]
    assert json.loads(texts[0])["schema"] == 1


def test_the_ledger_can_be_read_without_sympy():
    code = "import sys, proofpress, proofpress.ledger.claims; sys.exit('sympy' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment).returncode == 0


HEAD = "from proofpress import *\nn, i, j = integers('n i j')\n"

MISTAKES = {
    "chained": (
        "a = IntegerSet('a', (i,), 1 <= i <= n)\n",
        "a condition on letters was asked whether it is true",
    ),
    "and": (
        "a = IntegerSet('a', (i,), (i >= 1) and (i <= n))\n",
        "a condition on letters was asked whether it is true",
    ),
    "and of several": (
        "a = IntegerSet('a', (i,), (i >= 2) & (i <= n) and (i <= 2 * n) & (i >= 1))\n",
        "a condition on letters was asked whether it is true",
    ),
    "or in the domain": (
        "a = IntegerSet('a', (i,), (i >= 1) & (i <= n), (n >= 1) & (n <= 3) or n >= 1)\n",
        "a condition on letters was asked whether it is true",
    ),
    "not of several": (
        "a = IntegerSet('a', (i,), (i >= 1) & (i <= n), assuming=not (n >= 1) & (n <= 3))\n",
        "a condition on letters was asked whether it is true",
    ),
    "bare": ("a = IntegerSet('a', (i,), i >= 1 & i <= n)\n", "unsupported operand"),
    "unknown": ("a = IntegerSett('a', (i,), i >= 1)\n", "IntegerSett is not defined"),
    "syntax": ("a = IntegerSet('a', (i,), i >=)\n", "Python cannot read this file: invalid syntax"),
    "affine": (
        "a = IntegerSet('a', (i,), (i >= 1) & (i * n <= n))\nCLAIMS = (Count('a.a', 'A', a),)\n",
        "a: the term i*n is not affine in the letters",
    ),
    "silent": ("a = 1\n", "states no claims"),
    "twice": (
        "a = IntegerSet('a', (i,), (i >= 1) & (i <= n), n >= 1)\n"
        "CLAIMS = (Count('a.a', 'A', a), Count('a.a', 'B', a))\n",
        "the claim a.a is made twice",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_are_told_at_the_author_s_line(mistake, tmp_path, monkeypatch):
    body, what = MISTAKES[mistake]
    module = f"mistake_{mistake.replace(' ', '_')}"
    (tmp_path / f"{module}.py").write_text(HEAD + body)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PressError) as caught:
        ledger.settle([module])
    assert what in caught.value.what
    assert f"{module}.py" in caught.value.where
    if mistake not in ("silent",):
        assert f"{module}.py:3" in caught.value.where


def _module(claims: object, tmp_path: Path) -> ModuleType:
    module = ModuleType("line")
    module.__file__ = str(tmp_path / "line.py")
    (tmp_path / "line.py").write_text("FEW = 3\nCLAIMS = made()\n")
    module.CLAIMS = claims
    return module


@pytest.mark.parametrize("claims", [1, (None,), None, "claims", iter(attention.CLAIMS), {}])
def test_claims_that_are_no_tuple_of_claims_are_told(claims: object, tmp_path: Path) -> None:
    with pytest.raises(PressError) as caught:
        ledger.statements(_module(claims, tmp_path))
    assert caught.value.what.startswith("CLAIMS ")
    assert "line.py:2: CLAIMS = made()" in (caught.value.where or "")
    assert caught.value.mend


@pytest.mark.parametrize("kind", [list, tuple])
def test_claims_may_be_a_list_and_none(kind: type, tmp_path: Path) -> None:
    assert list(ledger.statements(_module(kind(), tmp_path))) == []
    assert len(ledger.statements(_module(kind(attention.CLAIMS), tmp_path))) > 1


def test_a_text_that_cannot_be_read_is_told_at_its_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(claim: object) -> list[PressError]:
        raise NameError("name 's1_0' is not defined", name="s1_0")

    monkeypatch.setattr(derive, "misprints", fails)
    statement = attention.CLAIMS[0]
    (told,) = derive._misprinted(statement.settle())
    assert "s1_0 is not defined" in told.what
    assert told.where


def test_letters_without_any_claim_are_refused():
    with pytest.raises(PressError, match="there are no claims of loops") as caught:
        ledger.refuse_unknown_letters([], {"loops": {"small": {"n": 3}}})
    assert caught.value.mend == "there is none yet"
