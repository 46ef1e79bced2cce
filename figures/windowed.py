"""The pairs of windowed attention, with the borders of the windows."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures.masks import mask_figure
from proofpress.drawing.facts import Ledger


def draw(ledger: Ledger) -> Figure:
    """The n x n grid with the counted pairs of attention.windowed filled."""
    return mask_figure(ledger, "attention.windowed", window="w")
