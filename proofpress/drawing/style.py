"""Sizes, colours and fonts that all figures share.

Place in the chain: ledger -> **figure** -> PDF. A figure is drawn at its printed size, in the
report's font, never below 8 pt; its tones differ on grey paper as well.
"""

from __future__ import annotations

from typing import Any, cast

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from proofpress.latex.characters import ALIKE, TEXT, latex_text
from proofpress.latex.shared import TYPE, tone

# The tones of the pages, as matplotlib writes them.
ACCENT, INK, MUTED, RULE, TINT = (
    f"#{tone(name)}" for name in ("accent", "ink", "muted", "rule", "tint")
)
SECOND = "#B4552D"  # a warm second colour, of another darkness than ACCENT

TEXT_SIZE = 9.0  # points; captions are set in 10
SMALL_SIZE = 8.0  # points; the least size that print keeps readable


def _signs() -> str:
    """Return the characters of a text that are no signs of mathematics, which TYPE has already."""
    return "".join(
        f"\\DeclareUnicodeCharacter{{{ord(sign):04X}}}{{{latex_text(sign)}}}\n"
        for sign in (*ALIKE, *TEXT)
    )


# What a text of a figure may use; every figure shares the format that is dumped from it. After pgf
# comes what LaTeX would read in each run: graphics and colour for this engine, and the
# descriptions of Latin Modern's fonts. They load no font, so fonts are numbered as without them.
# matplotlib itself writes \mathdefault around the numbers of an axis.
PREAMBLE = (
    r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage{amsmath}
\usepackage{pgf}
\usepackage{epstopdf-base}
\ExplSyntaxOn\cs_if_exist_use:N\sys_ensure_backend:\ExplSyntaxOff
\newcommand\mathdefault[1]{#1}
\makeatletter\input{ot1lmr.fd}\input{omllmm.fd}\input{omslmsy.fd}\input{omxlmex.fd}
"""
    + TYPE
    + _signs()
    + r"""\makeatother
\nofiles"""
)

STYLE: dict[str, Any] = {
    "pgf.texsystem": "pdflatex",
    "pgf.rcfonts": False,
    "font.family": "serif",
    "font.size": TEXT_SIZE,
    "axes.labelsize": TEXT_SIZE,
    "axes.titlesize": TEXT_SIZE,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.6,
    "axes.unicode_minus": False,
    "xtick.labelsize": SMALL_SIZE,
    "ytick.labelsize": SMALL_SIZE,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.minor.width": 0.4,
    "ytick.minor.width": 0.4,
    "text.color": INK,
    "lines.linewidth": 1.2,
    "legend.frameon": False,
    "legend.fontsize": SMALL_SIZE,
    "figure.facecolor": "none",
    "savefig.facecolor": "none",
    "savefig.bbox": None,
}


def millimetres(length: float) -> float:
    """Return a length in mm as inches, matplotlib's unit.

    >>> millimetres(25.4)
    1.0
    """
    return length / 25.4


def new_figure(width: float, height: float) -> Figure:
    """Return an empty figure of `width` x `height` mm in the report's style."""
    mpl.rcParams.update(cast(Any, STYLE))
    return Figure(figsize=(millimetres(width), millimetres(height)))


def axes_at(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Return axes at a place of the figure, all in mm from its lower left corner."""
    whole_width, whole_height = (25.4 * inches for inches in figure.get_size_inches())
    return figure.add_axes(
        (left / whole_width, bottom / whole_height, width / whole_width, height / whole_height)
    )


def quiet(axes: Axes, *sides: str) -> None:
    """Take away the frame's `sides`: "top", "right", "left", "bottom"."""
    for side in sides:
        axes.spines[side].set_visible(False)
