"""A statement as data, and how its truth is shown by plain arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from .harness import Job
from .plain import NoValue, value

# Values tried for each letter, by the number of letters.
RANGES = {0: range(1), 1: range(-14, 61), 2: range(-6, 23), 3: range(-3, 10), 4: range(-2, 6)}

Witness = Callable[[], str | None]


@dataclass(frozen=True)
class Stated:
    """A statement as source text, the reason why it is true or false, and what shows that.

    `witness` returns where plain arithmetic finds the statement false, None where it finds none.
    """

    kind: str
    setup: str
    claim: str
    reason: str
    witness: Witness
    related: str | None = None

    @property
    def job(self) -> Job:
        """Return what the harness settles."""
        return Job(self.setup, self.claim, self.related)


def points(
    letters: Sequence[str],
    domain: str,
    far: Sequence[Sequence[int]] = (),
    largest: int | None = None,
) -> Iterator[dict[str, int]]:
    """Return the small points of a domain, then the far ones that lie in it.

    `largest` ends the small ones earlier, where a larger letter would take long to count.

    >>> list(points(["n"], "n >= 59", far=[[1000]]))
    [{'n': 59}, {'n': 60}, {'n': 1000}]
    """
    tried = [x for x in RANGES[len(letters)] if largest is None or x <= largest]
    grid = product(tried, repeat=len(letters))
    for values in (*grid, *far):
        case = dict(zip(letters, values, strict=True))
        if holds(domain, case):
            yield case


def holds(condition: str, case: dict[str, int]) -> bool:
    """Return whether a condition is true there; one without a value is not."""
    try:
        return bool(value(condition, **case))
    except NoValue:
        return False


def where_false(
    letters: str,
    domain: str,
    condition: str,
    far: Sequence[Sequence[int]] = (),
    largest: int | None = None,
) -> Witness:
    """Return a function that looks for a point of the domain where a condition is not true.

    >>> where_false("n", "n >= 1", "n**2 <= 40*n")()
    'n = 41'
    >>> where_false("n", "n >= 1", "n <= n**2")() is None
    True
    """

    def find() -> str | None:
        for case in points(letters.split(), domain, far, largest):
            if not holds(condition, case):
                return ", ".join(f"{name} = {number}" for name, number in case.items())
        return None

    return find


def where_empty(letters: str, domain: str) -> Witness:
    """Return a function that tells that no point at all lies in a domain, as far as it looks.

    >>> where_empty("n", "(n >= 3) & (n <= 2)")()
    'no n at all'
    """

    def find() -> str | None:
        found = next(points(letters.split(), domain), None)
        return f"no {letters} at all" if found is None else None

    return find


def put_into(text: str, values: dict[str, str]) -> str:
    """Return a text with letters replaced by texts, all at once.

    >>> put_into("n*(t + 1)", {"n": "t", "t": "2*k"})
    '(t)*((2*k) + 1)'
    """
    import re

    names = "|".join(map(re.escape, values))
    return re.sub(rf"\b({names})\b", lambda found: f"({values[found[1]]})", text)
