"""What a report's settings may hold: the type of each value, or the words it may be.

Place in the chain: report -> **rules** -> settings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

ENGINES = ("embedded", "system")
_RULES = {
    "letters": {"*": {"*": {"*": "number"}}},
    "notebook": {"*": "anything"},
    "limits": {"cell_seconds": "number", "kernel_megabytes": "number"},
    "typeset": {"engine": ENGINES},
}
# What holds where the settings are silent.
DEFAULTS = {
    "document": {},
    "letters": {},
    "notebook": {},
    "limits": {"cell_seconds": 7200, "kernel_megabytes": 16000},
    "typeset": {"engine": ENGINES[0]},
}


def rules(words: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the rules of all settings, with those of a report's own `words` in the table
    [document].

    >>> rules(None)["document"], rules({"title": "text"})["document"]
    ({'*': 'word'}, {'title': 'text'})
    """
    return {"document": {"*": "word"} if words is None else dict(words), **_RULES}
