"""Stated forms in unusual shapes: what is true is proved, and what has no value is false."""

from fractions import Fraction
from itertools import product

import pytest
import sympy as sp
from stated_forms import FALSE, TRIANGLE, TRUE, causal, i, j, k, line, mask, n, negative, quarter

from proofpress import Abs, Count, Eq, Piecewise, PressError, Sum, binomial, floor
from proofpress.ledger.claims import Evidence, Verdict, conclusion
from proofpress.proving.cells import Cell, Names, Open
from proofpress.proving.methods import stated_form as agreements
from proofpress.proving.methods import stated_points
from proofpress.proving.methods.stated_form import explored
from proofpress.proving.methods.stated_form import find as agreement
from proofpress.proving.polys import constant, cuts, summed, variable
from proofpress.proving.statements.stated import stated_form, tried
from proofpress.proving.witnesses import Comparison
from proofpress.terms.in_sympy import term_of
from proofpress.terms.tree import Letter, as_term
from proofpress.terms.value import NoValue, value

N = sp.Symbol("n", integer=True)


def counter(counted):
    return lambda case: counted.count(**{str(letter): x for letter, x in case.items()})


def comparison(counted, stated, derived=None):
    form = term_of(counted.cardinality()) if derived is None else as_term(derived)
    letters = tuple(counted.parameters)
    return Comparison(as_term(stated), form, letters, counted.assumed, counter(counted))


def verdicts(counted, stated):
    """Return the verdicts of both methods that look at a stated form."""
    one = comparison(counted, stated)
    return agreement(one).verdict, stated_points.find(one).verdict


@pytest.mark.parametrize("counted", TRUE, ids=lambda counted: counted.name)
def test_true_forms_in_unusual_shapes_are_proved(counted):
    for stated in TRUE[counted]:
        assert verdicts(counted, stated) == (Verdict.PROVED, Verdict.CHECKED), stated


def test_there_are_many_of_them():
    assert sum(map(len, TRUE.values())) >= 80
    assert sum(map(len, FALSE.values())) >= 25


@pytest.mark.parametrize("counted", FALSE, ids=lambda counted: counted.name)
def test_forms_that_are_wrong_somewhere_are_refuted_there(counted):
    for stated, told in FALSE[counted]:
        found = agreement(comparison(counted, stated))
        assert found.verdict is Verdict.REFUTED, stated
        assert told in found.detail, stated


def is_right_nearby(one):
    """Return whether a stated form is what enumeration counts at many small letters."""
    letters, reach = one.letters, range(-25, 26) if len(one.letters) == 1 else range(9)
    return all(
        one.stated_at(point) == one.counted(dict(zip(letters, point, strict=True)))
        for point in product(reach, repeat=len(letters))
        if one.admits(point)
    )


@pytest.mark.parametrize("counted", FALSE, ids=lambda counted: counted.name)
def test_forms_of_another_set_are_proved_only_where_they_are_true(counted):
    letters = tuple(counted.parameters)
    tried_here = 0
    for other, forms in TRUE.items():
        if other is counted or tuple(other.parameters) != letters:
            continue
        for stated in forms:
            tried_here += 1
            one = comparison(counted, stated)
            found = agreement(one).verdict
            right = is_right_nearby(one)
            assert found is (Verdict.PROVED if right else Verdict.REFUTED), (other.name, stated)
    assert tried_here >= 4


def test_what_is_not_understood_is_undecided():
    for stated in (
        TRIANGLE + Sum(binomial(n, k), (k, 0, n)) - 2**n,
        Sum(k, (k, 1, n)) + Sum(1 / (k - 45), (k, 46, n)) * 0,
        TRIANGLE * n**n / n**n,
    ):
        assert agreement(comparison(causal, stated)).verdict is Verdict.UNDECIDED, stated


def test_a_true_form_is_not_refuted_where_the_derived_one_is_wrong():
    wrong = Piecewise((TRIANGLE + 1, Eq(n, 7)), (TRIANGLE, True))
    found = agreement(comparison(causal, TRIANGLE, derived=wrong))
    assert found.verdict is Verdict.UNDECIDED
    assert found.detail == "n = 7: stated and counted 28, but the derived form gives 29"
    assert (
        stated_points.find(comparison(causal, TRIANGLE, derived=wrong)).verdict is Verdict.UNDECIDED
    )


def test_a_form_is_refuted_where_both_are_wrong():
    wrong = Piecewise((TRIANGLE + 1, Eq(n, 7)), (TRIANGLE, True))
    found = agreement(comparison(causal, TRIANGLE + 2, derived=wrong))
    assert found.verdict is Verdict.REFUTED
    assert found.detail == "n = 1: stated 3, counted 1"


def test_a_derived_form_with_a_gap_proves_nothing():
    gap = Piecewise((TRIANGLE, n <= 5000), (TRIANGLE, n >= 5002))
    assert agreement(comparison(causal, TRIANGLE, derived=gap)).verdict is not Verdict.PROVED


def test_too_many_cases_are_undecided(monkeypatch):
    term = as_term(Sum(floor(k / 2), (k, 1, n)))
    names = Names()
    cell = Cell(names, {"n": variable(names.fresh())})
    with pytest.raises(Open, match="there are too many cases"):
        list(explored(cell, lambda reader: reader.value(term), 3))
    whole = agreements.explored
    monkeypatch.setattr(agreements, "explored", lambda cell, read: whole(cell, read, 2))
    with pytest.raises(Open):
        agreement(comparison(quarter, floor(n**2 / 4)))


