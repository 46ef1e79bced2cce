"""What an author states is an expression; text in its place is refused and never run."""

from collections.abc import Callable
from pathlib import Path

import pytest

from proofpress import Count, IntegerSet, Named, integers
from proofpress.counting.tensors import Tensor
from proofpress.faults.errors import PressError

n, i = integers("n i")
ROW = IntegerSet("row", (i,), (1 <= i) & (i <= n), assuming=n >= 0)


@pytest.mark.parametrize(
    "made",
    [
        lambda text: Count("a.row", "Row", ROW, stated=text),
        lambda text: Count("a.row", "Row", ROW, related={"whole": Named(text)}).follows(),
        lambda text: IntegerSet("row", (i,), text),
        lambda text: IntegerSet("row", (i,), i <= n, assuming=text),
        lambda text: Tensor("weight", (text,)).size,
    ],
)
def test_text_is_refused_and_not_run(tmp_path: Path, made: Callable[[str], object]) -> None:
    trap = tmp_path / "ran"
    with pytest.raises(PressError, match="is not an expression of letters and numbers"):
        made(f"open({str(trap)!r}, 'w')")
    assert not trap.exists()
