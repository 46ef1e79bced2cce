"""The other reading of windowed attention: the whole own window, and everything before it."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures.masks import mask_figure
from proofpress.documents.facts import Facts


def draw(facts: Facts) -> Figure:
    """Return a smaller grid: the pairs that both readings count filled, the additional ones
    hatched."""
    return mask_figure(
        facts,
        "attention.prefix_windowed",
        window="w",
        within="attention.windowed",
        side=SIDE,
    )


SIDE = 40.0  # mm; the remark beside which it stands is short
