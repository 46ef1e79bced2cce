"""No text from outside is more than text: report.toml, recorded results, a notebook's outputs.

`make stress` does the same with a hundred thousand texts.
"""

from pathlib import Path

import pytest
from attacks import KNOWN, texts
from category_codes import printed, skeleton
from injection import faults, typeset_faults

from proofpress.latex import characters


@pytest.mark.parametrize("size", [200, pytest.param(2000, marks=pytest.mark.slow)])
def test_no_text_changes_the_structure_of_a_field(tmp_path: Path, size: int) -> None:
    tried, passed, wrong = faults(texts(size, seed=6), tmp_path)
    assert wrong == []
    assert passed > 8 * tried  # of thirteen fields a text: most texts come out, as text


@pytest.mark.parametrize("sign", ["%", "{", "\\", "&", "#", "[", "$"])
def test_a_gap_in_the_gate_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sign: str
) -> None:
    """The reader is no copy of the gate: it sees what one missing entry lets through."""
    monkeypatch.setitem(characters.SPECIAL, sign, sign)
    assert faults(KNOWN, tmp_path)[2] != []


@pytest.mark.parametrize(
    "latex",
    [r"\input{x}", "a}", "{a", "a & b", "$x$", "% a", "^^5c", "a\n\nb", "~", "#1", "a_b", "[b]"],
)
def test_the_reader_refuses_what_is_no_text(latex: str) -> None:
    with pytest.raises(ValueError):
        printed(latex)


@pytest.mark.parametrize(
    "latex",
    [
        r"\begin{tabular}a\end{nbOutput}",
        r"{\begin{tabular}}\end{tabular}",
        r"\begin{tabular}x\\ [1pt]\end{tabular}",
        r"\begin{tabular}x\\" + "\n*\\end{tabular}",
        r"\begin tabular",
        "\x07",
    ],
)
def test_the_reader_refuses_what_is_out_of_order(latex: str) -> None:
    with pytest.raises(ValueError):
        skeleton(latex, (), ("tabular", "\\"))


@pytest.mark.slow
def test_tex_itself_is_in_the_same_state_after_each_text(tmp_path: Path) -> None:
    number, wrong = typeset_faults(texts(500, seed=7), tmp_path)
    assert wrong == []
    assert number > 3000
