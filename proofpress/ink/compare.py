"""Ink against ledger, fact by fact: what was found, and every difference.

Place in the chain: PDF, ledger, sources -> **report on the ink** -> published PDF.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from proofpress import kinds
from proofpress.documents.printed import parts
from proofpress.faults.errors import PressError, PressErrors
from proofpress.ink import contents, views
from proofpress.ink.document import Document, Fact
from proofpress.ink.expected import Ledger
from proofpress.ink.sources import Announced

ENTRY = ("formula", "definition", "domain", "verdict")
_MEND = "correct what stands between the ledger and the page there, and build again"


@dataclass(frozen=True)
class Difference:
    """One thing that the page does not show as the ledger has it."""

    kind: str
    what: str
    where: str | None = None

    def error(self) -> PressError:
        """Return the difference as its author reads it."""
        return PressError(self.what, self.where, _MEND)

    def __str__(self) -> str:
        return str(self.error())


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


class InkError(PressErrors):
    """The page does not show what was proved: all `differences`, each a fault of its own.

    >>> lost = Difference("figures", "the figure a is not on page 1", "report.tex.j2:3")
    >>> more = Difference("figures", "the figure b is not on page 1", "report.tex.j2:9")
    >>> [fault.where for fault in InkError([lost, more]).each()]
    ['report.tex.j2:3', 'report.tex.j2:9']
    """

    def __init__(self, differences: list[Difference]) -> None:
        self.differences = differences
        super().__init__(one.error() for one in differences)


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
        """Compare one fact: the ink in its rectangle, and where its link leads."""
        where = self.announced.where(fact.place, self.met[fact.place])
        on = f"on page {fact.page + 1}"
        self.met[fact.place] += 1
        path, options = parts(fact.place)
        kind = self.ledger.kind(fact.place)
        wanted = f"result.{'/'.join(path[1:])}" if path[0] == "results" else f"claim.{path[0]}"
        if fault := self._led(fact, wanted):
            self._differs("links", f"{fact.place}, {on}, {fault}", where)
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

    def _led(self, fact: Fact, entry: str) -> str | None:
        """Return what is wrong with where a fact leads: to its entry if sources list it, or
        nowhere."""
        if entry not in self.announced.entries:
            return "leads to an entry that no source lists" if fact.target else None
        if fact.target == entry and entry in self.document.targets:
            return None
        return "does not lead to its entry in the appendix"

    def _figure(self, fact: Fact, options: Mapping[str, str], where: str | None) -> None:
        """Compare a figure, if it is of a kind that can be read."""
        name, on = options["figure"], f"on page {fact.page + 1}"
        if len(views.pictures(self.document, fact)) != 1:
            self._differs("figures", f"the figure {name} is not {on}", where)
            return
        if fault := views.fault(self.document, fact):
            self._differs("figures", f"the figure {name}, {on}, cannot be read: {fault}", where)
            return
        self.ink.found["figures"] += 1
        self.listed[fact.place] += 1
        kind = kinds.of(fact.place)
        if kind is None:
            return
        claim, within = parts(fact.place)[0][0], None
        if "within" in options:
            within = self.ledger.entry(fact.place.replace(claim, options["within"], 1))
        wanted = kind.wanted(self.ledger.entry(fact.place), within, options)
        shown = views.figure(self.document, fact, kind)
        found, expected = kind.found(shown, wanted)
        self.ink.found[kind.NAME] += found
        self.ink.expected[kind.NAME] += expected
        if shown is None:
            self._differs(kind.NAME, f"the figure {name}, {on}, holds no {kind.NAME}", where)
            return
        for fault in kind.differences(shown, wanted):
            self._differs(kind.NAME, f"the figure {name}, {on}, is not {claim}: {fault}", where)

    def _announced_facts(self) -> None:
        """Look for each fact as often as the sources print it, and for none that they do not."""
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
        """Look for the entry of every claim in the appendix, if there is one."""
        if not any(parts(place)[1].get("entry") for place in self.announced.facts):
            return
        for name, entry in self.ledger.claims.items():
            self.ink.expected["claims"] += 1
            # A definition that is the closed form itself need not be printed twice.
            once = entry["definition"] == entry["formula"]
            asked = [what for what in ENTRY if not (once and what == "definition")]
            lacking = [what for what in asked if not self.listed[f"{name}/{what}?entry=1"]]
            leads = self.document.targets.get(f"claim.{name}")
            if not lacking and leads in self.entries[f"claim.{name}"]:
                self.ink.found["claims"] += 1
                continue
            where = f"{entry['source']['file']}:{entry['source']['line']}"
            what = f"the claim {name} has no entry in the appendix"
            if lacking and len(lacking) < len(asked):
                what = f"the appendix does not show the {' and the '.join(lacking)} of {name}"
            elif not lacking:
                what = f"no link leads to the entry of {name} in the appendix"
            self._differs("claims", what, where)

    def _questions(self) -> None:
        titles = self.announced.headings
        faults = list(contents.faults(self.document, list(titles), self.announced.contents))
        self.ink.expected["questions"] = len(titles)
        self.ink.found["questions"] = len(titles) - len({title for title, _ in faults})
        for title, fault in faults:
            self._differs("questions", f"the question {title!r}: {fault}", titles[title])


def _path(fact: Fact) -> str:
    return fact.place.partition("?")[0]
