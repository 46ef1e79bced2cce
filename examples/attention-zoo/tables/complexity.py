"""The papers' complexity table: what is printed, what it says here, and what the press says of it.

An entry that is not settled is shown as a statement with its verdict, never as a result.
"""

from collections.abc import Mapping

from pylatex.base_classes import LatexObject

from proofpress.documents.facts import ClaimView, Facts
from proofpress.documents.latex import Latex, escape
from proofpress.documents.printed import given
from proofpress.documents.tables import Row, long_rows

# The pattern, its source in refs.bib, what is printed there, and the claims it is tried by.
ENTRIES: tuple[tuple[str, str, Latex, tuple[str, ...]], ...] = (
    ("all pairs", "vaswani2017", given(Latex(r"$O(n^2 \cdot d)$")), ("work.full",)),
    (
        "strided",
        "child2019",
        given(Latex(r"$O(n\sqrt n)$")),
        ("entry.strided.one", "entry.strided"),
    ),
    ("fixed", "child2019", given(Latex(r"$O(n\sqrt n)$")), ("entry.fixed.one", "entry.fixed")),
    (
        "sliding window",
        "beltagy2020",
        given(Latex(r"$O(n \times w)$")),
        ("entry.window.one", "entry.window"),
    ),
    ("window and center", "beltagy2020", given(Latex("$O(n)$")), ("entry.central",)),
    ("Big Bird", "zaheer2020", given(Latex("$O(n)$")), ("entry.bird",)),
    ("chunks", "qiu2020", given(Latex("$O(N^2/n)$")), ("local.chunks",)),
    ("sinks", "xiao2023", given(Latex("$O(TL)$")), ("entry.sinks",)),
    ("axial", "ho2019", given(Latex(r"saves $O(\sqrt N)$")), ("entry.axial.one", "entry.axial")),
    ("windows", "liu2021", given(Latex("$4hwC^2 + 2M^2hwC$")), ("entry.windows",)),
    ("neighborhood", "hassani2023", given(Latex("$3hwd^2 + 2hwdk^2$")), ("entry.neighborhood",)),
    ("log pattern", "li2019", given(Latex(r"$O(L \log_2 L)$")), ("entry.logs.one", "entry.logs")),
    ("dilated segments", "ding2023", given(Latex("$O(Nd)$")), ("entry.scales",)),
    ("ring", "liu2023", given(Latex("$6bch$")), ("ring.memory",)),
    ("stripes", "brandon2023", given(Latex("at most twice as fast")), ("entry.stripes",)),
)

CAPTION = Latex(
    "The papers' entries, as they are printed and as they are stated here."
    r"\label{tab:entries}"
)


def table(facts: Facts) -> LatexObject:
    """Return one row a statement."""
    entries = {claim.name: claim for claim in facts.claims()}
    body: list[Row | None] = []
    for words, source, printed, names in ENTRIES:
        for number, name in enumerate(names):
            first = [
                Latex(rf"{words} \cite{{{source}}}"),
                printed,
            ]
            claim = facts.claim(name, assumed=True)
            said = Latex(f"${claim.formula.inline}$")
            body.append([*(first if number == 0 else ["", ""]), said, _found(entries[name])])
        body.append(None)
    spec = r"@{}L{29mm}L{24mm}L{70mm}L{25mm}@{}"
    return long_rows(spec, ["pattern", "printed", "stated here", "verdict"], body[:-1], CAPTION)


def _found(claim: ClaimView) -> Latex:
    """Return the verdict, with the counterexample where there is one."""
    wrong = [item for item in claim.evidence if item["verdict"] == "refuted"]
    if not wrong:
        return Latex(f"{claim.verdict}")
    return Latex(rf"{claim.verdict}\newline {_counterexample(wrong[-1])}")


def _counterexample(item: Mapping[str, str]) -> Latex:
    """Return the letters and values by which a statement is false, as mathematics."""
    letters, _, values = item["detail"].partition(": ")
    return Latex(f"${escape(letters)}$: ${escape(values)}$")