def test_an_empty_domain_has_nothing_to_look_at():
    one = comparison(line, n)
    one.assumed = (n >= 3) & (n <= 2)
    nowhere = Comparison(one.stated, one.derived, one.letters, one.assumed, one.counted)
    assert stated_points.find(nowhere).verdict is Verdict.UNDECIDED


def test_the_whole_claim_is_proved_or_refuted():
    claim = Count("masks.mask", "Mask", causal, stated=Sum(k, (k, 1, n)))
    methods = {found.method: found.verdict.value for found in claim.evidence()}
    assert methods["stated form"] == "proved"
    assert methods["stated form by points"] == "checked"
    assert conclusion(claim.evidence()) is Verdict.PROVED
    wrong = Count("masks.mask", "Mask", negative, stated=sp.binomial(N, N - 2))
    assert conclusion(wrong.evidence()) is Verdict.REFUTED


def test_nothing_stated_is_nothing_tried():
    assert tried(None, N, (N,), n >= 0, counter(line), ()) == []


def test_a_derived_form_that_is_not_proved_refutes_only_what_is_counted():
    shown = [Evidence(by, Verdict.PROVED, "all", engines=(by,)) for by in ("one", "two")]
    for known, far in ((shown, Verdict.REFUTED), ((), Verdict.UNDECIDED)):
        for stated, verdict in ((n + 0 ** Abs(n - 10**6), far), (n + 1, Verdict.REFUTED)):
            found = tried(as_term(stated), N, (N,), n >= 0, counter(line), known)
            assert found[0].verdict is verdict, (known, stated)
    assert found[0].detail == "n = 0: stated 1, counted 0"


def test_a_claim_without_letters_is_one_case():
    pairs = mask("pairs", (i, j), (1 <= i) & (i <= 3) & (1 <= j) & (j <= i), True, ())
    assert verdicts(pairs, 6) == (Verdict.PROVED, Verdict.CHECKED)
    found = agreement(comparison(pairs, 7))
    assert (found.scope, found.detail) == ("the one case", "stated 7, counted 6")


@pytest.mark.parametrize(
    ("stated", "named"),
    [
        (sp.Float(0.5) * N * (N + 1), "0.5*n*(n + 1) is not an expression"),
        (N * (N + 1) / 2.0, "0.5*n*(n + 1) is not an expression"),
        (sp.oo, "oo is not an expression"),
        (sp.nan, "nan is not an expression"),
        (float("inf"), "inf is a floating-point number"),
        (n >= 1, "n >= 1 is a condition, not a number"),
        (sp.log(N), "log(n) is not an expression"),
        (sp.sin(N) + N, "n + sin(n) is not an expression"),
        (sp.pi * N, "pi*n is not an expression"),
        ("n", "'n' is not an expression"),
        (k * n, "k*n holds k; the claim's letters are n"),
    ],
)
def test_what_is_no_closed_form_is_an_error_at_the_authors_line(stated, named):
    with pytest.raises(PressError) as caught:
        Count("masks.mask", "Mask", causal, stated=stated)
    assert caught.value.what.startswith(f"stated={named}")
    assert caught.value.where.startswith("tests/proving/test_agreement.py:")
    assert caught.value.mend


def test_a_division_by_nothing_is_told_as_it_was_written():
    with pytest.raises(PressError, match=r"stated=1/\(n - n\)"):
        stated_form(1 / (n - n), (N,), "derivations/masks.py:3")


def test_values_on_cells_are_those_of_the_author():
    names = Names()
    cell = Cell(names, {"n": variable(names.fresh())})
    term = as_term(floor((n + 1) ** 2 / 4) - floor(n / 3) * (-1) ** n)
    seen = 0
    for part, found in explored(cell, lambda reader: reader.value(term)):
        for step in range(-3, 4):
            (v,) = part.letters["n"].variables
            at = {"n": int(part.letters["n"].at({v: step}))}
            assert found.above.put(part.solved).at({v: step}) == value(term, at)
            seen += 1
    assert seen == 42


def test_poles_are_cells_without_a_value():
    names = Names()
    cell = Cell(names, {"n": variable(names.fresh())})
    found = [word for _, word in explored(cell, lambda r: r.value((n - 2) / (n - 2)))]
    assert sum(isinstance(word, NoValue) for word in found) == 1
    assert len(found) == 3


def test_sums_of_powers_are_exact():
    x, y = variable(0), variable(1)
    for power in range(8):
        total = summed(x**power, 0, constant(1), y)
        for top in range(6):
            assert total.at({1: top}) == sum(number**power for number in range(1, top + 1))


def test_signs_turn_where_a_polynomial_does():
    x = variable(0)
    poly = (x - 3) * (x + 100) * (x - 10**9) * Fraction(1, 7) - 2
    found = cuts(poly)
    assert len(found) == 3
    assert all((poly.at({0: c}) >= 0) != (poly.at({0: c + 1}) >= 0) for c in found)


def test_letters_of_any_name_meet_no_variable_of_the_proof():
    strange = Letter("x1")
    assert agreement(comparison(causal, TRIANGLE)).verdict is Verdict.PROVED
    with pytest.raises(PressError, match="holds x1"):
        stated_form(strange, (N,), "here")
