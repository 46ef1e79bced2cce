"""A claim's values at example letters, and what no example can show.

Place in the chain: proof -> **values** -> ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from proofpress.faults.author import setting
from proofpress.faults.errors import PressError
from proofpress.ledger.claims import Claim

MOST_POINTS = 100_000  # of an example: more than a page of figures can show


def values_at(claim: Claim, examples: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """Return letters, value and points of each example that has all letters of the claim.

    A closed form in further letters, the map of a bijection for instance, has no value.
    Raises PressError for letters outside the domain, and for more points than can be listed.
    """
    letters = set(map(str, claim.letters))
    if set(map(str, claim.closed_form.free_symbols)) - letters:
        return {}
    shown: dict[str, Any] = {}
    value = evaluator(claim, claim.closed_form)
    for name, given in sorted(examples.items()):
        if not letters <= set(given):
            continue
        at = {str(letter): given[str(letter)] for letter in claim.letters}
        _refuse_outside(claim, name, at)
        shown[name] = {"letters": at, "value": value(at)}
        if claim.cells is not None:
            _refuse_too_many(claim, name, shown[name]["value"])
            shown[name]["cells"] = [list(cell) for cell in claim.cells(at)]
    return shown


def _refuse_outside(claim: Claim, example: str, letters: Mapping[str, int]) -> None:
    """Raise PressError for example letters that the claim says nothing about."""
    if claim.assuming is None:
        return
    try:
        inside = evaluator(claim, claim.assuming)(letters)
    except ZeroDivisionError:
        inside = False
    if not inside:
        values = ", ".join(f"{letter} = {value}" for letter, value in letters.items())
        raise PressError(
            f"the letters {values} are outside the domain of {claim.name}: {claim.assuming}",
            where=_example(claim, example),
            mend="choose other example letters",
        )


def _refuse_too_many(claim: Claim, example: str, count: int | str | bool) -> None:
    """Raise PressError for an example whose points nobody could draw, or wait for."""
    if isinstance(count, int) and count > MOST_POINTS:
        raise PressError(
            f"the example {example} of {claim.name} has {count:,} points; at most {MOST_POINTS:,} "
            "are listed",
            where=_example(claim, example),
            mend="give it smaller letters",
        )


def _example(claim: Claim, example: str) -> str:
    """Return the place of an example: in the settings, or else that of the claim."""
    module = Path(claim.source.file).stem
    tables = dict.fromkeys((claim.topic, module))
    keys = [f"letters.{table}.{example}" for table in tables]
    return setting(*keys, otherwise=str(claim.source))


def evaluator(claim: Claim, expression: Any) -> Callable[[Mapping[str, int]], int | str | bool]:
    """Return a function from letters to an exact value: an int, a truth value, or "p/q"."""
    from proofpress.counting.plain import exact, function

    compute = function(claim.letters, expression)

    def value(letters: Mapping[str, int]) -> int | str | bool:
        found = compute(*(letters[str(letter)] for letter in claim.letters))
        if isinstance(found, bool):
            return found
        number = exact(found)
        return str(number) if isinstance(number, Fraction) else number

    return value
