"""What a figure asks of the facts: counted points, letters and exact values."""

from fractions import Fraction

import pytest

from proofpress.documents.facts import Facts
from proofpress.faults.errors import PressError

PROVED = {"verdict": "proved", "letters": ["n"]}
SHOWN = {"letters": {"n": 3}, "value": 6, "cells": [[1, 1], [2, 1]]}
FACTS = Facts(
    {
        "claims": {
            "a.x": {
                **PROVED,
                "condition": "n >= 1",
                "closed_form": "n*(n + 1)/2",
                "examples": {"e": SHOWN},
            },
            "a.y": {**PROVED, "examples": {"e": {"letters": {"n": 3, "t": 1}, "value": 1}}},
            "b.z": {**PROVED, "examples": {}},
        }
    }
)


@pytest.mark.parametrize("verdict", ["refuted", "undecided"])
def test_what_is_not_settled_cannot_be_drawn(verdict: str) -> None:
    entry = {
        "verdict": verdict,
        "evidence": [{"verdict": verdict, "method": "smt", "detail": "n = 1"}],
        "source": {"file": "derivations/a.py", "line": 3},
    }
    with pytest.raises(PressError, match=rf"a\.x is {verdict}[^\0]*smt: n = 1") as caught:
        Facts({"claims": {"a.x": entry}}).claim("a.x")
    assert caught.value.where == "derivations/a.py:3"


def test_a_claim_is_asked_for_points_letters_and_values() -> None:
    claim = FACTS.claim("a.x")
    shown = claim.at("e")
    assert (shown.value, shown.cells, shown.letter("n")) == (6, {(1, 1), (2, 1)}, 3)
    assert claim.value(n=5) == Fraction(15)


def test_letters_of_a_topic_come_together() -> None:
    assert FACTS.letters("a", "e") == {"n": 3, "t": 1}


@pytest.mark.parametrize(
    ("ask", "what", "mend"),
    [
        (lambda: FACTS.claim("a.xx"), "no claim a.xx", "did you mean a.x"),
        (
            lambda: FACTS.claim("b.z").at("e"),
            "no example e of b.z",
            "give n values under [letters.b.e]",
        ),
        (lambda: FACTS.claim("a.x").at("e").letter("w"), "no letter w", "known: n"),
        (lambda: FACTS.letters("b", "e"), "no claim of b", "report.toml"),
        (lambda: FACTS.claim("a.x").value(m=3), "says nothing of m = 3", "where n >= 1"),
        (lambda: FACTS.claim("a.x").value(n=-5), "says nothing of n = -5", "where n >= 1"),
        (lambda: FACTS.result("loss"), "has no recorded results", "in the notebook"),
    ],
)
def test_what_is_missing_is_named(ask, what, mend) -> None:
    with pytest.raises(PressError) as caught:
        ask()
    assert what in caught.value.what and mend in str(caught.value.mend)
