"""The pairs of strided attention: at most t tokens back, and the token itself."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures.masks import mask_figure
from proofpress.documents.facts import Facts


def draw(facts: Facts) -> Figure:
    """Return the n x n grid with the counted pairs of attention.sliding filled."""
    return mask_figure(facts, "attention.sliding")
