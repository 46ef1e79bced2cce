"""A report of three pages, made with the press's own parts: what the ink of it must show.

Faults are planted between two of the parts, as a slip of a tool or of an author would stand there.
"""

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from proofpress import pair_grid
from proofpress.audit.embedded import embed
from proofpress.documents.document import assemble
from proofpress.documents.facts import Facts
from proofpress.documents.tables import claims_table, results_table
from proofpress.drawing import new_figure, save
from proofpress.drawing.style import axes_at
from proofpress.ink.compare import Ink, read
from proofpress.ink.document import Document
from proofpress.ink.kept import Kept
from proofpress.ink.sources import announced
from proofpress.typeset.compile import typeset
from proofpress.typeset.engine import find

ROOT = Path(__file__).parents[2]
N, T = 6, 2
CAUSAL = [[i, j] for i in range(1, N + 1) for j in range(1, i + 1)]
STRIDED = [[i, j] for i, j in CAUSAL if i - j <= T]


def entry(
    formula: str, closed_form: str, letters: dict[str, int], value: int, **more: Any
) -> dict[str, Any]:
    return {
        "title": "A count",
        "kind": "count",
        "letters": list(letters),
        "definition": r"\bigl\{ (i, j) : 1 \le j \le i \le n \bigr\}",
        "domain": r"n \ge 1",
        "closed_form": closed_form,
        "formula": formula,
        "verdict": "proved",
        "evidence": [
            {
                "method": "derivation",
                "engines": ["regions"],
                "verdict": "proved",
                "scope": "all",
                "detail": "",
            }
        ],
        "derivation": [
            {"name": "sum", "text": "Adding gives", "formula": r"\sum_{i = 1}^{n} i^{2} - 1"}
        ],
        "examples": {"grid": {"letters": letters, "value": value, **more}},
        "related": {},
        "source": {"file": "derivations/counts.py", "line": 7, "name": "count"},
    }


HALF = r"\dfrac{n(n + 1)}{2}"
PIECES = (
    r"\begin{cases} \dfrac{n(n + 1)}{2} & \text{if } n \le t + 1, \\[1.5ex] "
    r"\dfrac{(2n - t)(t + 1)}{2} & \text{if } n > t + 1. \end{cases}"
)
CLAIMS = {
    "count.causal": entry(HALF, "n*(n + 1)/2", {"n": N}, len(CAUSAL), cells=CAUSAL),
    "count.strided": entry(
        PIECES,
        "Piecewise((n*(n + 1)/2, n <= t + 1), ((2*n - t)*(t + 1)/2, n > t + 1))",
        {"n": N, "t": T},
        len(STRIDED),
        cells=STRIDED,
    ),
    "count.power": entry(
        "n^{2} h(c + 2h) - 1", "n**2*h*(c + 2*h) - 1", {"n": 9, "c": 3, "h": 8}, 12311
    ),
    "count.guess": {**entry("n^{3}", "n**3", {"n": 2}, 8), "verdict": "undecided", "examples": {}},
}  # fmt: skip
CLAIMS["count.causal"]["related"] = {
    "fraction": {
        "formula": r"\dfrac{n + 1}{2n}",
        "examples": {"grid": "7/12"},
        "verdict": "proved",
        "evidence": [],
    }
}
RESULTS = {
    "test.loss": {"value": 0.32381, "unit": None, "text": "0.324", "title": "Loss"},
    "seconds": {"value": 3.1, "unit": "s", "text": "3.1", "title": "Time", "volatile": True},
}
TEXT = r"""
\def\reportpaper{a4paper}
\input{preamble}
\begin{document}
\reportmeta{Course}{Small}{A}{}{}
\titleblock
\tableofcontents
\BLOCK{set causal = claim("count.causal")}
\question[\given{2} points]{Counting pairs}
\questionpart{All pairs before}
The number is
\closedform[eq:a]{\VAR{causal.formula}}
or $\VAR{causal.formula.inline}$; for $\VAR{causal.at("grid").setting}$ it is
$\VAR{causal.at("grid")}$, or \VAR{causal.related("fraction").at("grid")|percent}
($\VAR{causal.related("fraction").formula.inline}$).
\BLOCK{for line in causal.derivation}
\[ \VAR{line.formula} \]
\BLOCK{endfor}
\figurehere{\VAR{figure("causal", causal, at="grid")}}{fig:a}{The pairs.}
\clearpage
\questionpart{Some pairs before}
\closedform{\VAR{claim("count.strided").formula}}
\figurehere{\VAR{figure("strided", claim("count.strided"), at="grid", within=causal)}}{fig:b}{Them.}
With $\VAR{claim("count.power").formula}$ there are $\VAR{claim("count.power").at("grid")}$; the
loss is \VAR{result("test.loss")}. Perhaps $\VAR{claim("count.guess", assumed=true).formula}$.
\appendix
\appendixpart{Claims}
\begin{factlist}\footnotesize\input{tables/claims}\end{factlist}
\begin{factlist}\footnotesize\input{tables/measured}\end{factlist}
\end{document}
"""


