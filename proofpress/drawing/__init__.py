"""Figures in the report's own type.

style.py    sizes, colours and fonts that all figures share
grid.py     an n x n grid of query-key pairs, some of them marked
saving.py   a figure as TikZ-compatible source and as PDF, set by the report's TeX engine
"""

from proofpress.drawing.grid import mask_grid
from proofpress.drawing.saving import save
from proofpress.drawing.style import new_figure

__all__ = ["mask_grid", "new_figure", "save"]
