"""The small report of tests/stale with real work in every step: its ledger embedded, its ink read.

`small.py` beside it is that report's own build.py; tables and preamble are those of Homework 4.
"""

import os
import sys

from proofpress.cli.start import start  # first: from now on bytecode is written whole

# isort: split
from small import CLAIMS, RESULTS, RULES
from small import steps as small_steps

from proofpress.build.step import Step

LEDGER, TYPESET = "output/claims.json", "output/typeset/report.pdf"


def steps(settings: dict) -> list[Step]:
    """The small report's steps, and those that follow its ledger onto paper."""
    derive, *others, typeset = small_steps(settings)
    derive.outputs = {"ledger": LEDGER, "claims": CLAIMS}
    typeset.outputs = {"pdf": TYPESET}
    typeset.inputs["beside"].append("output/tex/ledger.txt")
    tabulate = [
        Step(
            f"tabulate {name}",
            "proofpress.documents.tables:write",
            {"module": f"tables/{name}.py", "ledger": CLAIMS, "results": RESULTS},
            {"table": f"output/tex/tables/{name}.tex"},
        )
        for name in ("claims", "measured")
    ]
    embed = Step(
        "embed",
        "proofpress.audit.embedded:embed",
        {"ledger": LEDGER, "results": RESULTS},
        {"attachment": "output/tex/ledger.txt"},
    )
    read = Step(
        "read ink",
        "proofpress.ink.step:read_ink",
        {
            "typeset": TYPESET,
            "ledger": LEDGER,
            "results": RESULTS,
            "report": "output/tex/report.tex",
            "origins": "output/tex/origins.json",
            "tables": "output/tex/tables/*.tex",
            "chapters": "output/tex/sections/*.tex",
        },
        {
            "pdf": "output/report.pdf",
            "published": "output/ledger.json",
            "ink": "output/ink.json",
        },
    )
    return [derive, *others, *tabulate, embed, typeset, read]


if __name__ == "__main__":
    sys.exit(start(os.path.dirname(os.path.abspath(__file__)), RULES, steps))
