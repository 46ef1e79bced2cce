"""Recurrences: operations by shapes and by a run that counts."""

import pytest
import sympy as sp

from proofpress import IntegerSet, MatrixTerm, PressError, Recurrence, Tensor, integers
from proofpress.counting.recurrences import Scalar, Tally, ancestors, longest_chain, run

n, c, h, i = integers("n c h i")
line = IntegerSet("line", (i,), (i >= 1) & (i <= n), assuming=n >= 1)


def chain(*offsets):
    terms = [MatrixTerm(Tensor("W_in", (h, c)))]
    terms += [
        MatrixTerm(Tensor(f"W_{k}", (h, h)), offset=(step,)) for k, step in enumerate(offsets)
    ]
    return Recurrence("chain", line, terms)


@pytest.mark.parametrize("padded", [True, False])
@pytest.mark.parametrize("offsets", [(), (-1,), (-2,), (-1, -3)])
def test_a_sequence_by_shapes_and_by_a_run(offsets, padded):
    recurrence = chain(*offsets)
    multiplies = sum(part.size for part in recurrence.multiplies(padded))
    adds = sum(part.size for part in recurrence.adds(padded))
    for values in ((1, 1, 1), (2, 1, 3), (5, 2, 2)):
        case = dict(zip((n, c, h), values, strict=True))
        tally = run(recurrence, case, padded)
        assert tally.multiplies == sp.sympify(multiplies).subs(case)
        assert tally.adds == sp.sympify(adds).subs(case)
        assert tally.activations == case[n] * case[h]


def test_depth_and_reach_of_a_sequence():
    assert longest_chain(chain(-1), {"n": 6}) == 6
    assert longest_chain(chain(-2), {"n": 6}) == 3
    assert longest_chain(chain(), {"n": 6}) == 1
    assert ancestors(chain(-2), (5,), {"n": 6}) == {(5,), (3,), (1,)}


def test_a_recurrence_may_run_backwards_but_not_wait_for_itself():
    case = {n: 3, c: 1, h: 1}
    assert run(chain(1), case, padded=True) == run(chain(-1), case, padded=True)
    with pytest.raises(PressError, match="waits for itself"):
        run(chain(1, -1), case, padded=True)


def test_scalars_count_what_they_do():
    tally = Tally()
    total = Scalar(2, tally) * Scalar(3, tally) + Scalar(4, tally)
    assert (total.value, tally.multiplies, tally.adds) == (10, 1, 1)
    total.activated()
    assert tally.activations == 1
