#!/usr/bin/env python3
"""Homework 4, from definitions to one PDF: which steps, from what, to what.

Type `make pdf`, or `python build.py help`.
"""

import os
import sys

from proofpress.build.step import Step
from proofpress.cli.start import start

FIGURES = (
    "causal",
    "sliding",
    "windowed",
    "prefix_windowed",
    "comparison",
    "recurrence",
    "receptive",
)
TABLES = ("masks", "convnet", "results", "claims", "measured", "versions")

DRAWING = ("matplotlib.figure", "matplotlib.backends.backend_pgf")

LEDGER = "output/claims.json"  # output/ledger.json is it, with the pages that print each claim
CLAIMS = "output/claims/"  # the same, a file a claim: who reads one claim depends on that one
RESULTS = "output/results.json"
CHAPTERS = "output/tex/sections/"  # from the templates that report.tex.j2 takes in by \include

# What report.toml may hold: the type of each value, or the words it may be.
RULES = {
    "document": {
        "course": "text",
        "title": "text",
        "author": "text",
        "net_id": "text",
        "due": "date",
        "collaborators": ["text"],
        "paper": ("a4", "letter"),
        "times": "truth",
    },
    "letters": {"*": {"*": {"*": "number"}}},
    "notebook": {"*": "anything"},
    "limits": {"cell_seconds": "number", "kernel_megabytes": "number"},
    "typeset": {"engine": ("embedded", "system")},
}


def steps(settings: dict) -> list[Step]:
    """The pipeline of this report: definitions -> ledger -> figures, tables, text -> PDF -> ink."""
    from proofpress.build.packages import versions

    engine = settings["typeset"]["engine"]
    derive = Step(
        "derive",
        "proofpress.deriving.derive:derive",
        inputs={"modules": "derivations/*.py"},
        parameters={"examples": settings["letters"]},
        outputs={"ledger": LEDGER, "claims": CLAIMS},
        libraries=("sympy", "z3", "numpy"),
    )
    # Two steps that nothing waits for: what TeX needs first, made while claims are derived.
    prepare_figures = Step(
        "prepare figures",
        "proofpress.drawing.step:prepare",
        parameters={"engine": engine},
        libraries=DRAWING,
    )
    prepare_report = Step(
        "prepare report",
        "proofpress.documents.preamble:prepare",
        inputs={
            "main": "templates/report.tex.j2",
            "preamble": "templates/preamble.tex",
        },
        parameters={"document": {"paper": settings["document"]["paper"]}, "engine": engine},
        libraries=("jinja2",),
    )
    draw = [
        Step(
            f"draw {name}",
            "proofpress.drawing.step:render",
            inputs={"module": f"figures/{name}.py", "ledger": CLAIMS},
            parameters={"engine": engine},
            outputs={"pdf": f"output/figures/{name}.pdf", "pgf": f"output/figures/{name}.pgf"},
            libraries=DRAWING,
            ahead="proofpress.drawing.step:begin",
        )
        for name in FIGURES
    ]
    run = Step(
        "run notebook",
        "proofpress.notebook.steps:run",
        inputs={"source": "notebooks/sentiment.ipynb"},
        parameters={"parameters": settings["notebook"], **settings["limits"]},
        outputs={"executed": "output/notebook/sentiment.ipynb", "results": RESULTS},
        libraries=("papermill",),
    )
    convert = Step(
        "convert notebook",
        "proofpress.notebook.conversion:convert",
        inputs={"executed": "output/notebook/sentiment.ipynb"},
        parameters={"times": settings["document"]["times"]},
        outputs={
            "body": "output/tex/notebook.tex",
            "figures": "output/figures/notebook/",
        },
    )
    given = {"versions": {"versions": versions(), "engine": engine}}
    tabulate = [
        Step(
            f"tabulate {name}",
            "proofpress.documents.tables:write",
            inputs={"module": f"tables/{name}.py", "ledger": CLAIMS, "results": RESULTS},
            parameters={"given": given.get(name, {})},
            outputs={"table": f"output/tex/tables/{name}.tex"},
            libraries=("pylatex", "jinja2"),
        )
        for name in TABLES
    ]
    assemble = Step(
        "assemble",
        "proofpress.documents.document:assemble",
        inputs={
            "main": "templates/report.tex.j2",
            "preamble": "templates/preamble.tex",
            "templates": "templates/**/*.j2",
            "ledger": CLAIMS,
            "results": RESULTS,
        },
        parameters={"document": settings["document"]},
        outputs={
            "report": "output/tex/report.tex",
            "chapters": CHAPTERS,
            "settings": "output/tex/preamble.tex",
            "origins": "output/tex/origins.json",
            "style": "output/tex/proofpress.sty",
            "notebook_style": "output/tex/notebook.sty",
        },
        libraries=("pylatex", "jinja2"),
    )
    embed = Step(
        "embed",
        "proofpress.audit.embedded:embed",
        inputs={"ledger": LEDGER, "results": RESULTS},
        outputs={"attachment": "output/tex/ledger.txt"},
    )
    typeset = Step(
        "typeset",
        "proofpress.typeset.step:print_report",
        inputs={
            "main": "output/tex/report.tex",
            "origins": "output/tex/origins.json",
            "beside": [
                "output/tex/*.tex",
                "output/tex/*.sty",
                f"{CHAPTERS}*.tex",
                "output/tex/tables/*.tex",
                "output/tex/ledger.txt",
            ],
            "figures": ["output/figures/*.pdf", "output/figures/notebook/*.pdf"],
        },
        parameters={"engine": engine},
        outputs={"pdf": "output/typeset/report.pdf"},
        libraries=("pikepdf",),
        ahead="proofpress.typeset.step:begin",
    )
    read = Step(
        "read ink",
        "proofpress.ink.step:read_ink",
        inputs={
            "typeset": "output/typeset/report.pdf",
            "ledger": LEDGER,
            "results": RESULTS,
            "report": "output/tex/report.tex",
            "origins": "output/tex/origins.json",
            "tables": "output/tex/tables/*.tex",
            "chapters": f"{CHAPTERS}*.tex",
        },
        outputs={
            "pdf": "output/report.pdf",
            "published": "output/ledger.json",
            "ink": "output/ink.json",
        },
        libraries=("pikepdf",),
    )
    first = [derive, prepare_figures, prepare_report]
    return [*first, *draw, run, convert, *tabulate, assemble, embed, typeset, read]


if __name__ == "__main__":
    sys.exit(start(os.path.dirname(os.path.abspath(__file__)), RULES, steps))
