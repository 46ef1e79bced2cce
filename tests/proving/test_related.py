"""What follows from a closed form: what each kind says of right expressions and of wrong ones."""

from pathlib import Path

import pytest

from proofpress import At, Count, IntegerSet, Leading, Limit, Named, Share, Zero, integers
from proofpress.deriving.ledger import faults, ledger_document
from proofpress.faults.errors import PressError
from proofpress.ledger.reading import refuse_unshown

n, t, i, j = integers("n t i j")
past = (1 <= i) & (i <= n) & (1 <= j) & (j <= i)
causal = Count("x.a", "Causal", IntegerSet("causal", (i, j), past, assuming=n >= 1))
window = IntegerSet("window", (i, j), past & (i - j <= t), assuming=(n >= 1) & (t >= 0))
sliding = Count("x.b", "Sliding", window)

rest = IntegerSet("rest", (i,), (2 <= i) & (i <= n), assuming=n >= 2)
pole = Count("x.c", "Rest", rest, stated=(n**2 - 2 * n + 1) / (n - 1))
after = IntegerSet("after", (i,), (t < i) & (i <= n), assuming=(t >= 0) & (n > t))
perhaps = Count("x.d", "After", after, stated=(n**2 - n * t) / n)
never = Count("x.e", "After", after, stated=(n**2 - n * t) / n, assuming=(t >= 1) & (n > t))

FOLLOWS = [
    (causal, Share(n**2), "(n + 1)/(2*n)", "proved all", "checked 12 cases"),
    (causal, Share(n - 3), "n*(n + 1)/(2*(n - 3))", "undecided the whole: at n = 3", "undecided"),
    (causal, At({n: 2 * n}), "n*(2*n + 1)", "proved all", "checked 12 cases"),
    (causal, At({n: n - 5}), "(n - 5)*(n - 4)/2", "undecided the values: at n = 1", "checked"),
    (causal, At({n: n / 2}), "n*(n/2 + 1)/4", "undecided the values: at n = 1", "checked"),
    (causal, Zero(n, 0), "0", "proved all", "checked 12 cases"),
    (causal, Zero(n, 1), "1", "undecided it is open", "refuted n = 1: 1, not 0"),
    (causal, Leading(n), "n**2/2", "proved all", "checked 1 cases"),
    (causal, Limit(n, n**2), "1/2", "proved all", "checked 1 cases"),
    (causal, Limit(n), "oo", "proved all", "checked 1 cases"),
    (sliding, Leading(n), "n*(t + 1)", "proved all", "checked 7 cases"),
    (sliding, Limit(n, n), "t + 1", "proved all", "checked 7 cases"),
    # Which case holds at t = n is decided by SymPy, and nothing shows that it is right.
    (sliding, At({t: n}), "n*(n + 1)/2", "undecided it is open", "checked 42 cases"),
    (sliding, Zero(t, -1), "-1", "undecided it is open", "checked 42 cases"),
    # Without its divisor, which is zero there, the form would be zero.
    (pole, Zero(n, 1), "1", "undecided the closed form: at", "undecided NoValue: a division by"),
    (perhaps, Zero(n, t), "t", "undecided the closed form: at", "undecided NoValue: a division by"),
    (never, Zero(n, t), "t", "proved all", "checked 15 cases"),
    (sliding, Zero(n, t), "t", "undecided it is open", "refuted n = 1, t = 1: 1, not 0"),
]


@pytest.mark.parametrize(
    ("claim", "how", "shown", "shows", "looked"), FOLLOWS, ids=[str(row[2]) for row in FOLLOWS]
)
def test_it_is_shown_by_both_or_left_open(claim, how, shown, shows, looked):
    found = how.of(claim)
    proof, points = found.evidence
    assert str(found.expression) == shown
    told = f"{proof.verdict.value} {proof.scope if proof.verdict == 'proved' else proof.detail}"
    assert told.startswith(shows)
    assert f"{points.verdict.value} {points.detail}".startswith(looked)


def test_a_share_is_that_of_each_case():
    found = Share(n**2).of(sliding)
    (short, _), (long, _) = found.expression.args
    assert [str(short), str(long)] == ["(n + 1)/(2*n)", "-(-2*n + t)*(t + 1)/(2*n**2)"]
    assert [e.verdict.value for e in found.evidence] == ["proved", "checked"]
    assert found.evidence[1].detail == "42 cases"


@pytest.mark.parametrize("least", [0, 1])
def test_a_form_that_is_cancelled_is_refuted_where_it_has_no_value(least):
    row = IntegerSet("row", (i,), (1 <= i) & (i <= n), assuming=n >= least)
    stated = (n**2 - n) / (n - 1)
    claim = Count("x.f", "Row", row, stated=stated, related={"none": Zero(n, 1)}).settle()
    assert claim.verdict == "refuted"
    assert "proved" not in {found.verdict for found in claim.shown["none"]}


def line_of(text: str) -> str:
    """The place of the one line of this file that holds a text."""
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    (number,) = (k for k, line in enumerate(lines, 1) if text in line and "line_of" not in line)
    return f"tests/proving/test_related.py:{number}"


def test_what_is_not_shown_is_told_at_its_line_of_related():
    claim = Count(
        "x.g",
        "Causal",
        causal.set,
        related={
            "share of all": Share(n - 3),
        },
    )
    settled = claim.settle()
    (fault,) = faults([settled])
    assert fault.where == line_of('"share of all": Share')
    entry = ledger_document([settled], {})["claims"]["x.g"]
    with pytest.raises(PressError) as caught:
        refuse_unshown("x.g", "share of all", entry)
    assert caught.value.where == fault.where != str(claim.source)


@pytest.mark.parametrize("key", ["given", "limit of it"])
def test_what_says_nothing_is_told_at_its_line_of_related(key):
    with pytest.raises(PressError) as caught:
        Count(
            "x.h",
            "Causal",
            causal.set,
            related={
                "share": Share(n**2),
                **({"given": n**2} if key == "given" else {}),
                **({"limit of it": Named(n**2)} if key == "limit of it" else {}),
            },
        )
    assert caught.value.where == line_of(f'**({{"{key}": ')
