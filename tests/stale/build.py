"""A small but complete report: what it prints depends on every kind of input."""

import os
import sys

from proofpress.build.step import Step
from proofpress.cli.start import start

RULES = {
    "title": "text",
    "due": "date",
    "authors": ["text"],
    "letters": {"*": {"*": {"*": "number"}}},
    "notebook": {"*": "anything"},
    "limits": {"cell_seconds": "number", "kernel_megabytes": "number"},
    "typeset": {"engine": ("embedded", "system")},
}
CLAIMS, RESULTS = "output/claims/", "output/results.json"
CHAPTERS = "output/tex/sections/"


def steps(settings: dict) -> list[Step]:
    """Definitions and a notebook -> one figure, one table, one page."""
    executed, figures = "output/notebook/measure.ipynb", "output/figures/notebook/"
    given = {"ledger": CLAIMS, "results": RESULTS}
    engine = settings["typeset"]["engine"]
    words = {name: settings[name] for name in ("title", "due", "authors")}
    return [
        Step(
            "derive",
            "proofpress.deriving.derive:derive",
            {"modules": "derivations/*.py"},
            {"ledger": "output/ledger.json", "claims": CLAIMS},
            {"examples": settings["letters"]},
        ),
        Step(
            "run",
            "proofpress.notebook.steps:run",
            {"source": "notebooks/measure.ipynb"},
            {"executed": executed, "results": RESULTS},
            {"parameters": settings["notebook"], **settings["limits"]},
        ),
        Step(
            "convert",
            "proofpress.notebook.conversion:convert",
            {"executed": executed},
            {"body": "output/tex/notebook.tex", "figures": figures},
        ),
        Step("prepare figures", "proofpress.drawing.step:prepare", parameters={"engine": engine}),
        Step(
            "prepare report",
            "proofpress.documents.preamble:prepare",
            {
                "main": "templates/report.tex.j2",
                "preamble": "templates/preamble.tex",
            },
            parameters={"document": {}, "engine": engine},
        ),
        Step(
            "draw",
            "proofpress.drawing.step:render",
            {"module": "figures/staircase.py", "ledger": CLAIMS},
            {"pdf": "output/figures/staircase.pdf", "pgf": "output/figures/staircase.pgf"},
            {"engine": engine},
        ),
        Step(
            "tabulate",
            "proofpress.documents.tables:write",
            {"module": "tables/counts.py", **given},
            {"table": "output/tex/tables/counts.tex"},
        ),
        Step(
            "assemble",
            "proofpress.documents.document:assemble",
            {
                "main": "templates/report.tex.j2",
                "preamble": "templates/preamble.tex",
                "templates": "templates/**/*.j2",
                **given,
            },
            {
                "report": "output/tex/report.tex",
                "chapters": CHAPTERS,
                "settings": "output/tex/preamble.tex",
                "origins": "output/tex/origins.json",
                "style": "output/tex/proofpress.sty",
                "notebook_style": "output/tex/notebook.sty",
            },
            {"document": words},
        ),
        Step(
            "typeset",
            "proofpress.typeset.step:print_report",
            {
                "main": "output/tex/report.tex",
                "origins": "output/tex/origins.json",
                "beside": [
                    "output/tex/*.tex",
                    "output/tex/*.sty",
                    "output/tex/tables/*.tex",
                    f"{CHAPTERS}*.tex",
                ],
                "figures": ["output/figures/*.pdf", "output/figures/notebook/*.pdf"],
            },
            {"pdf": "output/report.pdf"},
            {"engine": engine},
        ),
    ]


if __name__ == "__main__":
    sys.exit(start(os.path.dirname(os.path.abspath(__file__)), RULES, steps))
