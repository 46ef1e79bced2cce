"""Figures in the report's own type.

style.py    sizes, colours and fonts that all figures share
pen.py      strokes, areas and numbers on axes
saving.py   a figure as TikZ-compatible source and as PDF, set by the report's TeX engine
"""

from proofpress.drawing.saving import save
from proofpress.drawing.style import new_figure

__all__ = ["new_figure", "save"]
