"""Table of question 1: the masks' counts beside each other."""

from pylatex.base_classes import LatexObject

from proofpress.documents.facts import Facts
from proofpress.documents.latex import Latex
from proofpress.documents.printed import given, percent
from proofpress.documents.tables import Row, rows

MASKS = {
    "autoregressive": "attention.causal",
    "strided": "attention.sliding",
    "windowed": "attention.windowed",
    "windowed, other reading": "attention.prefix_windowed",
}


def table(facts: Facts) -> LatexObject:
    """Dot products in general and in the grid, the share of all pairs, and the growth."""
    body: list[Row | None] = []
    for words, name in MASKS.items():
        claim = facts.claim(name)
        share = claim.related("fraction").at("grid")
        growth = Latex(f"${claim.related('leading').formula.inline}$")
        count = Latex(f"${claim.formula.inline}$")
        body += [[words, count, claim.at("grid"), percent(share), growth], None]
    full = facts.claim("attention.causal").related("full")
    all_pairs = Latex(f"${full.formula.inline}$")
    body.append(["no mask", all_pairs, full.at("grid"), given(Latex(r"100.0\,\%")), all_pairs])
    head = ["mask", "dot products", "in the grid", "share", Latex("grows like")]
    return rows("llrrl", head, body)
