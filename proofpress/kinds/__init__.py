"""Kinds of figures that the press draws from the ledger and reads back from the page.

A kind is one module with both ways side by side, so that neither can change without the other. It
has `draw`, which a figure's module calls, and what `Kind` asks for. To add one, write such a module
and enter it in KINDS, under the last word of the ledger's place that the figure shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from proofpress.kinds import grid
from proofpress.kinds.marks import Glyph, Rule, Shape


class Kind(Protocol):
    """How the ink of a kind of figure is compared; what is read is made of what marshal writes."""

    NAME: str  # what is counted in the report on the ink
    Shown: Any  # makes what was read again of its parts

    def read(self, marks: Iterable[Glyph | Rule | Shape]) -> tuple[Any, ...] | None:
        """Return what the marks of a picture show; None when it is no figure of this kind."""

    def wanted(self, entry: Any, within: Any | None, options: Mapping[str, str]) -> Any:
        """Return what the ledger's entry has to look like; `within` is what another counts."""

    def differences(self, shown: Any, wanted: Any) -> Iterator[str]:
        """Tell each difference in words."""

    def found(self, shown: Any | None, wanted: Any) -> tuple[int, int]:
        """Return how many of how many expected things were found."""


KINDS: Mapping[str, Kind] = {"cells": grid}


def of(place: str) -> Kind | None:
    """Return the kind of the figure at a place of the ledger; None where the ink compares none.

    >>> of("a.b/examples/e/cells?figure=f") is grid, of("a.b/formula")
    (True, None)
    """
    return KINDS.get(place.partition("?")[0].rpartition("/")[2])
