"""Every text of a claim is read back: a slip in any one of them is noticed where it stands."""

import re
from dataclasses import replace

import pytest

from proofpress import Count, IntegerSet, Share, integers
from proofpress.proving.printed import misprints

n, t, i, j = integers("n t i j")
window = (1 <= i) & (i <= n) & (1 <= j) & (j <= i) & (i - j <= t)
sliding = IntegerSet("sliding", (i, j), window, assuming=(n >= 1) & (t >= 0))
claim = Count("x.a", "Sliding", sliding, related={"part": Share(n**2)}).settle()


def slipped(text):
    """Return a text with its last letter n or t or number 1 changed into another."""
    *_, last = re.finditer(r"(?<![A-Za-z\\])[nt1](?![A-Za-z])", text)
    return text[: last.start()] + {"n": "t", "t": "n", "1": "3"}[last[0]] + text[last.end() :]


def test_the_claim_is_printed_as_it_is_meant():
    assert misprints(claim) == []
    assert set(claim.related) == {"part"} and claim.derivation


@pytest.mark.parametrize("text", ["formula", "definition", "domain"])
def test_a_slip_in_a_text_is_noticed(text):
    faults = misprints(replace(claim, **{text: slipped(getattr(claim, text))}))
    assert faults and all(text in str(fault) for fault in faults)


@pytest.mark.parametrize("place", range(len(claim.derivation)))
def test_a_slip_in_a_line_is_noticed(place):
    line = claim.derivation[place]
    wrong = replace(line, formula=slipped(line.formula))
    lines = (*claim.derivation[:place], wrong, *claim.derivation[place + 1 :])
    assert misprints(replace(claim, derivation=lines)) != []


@pytest.mark.parametrize("place", [k for k, line in enumerate(claim.derivation) if line.mentions])
def test_a_slip_in_the_words_of_a_line_is_noticed(place):
    line = claim.derivation[place]
    wrong = replace(line, text=re.sub(r"\$[^$]*\$", "$n + 7$", line.text, count=1))
    lines = (*claim.derivation[:place], wrong, *claim.derivation[place + 1 :])
    assert misprints(replace(claim, derivation=lines)) != []


def test_a_slip_in_a_number_without_letters_is_noticed():
    five = IntegerSet("five", (i,), (1 <= i) & (i <= 5), assuming=(1 <= 2), parameters=())
    number = Count("x.b", "Five", five).settle()
    assert number.formula == "5" and misprints(number) == []
    assert misprints(replace(number, formula="6")) != []
    assert misprints(replace(number, formula=r"\dfrac{6!}{145}")) != []
