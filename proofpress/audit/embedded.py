"""The ledger and the results as they go into the PDF, so that it can be compared without sources.

Place in the chain: ledger, results -> **attachment** -> PDF.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SCHEMA = 1
NAME = "ledger.json"  # in the PDF; the preamble gives it this name


def embed(*, ledger: Path, results: Path, attachment: Path) -> None:
    """Write the attachment: what was claimed and recorded, but for what no rerun gives again."""
    claims = json.loads(ledger.read_text(encoding="utf-8"))
    recorded = json.loads(results.read_text(encoding="utf-8"))["results"]
    lasting = {key: entry for key, entry in recorded.items() if not entry.get("volatile")}
    made = document(claims, lasting)
    attachment.write_text(json.dumps(made, ensure_ascii=True), encoding="ascii")


def document(ledger: dict[str, Any], results: dict[str, Any]) -> dict[str, Any]:
    """Return the attachment as JSON.

    >>> document({"schema": 1, "claims": {}}, {})
    {'schema': 1, 'ledger': {'schema': 1, 'claims': {}}, 'results': {}}
    """
    return {"schema": SCHEMA, "ledger": ledger, "results": results}
