"""The entry that is probably meant: by value, by percentage, by another way of writing."""

from typing import Any

import pytest

from proofpress.audit.handwritten import Finding
from proofpress.audit.suggestions import entry

CLAIMS: dict[str, Any] = {
    "a.causal": {
        "formula": r"\dfrac{n(n + 1)}{2}",
        "domain": r"n \ge 1",
        "closed_form": "n*(n + 1)/2",
        "examples": {"grid": {"letters": {"n": 12}, "value": 78}},
        "related": {
            "fraction": {"formula": r"\dfrac{n + 1}{2n}", "examples": {"grid": "13/24"}},
            "full": {"formula": "n^{2}", "examples": {"grid": 144}},
        },
    }
}
RESULTS = {"test.size": {"value": 2000, "text": "2,000"}}


@pytest.mark.parametrize(
    ("kind", "text", "meant"),
    [
        ("number", "78", 'claim("a.causal").at("grid")'),
        ("number", "144", 'claim("a.causal").related("full").at("grid")'),
        ("number", "54.2", 'claim("a.causal").related("fraction").at("grid")|percent'),
        ("number", "2{,}000", 'result("test.size")'),
        ("number", "79", None),
        ("formula", r"\frac{n^{2} + n}{2}", 'claim("a.causal").formula'),
        ("formula", "n(n+1)/2", 'claim("a.causal").formula'),
        ("formula", r"n \ge 1", 'claim("a.causal").domain'),
        ("formula", "n^2", 'claim("a.causal").related("full").formula'),
        ("formula", "n(n-1)/2", None),
        ("formula", r"\mathfrak{n} + 1", None),
    ],
)
def test_the_entry_that_is_meant(kind: str, text: str, meant: str | None) -> None:
    assert entry(Finding(kind, text, "a", 1), CLAIMS, RESULTS) == meant
