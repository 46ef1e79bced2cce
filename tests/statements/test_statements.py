"""The tests of the tests: no false statement is proved, no true one refuted, nearly all proved.

Each false statement is shown to be false, and each true one looked at, by arithmetic that shares
nothing with the press (plain.py).
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from .corpus import Stated
from .false import FALSE
from .harness import Outcome, settled, table
from .kinds import KINDS
from .plain import NoValue, equal, reading, value
from .true import TRUE
from .wrong_forms import WrongForm, made, sample

# Of the wrong forms so many are settled in the fast tier, all in the slow one.
SAMPLED = 40


def settle(statements: Sequence[Stated | WrongForm], capsys) -> list[Outcome]:
    """Return the outcomes of the statements, after printing their table."""
    outcomes = settled([statement.job for statement in statements])
    kinds = [s.kind if isinstance(s, Stated) else s.kind.name for s in statements]
    with capsys.disabled():
        print("\n" + table(zip(kinds, outcomes, strict=True)))
    return outcomes


def those(
    statements: Sequence[Stated | WrongForm], outcomes: Sequence[Outcome], *kinds: str
) -> list[str]:
    """Return the statements that came out in one of these ways, for the message of a test."""
    return [
        f"{o.kind}: {s.job.claim} ({o.detail[:120]})"
        for s, o in zip(statements, outcomes, strict=True)
        if o.kind in kinds
    ]


@pytest.mark.slow
def test_there_are_enough_of_all():
    wrong, _ = made()
    assert len(wrong) >= 2000
    assert len({form.kind.name for form in wrong}) >= 14
    assert len({form.change for form in wrong}) >= 15
    assert len({s.job for s in FALSE}) == len(FALSE) >= 300
    assert len({s.job for s in TRUE}) == len(TRUE) >= 150


@pytest.mark.slow
def test_the_right_forms_are_right_and_the_wrong_ones_wrong_where_it_is_said():
    for kind in KINDS:
        assert [form for form in kind.forms if kind.witness(form) is not None] == []
    for form in made()[0]:
        letters = dict(form.witness)
        assert value(form.kind.domain, **letters)
        # The count at a point is kept: it takes long at the far ones.
        assert not equal(form.form, str(form.kind.counted(form.witness)), **letters), form


@pytest.mark.slow
def test_every_false_statement_is_false_and_no_true_one_is():
    assert [s.job.claim for s in FALSE if s.witness() is None] == []
    assert [(s.job.claim, found) for s in TRUE if (found := s.witness()) is not None] == []


def test_the_plain_reader_tells_right_from_wrong():
    assert value("number((1 <= i) & (i <= n) & (j <= i), (i, 0, n + 1), (j, 1, n))", n=4) == 10
    assert value("Sum(k**2, (k, 1, n)) - Product(k, (k, 1, 3))", n=3) == 8
    assert value("Piecewise((1, n > 5), (Mod(-n, 3), True))", n=4) == 2
    assert reading("number(i <= n, (i, 1, t))")[0] == ("n", "t")
    for text in ("1/(n - 2)", "(-1)**(1/n)", "0**(n - 3)", "factorial(-n)", "gamma(2 - n)"):
        with pytest.raises(NoValue):
            value(text, n=2)
    for text in ("Piecewise((1, n > 5))", "Mod(n, n - 2)", "n + sp.nan"):
        with pytest.raises(NoValue):
            value(text, n=2)


def test_wrong_forms_are_not_proved(capsys):
    chosen = sample(SAMPLED)
    assert {form.kind for form in chosen} == set(KINDS)
    assert those(chosen, settle(chosen, capsys), "proved", "raised") == []


@pytest.mark.slow
def test_no_wrong_form_at_all_is_proved(capsys):
    wrong, right = made()
    with capsys.disabled():
        print(f"\n{right} mutants are right and left out")
    assert those(wrong, settle(wrong, capsys), "proved", "raised") == []


@pytest.mark.slow
def test_false_statements_are_not_proved(capsys):
    assert those(FALSE, settle(FALSE, capsys), "proved", "raised") == []


@pytest.mark.slow
def test_true_statements_are_proved_and_never_refuted(capsys):
    outcomes = settle(TRUE, capsys)
    assert those(TRUE, outcomes, "refuted", "raised") == []
    unproved = those(TRUE, outcomes, "checked", "undecided", "refused")
    assert len(unproved) <= len(TRUE) / 10, unproved
