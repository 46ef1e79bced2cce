"""All counts beside each other."""

from pylatex.base_classes import LatexObject

from proofpress.documents.facts import Facts
from proofpress.documents.latex import Latex
from proofpress.documents.tables import Row, rows

COUNTS = {
    "triple loop": "loops.triple",
    "steps of two": "loops.steps",
    "insertion sort, worst": "sorting.worst",
    "insertion sort, best": "sorting.best",
    "triangular product": "matrices.triangular",
    "first recurrence": "recurrences.linear",
    "second recurrence": "recurrences.squares",
}


def table(facts: Facts) -> LatexObject:
    """Return each count in general and at its small example."""
    body: list[Row | None] = []
    for words, name in COUNTS.items():
        claim = facts.claim(name)
        here = claim.at("small")
        body += [
            [words, Latex(f"${claim.formula.inline}$"), Latex(f"${here.setting}$"), here],
            None,
        ]
    return rows("llrr", ["", "in general", "for", "steps"], body[:-1])
