"""What of a cell is shown: its tags, its metadata, and the options in its first lines say so.

Place in the chain: cell -> **its code, its outputs, both or nothing** -> LaTeX. On paper nothing
can be unfolded, so what a page of Jupyter Book hides is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# What Quarto's options say; other lines that begin like them are comments.
_OPTION = re.compile(r"#\|\s*([\w-]+)\s*:\s*(.*?)\s*$")
_LEFT_OUT = {"include": "cell", "echo": "input", "output": "output"}
_PARTS = ("cell", "input", "output")
_KNOWN = frozenset([*_LEFT_OUT, "label", "eval", "warning", "error", "code-fold", "cache"])


@dataclass(frozen=True)
class Shown:
    """Which parts of a cell are shown."""

    cell: bool
    input: bool
    output: bool


def shown(cell: Mapping[str, Any]) -> Shown:
    """Return which parts of a cell are shown.

    >>> shown({"cell_type": "code", "source": "1", "metadata": {"tags": ["hide-input"]}})
    Shown(cell=True, input=False, output=True)
    """
    metadata = cell["metadata"]
    folded = metadata.get("jupyter") or {}
    tags = {tag.replace("_", "-") for tag in metadata.get("tags", ())}
    gone = {part for part in _PARTS if tags & {f"remove-{part}", f"hide-{part}"}}
    if folded.get("source_hidden") or metadata.get("hide_input"):
        gone.add("input")
    if folded.get("outputs_hidden") or metadata.get("collapsed"):
        gone.add("output")
    runs = cell["cell_type"] == "code"
    if runs:
        options = _options(cell["source"])
        gone |= {_LEFT_OUT[name] for name, value in options if _is_off(name, value)}
    empty = {"input", "output"} <= gone if runs else "input" in gone
    return Shown("cell" not in gone and not empty, "input" not in gone, "output" not in gone)


def without_options(source: str) -> str:
    """Return code without the lines that hold options.

    >>> without_options("#| echo: true\\n# why\\n1")
    '# why\\n1'
    """
    lines = source.split("\n")
    return "\n".join(lines[len(_options(source)) :])


def _options(source: str) -> list[tuple[str, str]]:
    found = []
    for line in source.split("\n"):
        option = _OPTION.match(line)
        if option is None or option[1] not in _KNOWN:
            break
        found.append((option[1], option[2]))
    return found


def _is_off(name: str, value: str) -> bool:
    return name in _LEFT_OUT and value.lower() in ("false", "no")
