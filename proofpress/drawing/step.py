"""The step of one figure: the author's module draws it, the press saves it.

Place in the chain: ledger -> **figure** -> template.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from proofpress.drawing.saving import save
from proofpress.drawing.style import PREAMBLE, axes_at, new_figure
from proofpress.errors import PressError
from proofpress.places import called, written
from proofpress.reading import opened
from proofpress.typeset import formats
from proofpress.typeset.engine import find
from proofpress.typeset.step import STORE

# The first figure of a process takes matplotlib longer than the next: it looks for its fonts, and
# more. Whoever forks a worker for each figure has drawn an empty one before.
_first = new_figure(10, 10)
axes_at(_first, 1, 1, 8, 8)
_first.draw_without_rendering()


def prepare(*, engine: str) -> None:
    """Has the format dumped that all figures share, for as long as none can be drawn.

    What goes wrong is told by the first figure.
    """
    with suppress(PressError):
        formats.prepare(STORE, PREAMBLE + "\n", {}, find(engine))


def render(*, module: Path, ledger: Path, engine: str, pdf: Path, pgf: Path) -> None:
    """Calls `draw(ledger)` of the module at the path `module`, and saves its figure twice.

    `pdf` and `pgf` have one stem: the TikZ-compatible source and what TeX makes of it.
    """
    from matplotlib.figure import Figure

    drawn = called(module, "draw", opened(ledger))
    if not isinstance(drawn, Figure):
        raise PressError(
            f"draw() returned {type(drawn).__name__}, not a matplotlib Figure",
            written(module.as_posix(), "", "draw"),
            "return the figure",
        )
    save(drawn, pgf.with_suffix(""), find(engine), STORE)
