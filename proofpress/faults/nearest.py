"""The known name that an author probably meant by one that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches
from itertools import takewhile


def nearest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Return the known name most like `name`, or None when none is alike.

    Letters in another order count as most alike: typing slips are mostly of that kind.

    >>> nearest("emhp", ["them", "emph", "empty"]), nearest("x", ["author"])
    ('emph', None)
    """
    listed = sorted(set(known) - {name})
    turned = [other for other in listed if sorted(other) == sorted(name)]
    if turned:
        return turned[0]
    # Of names that are equally alike, the one that begins like it.
    alike = get_close_matches(name, listed, n=8, cutoff=cutoff)
    return max(alike, key=lambda other: _likeness(name, other), default=None)


def _likeness(name: str, other: str) -> tuple[float, int]:
    begun = takewhile(lambda pair: pair[0] == pair[1], zip(name, other, strict=False))
    return SequenceMatcher(None, other, name).ratio(), len([*begun])


def meant(name: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Return the question whether the nearest known name is meant; None when there is none.

    >>> meant("titel", ["title", "due"])
    'did you mean title?'
    """
    found = nearest(name, known, cutoff)
    return f"did you mean {found}?" if found else None


def choice(name: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return which name is meant, or else all that there are.

    >>> choice("titel", ["title", "due"]), choice("x", ["title", "due"]), choice("x", [])
    ('did you mean title?', 'known: title, due', 'there is none yet')
    """
    listed = [*known]
    every = f"known: {', '.join(listed)}" if listed else "there is none yet"
    return meant(name, listed, cutoff) or every
