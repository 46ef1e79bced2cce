"""What the solver is asked in place of floors and remainders has their values."""

from itertools import product

import pytest
import sympy as sp

from proofpress.counting.plain import function
from proofpress.proving.smt import settled

n, t = sp.symbols("n t", integer=True)


@pytest.mark.parametrize(
    "bent",
    [
        sp.floor((4 * n + t) / 2, evaluate=False),
        sp.floor((4 * n + 2 * t + 3) / 2, evaluate=False),
        sp.floor((6 * n - 4 * t - 5) / 2, evaluate=False) - sp.floor(t / 3),
        sp.floor((n + 6) / 3, evaluate=False) + sp.floor((3 * n - 7) / 3, evaluate=False),
        sp.Mod(4 * n + t, 4, evaluate=False),
        sp.Mod(4 * n + 8 * t + 3, 4, evaluate=False),
        sp.Mod(6 * n - 1, 3, evaluate=False) * sp.Mod(n + 3 * t, 3, evaluate=False),
    ],
    ids=str,
)
def test_it_has_the_same_values(bent):
    before, after = function((n, t), bent), function((n, t), settled(bent))
    for at in product(range(-5, 6), repeat=2):
        assert before(*at) == after(*at), at
