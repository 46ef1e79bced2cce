"""What an author means to fail: told as expected, and an error as soon as it does anything else."""

from types import ModuleType

import pytest

from proofpress import Bound, Coordinates, Count, IntegerSet, Iteration, Least, Total, integers
from proofpress.counting.tensors import Tensor
from proofpress.deriving import derive, ledger
from proofpress.faults.errors import PressError, PressErrors
from proofpress.ledger.claims import Statement

n, m, i, j = integers("n m i j")
squares = IntegerSet("squares", (i, j), (1 <= i) & (i <= n) & (1 <= j) & (j <= n), assuming=n >= 1)


def bound(greater: object, expect: str | None = None) -> Bound:
    return Bound("a.bound", "A bound", n, greater, (n,), n >= 1, expect=expect)


FALSE, TRUE, UNREAD = n - 1, n**2, 2**n * n
ITSELF = {"mapping": {i: i, j: j}, "inverse": {i: i, j: j}, "where": {}}
# A false statement of each kind.
FALSE_ONES = {
    "bound": bound(FALSE, "refuted"),
    "count": Count("a.count", "Squares", squares, stated=n**3, expect="refuted"),
    "total": Total(
        "a.total", "A total", (Tensor("x", (n,)),), (n,), n >= 1, stated=n + 1, expect="refuted"
    ),
    "coordinates": Coordinates(
        "a.map", "A map", squares, squares, **{**ITSELF, "mapping": {i: 1, j: j}}, expect="refuted"
    ),
    "least": Least("a.least", "Least", m, n - m, 0, (n,), n >= 1, expect="refuted"),
    "iteration": Iteration(
        "a.run", "A run", n, 1, n, (n,), n >= 1, also={"by hand": lambda n: 0}, expect="refuted"
    ),
}


def module(*claims: Statement) -> ModuleType:
    made = ModuleType("derivations.a")
    made.__file__ = __file__
    made.CLAIMS = claims  # type: ignore[attr-defined]
    return made


def check(*claims: Statement) -> int:
    return derive.check([module(*claims)])


@pytest.mark.parametrize("kind", FALSE_ONES)
def test_a_claim_of_any_kind_may_be_meant_to_be_refuted(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(FALSE_ONES[kind]) == 0
    said = capsys.readouterr().out
    assert "refuted, as expected" in said and "error" not in said
    assert "0 of 1 claims hold, and 1 do not, as expected;" in said


def test_what_is_expected_undecided_stays_undecided(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(bound(UNREAD, "undecided"), Count("a.count", "Squares", squares)) == 0
    said = capsys.readouterr().out
    assert "undecided, as expected" in said
    assert "1 of 2 claims hold, and 1 do not, as expected;" in said
    claims = ledger.settle([module(bound(UNREAD, "undecided"))])
    entry = ledger.ledger_document(claims, {})["claims"]["a.bound"]
    assert entry["verdict"] == "undecided" and entry["examples"] == {}


@pytest.mark.parametrize(
    ("greater", "expect", "verdict"),
    [
        (TRUE, "refuted", "proved"),
        (TRUE, "undecided", "proved"),
        (UNREAD, "refuted", "undecided"),
        (FALSE, "undecided", "refuted"),
    ],
)
def test_another_verdict_is_an_error_at_its_line_and_never_published(
    greater: object, expect: str, verdict: str, capsys: pytest.CaptureFixture[str]
) -> None:
    claim = bound(greater, expect)
    told = f"a.bound is {verdict}, but was expected {expect}"
    assert check(claim) == 1
    said = capsys.readouterr().out
    assert f"error: {told}\n" in said and f"  {claim.source}\n" in said
    assert "mend: correct the statement, or leave out expect=" in said
    assert ", as expected" not in said
    with pytest.raises(PressErrors, match=told):
        ledger.ledger_document([claim.settle()], {})


def test_without_a_word_a_refuted_claim_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(bound(FALSE)) == 1
    assert "error: a.bound is refuted\n" in capsys.readouterr().out


@pytest.mark.parametrize("word", ["proved", "wrong", True, ["refuted"]])
def test_only_a_verdict_that_fails_can_be_expected(word: str) -> None:
    with pytest.raises(
        PressError, match=r"expect= of a.bound is .*, which is no verdict"
    ) as raised:
        bound(FALSE, word)
    assert raised.value.where.startswith("tests/test_expected.py:")
