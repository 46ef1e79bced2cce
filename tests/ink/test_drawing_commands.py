"""Drawing commands are read in one way, however they are written, and what they draw is seen."""

import pikepdf
import pytest

from proofpress.faults.errors import PressError
from proofpress.ink.commands import commands
from proofpress.ink.fonts import Fonts
from proofpress.ink.identity import Identities
from proofpress.ink.kept import Kept
from proofpress.ink.pages import Drawn
from proofpress.kinds.marks import Shape


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"1 0 0 -1.5 .5 +2 cm", [("cm", [1, 0, 0, -1.5, 0.5, 2])]),
        (b"0g 1 1 1rg", [("g", [0]), ("rg", [1, 1, 1])]),
        (b"q\nBT", [("q", []), ("BT", [])]),
        (b"[(a)-250.5(b c)3(d)]TJ", [("TJ", [[b"a", -250.5, b"b c", 3, b"d"]])]),
        (b"[(a) -250 (b)] TJ", [("TJ", [[b"a", -250, b"b"]])]),
        (b"[(\\(a\\))()]TJ", [("TJ", [[b"(a)", b""]])]),
        (b"[(a)1.5.5]TJ", [("TJ", [[b"a", 1.5, 0.5]])]),
        (b"/F1 9 Tf 1 (a) 2", [("Tf", ["/F1", 9])]),
        (b"", []),
    ],
)
def test_operands(content: bytes, expected: list) -> None:
    assert list(commands(content)) == expected


def test_what_is_no_command_is_told() -> None:
    with pytest.raises(PressError, match="is no drawing command"):
        list(commands(b"1 0 0 rg }"))


@pytest.mark.parametrize(
    "endless", [b"1" * 20_000 + b"}", b"[" + b"1" * 20_000 + b"}", b"1 " * 20_000]
)
def test_bytes_without_end_are_read_in_proportion(endless: bytes) -> None:
    """A PDF can come from anywhere; a pattern that tries each way to part digits would not end."""
    with pytest.raises(PressError):
        list(commands(endless + b"}"))


@pytest.mark.parametrize("operator", [b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"])
def test_each_operator_that_fills_is_seen(operator: bytes) -> None:
    kept, fonts = Kept(), Fonts()
    drawn = Drawn(Identities(kept, fonts), fonts)
    content = b"0 0 m 9 0 l 9 9 l h " + operator
    assert drawn.marks(content, pikepdf.Dictionary()) == [Shape(((0, 0), (9, 0), (9, 9)), (0.0,))]
