"""Ink against ledger, fact by fact: what was found, and every difference.

Place in the chain: PDF, ledger, sources -> **report on the ink** -> published PDF.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from proofpress.documents.printed import parts
from proofpress.faults.errors import PressError
from proofpress.ink import contents, views
from proofpress.ink.document import Document, Fact
from proofpress.ink.expected import Ledger
from proofpress.ink.grids import Grid
from proofpress.ink.sources import Announced

ENTRY = ("formula", "definition", "domain", "verdict")
_MEND = "correct what stands between the ledger and the page there, and build again"


@dataclass(frozen=True)
class Difference:
    """One thing that the page does not show as the ledger has it."""

    kind: str
    what: str
    where: str | None = None

    def __str__(self) -> str:
        return str(PressError(self.what, self.where, _MEND))


@dataclass
class Ink:
    """What was read: by kind how much was found and expected, where claims are printed."""

    found: Counter[str] = field(default_factory=Counter)
    expected: Counter[str] = field(default_factory=Counter)
    pages: dict[str, list[int]] = field(default_factory=dict)
    unvalued: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    def summary(self) -> dict[str, str]:
        """Found and expected of each kind, as "78/78"."""
        return {kind: f"{self.found[kind]}/{n}" for kind, n in sorted(self.expected.items())}


class InkError(PressError):
    """The page does not show what was proved: all `differences`."""

    def __init__(self, differences: list[Difference]) -> None:
        self.differences = differences
        first = differences[0]
        super().__init__(first.what, first.where, _MEND)

    def __str__(self) -> str:
        return "\n".join(map(str, self.differences))


def read(
    document: Document,
    claims: Mapping[str, Any],
    results: Mapping[str, Any],
    announced: Announced,
) -> Ink:
    """Everything that the ledger has to do with the pages of the document, compared."""
    return _Reading(document, Ledger(claims, results, document.kept), announced).done()


class _Reading:
    """One document being read."""

    def __init__(self, document: Document, ledger: Ledger, announced: Announced) -> None:
        self.document, self.ledger, self.announced = document, ledger, announced
        self.ink = Ink()
        self.met: Counter[str] = Counter()  # how often a fact was met, and shown as it should
        self.listed: Counter[str] = Counter()
        self.entries: dict[str, set[int]] = {}  # the pages of each entry in the appendix

    def done(self) -> Ink:
        for fact in self.document.facts:
            self._fact(fact)
        self._announced_facts()
        self._boxes()
        self._claims()
        self._questions()
        self.ink.unvalued = sorted(self.ledger.unvalued)
        return self.ink

    def _differs(self, kind: str, what: str, where: str | None) -> None:
        self.ink.differences.append(Difference(kind, what, where))

    def _fact(self, fact: Fact) -> None:
        """One fact: the ink in its rectangle, and where its link leads."""
        where = self.announced.where(fact.place, self.met[fact.place])
        on = f"on page {fact.page + 1}"
        self.met[fact.place] += 1
        path, options = parts(fact.place)
        kind = self.ledger.kind(fact.place)
        wanted = f"result.{'/'.join(path[1:])}" if path[0] == "results" else f"claim.{path[0]}"
        if fact.target != wanted or wanted not in self.document.targets:
            what = f"{fact.place}, {on}, does not lead to its entry in the appendix"
            self._differs("links", what, where)
        if options.get("entry"):
            kind = "entries"
            self.entries.setdefault(wanted, set()).add(fact.page)
        else:
            pages = self.ink.pages.setdefault(wanted, [])
            pages += [] if fact.page + 1 in pages else [fact.page + 1]
        if kind == "figures":
            self._figure(fact, options, where)
            return
        reading = views.reading(self.document, fact)
        try:
            fault = self.ledger.fault(fact.place, reading)
        except PressError as error:
            fault = error.what
        if fault:
            self._differs(kind, f"{fact.place}, {on}: {fault}", where)
        else:
            self.ink.found[kind] += 1
            self.listed[fact.place] += 1

    def _figure(self, fact: Fact, options: Mapping[str, str], where: str | None) -> None:
        """A figure; one of pairs is compared square by square."""
        name, on = options["figure"], f"on page {fact.page + 1}"
        if len(views.pictures(self.document, fact)) != 1:
            self._differs("figures", f"the figure {name} is not {on}", where)
            return
        if fault := views.fault(self.document, fact):
            self._differs("figures", f"the figure {name}, {on}, cannot be read: {fault}", where)
            return
        self.ink.found["figures"] += 1
        self.listed[fact.place] += 1
        if not _path(fact).endswith("/cells"):
            return
        cells = _cells(self.ledger.entry(fact.place), options)
        within = cells
        if "within" in options:
            place = fact.place.replace(parts(fact.place)[0][0], options["within"], 1)
            within = _cells(self.ledger.entry(place), options)
        shown = views.grid(self.document, fact)
        self.ink.expected["squares"] += len(cells)
        if shown is None:
            self._differs("squares", f"the figure {name}, {on}, holds no grid", where)
            return
        self.ink.found["squares"] += len(cells & (shown.dark | shown.light))
        compared_light = "within" in options
        for fault in _grid_faults(shown, cells & within, cells - within, compared_light):
            claim = parts(fact.place)[0][0]
            self._differs("squares", f"the figure {name}, {on}, is not {claim}: {fault}", where)

    def _announced_facts(self) -> None:
        """Each fact as often as the sources print it, and none that they do not."""
        shown = Counter(fact.place for fact in self.document.facts)
        for place, wheres in self.announced.facts.items():
            kind = "entries" if parts(place)[1].get("entry") else self.ledger.kind(place)
            self.ink.expected[kind] += len(wheres)
            if shown[place] < len(wheres):
                what = f"{place} is printed {shown[place]} times, not {len(wheres)}"
                self._differs(kind, what, wheres[0])
        for place in shown.keys() - self.announced.facts.keys():
            self._differs("links", f"no source prints {place}, but the page has it", None)

    def _boxes(self) -> None:
        """As many boxes with a formula of the ledger in each as the sources set."""
        formulas = (f for f in self.document.facts if _path(f).endswith("/formula"))
        boxed = sum(views.is_boxed(self.document, fact) for fact in formulas)
        self.ink.found["boxed forms"] = boxed
        self.ink.expected["boxed forms"] = len(self.announced.boxes)
        if boxed != len(self.announced.boxes):
            wanted = len(self.announced.boxes)
            what = f"{boxed} boxes hold a formula of the ledger, the sources set {wanted}"
            self._differs("boxed forms", what, next(iter(self.announced.boxes), None))

    def _claims(self) -> None:
        """Every claim with its entry in the appendix."""
        for name, entry in self.ledger.claims.items():
            self.ink.expected["claims"] += 1
            lacking = [what for what in ENTRY if not self.listed[f"{name}/{what}?entry=1"]]
            leads = self.document.targets.get(f"claim.{name}")
            if not lacking and leads in self.entries[f"claim.{name}"]:
                self.ink.found["claims"] += 1
                continue
            where = f"{entry['source']['file']}:{entry['source']['line']}"
            what = f"the claim {name} has no entry in the appendix"
            if lacking and len(lacking) < len(ENTRY):
                what = f"the appendix does not show the {' and the '.join(lacking)} of {name}"
            elif not lacking:
                what = f"no link leads to the entry of {name} in the appendix"
            self._differs("claims", what, where)

    def _questions(self) -> None:
        titles = self.announced.headings
        faults = list(contents.faults(self.document, list(titles)))
        self.ink.expected["questions"] = len(titles)
        self.ink.found["questions"] = len(titles) - len({title for title, _ in faults})
        for title, fault in faults:
            self._differs("questions", f"the question {title!r}: {fault}", titles[title])


def _path(fact: Fact) -> str:
    return fact.place.partition("?")[0]


def _cells(pairs: list[list[int]], options: Mapping[str, str]) -> frozenset[tuple[int, int]]:
    """The pairs of the ledger as (row, column)."""
    turned = bool(options.get("turned"))
    return frozenset((j, i) if turned else (i, j) for i, j in pairs)


def _grid_faults(
    grid: Grid,
    dark: frozenset[tuple[int, int]],
    light: frozenset[tuple[int, int]],
    compared_light: bool,
) -> Iterator[str]:
    """Differences between a drawn grid and the pairs, the first square of each kind named."""
    yield from sorted(set(grid.faults))
    pairs = [("marked", grid.dark, dark)]
    if compared_light:
        pairs.append(("hatched", grid.light, light))
    for word, shown, wanted in pairs:
        for cells, fault in ((wanted - shown, f"not {word}"), (shown - wanted, f"{word}")):
            if cells:
                row, column = min(cells)
                others = f" and {len(cells) - 1} more" if len(cells) > 1 else ""
                yield (
                    f"row {row}, column {column}{others} {'are' if others else 'is'} {fault}; "
                    f"{len(shown)} squares are {word}, the ledger counts {len(wanted)}"
                )
