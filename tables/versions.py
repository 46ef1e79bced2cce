"""Table of the appendix: the software that made this document."""

from pylatex.base_classes import LatexObject

from proofpress.documents.facts import Facts
from proofpress.documents.tables import rows
from proofpress.typeset.engine import find

PURPOSES = {
    "python": "language",
    "sympy": "derives and proves",
    "z3-solver": "proves a second time",
    "matplotlib": "draws",
    "papermill": "runs the notebook",
    "torch": "trains",
    "transformers": "reads the reviews",
    "jinja2": "assembles the document",
    "pylatex": "sets the tables",
}


def table(facts: Facts) -> LatexObject:
    """Name, version and purpose of each package, and of the TeX engine."""
    body = [[name, facts.version(name), purpose] for name, purpose in PURPOSES.items()]
    body.append([f"TeX ({facts.engine})", find(facts.engine).version, "typesets"])
    return rows("lll", ["software", "version", "what it does here"], body)
