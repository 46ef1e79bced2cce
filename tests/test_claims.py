"""What evidence amounts to."""

import pytest

from proofpress.ledger.claims import Evidence, Verdict, conclusion

ENGINES = {
    "derivation": ("regions", "inequalities"),
    "certificate": ("regions",),
    "products": ("inequalities",),
    "enumeration": ("evaluation",),
    "search": ("evaluation",),
    "z3": ("z3",),
    "z3 again": ("z3",),
    "domain": ("inequalities", "z3"),
}


def verdict(*pairs):
    found = [
        Evidence(method, Verdict(word), "some", engines=ENGINES.get(method, ()))
        for method, word in pairs
    ]
    return conclusion(found).value


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ((), "undecided"),
        ((("derivation", "proved"),), "checked"),
        ((("derivation", "proved"), ("derivation", "proved")), "checked"),
        ((("derivation", "proved"), ("enumeration", "checked")), "proved"),
        ((("certificate", "proved"), ("z3", "proved")), "proved"),
        # Two names are no two engines.
        ((("z3", "proved"), ("z3 again", "proved")), "checked"),
        ((("derivation", "proved"), ("certificate", "proved")), "checked"),
        ((("derivation", "proved"), ("products", "proved"), ("domain", "proved")), "checked"),
        ((("derivation", "proved"), ("certificate", "proved"), ("z3", "proved")), "proved"),
        ((("derivation", "proved"), ("by a friend", "proved")), "checked"),
        ((("enumeration", "checked"), ("search", "checked"), ("z3", "checked")), "checked"),
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
