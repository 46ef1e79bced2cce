"""The step of one figure: the author's module draws it, the press saves it.

Place in the chain: ledger -> **figure** -> template.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from proofpress.documents.facts import Facts
from proofpress.drawing.saving import save
from proofpress.drawing.style import PREAMBLE, axes_at, new_figure
from proofpress.faults.errors import PressError
from proofpress.faults.places import called, written
from proofpress.ledger.reading import opened
from proofpress.typeset import formats
from proofpress.typeset.engine import find


def warm() -> None:
    """Draw an empty figure: for the first of a process matplotlib looks for its fonts, and more."""
    figure = new_figure(10, 10)
    axes_at(figure, 1, 1, 8, 8)
    figure.draw_without_rendering()


def prepare(*, engine: str, store: Path) -> None:
    """Have the format dumped that all figures share, for as long as none can be drawn.

    What goes wrong is told by the first figure.
    """
    with suppress(PressError):
        formats.prepare(store, PREAMBLE + "\n", {}, find(engine))


def render(*, module: Path, ledger: Path, engine: str, store: Path, pdf: Path, pgf: Path) -> None:
    """Call `draw(facts)` of the module at the path `module`, and save its figure twice.

    `pdf` and `pgf` have one stem: the TikZ-compatible source and what TeX makes of it. `store`
    holds TeX's formats between builds.
    """
    from matplotlib.figure import Figure

    drawn = called(module, "draw", Facts(opened(ledger)))
    if not isinstance(drawn, Figure):
        raise PressError(
            f"draw() returned {type(drawn).__name__}, not a matplotlib Figure",
            written(module.as_posix(), "", "draw"),
            "return the figure",
        )
    save(drawn, pgf.with_suffix(""), find(engine), store)
