import pytest

from proofpress.drawing import facts
from proofpress.faults.errors import PressError

PROVED = {"verdict": "proved", "letters": ["n"]}
LEDGER = {
    "claims": {
        "a.x": {**PROVED, "examples": {"e": {"letters": {"n": 3}, "value": 6}}},
        "a.y": {**PROVED, "examples": {"e": {"letters": {"n": 3, "t": 1}}}},
        "b.z": {**PROVED, "examples": {}},
    }
}


@pytest.mark.parametrize("verdict", ["refuted", "undecided"])
def test_what_is_not_settled_cannot_be_drawn(verdict):
    entry = {
        "verdict": verdict,
        "evidence": [{"verdict": verdict, "method": "smt", "detail": "n = 1"}],
        "source": {"file": "derivations/a.py", "line": 3},
    }
    with pytest.raises(PressError, match=rf"a\.x is {verdict}[^\0]*smt: n = 1") as caught:
        facts.claim({"claims": {"a.x": entry}}, "a.x")
    assert caught.value.where == "derivations/a.py:3"


def test_letters_of_a_topic_come_together():
    assert facts.letters(LEDGER, "a", "e") == {"n": 3, "t": 1}


@pytest.mark.parametrize(
    ("ask", "what", "mend"),
    [
        (lambda: facts.claim(LEDGER, "a.xx"), "no claim a.xx", "did you mean a.x"),
        (
            lambda: facts.example(LEDGER, "b.z", "e"),
            "no example e of b.z",
            "give n values under [letters.b.e]",
        ),
        (lambda: facts.letter({"n": 3}, "w"), "no letter w", "known: n"),
        (lambda: facts.letters(LEDGER, "b", "e"), "no claim of b", "report.toml"),
    ],
)
def test_what_is_missing_is_named(ask, what, mend):
    with pytest.raises(PressError) as caught:
        ask()
    assert what in caught.value.what and mend in str(caught.value.mend)
