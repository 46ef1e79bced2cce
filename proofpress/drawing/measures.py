"""How wide and high each text of a figure is, measured by the report's TeX engine.

Place in the chain: figure -> **measures** -> .pgf. matplotlib would keep a TeX of its own
running and ask it text by text, in the host's environment. Here a figure is drawn twice: the
first time tells which texts there are, TeX measures them in one run, and the second time counts.
Measures are kept between builds, so a figure whose texts are known needs no TeX for them.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from matplotlib.backends import backend_pgf
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

from proofpress.build.memo import Memo
from proofpress.drawing.style import PREAMBLE
from proofpress.faults.errors import PressError
from proofpress.typeset import compile as typesetting
from proofpress.typeset import scratch
from proofpress.typeset.engine import Engine
from proofpress.typeset.log import Problem

Extent = tuple[float, float, float]  # width, whole height, depth, in TeX points

_ROUNDS = 5  # of drawing; a text may appear only once others have their size
_DOCUMENT = r"""%s
\begin{document}
%s
\shipout\hbox{}
\end{document}
"""
_ONE = r"\setbox0=\hbox{%s}\typeout{measure %d: \the\wd0, \the\ht0, \the\dp0}"
_BARE = re.compile(r"(?<!\\)\$")
_MEASURED = re.compile(r"^measure (\d+): (-?[\d.]+)pt, (-?[\d.]+)pt, (-?[\d.]+)pt$", re.MULTILINE)


class TextFault(Exception):
    """The texts that TeX cannot set, and what TeX says of each."""

    def __init__(self, faults: Sequence[tuple[str, Problem]]) -> None:
        super().__init__(faults)
        self.faults = faults


class Measures:
    """What matplotlib's PGF backend asks for sizes; unknown texts get a guess and are noted."""

    def __init__(self, engine: Engine, store: Path) -> None:
        self._engine, self._store = engine, store
        self._memo = Memo(store / "measures", __name__)
        self._known = self._read()
        self.unknown: dict[str, str] = {}  # what TeX reads, and the text as the figure has it

    def get_width_height_descent(self, text: str, prop: FontProperties) -> Extent:
        """Return the extent of a text; the name is the one that matplotlib calls."""
        tex = backend_pgf._escape_and_apply_props(text, prop)
        if tex in self._known:
            return self._known[tex]
        self.unknown[tex] = text
        size = float(prop.get_size_in_points())
        return 0.5 * size * len(text), size, 0.2 * size

    def ask(self) -> None:
        """Measure the unknown texts in one run of TeX, and keep the answers."""
        asked = list(self.unknown)
        lines = [_ONE % (tex, number) for number, tex in enumerate(asked)]
        with scratch.room(self._store) as folder:
            main = folder / "measures.tex"
            main.write_text(_DOCUMENT % (PREAMBLE, "\n".join(lines)), encoding="utf-8")
            try:
                log = typesetting.typeset(
                    main, folder / "measures.pdf", engine=self._engine, store=self._store
                ).log
            except typesetting.TypesettingError as error:
                faults = [(self._text(asked, fault.line), fault) for fault in error.problems]
                raise TextFault(faults) from error
        for number, width, height, depth in _MEASURED.findall(log):
            whole = float(height) + float(depth)
            self._known[asked[int(number)]] = (float(width), whole, float(depth))
        self.unknown.clear()
        self._keep()

    def _text(self, asked: Sequence[str], line: int | None) -> str:
        """Return the text that stands on a line of the document; all of them when it has no
        line."""
        first = (PREAMBLE + "\n\\begin{document}\n").count("\n") + 1
        at = (line or 0) - first
        return self.unknown[asked[at]] if 0 <= at < len(asked) else "; ".join(self.unknown.values())

    def _read(self) -> dict[str, Extent]:
        return self._memo.find(self._engine.name, self._engine.digest) or {}

    def _keep(self) -> None:
        # Another figure may have kept its own meanwhile; a lost answer is only asked again.
        together = {**self._read(), **self._known}
        self._memo.keep(self._engine.name, together, self._engine.digest)


def source(figure: Figure, measures: Measures) -> str:
    """Return the figure as PGF source, drawn as often as it takes until every text is measured.

    Raises TextFault when a text is no LaTeX.
    """
    for _ in range(_ROUNDS):
        written = io.StringIO()
        with _asked_by_matplotlib(measures):
            figure.savefig(written, format="pgf", backend="pgf")
        if not measures.unknown:
            return written.getvalue()
        measures.ask()
    raise PressError(
        f"a figure's texts still change after it was drawn {_ROUNDS} times",
        "figures",
        "let no text depend on the size of another",
    )


@contextlib.contextmanager
def _asked_by_matplotlib(measures: Measures) -> Iterator[None]:
    """For that while the backend asks our class for measures, and gets texts with their dollars.

    matplotlib turns \\$ into $ in a text without formulas, and its backend hands that to TeX.
    """
    ours = {
        (backend_pgf.LatexManager, "_get_cached_or_new"): lambda: measures,
        (Text, "_preprocess_math"): lambda text, words: (
            for_tex(words, text.get_parse_math()),
            True,
        ),
    }
    own = {(owner, name): vars(owner)[name] for owner, name in ours}
    for (owner, name), function in ours.items():
        setattr(owner, name, function)
    try:
        yield
    finally:
        for (owner, name), function in own.items():
            setattr(owner, name, function)


def for_tex(words: str, formulas: bool = True) -> str:
    """Return a text in which TeX prints those dollars that are no bounds of a formula, as
    matplotlib does.

    Dollars bound formulas where `formulas` may stand and an even number of them is not escaped.

    >>> print(for_tex(r"from \\$5 to \\$6"), for_tex("$5"), for_tex(r"$n$ for \\$5"))
    from \\$5 to \\$6 \\$5 $n$ for \\$5
    """
    bare = len(_BARE.findall(words))
    return words if formulas and bare and bare % 2 == 0 else _BARE.sub(r"\\$", words)
