"""A thousand random cases, and what was found before; `make fuzz` tries twenty thousand."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice
from multiprocessing import Pipe
from random import Random

import pytest

from proofpress import PressError

from . import barvinok, cases, judge, runner
from .arithmetic import Bounded
from .grammar import TASTES, random_set
from .judge import Unseen, cases_of, closed_form, first_fault, judged_claim, judged_set
from .press import made
from .reference import NoValue, evaluated, text_of
from .runner import SEED, run, told_in_full
from .statements import number_of

CASES = 1000


@pytest.mark.slow
def test_a_thousand_random_cases_show_no_difference() -> None:
    table = run(SEED, range(CASES), 2, lambda result: None)
    assert sum(row["cases"] for row in table.rows.values()) == CASES
    assert [told_in_full(SEED, fault) for fault in table.faults] == [], table.text()


@pytest.mark.parametrize(
    ("text", "values", "number"),
    [
        ("Mod(-1, 3)", {}, 2),
        ("-7 // 2 + (-7) % 2", {}, -3),
        ("Mod(2*Mod(i, 3), 3)", {"i": 5}, 1),
        ("Mod(3*i + Mod(2*i, 4), 6)", {"i": 3}, 5),
        ("Mod(i/2, 2)", {"i": 7}, Fraction(3, 2)),
        ("Mod(-i, 4) - (-i) % 4", {"i": 6}, 0),
        ("floor((floor(i/2) + j)/3) - ceiling(-i/2)", {"i": 7, "j": -5}, 2),
        ("i//-2", {"i": 5}, -3),
        ("Abs(Min(i, -3, 2) - Max(i, 4))", {"i": 1}, 7),
        ("~(i < 2) & (i <= 2) ^ False", {"i": 2}, True),
        ("Xor(i > 0, i > 1, i > 2)", {"i": 3}, True),
        ("Eq(i, 2) | Ne(i, 2) & Not(i >= 2)", {"i": 3}, False),
        ("(-1)**n + 2**-n", {"n": 1}, Fraction(-1, 2)),
        ("binomial(n, 2) + factorial(3) + gamma(4)", {"n": 5}, 22),
        ("binomial(n, n - 2) + binomial(n, -1) + binomial(n, n + 1)", {"n": 1}, 0),
        ("Sum(k**2, (k, 1, n)) + Sum(k, (k, 1, 0))", {"n": 3}, 14),
        ("Piecewise((1/n, n > 0), (7, True))", {"n": 0}, 7),
    ],
)
def test_the_reference_by_hand(text: str, values: dict[str, int], number: object) -> None:
    assert evaluated(text, values) == number


@pytest.mark.parametrize(
    "text",
    [
        *("1/(n - 3)", "(n - 3)/(n - 3)", "Mod(1, n - 3)", "floor(n/(n - 3))", "0**(n - 4)"),
        *("(-1)**(n/2)", "binomial(-n, -1)", "binomial(-n, 2)", "binomial(n/2, 1)", "gamma(3 - n)"),
        *("factorial(n - 4)", "Piecewise((1, n > 3))", "Piecewise((1/(n - 3), n >= 3), (0, True))"),
        *("Sum(k, (k, n, 1))", "0*(1/(n - 3))", "unknown + n", "Max(1, 1/(n - 3))"),
    ],
)
def test_what_has_no_value(text: str) -> None:
    with pytest.raises(NoValue):
        evaluated(text, {"n": 3})


def test_the_reference_agrees_with_barvinok() -> None:
    compared = 0
    for index in range(60):
        lot = Random(f"beside {index}")
        case = random_set(lot, list(TASTES)[index % len(TASTES)], counted=1)
        try:
            number = barvinok.counter(case)
        except barvinok.Outside:
            continue
        for values in islice(cases_of(case.parameters, case.domain, lot), 12):
            assert number(values) == number_of(case, values), (case.source(), values)
            compared += 1
    assert compared > 300


def test_no_point_is_known_of_a_domain_that_nobody_reads() -> None:
    squares = Bounded("fixed", "n", "n", ("n",), "Eq(n*n, 1522756)")
    with pytest.raises(Unseen):
        first_fault(squares, closed_form("True", ["n"]), Random(11))


def test_an_error_in_a_case_is_told_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def judged(*_: object, **__: object) -> None:
        raise PressError("this set is not told")

    monkeypatch.setattr(runner, "judged", judged)
    here, there = Pipe()
    runner._send(there, SEED, 3)
    stage, result = here.recv()
    assert (stage, result.index, result.outcome.column) == ("", 3, "raised")
    assert "this set is not told" in result.outcome.detail


@pytest.mark.parametrize("fixed", cases.CLAIMS, ids=lambda fixed: fixed.name)
def test_a_claim_found_before(fixed: cases.Fixed) -> None:
    claim = made(fixed.case.source, fixed.case.names)
    closed = closed_form(text_of(claim.closed_form), fixed.case.letters)
    fault = first_fault(fixed.case, closed, Random(11))
    if fixed.true:
        assert fault is None
        assert str(claim.settle().verdict) not in ("refuted", "undecided")
    else:
        assert fault is not None
        assert judged_claim(fixed.case, Random(11)).column in ("refuted", "undecided", "refused")


@pytest.mark.parametrize("fixed", cases.SETS, ids=lambda fixed: fixed.name)
def test_a_set_found_before(fixed: cases.Fixed, monkeypatch: pytest.MonkeyPatch) -> None:
    # What is known to be settled has all the time that it takes.
    monkeypatch.setattr(judge, "DERIVING", 60.0)
    monkeypatch.setattr(judge, "SETTLING", 60.0)
    outcome = judged_set(fixed.case, Random(11), settle=True)
    for values, number in fixed.worth.items():
        known = dict(zip(fixed.case.parameters, values, strict=True))
        assert number_of(fixed.case, known) == number
    assert outcome.column in ("proved", "undecided"), outcome
