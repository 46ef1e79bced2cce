"""The step that assembles the document: templates, ledger, results and words into report.tex.

Place in the chain: everything that was proved, drawn or measured -> one LaTeX file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from proofpress.assemble.facts import Facts
from proofpress.assemble.templates import render
from proofpress.places import not_text
from proofpress.reading import opened

# Compiled templates, among the build's own records, where reading them is no input.
STORE = Path("output/.steps/templates")


def assemble(
    *,
    main: Path,
    preamble: Path,
    templates: Sequence[Path],
    ledger: Path,
    results: Path,
    document: Mapping[str, Any],
    report: Path,
    settings: Path,
    origins: Path,
) -> None:
    """Writes the document to `report` and its preamble beside it, to `settings`.

    `main` is the template to begin with; what it includes is found beside it, and `templates`
    are named so that the build knows of them. `document` holds report.toml's words. `origins`
    gets, for each line of the two files, the file and line that the author wrote.
    """
    facts = Facts(opened(ledger), json.loads(results.read_text(encoding="utf-8")))
    given = {
        "claim": facts.claim,
        "result": facts.result,
        "figure": facts.figure,
        "document": document,
    }
    text, lines = render(main.parent, main.name, given, STORE)
    report.write_text(text, encoding="utf-8")
    look = preamble.read_bytes()
    settings.write_bytes(look)
    try:
        written = look.decode("utf-8")
    except UnicodeDecodeError as error:
        raise not_text(preamble.as_posix(), error) from error
    folder = main.parent.as_posix()
    places = {
        report.name: [[f"{folder}/{name}", line] for name, line in lines],
        settings.name: [
            [preamble.as_posix(), line] for line, _ in enumerate(written.splitlines(), 1)
        ],
    }
    origins.write_text(json.dumps(places), encoding="utf-8")
