"""A thousand random cases, and what was found before; `make fuzz` tries twenty thousand."""

from __future__ import annotations

import pytest

from .runner import SEED, run, told_in_full

CASES = 1000


@pytest.mark.slow
def test_a_thousand_random_cases_show_no_difference() -> None:
    table = run(SEED, range(CASES), 2, lambda result: None)
    assert sum(row["cases"] for row in table.rows.values()) == CASES
    assert [told_in_full(SEED, fault) for fault in table.faults] == [], table.text()
