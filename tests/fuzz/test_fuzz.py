"""A thousand random cases, and what was found before; `make fuzz` tries twenty thousand."""

from __future__ import annotations

from random import Random

import pytest

from . import cases
from .judge import closed_form, first_fault, judged_claim, judged_set
from .press import made
from .runner import SEED, run, told_in_full
from .statements import number_of

CASES = 1000
LOT = Random(11)


@pytest.mark.slow
def test_a_thousand_random_cases_show_no_difference() -> None:
    table = run(SEED, range(CASES), 2, lambda result: None)
    assert sum(row["cases"] for row in table.rows.values()) == CASES
    assert [told_in_full(SEED, fault) for fault in table.faults] == [], table.text()


@pytest.mark.parametrize("fixed", cases.CLAIMS, ids=lambda fixed: fixed.name)
def test_a_claim_found_before(fixed: cases.Fixed) -> None:
    claim = made(fixed.case.source, fixed.case.names)
    fault = first_fault(fixed.case, closed_form(claim.closed_form, fixed.case.letters), LOT)
    if fixed.true:
        assert fault is None
        assert str(claim.settle().verdict) not in ("refuted", "undecided")
    else:
        assert fault is not None
        assert judged_claim(fixed.case, LOT).column in ("refuted", "undecided", "refused")


@pytest.mark.parametrize("fixed", cases.SETS, ids=lambda fixed: fixed.name)
def test_a_set_found_before(fixed: cases.Fixed) -> None:
    outcome = judged_set(fixed.case, LOT, settle=True)
    for values, number in fixed.worth.items():
        known = dict(zip(fixed.case.parameters, values, strict=True))
        assert number_of(fixed.case, known) == number
    assert outcome.column == "proved", outcome