PREAMBLE = (ROOT / "templates/preamble.tex").read_text(encoding="utf-8")


@dataclass
class Small:
    """The report in `folder`: change a part, and `ink` tells what its pages show."""

    folder: Path
    store: Path
    claims: dict[str, Any] = field(default_factory=lambda: deepcopy(CLAIMS))
    results: dict[str, Any] = field(default_factory=lambda: deepcopy(RESULTS))
    text: str = TEXT
    preamble: str = PREAMBLE
    slip: Callable[[str], str] = lambda source: source
    drawn: dict[str, list[list[int]]] = field(
        default_factory=lambda: {"causal": CAUSAL, "strided": STRIDED}
    )

    @property
    def pdf(self) -> Path:
        return self.folder / "small.pdf"

    def built(self) -> Path:
        """The PDF; `slip` changes the LaTeX after it was assembled."""
        tex = self.folder / "tex"
        (tex / "tables").mkdir(parents=True, exist_ok=True)
        (tex / "figures").mkdir(exist_ok=True)
        template = self.folder / "small.tex.j2"
        template.write_text(self.text)
        ledger, results = self.folder / "claims.json", self.folder / "results.json"
        ledger.write_text(json.dumps({"schema": 1, "claims": self.claims}))
        results.write_text(json.dumps({"schema": 1, "results": self.results}))
        preamble = self.folder / "preamble.tex"
        preamble.write_text(self.preamble)
        report, origins = tex / "small.tex", tex / "origins.json"
        assemble(
            main=template, preamble=preamble, templates=(), ledger=ledger, results=results,
            document={}, report=report, settings=tex / "preamble.tex", origins=origins,
            store=self.store / "templates",
            style=tex / "proofpress.sty", shared_style=tex / "presstype.sty",
        )  # fmt: skip
        embed(ledger=ledger, results=results, attachment=tex / "ledger.txt")
        facts = Facts({"claims": self.claims}, {"results": self.results})
        (tex / "tables/claims.tex").write_text(claims_table(facts).dumps())
        (tex / "tables/measured.tex").write_text(results_table(facts).dumps())
        for name, cells in self.drawn.items():
            self._draw(name, cells)
        # TeX reads the slipped copies; the sources that announce what is printed stay as they are.
        printed = self.folder / "printed"
        for path in tex.rglob("*"):
            if path.is_file():
                copy = printed / path.relative_to(tex)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(path.read_bytes())
        for name in ("small.tex", "tables/claims.tex"):
            text = (tex / name).read_text()
            (printed / name).write_text(self.slip(text))
        typeset(printed / "small.tex", self.pdf, engine=find("embedded"), store=self.store)
        return self.pdf

    def ink(self, kept: Kept | None = None) -> Ink:
        """What the pages show, compared with the ledger."""
        self.built()
        return self.read(kept)

    def read(self, kept: Kept | None = None) -> Ink:
        """The same of the PDF as it stands."""
        tex = self.folder / "tex"
        sources = announced(tex / "small.tex", tex / "origins.json")
        return read(Document(self.pdf, kept), self.claims, self.results, sources)

    def _draw(self, name: str, cells: list[list[int]]) -> None:
        """The figure as the press draws it, kept between the reports of a session."""
        kept = self.store / "figures" / f"{name}-{abs(hash(json.dumps(cells)))}.pdf"
        if not kept.exists():
            figure = new_figure(45, 45)
            pair_grid(axes_at(figure, 9, 1, 35, 35), N, cells)
            save(figure, kept.with_suffix(""), find("embedded"), self.store)
        (self.folder / "tex/figures" / f"{name}.pdf").write_bytes(kept.read_bytes())
