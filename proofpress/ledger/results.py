"""What all notebooks of a report recorded, in one file.

Place in the chain: notebooks -> **results** -> tables, template.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from proofpress.faults.errors import PressError

SCHEMA = 1


def collect(*, recorded: Sequence[Path], results: Path) -> None:
    """Write to `results` what the files `recorded` hold together; nothing where there are none.

    Raises PressError when two of them record a result under one key.
    """
    together: dict[str, Any] = {}
    owners: dict[str, str] = {}
    for path in recorded:
        for key, entry in json.loads(path.read_text(encoding="utf-8"))["results"].items():
            if key in together:
                what = f"the result {key} is recorded by {owners[key]} and by {path.stem}"
                raise PressError(what, mend="record it under another key in one of the notebooks")
            together[key], owners[key] = entry, path.stem
    text = json.dumps({"schema": SCHEMA, "results": together}, indent=2, ensure_ascii=False)
    results.write_text(text + "\n", encoding="utf-8")
