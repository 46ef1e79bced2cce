"""What is not negative: the ways that are found, and those that must not be."""

from fractions import Fraction

import pytest

from proofpress import ceiling, floor, integers
from proofpress.ledger.claims import Verdict
from proofpress.proving import solver
from proofpress.proving.on_domain import by_algebra, by_solver, has_value, not_negative, positive
from proofpress.proving.polynomials import by_squares, times, way
from proofpress.proving.simplex import multiples
from proofpress.terms.arithmetic import letter, minus, number, scaled
from proofpress.terms.tree import as_term

a, n = letter("a"), letter("n")
k, t = integers("k t")


def test_a_whole_number_above_minus_one_is_enough_and_no_less():
    square = times(n, n)
    assert by_squares(minus(square, n)).kind == "squares"  # least at 1/2, where it is -1/4
    assert by_squares(minus(square, scaled(n, 2))) is None  # -1 at n = 1
    assert way([], minus(square, scaled(n, 2))) is None


def test_what_fails_somewhere_has_no_way():
    assert way([n], minus(times(n, n), scaled(n, 40))) is None
    assert way([n, a], minus(times(n, a), number(1))) is None
    assert way([], minus(times(n, n), times(a, a))) is None
    assert way([minus(n, a)], minus(times(n, n), times(a, a))) is None


def test_facts_that_contradict_each_other_show_anything():
    assert way([minus(n, number(3)), minus(number(2), n)], number(-1)).kind == "products"


def test_multiples_add_up():
    vectors = [{"x": 1, "y": 1}, {"x": 1, "y": -1}, {"z": 1}]
    found = multiples(vectors, {"x": 3, "y": 1})
    assert found == {0: 2, 1: 1}
    assert multiples(vectors, {"x": 1, "y": 2}) is None


@pytest.mark.parametrize("above", range(-9, 10))
@pytest.mark.parametrize("below", [-3, -2, -1, 1, 2, 3])
def test_the_solver_rounds_as_python_does(above, below):
    at = (k == above) & (t == below)
    for rounded, value in ((floor(k / t), above // below), (ceiling(k / t), -(-above // below))):
        assert solver.satisfied([at, rounded == value], ("k", "t"))[0] == "sat"
        assert solver.satisfied([at, rounded != value], ("k", "t"))[0] == "unsat"
    assert solver.satisfied([at, k % t != above % below], ("k", "t"))[0] == "unsat"
    larger = "sat" if Fraction(above, below) >= 2 else "unsat"
    assert solver.satisfied([at, k / t >= 2], ("k", "t"))[0] == larger


@pytest.mark.parametrize("shown", [by_algebra, by_solver])
def test_a_duty_holds_on_the_whole_domain_or_is_open(shown):
    def verdict(duty, assuming):
        found = shown([duty], assuming, (k,))
        return Verdict.PROVED if found is None else found.verdict

    one_less = as_term(k) - 1
    assert verdict(positive(one_less), k >= 2) is Verdict.PROVED
    assert verdict(positive(one_less), k >= 1) is Verdict.UNDECIDED
    assert verdict(positive(one_less), (k >= 1) & (k <= 9)) is Verdict.UNDECIDED
    assert verdict(not_negative(one_less), k >= 1) is Verdict.PROVED
    assert verdict(has_value(1 / one_less), k >= 1) is Verdict.UNDECIDED
    assert verdict(has_value(1 / one_less), k >= 2) is Verdict.PROVED
