"""What was found by hand and is no claim of a set: prints, limits, related expressions, files."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from proofpress import PressError
from proofpress.counting.conditions import condition
from proofpress.counting.latex import formula, inline, written

from .latex import holds, value
from .press import made
from .reference import evaluated

LETTERS = ("n", "t", "w", "i", "j")
NUMBERS = (-3, -2, 0, 1, 2, 5)


def same_value(text: str, printer: Callable[..., str], odd: bool = False) -> None:
    """Assert that a form prints as what it is, at all small values at which it has a value."""
    names = tuple(letter for letter in LETTERS if letter in text)
    shown = printer(made(text, LETTERS), tuple(made(letter, LETTERS) for letter in names))
    tried = 0
    for point in product(NUMBERS, repeat=len(names)):
        values = dict(zip(names, point, strict=True))
        if odd and values["n"] % 2 == 0:
            continue
        try:
            truth = evaluated(text, values)
        except ArithmeticError:
            continue
        tried += 1
        assert value(shown, values) == truth, (text, shown, values)
    assert tried


@pytest.mark.parametrize("printer", [formula, inline, written])
@pytest.mark.parametrize(
    "text",
    [
        *("-(n + 1)/2", "-w/3 - 3", "-(t + w)/(n + 1)", "-(i + Mod(i, 2))/2", "-(n + 1)*(t + 1)/2"),
        *("-(-1)**n*n", "-(-1)**n", "(-1)**n/4 + t/2", "2**n*t", "Mod(n, w + 1)"),
        *("Mod(-(n + 1), 3)", "Mod(2*n + 1, 4)", "floor(-(n + 1)/2)", "-floor(-(n - 1)/3)"),
    ],
)
def test_b1_b2_b4_a_form_prints_as_what_it_is(text: str, printer: Callable[..., str]) -> None:
    same_value(text, printer)


@pytest.mark.parametrize(
    "text",
    [
        *("Piecewise((n, n <= t), (1, True))", "Piecewise((0, Eq(n, 0)), (n*(n + 1)/2, True))"),
        "Piecewise((1, Eq(n, 1)), (n*(n + 1)/2, n >= 2), (0, n >= 0))",
        "Piecewise((n, n >= 3), (t, n >= 0), (0, True))",
    ],
)
def test_b5_b6_cases_print_as_what_they_are(text: str) -> None:
    same_value(text, formula)


@pytest.mark.parametrize(
    "text",
    [
        *("i/2 >= t + 2", "n >= t/2 + Rational(5, 2)", "i + n/2 >= t + 3", "t/3 - 2 <= n/2"),
        *("(n - 3)/2 >= t + 2", "~(i/2 < t + 2)", "(i >= 1) | (i >= t)"),
    ],
)
def test_b3_a_condition_prints_as_what_it_is(text: str) -> None:
    names = tuple(letter for letter in LETTERS if letter in text.replace("Rational", ""))
    shown = condition(made(text, LETTERS), tuple(made(letter, LETTERS) for letter in names))
    for point in product(range(-4, 8), repeat=len(names)):
        values = dict(zip(names, point, strict=True))
        assert holds(shown, values) == evaluated(text, values), (text, shown, values)


@pytest.mark.parametrize("text", ["(i >= 1) ^ (i >= t)", "Xor(i < 2, n < 2)"])
def test_b7_either_or_is_printed_in_what_tex_knows(text: str) -> None:
    shown = condition(made(text, LETTERS), tuple(made(letter, LETTERS) for letter in LETTERS))
    assert set(re.findall(r"\\[a-zA-Z]+", shown)) <= {r"\le", r"\ge", r"\text", r"\ne", r"\mid"}


def test_a12_what_is_said_to_follow_is_tried() -> None:
    causal = "IntegerSet('c', (i, j), (1 <= j) & (j <= i) & (i <= n), assuming=n >= 1)"
    cubic = f"Count('fuzz.c', 'c', {causal}, related={{'leading': n**3, 'limit': Rational(1, 3)}})"
    try:
        claim = made(cubic, LETTERS).settle()
    except PressError:
        return
    assert claim.verdict != "proved" or not claim.related


def test_a13_a_leading_term_holds_for_all_other_letters() -> None:
    assert not_said("leading(t*n**2 + n, n)", "n**2*t")
    assert not_said("limit(n/(t*n + 1), n)", "1/t")
    even = (
        "IntegerSet('l', (i, j), (i >= 0) & Eq(2*i, n + t) & (j >= 1) & (j <= n), "
        "assuming=(n >= 0) & (t >= 0), parameters=(n, t))"
    )
    assert not_said(f"leading({even}.cardinality(), n)", "0")


def test_b8_a_limit_is_no_sign_of_a_letter() -> None:
    answer = said("limit(n*(t + 1), n)")
    assert answer.startswith("refused: ") or "sign" not in answer
    assert said("limit(n*(t + 1), n, t >= 0)") == "oo"


def said(text: str) -> str:
    """Return what the press answers, as a text; its own error is an answer, too."""
    try:
        return str(made(text, LETTERS))
    except PressError as error:
        return f"refused: {error.what}"


def not_said(text: str, false: str) -> bool:
    """Return whether the press does not answer with a false form, at values that show it."""
    answer = said(text)
    return answer.replace(" ", "") != false and bool(answer)


def test_a16_a_strict_bound_of_a_fraction_is_not_rounded() -> None:
    from proofpress.proving.entailment import Entailment
    from proofpress.proving.methods import products

    half = Entailment("half", made("n <= 11", LETTERS), made("n/2 <= 5", LETTERS))
    assert products.find([half]).verdict != "proved"


def test_p9_two_letters_that_print_alike_are_not_taken_for_one() -> None:
    square = (
        "IntegerSet('p', (i, j), (1 <= i) & (i <= n1) & (1 <= j) & (j <= n_1), "
        "assuming=(n1 >= 1) & (n_1 >= 1))"
    )
    try:
        claim = made(f"Count('fuzz.p', 'p', {square})", ("i", "j", "n1", "n_1")).settle()
    except PressError:
        return
    assert claim.verdict == "proved"
    letters = {shown_letter(letter) for letter in claim.letters}
    assert len(letters) == 2


@pytest.mark.parametrize("name", ["local", "batchnorm", "nabs", "n__2", "bold", "prime"])
def test_p9_a_letter_is_printed_as_its_name(name: str) -> None:
    shown = shown_letter(made(name, (name,)))
    for foreign in (r"\mathcal", r"\lVert", r"\left", "|", "^", r"\boldsymbol", r"\mathbf", "'"):
        assert foreign not in shown
    plain = shown.replace(r"\mathrm", "").translate(_NO_LETTERS)
    assert name.replace("_", "") == plain


_NO_LETTERS = str.maketrans("", "", "{}_,\\")


def shown_letter(letter: Any) -> str:
    """Return how a letter alone is printed."""
    return formula(letter, (letter,))
