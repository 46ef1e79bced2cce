"""Table of question 2: one layer of the recurrence beside one layer of convolutions."""

from pylatex.base_classes import LatexObject

from proofpress.documents.facts import Facts
from proofpress.documents.latex import Latex
from proofpress.documents.tables import rows

# What is compared: the claim for the recurrence and the one for the convolution.
QUANTITIES = {
    "parameters": ("recurrence.parameters", "convnet.parameters"),
    "multiplications": ("recurrence.multiplies.padded", "convnet.multiplies"),
    "additions": ("recurrence.adds.padded", "convnet.adds"),
    "operations": ("recurrence.operations.padded", "convnet.operations"),
    "evaluations of $\\sigma$": ("recurrence.activations", "convnet.activations"),
    "activations kept for training": ("recurrence.memory", "convnet.memory"),
    "sequential steps": ("recurrence.depth", "convnet.depth"),
}


def table(facts: Facts) -> LatexObject:
    """Return each quantity in the letters of the question, and at the example of report.toml."""
    body = []
    for words, names in QUANTITIES.items():
        row: list = [Latex(words)]
        for name in names:
            claim = facts.claim(name)
            row += [Latex(f"${claim.formula}$"), claim.at("image")]
        body.append(row)
    head = ["", "recurrence", "", "convolution", ""]
    return rows("llrlr", head, body)
