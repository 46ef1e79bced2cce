"""An exercise sheet, from definitions to one PDF."""

import os
import sys

from proofpress.build.step import Step
from proofpress.cli.start import start

FIGURES = ("lattice", "growth")
TABLES = ("counts", "claims")

RULES = {
    "document": {"title": "text", "subtitle": "text", "author": "text", "paper": ("a4", "letter")},
    "letters": {"*": {"*": {"*": "number"}}},
    "typeset": {"engine": ("embedded", "system")},
}
LEDGER, CLAIMS, RESULTS = "output/claims.json", "output/claims/", "results.json"
CHAPTERS = "output/tex/sections/"


def steps(settings: dict) -> list[Step]:
    """Definitions -> ledger -> figures, tables, text -> PDF -> ink."""
    engine = settings["typeset"]["engine"]
    given = {"ledger": CLAIMS, "results": RESULTS}
    derive = Step(
        "derive",
        "proofpress.deriving.derive:derive",
        {"modules": "derivations/*.py"},
        {"ledger": LEDGER, "claims": CLAIMS},
        {"examples": settings["letters"]},
    )
    draw = [
        Step(
            f"draw {name}",
            "proofpress.drawing.step:render",
            {"module": f"figures/{name}.py", "ledger": CLAIMS},
            {"pdf": f"output/figures/{name}.pdf", "pgf": f"output/figures/{name}.pgf"},
            {"engine": engine},
        )
        for name in FIGURES
    ]
    tabulate = [
        Step(
            f"tabulate {name}",
            "proofpress.documents.tables:write",
            {"module": f"tables/{name}.py", **given},
            {"table": f"output/tex/tables/{name}.tex"},
        )
        for name in TABLES
    ]
    assemble = Step(
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
        },
        {"document": settings["document"]},
    )
    put = Step(
        "put macros",
        "beside:put",
        {"source": "templates/press.tex"},
        {"copied": "output/tex/press.tex"},
    )
    typeset = Step(
        "typeset",
        "proofpress.typeset.step:print_report",
        {
            "main": "output/tex/report.tex",
            "origins": "output/tex/origins.json",
            "beside": [
                "output/tex/*.tex",
                f"{CHAPTERS}*.tex",
                "output/tex/tables/*.tex",
            ],
            "figures": "output/figures/*.pdf",
        },
        {"pdf": "output/typeset/report.pdf"},
        {"engine": engine},
    )
    read = Step(
        "read ink",
        "proofpress.ink.step:read_ink",
        {
            "typeset": "output/typeset/report.pdf",
            "ledger": LEDGER,
            "results": RESULTS,
            "report": "output/tex/report.tex",
            "origins": "output/tex/origins.json",
            "tables": "output/tex/tables/*.tex",
            "chapters": f"{CHAPTERS}*.tex",
        },
        {"pdf": "output/report.pdf", "published": "output/ledger.json", "ink": "output/ink.json"},
    )
    return [derive, *draw, *tabulate, assemble, put, typeset, read]


if __name__ == "__main__":
    sys.exit(start(os.path.dirname(os.path.abspath(__file__)), RULES, steps))
