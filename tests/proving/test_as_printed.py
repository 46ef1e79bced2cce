"""What is printed is what was written, and no letter means two things."""

from __future__ import annotations

import pytest
import sympy as sp

from proofpress import (
    Abs,
    At,
    Bound,
    Coordinates,
    Count,
    IntegerSet,
    Leading,
    Limit,
    Max,
    Mod,
    Named,
    PressError,
    Share,
    Sum,
    Tensor,
    Total,
    Zero,
    binomial,
    floor,
    integers,
    sign,
)
from proofpress.ledger.claims import Verdict
from proofpress.proving.printed import misprints
from proofpress.terms import reading
from proofpress.terms.in_sympy import to_sympy

n, t, i, j, h, k, m = integers("n t i j h k m")
line = IntegerSet("line", (i,), (1 <= i) & (i <= n), assuming=n >= 1)
square = IntegerSet("square", (i, j), (1 <= i) & (i <= n) & (1 <= j) & (j <= n), assuming=n >= 1)


def test_sympy_knows_no_sign_of_a_binomial() -> None:
    """SymPy 1.14 makes n - 2*binomial(n, 13) of this form, and 1000 of that maximum."""
    form = Count("x.a", "T", line, stated=n + Abs(binomial(n, 13)) - binomial(n, 13)).settle()
    assert form.verdict is Verdict.PROVED
    assert r"\lvert \binom{n}{13} \rvert" in form.formula
    bound = Bound("x.b", "T", binomial(n, 3), Max(1000, binomial(n, 3)), (n,), n >= 0).settle()
    assert bound.formula == r"\binom{n}{3} \le \max(1000,\ \binom{n}{3})"
    domain = Bound("x.c", "T", n, 20, (n,), (n >= 1) & (Max(1000, binomial(n, 3)) <= 1000))
    assert domain.settle().domain == r"\max(1000,\ \binom{n}{3}) \le 1000,\ n \ge 1"
    sizes = [Tensor("W", (1 + sign(binomial(h, 13)), 2))]
    with pytest.raises(PressError, match=r"cannot print sign\(binomial\(h, 13\)\)"):
        Total("x.t", "T", sizes, (h,), h >= 13).settle()
    whole = n**2 + Max(1000, binomial(n, 3))
    with pytest.raises(PressError, match="no known growth"):
        Count("x.l", "T", square, related={"limit": Limit(n, whole)}).settle()


