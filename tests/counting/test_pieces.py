"""Counts on a domain of several pieces: each case's condition says no more than it must."""

import pytest
import sympy as sp

from proofpress.counting.cardinality import cardinality_cases

n, k = sp.symbols("n k", integer=True)
# 3 floor(x / 3) is 0 for a remainder x by 3: that the two differ by no -3 is true of every n.
NEVER = sp.Mod(n, 3) - 3 * sp.floor(sp.Mod(n, 3) / 3)


@pytest.mark.parametrize(
    ("assuming", "cases"),
    [
        (sp.Ne(NEVER, -3) | (n >= 5), 2),
        ((sp.Ne(n, 3) | (n >= 5)) & sp.Ne(NEVER, -3), 3),
        ((n <= 3) | (n <= 1), 2),
        ((n <= 3) | (n >= 7), 2),
    ],
)
def test_a_case_says_where_it_holds_and_nothing_else(assuming: sp.Basic, cases: int) -> None:
    found = cardinality_cases((k,), (n,), (1 <= k) & (k <= n), (n >= 0) & assuming)
    for value in range(9):
        inside = [form.subs(n, value) for form, where in found.parts if where.subs(n, value)]
        assert inside == ([value] if assuming.subs(n, value) else [])
    assert len(found.parts) == cases
    conditions = [condition for _, condition in found.parts]
    assert all(len(sp.And.make_args(condition)) <= 2 for condition in conditions), conditions
    assert not any(condition.has(sp.floor) for condition in conditions)
