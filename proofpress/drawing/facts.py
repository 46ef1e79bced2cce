"""What a figure reads from the ledger: example letters, counted pairs, and closed forms.

Place in the chain: ledger -> **figure**. A missing name is told with the nearest one there is,
for a figure must not fall back on numbers of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from proofpress.faults.errors import PressError
from proofpress.faults.nearest import choice
from proofpress.ledger.reading import no_example, refuse_unsettled

Ledger = Mapping[str, Any]


def claim(ledger: Ledger, name: str) -> Mapping[str, Any]:
    """The ledger's record of a settled claim.

    Raises PressError for an unknown name, and for a claim that is undecided or refuted.

    >>> claims = {"attention.causal": {"kind": "count", "verdict": "proved"}}
    >>> claim({"claims": claims}, "attention.causal")["kind"]
    'count'
    """
    found: Mapping[str, Any] = _entry(ledger["claims"], name, "claim")
    refuse_unsettled(name, found)
    return found


def example(ledger: Ledger, name: str, which: str) -> Mapping[str, Any]:
    """One example of a claim: its letters, its value, and the counted pairs if it has any."""
    entry = claim(ledger, name)
    if which not in entry["examples"]:
        raise no_example(name, entry, which)
    found: Mapping[str, Any] = entry["examples"][which]
    return found


def letters(ledger: Ledger, topic: str, which: str) -> dict[str, int]:
    """The letters that the claims of a topic use in their example `which`, all together.

    >>> claims = {"a.x": {"examples": {"e": {"letters": {"n": 3}}}}}
    >>> letters({"claims": claims}, "a", "e")
    {'n': 3}
    """
    together: dict[str, int] = {}
    for name in ledger["claims"]:
        if name.partition(".")[0] != topic:
            continue
        examples = ledger["claims"][name]["examples"]
        if which in examples:
            together.update(examples[which]["letters"])
    if not together:
        raise PressError(
            f"no claim of {topic} has an example called {which}",
            mend=f"add [letters.{topic}.{which}] to report.toml",
        )
    return together


def letter(values: Mapping[str, int], name: str) -> int:
    """One letter's value."""
    found: int = _entry(values, name, "letter")
    return found


def _entry(entries: Mapping[str, Any], name: str, what: str) -> Any:
    if name in entries:
        return entries[name]
    mend = choice(name, entries)
    raise PressError(f"there is no {what} {name}", mend=mend)
