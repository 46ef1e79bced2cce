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


def assemble(
    *,
    main: Path,
    templates: Sequence[Path],
    ledger: Path,
    results: Path,
    document: Mapping[str, Any],
    report: Path,
    origins: Path,
) -> None:
    """Writes the document to `report`, and to `origins` the template line of each of its lines.

    `main` is the template to begin with; what it includes is found beside it. `templates` are
    named so that the build knows of them. `document` holds report.toml's words.
    """
    facts = Facts(_read(ledger), _read(results))
    given = {"claim": facts.claim, "result": facts.result, "document": document}
    text, lines = render(main.parent, main.name, given)
    report.write_text(text, encoding="utf-8")
    places = [[f"{main.parent.as_posix()}/{name}", line] for name, line in lines]
    origins.write_text(json.dumps({report.name: places}), encoding="utf-8")


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
