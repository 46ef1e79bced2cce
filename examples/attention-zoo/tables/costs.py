"""What each pattern costs: its entries in general and in the grid, and the work of one head."""

from pylatex.base_classes import LatexObject

from proofpress.documents.facts import Facts
from proofpress.documents.latex import Latex
from proofpress.documents.printed import percent
from proofpress.documents.tables import Row, rows

# Words, claim of the entries, claim of the multiplications.
PATTERNS: tuple[tuple[str, str, str] | None, ...] = (
    ("all pairs", "local.full", "work.full"),
    ("causal", "local.causal", "work.causal"),
    ("sliding window", "local.window", "work.window"),
    ("dilated window", "local.dilated", "work.dilated"),
    ("sinks", "local.sinks", "work.sinks"),
    ("chunks", "local.chunks", "work.chunks"),
    ("segments", "local.segments", "work.segments"),
    None,
    ("strided", "factored.strided", "work.strided"),
    ("fixed", "factored.fixed", "work.fixed"),
    ("center", "central.window", "work.central"),
    None,
    ("prefix", "text.prefix", "work.prefix"),
    None,
    ("axial", "image.axial", "pixels.axial"),
    ("neighborhood", "image.neighborhood", "pixels.neighborhood"),
    ("windows", "image.windows", "pixels.windows"),
    ("shifted windows", "image.shifted", "pixels.shifted"),
)


def table(facts: Facts) -> LatexObject:
    """Entries, their number and share in the grid, their growth, and multiplications."""
    body: list[Row | None] = []
    for pattern in PATTERNS:
        if pattern is None:
            body.append(None)
            continue
        words, entries, work = pattern
        claim = facts.claim(entries)
        body.append(
            [
                words,
                Latex(f"${claim.formula.inline}$"),
                Latex(f"${claim.related('leading').formula.inline}$"),
                claim.at("grid"),
                percent(claim.related("fraction").at("grid")),
                facts.claim(work).at("long"),
            ]
        )
    head = ["pattern", "entries", "grow like", "in the grid", "share", "work"]
    return rows("@{}lL{48mm}lrrr@{}", head, body)
