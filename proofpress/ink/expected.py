"""What the ledger says at a fact's place, held against what the ink reads there.

Place in the chain: ledger, results -> **expected** <- reading of the ink. A formula has to read as
its LaTeX and to have the value of the closed form; a number has to be the exact one, or the exact
one rounded to the digits that are printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from proofpress.documents.facts import letters_latex, proved
from proofpress.documents.printed import ASSUMED, parts
from proofpress.faults.errors import PressError
from proofpress.ink import meaning
from proofpress.ink.kept import Kept
from proofpress.ink.readings import of_latex
from proofpress.ledger.expressions import value

KINDS = ("formulas", "numbers", "settings", "results", "verdicts")
_KIND_OF = {
    "formula": "formulas", "definition": "formulas", "domain": "formulas", "verdict": "verdicts",
    "letters": "settings",
}  # fmt: skip
_INTEGER = re.compile(r"(−?)(\d{1,3}(?:,\d{3})+|\d+)")
_FRACTION = re.compile(r"(−?)⟨(\d+)⟩/⟨(\d+)⟩")
_DECIMAL = re.compile(r"([−-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(%?)")

Evaluate = Callable[[str, Mapping[str, int]], Fraction]


class Ledger:
    """The claims and the recorded results, asked by place.

    What a formula reads as LaTeX, and its value, can be `kept`: most are printed more than once.
    """

    def __init__(
        self, claims: Mapping[str, Any], results: Mapping[str, Any], kept: Kept | None = None
    ) -> None:
        self.claims, self.results = claims, results
        self._kept = Kept() if kept is None else kept
        # Readings that are right as LaTeX, but whose value could not be taken.
        self.unvalued: set[str] = set()

    def entry(self, place: str) -> Any:
        """Return what stands at a place. Raises PressError when nothing does.

        >>> Ledger({"a.b": {"formula": "n"}}, {}).entry("a.b/formula?assumed=undecided")
        'n'
        """
        path, _ = parts(place)
        found: Any = {"results": self.results} if path[0] == "results" else self.claims
        for step in path:
            try:
                found = found[int(step)] if isinstance(found, list) else found[step]
            except (KeyError, IndexError, ValueError, TypeError) as error:
                raise PressError(f"the ledger has nothing at {place}", None, "build it") from error
        return found

    def kind(self, place: str) -> str:
        """Return what is printed at a place: one of KINDS, or "figures"."""
        path, options = parts(place)
        if "figure" in options:
            return "figures"
        if path[0] == "results":
            return "results"
        return _KIND_OF.get(path[-1], "numbers")

    def fault(self, place: str, reading: str) -> str | None:
        """Return what is wrong with the ink at a place; None when it shows what the ledger says."""
        path, options = parts(place)
        entry = self.entry(place)
        reading, said = _without_mark(reading)
        if fault := self._unmarked(path[0], options, said):
            return fault
        kind = self.kind(place)
        if kind == "formulas":
            return self._formula_fault(path, entry, reading)
        if kind == "settings":
            return _differs(self._of_latex(letters_latex(entry)), reading)
        if kind == "verdicts":
            return _differs(str(entry), reading)
        if kind == "results":
            return _result_fault(entry, reading)
        if not isinstance(entry, Mapping):
            return number_fault(entry, reading, options)
        closed_form = self.claims[path[0]]["closed_form"]
        return number_fault(entry["value"], reading, options) or self._stale(entry, closed_form)

    def _unmarked(self, name: str, options: Mapping[str, str], said: str) -> str | None:
        """Look whether a claim that is not settled says so wherever it is printed."""
        if name == "results" or options.get("entry"):
            return None
        verdict = self.claims[name]["verdict"]
        wanted = "" if proved(self.claims[name]) else ASSUMED.get(verdict, "assumed")
        if said == wanted.replace(" ", ""):
            return None
        return f"the claim is {verdict}, and the ink says {said or 'nothing of it'}"

    def _formula_fault(self, path: Sequence[str], entry: str, reading: str) -> str | None:
        if fault := _differs(self._of_latex(entry), reading):
            return fault
        claim = self.claims[path[0]]
        if path[1:] == ("formula",):
            try:
                form, domain, letters = (claim[x] for x in ("closed_form", "domain", "letters"))
                agrees = ("agrees", reading, form, domain, *letters)
                return self._kept.recall(
                    agrees, lambda: meaning.difference(reading, form, domain, letters)
                )
            except meaning.NotRead:
                self.unvalued.add(path[0])
        if path[1] == "related":
            return self._related_fault(claim, claim["related"][path[2]], reading)
        return None

    def _related_fault(
        self, claim: Mapping[str, Any], entry: Mapping[str, Any], reading: str
    ) -> str | None:
        """Return the formula of a related expression, at the examples for which the ledger has
        values."""
        for name, number in entry["examples"].items():
            letters = claim["examples"][name]["letters"]
            shown = self._value("reading's value", meaning.at, reading, letters)
            if shown is None:
                return None
            if shown != Fraction(number):
                return f"at the example {name} the ink says {shown}, the ledger {number}"
        return None

    def _stale(self, example: Mapping[str, Any], closed_form: str) -> str | None:
        """Return whether the ledger's own number is the closed form's value at the example's
        letters."""
        proved_value = self._value("value", value, closed_form, example["letters"])
        if proved_value is None or proved_value == Fraction(example["value"]):
            return None  # without a value: a truth, a change of letters
        return f"the ledger says {example['value']}, its closed form gives {proved_value}"

    def _of_latex(self, text: str) -> str:
        found: str = self._kept.recall(("latex", text), lambda: of_latex(text))
        return found

    def _value(
        self, name: str, evaluate: Evaluate, text: str, letters: Mapping[str, int]
    ) -> Fraction | None:
        """Return the value of a text at given letters; None where it has none."""

        def look() -> tuple[int, int] | None:
            try:
                return evaluate(text, letters).as_integer_ratio()
            except (PressError, meaning.NotRead):
                return None

        found = self._kept.recall((name, text, *sorted(letters.items())), look)
        return None if found is None else Fraction(*found)


def number_fault(number: int | str, reading: str, options: Mapping[str, str]) -> str | None:
    """Return what is wrong with a number in ink.

    >>> number_fault(8384, "8,384", {}), number_fault("13/24", "54.2%", {"percent": "1"})
    (None, None)
    >>> number_fault(8384, "8,348", {})
    'the ink reads 8,348, the ledger says 8384'
    """
    exact = Fraction(number)
    wrong = f"the ink reads {reading or 'nothing'}, the ledger says {number}"
    for name, scale in (("percent", 100), ("decimal", 1)):
        if name in options:
            found = _DECIMAL.fullmatch(reading)
            if not found or (found[4] == "%") != (name == "percent"):
                return wrong
            digits = len(found[3] or "")
            good = digits == int(options[name]) and rounds_to(exact * scale, reading, digits)
            return None if good else f"{wrong}, with {options[name]} decimals"
    if found := _INTEGER.fullmatch(reading):
        shown = Fraction(found[2].replace(",", ""))
    elif found := _FRACTION.fullmatch(reading):
        shown = Fraction(int(found[2]), int(found[3]))
    else:
        return wrong
    return None if (-shown if found[1] else shown) == exact else wrong


def rounds_to(exact: Fraction, reading: str, digits: int) -> bool:
    """Return whether a decimal in ink is the exact value rounded to its last digit.

    >>> rounds_to(Fraction(1, 3), "0.33", 2), rounds_to(Fraction(123, 10000), "1.23", 2)
    (True, False)
    """
    shown = Fraction(reading.rstrip("%").replace(",", "").replace("−", "-"))
    return abs(shown - exact) <= Fraction(1, 2 * 10**digits)


def _result_fault(entry: Mapping[str, Any], reading: str) -> str | None:
    """Look whether a result reads as it was recorded, and is its value rounded."""
    if fault := _differs("".join(str(entry["text"]).split()), reading.replace("−", "-")):
        return fault
    found, number = _DECIMAL.fullmatch(reading), entry["value"]
    if found and isinstance(number, int | float) and not isinstance(number, bool):
        exact = Fraction(str(number))
        if not rounds_to(exact, reading, len(found[3] or "")):
            return f"the ink reads {reading}, the recorded value is {number}"
    return None


def _without_mark(reading: str) -> tuple[str, str]:
    """Return the reading without the remark that it is assumed, and the remark."""
    for mark in ("assumed,thoughrefuted", "assumed"):
        if reading.endswith(f"({mark})"):
            return reading.removesuffix(f"({mark})"), mark
    return reading, ""


def _differs(wanted: str, reading: str) -> str | None:
    if wanted == reading:
        return None
    return f"the ink reads {reading or 'nothing'}, the ledger says {wanted}"
