"""The wrong stated forms: mutants of right ones, each shown to be wrong by plain counting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, zip_longest

from .harness import Job
from .kinds import KINDS, Case, Kind
from .mutants import changed_as_a_whole, changed_somewhere


@dataclass(frozen=True)
class WrongForm:
    """A form that is not the count at `witness`, and how it was made."""

    kind: Kind
    change: str
    form: str
    witness: Case

    @property
    def job(self) -> Job:
        """Return what the harness settles."""
        return Job(self.kind.setup, self.kind.claim.format(form=self.form))


@lru_cache(maxsize=1)
def made() -> tuple[tuple[WrongForm, ...], int]:
    """Return the wrong forms of all kinds, and how many mutants were right all the same."""
    mutants = [(kind, pair) for kind in KINDS for pair in _mutants(kind).items()]
    found = [_wrong(kind, *pair) for kind, pair in mutants]
    wrong = tuple(form for form in found if form is not None)
    return wrong, len(found) - len(wrong)


def _wrong(kind: Kind, form: str, change: str) -> WrongForm | None:
    """Return a changed form if it is wrong somewhere."""
    witness = kind.witness(form)
    return None if witness is None else WrongForm(kind, change, form, witness)


def _mutants(kind: Kind) -> dict[str, str]:
    """Return the changed forms of a kind with the changes' names.

    Every shape is changed in each of its places. What is done to a form as a whole is dealt out
    among the shapes: once for each kind.
    """
    found: dict[str, str] = {}
    shapes = len(kind.forms)
    for place, form in enumerate(kind.forms):
        whole = list(changed_as_a_whole(form, kind.letters, kind.far[0]))
        for change, text in (*changed_somewhere(form, kind.letters), *whole[place::shapes]):
            if text not in kind.forms:
                found.setdefault(text, change)
    return found


def sample(size: int) -> list[WrongForm]:
    """Return so many of the wrong forms: in turn one of each kind, each kind's changes in turn."""
    rows = zip_longest(*map(_in_turn, KINDS))
    return list(islice((form for row in rows for form in row if form is not None), size))


def _in_turn(kind: Kind) -> Iterator[WrongForm]:
    by_change: dict[str, list[tuple[str, str]]] = {}
    for form, change in _mutants(kind).items():
        by_change.setdefault(change, []).append((form, change))
    for row in zip_longest(*by_change.values()):
        yield from filter(None, (_wrong(kind, *pair) for pair in row if pair is not None))
