"""What changed between two snapshots: claims, numbers, figures, pages.

Place in the chain: two PDFs -> **changes** -> text, or a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from proofpress.audit.snapshot import Figure, Page, Snapshot
from proofpress.documents.printed import parts

KINDS = ("claim", "number", "figure", "page")
_FIELDS = ("definition", "domain", "formula", "closed_form", "verdict", "title")
_MATHEMATICS = ("definition", "domain", "formula")
_SHOWN = 3  # lines of a page that are quoted


@dataclass(frozen=True)
class Change:
    """One change: of what kind, of what, and both states; `mathematics` when these are LaTeX."""

    kind: str
    what: str
    before: str
    after: str
    mathematics: bool = False

    def __str__(self) -> str:
        return f"{self.kind} {self.what}\n  before: {self.before}\n  after:  {self.after}"


def changes(old: Snapshot, new: Snapshot) -> list[Change]:
    """Return all changes from `old` to `new`, kind by kind."""
    found = [*_claims(old, new), *_results(old, new), *_ink(old, new)]
    found += [*_figures(old.figures, new.figures), *_pages(old.pages, new.pages)]
    return found


def _claims(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    if old.claims is None or new.claims is None:
        if (old.claims is None) != (new.claims is None):
            yield Change("claim", "ledger", _carried(old.claims), _carried(new.claims))
        return
    for name in sorted(old.claims.keys() | new.claims.keys()):
        before, after = old.claims.get(name), new.claims.get(name)
        if before is None or after is None:
            yield Change("claim", name, _there(before), _there(after))
            continue
        for key in _FIELDS:
            if before[key] != after[key]:
                latex = key in _MATHEMATICS
                yield Change("claim", f"{name}, {key}", str(before[key]), str(after[key]), latex)
        if before["evidence"] != after["evidence"]:
            yield Change("claim", f"{name}, evidence", _methods(before), _methods(after))
        yield from _values(name, before, after)


def _values(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    """Yield the values of a claim at its examples."""
    for example in sorted(before["examples"].keys() & after["examples"].keys()):
        one, other = before["examples"][example], after["examples"][example]
        if (one["letters"], one["value"]) != (other["letters"], other["value"]):
            yield Change("number", f"{name}, {example}", _at(one), _at(other))
        elif one.get("cells") != other.get("cells"):
            yield Change("number", f"{name}, pairs of {example}", "these", "others, as many")


def _results(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    before, after = old.results or {}, new.results or {}
    for key in sorted(before.keys() | after.keys()):
        one, other = before.get(key), after.get(key)
        if one is None or other is None:
            yield Change("number", key, _there(one), _there(other))
        elif one["value"] != other["value"] or one["text"] != other["text"]:
            yield Change("number", key, _recorded(one), _recorded(other))


def _ink(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    """Yield what the same place of the ledger looks like on paper."""
    for place in sorted(old.facts.keys() & new.facts.keys()):
        before = sorted({reading for reading, _ in old.facts[place]})
        after = sorted({reading for reading, _ in new.facts[place]})
        if before != after:
            path, _ = parts(place)
            pages = sorted({page for _, page in new.facts[place]})
            kind = "claim" if path[-1] in _FIELDS else "number"
            where = f"{place}, in ink on page{'s'[: len(pages) > 1]} {', '.join(map(str, pages))}"
            yield Change(kind, where, "; ".join(before), "; ".join(after))
    for place in sorted(old.facts.keys() ^ new.facts.keys()):
        kind = "claim" if parts(place)[0][-1] in _FIELDS else "number"
        yield Change(kind, place, _printed(old.facts.get(place)), _printed(new.facts.get(place)))


def _figures(old: Mapping[str, Figure], new: Mapping[str, Figure]) -> Iterator[Change]:
    for place in sorted(old.keys() | new.keys()):
        before, after = old.get(place), new.get(place)
        name = f"{parts(place)[1]['figure']} ({parts(place)[0][0]})"
        if before is None or after is None:
            yield Change("figure", name, _there(before), _there(after))
        elif before.squares != after.squares:
            moved = sorted(before.squares ^ after.squares)
            first = ", ".join(f"({i}, {j})" for i, j in moved[:4])
            more = f" and {len(moved) - 4} more" if len(moved) > 4 else ""
            what = f"{name}: squares {first}{more}"
            yield Change("figure", what, _squares(before), _squares(after))
        elif before.digest != after.digest:
            yield Change(
                "figure", name, f"page {before.page}", f"drawn otherwise, page {after.page}"
            )


def _pages(old: list[Page], new: list[Page]) -> Iterator[Change]:
    if len(old) != len(new):
        yield Change("page", "number of pages", str(len(old)), str(len(new)))
    matched = SequenceMatcher(
        None, [p.digest for p in old], [p.digest for p in new], autojunk=False
    )
    for tag, a, b, c, d in matched.get_opcodes():
        if tag == "equal":
            continue
        for k in range(max(b - a, d - c)):
            before = old[a + k] if a + k < b else None
            after = new[c + k] if c + k < d else None
            number = c + k + 1 if after is not None else a + k + 1
            yield _page(number, before, after)


def _page(number: int, before: Page | None, after: Page | None) -> Change:
    if before is None or after is None:
        return Change("page", str(number), _there(before), _there(after))
    if fault := after.fault or before.fault:
        return Change("page", str(number), before.fault or "readable", after.fault or "readable")
    del fault
    gone, come = _lines(before.lines, after.lines)
    if not gone and not come:
        return Change("page", str(number), "this drawing", "the same words, drawn otherwise")
    return Change("page", str(number), gone or "nothing", come or "nothing")


def _lines(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, str]:
    """Return the first lines that are gone, and the first that have come."""
    gone: list[str] = []
    come: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += before[a:b]
            come += after[c:d]
    return _quoted(gone), _quoted(come)


def _quoted(lines: list[str]) -> str:
    more = f" ... ({len(lines) - _SHOWN} more lines)" if len(lines) > _SHOWN else ""
    return " | ".join(lines[:_SHOWN]) + more


def _there(entry: object) -> str:
    return "absent" if entry is None else "present"


def _carried(claims: object) -> str:
    return "not attached" if claims is None else "attached"


def _methods(claim: Mapping[str, Any]) -> str:
    return ", ".join(f"{e['method']} ({e['verdict']}, {e['scope']})" for e in claim["evidence"])


def _at(example: Mapping[str, Any]) -> str:
    letters = ", ".join(f"{letter} = {number}" for letter, number in example["letters"].items())
    return f"{example['value']} at {letters or 'no letters'}"


def _recorded(result: Mapping[str, Any]) -> str:
    return f"{result['text']} ({result['value']})"


def _printed(readings: list[tuple[str, int]] | None) -> str:
    if not readings:
        return "not printed"
    return f"{readings[0][0]}, on page {', '.join(str(page) for _, page in readings)}"


def _squares(figure: Figure) -> str:
    return f"{len(figure.squares)} squares marked, page {figure.page}"
