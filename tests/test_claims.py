"""What evidence amounts to."""

import pytest

from proofpress.ledger.claims import Evidence, Verdict, conclusion


def verdict(*pairs):
    return conclusion([Evidence(method, Verdict(word), "some") for method, word in pairs]).value


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ((), "undecided"),
        ((("derivation", "proved"),), "checked"),
        ((("derivation", "proved"), ("derivation", "proved")), "checked"),
        ((("derivation", "proved"), ("enumeration", "checked")), "proved"),
        ((("enumeration", "checked"), ("oracle: numpy", "checked")), "checked"),
        ((("derivation", "proved"), ("enumeration", "checked"), ("z3", "undecided")), "undecided"),
        ((("derivation", "proved"), ("z3", "undecided"), ("enumeration", "refuted")), "refuted"),
        ((("run", "measured"),), "measured"),
        ((("word", "assumed"),), "assumed"),
        ((("run", "measured"), ("word", "assumed")), "measured"),
    ],
)
def test_conclusion(pairs, expected):
    assert verdict(*pairs) == expected


def test_time_is_no_part_of_evidence():
    assert Evidence("z3", Verdict.PROVED, "all", seconds=1) == Evidence("z3", Verdict.PROVED, "all")
