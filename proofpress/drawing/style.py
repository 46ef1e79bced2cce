"""Sizes, colours and fonts that all figures share.

Place in the chain: ledger -> **figure** -> PDF. A figure is drawn at its printed size, in the
report's font, never below 8 pt; its tones differ on grey paper as well.
"""

from __future__ import annotations

from typing import Any, cast

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# The report's own tones; templates/preamble.tex defines the same ones for text.
ACCENT = "#1F3B63"
INK = "#22262B"
MUTED = "#5A626C"
RULE = "#BCC5D0"
TINT = "#F0F3F7"
SECOND = "#B4552D"  # a warm second colour, of another darkness than ACCENT

TEXT_SIZE = 9.0  # points; captions are set in 10
SMALL_SIZE = 8.0  # points; the least size that print keeps readable
TEXT_WIDTH = 160.0  # mm; the report's lines

# The names of Latin Modern's glyphs in Unicode, for text that is copied from a figure. The report's
# preamble, which is its author's, has the same lines (tests/typeset/test_text_layer.py).
GLYPHS = r"""\input{glyphtounicode}\pdfgentounicode=1
\newcommand\press@glyphs[2]{\def\press@ends{#1}%
  \@for\press@pair:=#2\do{\expandafter\press@glyph\press@pair\relax}}
\def\press@glyph#1 #2\relax{\@for\press@end:=\press@ends\do{\pdfglyphtounicode{#1\press@end}{#2}}}
\press@glyphs{big,Big,bigg,Bigg,tp,ex,bt,mid}{parenleft 0028,parenright 0029,bracketleft 005B,%
  bracketright 005D,braceleft 007B,braceright 007D,floorleft 230A,floorright 230B,%
  ceilingleft 2308,ceilingright 2309,angbracketleft 27E8,angbracketright 27E9,slash 002F,%
  backslash 005C,radical 221A,arrow 2191,arrowdbl 21D1}
\press@glyphs{text,display}{summation 2211,product 220F,coproduct 2210,integral 222B,%
  contintegral 222E,union 22C3,intersection 22C2,unionmulti 228E,unionsq 2294,logicaland 22C0,%
  logicalor 22C1,circledot 2299,circleplus 2295,circlemultiply 2297}
\press@glyphs{wide,wider,widest}{hat 02C6,tilde 02DC}
\press@glyphs\@empty{braceex 23AA,radicalvertex 23D0,radicaltp 23D0,arrowvertex 23D0,arrowbt 2193,%
  arrowvertexdbl 2016,arrowdblbt 21D3,vextendsingle 007C,vextenddouble 2016,mapsto 007C,%
  bracehtipdownleft 23DE,bracehtipdownright 23DE,bracehtipupleft 23DF,bracehtipupright 23DF,%
  arrowhookleft 21AA,arrowhookright 21A9,tie 2040,tieaccentlowercase 2040,tieaccentcapital 2040,%
  suppress 0337,dotbelow 0323,hookabove 0309,threequartersemdash 2014,twelveudash 2014,%
  hyphendbl 2E40,perthousandzero 2080,permyriad 2031,tildelow 007E,ohm 03A9,Omega 03A9,%
  Delta 0394,mu 03BC,mho 2127,anglearc 2222,diameter 2300,bigcircle 25EF,cwmascender 200C,%
  cwmcapital 200C,born 2605,died 2020,married 26AD,divorced 26AE,leaf 2767,blanksymbol 2422}
"""

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
    + GLYPHS
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
    """A length in mm as inches, matplotlib's unit.

    >>> millimetres(25.4)
    1.0
    """
    return length / 25.4


def new_figure(width: float, height: float) -> Figure:
    """An empty figure of `width` x `height` mm in the report's style."""
    mpl.rcParams.update(cast(Any, STYLE))
    return Figure(figsize=(millimetres(width), millimetres(height)))


def axes_at(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Axes at a place of the figure, all in mm from its lower left corner."""
    whole_width, whole_height = (25.4 * inches for inches in figure.get_size_inches())
    return figure.add_axes(
        (left / whole_width, bottom / whole_height, width / whole_width, height / whole_height)
    )


def quiet(axes: Axes, *sides: str) -> None:
    """Takes away the frame's `sides`: "top", "right", "left", "bottom"."""
    for side in sides:
        axes.spines[side].set_visible(False)
