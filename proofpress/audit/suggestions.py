"""The ledger's entry that is probably meant by something typed by hand.

Place in the chain: finding, ledger, results -> **entry** -> `make check`. A formula is known
by its value, so another way of writing it is found as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from proofpress.audit.handwritten import Finding
from proofpress.faults.errors import PressError
from proofpress.ink import meaning
from proofpress.ink.readings import of_latex


def entry(finding: Finding, claims: Mapping[str, Any], results: Mapping[str, Any]) -> str | None:
    """Return how a template prints the entry that is probably meant; None when none fits.

    >>> claim = {"formula": r"\\dfrac{n(n + 1)}{2}", "domain": "", "letters": ["n"],
    ...          "closed_form": "n*(n + 1)/2", "related": {}, "examples": {}}
    >>> entry(Finding("formula", "(n + 1) n/2", "a", 1), {"a.b": claim}, {})
    'claim("a.b").formula'
    """
    found = _formulas if finding.kind == "formula" else _numbers
    return next(found(finding.text, claims, results), None)


def _numbers(text: str, claims: Mapping[str, Any], results: Mapping[str, Any]) -> Iterator[str]:
    plain = text.replace("{,}", "").replace(",", "")
    try:
        wanted = Fraction(plain)
    except ValueError:
        return
    for name, claim in claims.items():
        for example, shown in claim["examples"].items():
            if _is(shown["value"], wanted):
                yield f'claim("{name}").at("{example}")'
    for name, claim in claims.items():
        for key, related in claim["related"].items():
            for example, value in related["examples"].items():
                if _is(value, wanted):
                    yield f'claim("{name}").related("{key}").at("{example}")'
                elif _is_percentage(value, plain):
                    yield f'claim("{name}").related("{key}").at("{example}")|percent'
    for key, result in results.items():
        if str(result["text"]).replace(",", "") == plain:
            yield f'result("{key}")'


def _is(value: object, wanted: Fraction) -> bool:
    return not isinstance(value, bool) and Fraction(str(value)) == wanted


def _is_percentage(value: object, plain: str) -> bool:
    if isinstance(value, bool) or "." not in plain:
        return False
    digits = len(plain.partition(".")[2])
    return abs(Fraction(str(value)) * 100 - Fraction(plain)) * 2 <= Fraction(1, 10**digits)


def _formulas(text: str, claims: Mapping[str, Any], results: Mapping[str, Any]) -> Iterator[str]:
    del results
    try:
        reading = of_latex(text)
    except PressError:
        return
    for name, claim in claims.items():
        for key in ("formula", "domain"):
            if _reads(claim[key]) == reading:
                yield f'claim("{name}").{key}'
        for key, related in claim["related"].items():
            if _reads(related["formula"]) == reading:
                yield f'claim("{name}").related("{key}").formula'
    fraction = re.fullmatch(r"(.+)/(\w+)", reading)
    value = f"⟨{fraction[1]}⟩/⟨{fraction[2]}⟩" if fraction and "⟨" not in reading else reading
    for name, claim in claims.items():
        try:
            if meaning.difference(value, claim["closed_form"]) is None:
                yield f'claim("{name}").formula'
        except meaning.NotRead:
            continue


def _reads(latex: str) -> str | None:
    try:
        return of_latex(latex)
    except PressError:
        return None
