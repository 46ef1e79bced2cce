"""Random sets by Hypothesis: the engine against enumeration and against barvinok."""

import pytest
import sympy as sp
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from proofpress import Eq, IntegerSet, Mod, Ne, PressError, floor, integers
from proofpress.counting.deadline import OutOfTime, time_limit
from proofpress.counting.plain import function
from proofpress.proving.tries import small_cases

pytestmark = pytest.mark.slow

n, t, i, j, k = integers("n t i j k")

small = st.integers(-3, 3)
unit = st.sampled_from((-1, 0, 1))


@st.composite
def affine(draw, letters, factors=unit):
    return sp.Add(*(draw(factors) * letter for letter in letters), draw(small))


@st.composite
def atoms(draw, counted, parameters):
    letters = (*counted, *parameters)
    kind = draw(st.sampled_from(("order", "order", "order", "equal", "unequal", "mod", "floor")))
    if kind == "order":
        return draw(affine(letters)) >= 0
    if kind == "equal":
        return Eq(draw(affine(letters)), 0)
    if kind == "unequal":
        return Ne(draw(affine(letters)), 0)
    divisor = draw(st.integers(2, 4))
    if kind == "mod":
        return Eq(Mod(draw(affine(counted)), divisor), draw(st.integers(0, divisor - 1)))
    return floor(draw(affine(counted)) / divisor) <= draw(affine(counted))


def predicates(counted, parameters):
    return st.recursive(
        atoms(counted, parameters),
        lambda inner: st.one_of(
            st.builds(sp.And, inner, inner),
            st.builds(sp.Or, inner, inner),
            st.builds(sp.Not, inner),
        ),
        max_leaves=3,
    )


def agrees(counted, parameters, predicate, largest):
    inside = sp.And(*((letter >= 1) & (letter <= n) for letter in counted), predicate)
    assume(inside not in (sp.true, sp.false))
    given_ = sp.And(*(letter >= 0 for letter in parameters))
    points = IntegerSet("random", counted, inside, assuming=given_, parameters=parameters)
    try:
        with time_limit(5):
            value = function(parameters, points.cardinality())
    except (OutOfTime, PressError):
        # Too many floors of two parameters at once: no answer, which is never a wrong one.
        assume(False)
    for case in small_cases(parameters, given_, largest):
        expected = points.count(**{str(k): v for k, v in case.items()})
        assert value(*case.values()) == expected, (points.predicate, case)
    return points, value


relaxed = settings(
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@settings(relaxed, max_examples=150)
@given(predicates((i, j), (n, t)))
def test_two_letters_and_two_parameters(predicate):
    agrees((i, j), (n, t), predicate, 4)


@settings(relaxed, max_examples=100)
@given(predicates((i, j), (n,)))
def test_one_parameter_also_by_barvinok(predicate):
    points, value = agrees((i, j), (n,), predicate, 6)
    islpy = pytest.importorskip("islpy")
    from benchmarks import barvinok

    assert islpy
    other = barvinok.cardinality(points)
    for case in small_cases((n,), n >= 0, 25):
        assert value(*case.values()) == barvinok.value(other, case), (predicate, case)


@settings(relaxed, max_examples=60)
@given(predicates((i, j, k), (n,)))
def test_three_letters(predicate):
    agrees((i, j, k), (n,), predicate, 4)
