"""The pairs of windowed attention, with the borders of the windows."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures.masks import mask_figure
from proofpress.documents.facts import Facts


def draw(facts: Facts) -> Figure:
    """Return the n x n grid with the counted pairs of attention.windowed filled."""
    return mask_figure(facts, "attention.windowed", window="w")