def test_a_form_that_may_not_be_what_was_written_is_undecided(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever SymPy makes of a term far from all points that are looked at, it is not printed."""
    letter = sp.Symbol("n", integer=True)
    far = letter + sp.floor(letter**2 / 10**6)
    monkeypatch.setattr(reading, "to_sympy", lambda node: far if node == n + 0 else to_sympy(node))
    stated = Count("x.a", "T", line, stated=n + 0).settle()
    assert stated.verdict is not Verdict.PROVED
    assert "it is open whether SymPy's n + floor(n**2/1000000) is n + 0" in [
        found.detail for found in stated.evidence
    ]


def test_enumeration_visits_the_sides_that_were_written() -> None:
    part = Tensor("W", (Mod(h, 3), 2), copies=h)
    object.__setattr__(part, "shape", (sp.Integer(7), sp.Integer(7)))
    assert part.count({sp.Symbol("h", integer=True): 5}) == 5 * 2 * 2


both = IntegerSet("both", (i,), (1 <= i) & (i <= n + 2 * t), assuming=(n >= 1) & (t >= 1))


@pytest.mark.parametrize(
    ("counted", "put", "letters", "definition", "told", "form"),
    [
        (line, {n: n + 1}, (n,), r"i : 1 \le i \le n'", "n' = n + 1", "n + 1"),
        (line, {n: i}, (i,), r"i' : 1 \le i' \le n", "n = i", "i"),
        (both, {n: t, t: n}, (n, t), r"i : 1 \le i \le n' + 2t'", "n' = t, t' = n", "2n + t"),
    ],
)
def test_a_letter_that_is_put_for_itself_keeps_its_two_meanings_apart(
    counted, put, letters, definition: str, told: str, form: str
) -> None:
    domain = (n >= 1) & (t >= 1) if len(letters) == 2 else letters[0] >= 1
    claim = Count("x.p", "T", counted, put=put, letters=letters, assuming=domain).settle()
    assert claim.verdict is Verdict.PROVED
    assert claim.definition == rf"\bigl\{{ {definition} \bigr\}}"
    assert claim.derivation[-1].text == f"With ${told}$ this is"
    assert claim.formula == form
    assert misprints(claim) == []


def test_a_domain_that_leads_out_of_the_set_is_not_proved() -> None:
    claim = Count("x.p", "T", line, put={n: n - 1}, letters=(n,), assuming=n >= 1).settle()
    assert claim.verdict is Verdict.UNDECIDED


def test_where_letters_cannot_be_told_apart_they_are_refused() -> None:
    with pytest.raises(PressError, match="the letter n would have two meanings"):
        Count("x.o", "T", line, put={n: n + 1}, letters=(n,), oracles={"by hand": lambda n: []})


@pytest.mark.parametrize(("back", "verdict"), [(i - 1, "proved"), (i, "undecided")])
def test_a_map_between_equal_letters_keeps_them_apart(back, verdict: str) -> None:
    shifted = IntegerSet("shifted", (i,), (0 <= i) & (i < n), assuming=n >= 1)
    claim = Coordinates("x.c", "T", line, shifted, {i: i + 1}, {i: back}, {}).settle()
    assert claim.verdict.value == verdict
    assert claim.formula == "i' = i + 1"
    assert misprints(claim) == []


def test_a_count_through_a_map_between_equal_letters_is_proved() -> None:
    shifted = IntegerSet("shifted", (i,), (0 <= i) & (i < n), assuming=n >= 1)
    change = Coordinates("x.c", "T", line, shifted, {i: i + 1}, {i: i - 1}, {})
    claim = Count("x.n", "T", shifted, through=change).settle()
    assert (claim.verdict.value, claim.formula) == ("proved", "n")
    assert misprints(claim) == []


def test_letters_may_be_swapped_in_what_is_related() -> None:
    box = IntegerSet(
        "box", (i, j), (1 <= i) & (i <= n) & (1 <= j) & (j <= 2 * t), assuming=(n >= 1) & (t >= 1)
    )
    claim = Count("x.s", "T", box, related={"turned": At({n: t + 1, t: n})}).settle()
    assert str(sp.expand(claim.related["turned"])) == "2*n*t + 2*n"
    assert claim.shown["turned"][0].verdict is Verdict.PROVED


@pytest.mark.parametrize("how", [At({k: 3}), Leading(k), Limit(k), Zero(k, at=0 * n)])
def test_an_unknown_letter_is_related_to_nothing(how) -> None:
    with pytest.raises(PressError, match="k is no letter of the claim"):
        Count("x.u", "T", line, related={"other": how}).settle()


@pytest.mark.parametrize("how", [Share(n), At({n: 3}), Limit(n), Leading(n)])
def test_nothing_follows_from_an_inequality_as_from_a_number(how) -> None:
    bound = Bound("x.b", "T", n, n + 1, (n,), n >= 1, related={"other": how})
    with pytest.raises(PressError, match=r"nothing follows from x\.b by"):
        bound.settle()
    named = Bound("x.b", "T", n, n + 1, (n,), n >= 1, related={"other": Named(n**2)})
    assert named.settle().verdict is Verdict.PROVED


TRUE = {
    "a domain that begins far out": lambda: Count(
        "x.t",
        "T",
        IntegerSet("tri", (i, j), (1 <= j) & (j <= i) & (i <= n), assuming=n >= 31),
    ),
    "a letter that SymPy cancels": lambda: Bound(
        "x.b", "T", t, t + floor(n / 4), (n, t), (n >= 0) & (t >= 0)
    ),
    "a remainder of a sum": lambda: Count(
        "x.r", "T", line, stated=n - Mod(n * (n + 1) / 2, 2) + Mod(Sum(k, (k, 1, n)), 2)
    ),
}


@pytest.mark.parametrize("statement", TRUE.values(), ids=TRUE.keys())
def test_what_is_proved_can_be_printed(statement) -> None:
    claim = statement().settle()
    assert claim.verdict is Verdict.PROVED
    assert misprints(claim) == []


def test_a_remainder_is_that_of_the_whole_sum() -> None:
    claim = TRUE["a remainder of a sum"]().settle()
    assert r"((\sum_{k = 1}^{n} k) \bmod 2)" in claim.formula


@pytest.mark.parametrize("name", ["true", "True", "None", "and", "if"])
def test_a_word_of_python_is_no_letter(name: str) -> None:
    with pytest.raises(PressError, match=f"{name} means something else to Python"):
        integers(name)
