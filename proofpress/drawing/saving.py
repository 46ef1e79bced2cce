"""A figure as TikZ-compatible source and as PDF, both set by the report's TeX engine.

Place in the chain: figure -> **.pgf and .pdf** -> report. matplotlib writes the source; the PDF
is that source typeset by the press itself, so that it holds no dates, no paths and only the
report's fonts.
"""

from __future__ import annotations

import re
from pathlib import Path

from matplotlib.figure import Figure

from proofpress.drawing.measures import Measures, TextFault, source
from proofpress.drawing.style import PREAMBLE
from proofpress.faults.errors import PressError, PressErrors
from proofpress.faults.places import written
from proofpress.typeset import compile as typesetting
from proofpress.typeset import engine as engines
from proofpress.typeset import scratch

# The page is as large as the picture, and the picture is all there is on it.
_PAGE = r"""%s
\begin{document}%%
\pdfhorigin=0pt \pdfvorigin=0pt
\setbox0=\hbox{\normalsize\input{picture.pgf}}%%
\pdfpagewidth=\wd0 \pdfpageheight=\dimexpr\ht0+\dp0\relax
\shipout\box0
\end{document}
"""
_HEADER = """%% The figure %s, drawn by the press. A document can \\input it that loads
%%   \\usepackage[T1]{fontenc}\\usepackage{lmodern}\\usepackage{pgf}
"""
_NO_GLYPH = "the report's font has no character"
_OTHERWISE = (
    "write it in other letters, or as LaTeX, $\\mu$ for instance: "
    "figures do not read the report's preamble"
)
_OWN_HEADER = re.compile(r"\A(?:%%.*\n)+")
_LONG_NUMBER = re.compile(r"-?\d+\.\d{5,}")


def save(
    figure: Figure,
    stem: Path,
    engine: engines.Engine | None = None,
    store: Path | None = None,
) -> None:
    """Write `stem`.pgf and `stem`.pdf; equal figures give equal bytes.

    A document that loads pgf and Latin Modern can \\input the source. `store` keeps TeX's format
    and the measures of texts between calls (default: `.typeset` beside the files). Raises
    PressError when a text of the figure is no LaTeX, naming the text.
    """
    engine = engine or engines.find()
    store = store or stem.parent / ".typeset"
    stem.parent.mkdir(parents=True, exist_ok=True)
    with scratch.room(store) as folder:
        main, picture = folder / "figure.tex", folder / "picture.pgf"
        main.write_text(_PAGE % PREAMBLE, encoding="utf-8")
        picture.write_text(_drawn(figure, stem.name, Measures(engine, store)), encoding="utf-8")
        typesetting.typeset(main, stem.with_suffix(".pdf"), engine=engine, store=store)
        scratch.deliver(picture, stem.with_suffix(".pgf"))


def _drawn(figure: Figure, name: str, measures: Measures) -> str:
    """Return the figure's source."""
    try:
        return _HEADER % name + slim(source(figure, measures))
    except TextFault as error:
        module = f"figures/{name}.py"
        raise PressErrors(
            PressError(
                f"TeX cannot set the text {text}: {fault.message}",
                written(module, text, "draw"),
                _OTHERWISE if fault.message.startswith(_NO_GLYPH) else fault.mend,
            )
            for text, fault in error.faults
        ) from error


def slim(pgf: str) -> str:
    """Return the same picture without matplotlib's remarks on its own preamble, and with four
    decimals: an inch of it then errs by less than 3 micrometres.

    >>> slim("\\\\pgfqpoint{0.000000in}{2.598425in}")
    '\\\\pgfqpoint{0in}{2.5984in}'
    """
    picture = _OWN_HEADER.sub("", pgf)
    return _LONG_NUMBER.sub(lambda found: f"{float(found[0]):.4f}".rstrip("0").rstrip("."), picture)
