"""Whether a polynomial vanishes on all integer points of a system."""

import pytest
import sympy as sp

from proofpress.counting.polyhedra import feasible, implied, sample, upper_limit
from proofpress.counting.spaces import Space
from proofpress.counting.vanishing import Undecided, vanishes

x, y = sp.symbols("x y", integer=True)
space = Space((), (x, y))


def rows(*expressions):
    return tuple(space.row(expression) for expression in expressions)


@pytest.mark.parametrize(
    ("polynomial", "system", "answer"),
    [
        (x - y, (x - y, y - x), True),
        (x * (x - 1), (x, 1 - x), True),
        (x * (x - 1), (x, 2 - x), False),
        ((x - y) * (x - y - 1), (x - y, y + 1 - x), True),
        ((x - y) * (x - y - 1), (x - y, y + 2 - x), False),
        (x - 3, (2 * x - 5, 7 - 2 * x), True),
        (x + y, (x, y), False),
        (sp.Integer(1), (x - 1, -x), True),
        # 2x = 3y: x = 3m, y = 2m for an integer m.
        (2 * x - 3 * y, (2 * x - 3 * y, 3 * y - 2 * x), True),
        (x - y, (2 * x - 3 * y, 3 * y - 2 * x), False),
    ],
)
def test_it_is_decided(polynomial, system, answer):
    assert vanishes(space.read_polynomial(sp.expand(polynomial)), rows(*system)) is answer


def test_too_wide_to_cut_and_too_thin_to_decide_is_undecided(monkeypatch):
    # Where no point is found that shows a difference, only cutting into equations can decide.
    monkeypatch.setattr("proofpress.counting.vanishing.sample", lambda system: None)
    with pytest.raises(Undecided):
        vanishes(space.read_polynomial(x), rows(x, 10_000 - x))


def test_fourier_motzkin_by_hand():
    triangle = rows(x - 1, y - x, 5 - y)
    assert feasible(triangle)
    assert not feasible((*triangle, *rows(x - 6)))
    assert implied(space.row(y - 1), triangle)
    assert not implied(space.row(y - 2), triangle)
    assert upper_limit(space.row(y - x), triangle) == 4
    assert upper_limit(space.row(x + y), rows(x)) is None
    point = sample(triangle)
    assert point is not None and all(
        row[0] * point[0] + row[1] * point[1] + row[-1] >= 0 for row in triangle
    )
