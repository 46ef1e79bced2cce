"""Imported by every kernel that the press starts: keeps libraries' asides out of the outputs.

What is silenced here depends on the machine or on its first run, says nothing about the
notebook, and would be printed in the report. One thing is made to be said: where a cell is.
"""

import faulthandler
import logging
import signal
import warnings
from typing import Any

import ipykernel.compiler
from IPython.core import pylabtools

# Bars are told through `progress`, so nobody misses the widgets that tqdm asks for.
warnings.filterwarnings("ignore", message="IProgress not found")
# The dates inside some fonts look odd to the library that embeds them.
logging.getLogger("fontTools").setLevel(logging.ERROR)
# On a machine's first run, if it takes long, matplotlib says that it looks for fonts.
logging.getLogger("matplotlib.font_manager").addFilter(
    lambda record: "font cache" not in record.getMessage()
)
# A cell's own file has a name made of its code; the process' number in front of it, which a
# warning would print, is left away.
ipykernel.compiler.get_tmp_directory = lambda: "cells"
# A cell that is stopped for its time is asked first at which line it is; even one that is inside
# of a library then answers.
if hasattr(signal, "SIGUSR1"):
    faulthandler.register(signal.SIGUSR1, file=2, all_threads=True)


def _also_as_pdf(shell: Any, formats: Any, **options: Any) -> None:
    """Let a notebook choose the formats of its plots: the page still gets its vectors."""
    chosen = {formats} if isinstance(formats, str) else set(formats)
    _select_formats(shell, chosen | {"pdf"}, **options)


_select_formats = pylabtools.select_figure_formats
pylabtools.select_figure_formats = _also_as_pdf


def _with_fonts(figure: Any, *given: Any, **options: Any) -> Any:
    """Save a plot with fonts that a reader can search, whatever its notebook has set: letters drawn
    one by one (Type 3) are refused by many who take in papers."""
    import matplotlib

    with matplotlib.rc_context({"pdf.fonttype": 42}):
        return _print_figure(figure, *given, **options)


_print_figure = pylabtools.print_figure
pylabtools.print_figure = _with_fonts  # type: ignore[assignment]
