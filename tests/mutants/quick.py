"""Checks of single statements, each in this process: what a change of the press is tried against
beside the tests of its rooms and their doctests.

The file is no test module of its own: all of these statements are settled by tests/statements.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from proofpress import PressError
from tests.statements.corpus import Stated
from tests.statements.false import FALSE
from tests.statements.harness import Job, vocabulary
from tests.statements.true import TRUE

# Every so manieth of each kind of statement, so that all of them take a minute.
OF_FALSE, OF_TRUE = 3, 2


@cache
def names(setup: str) -> dict[str, Any]:
    """Return what a statement may name, after carrying out what it begins with."""
    known = dict(vocabulary())
    exec(compile(setup, "setup.py", "exec"), known)
    return known


def verdict(job: Job) -> str:
    """Return the verdict of a statement, or `refused`; other exceptions are let through.

    >>> verdict(Job("", "Bound('a.b', 'A bound', n, n + 1, (n,), n >= 0)"))
    'proved'
    """
    try:
        known = dict(names(job.setup))
        claim = eval(compile(job.claim, "statement.py", "eval"), known).settle()
    except PressError as error:
        assert "fault of the press" not in str(error), error
        return "refused"
    if claim.verdict == "proved" and job.related is not None and job.related not in claim.related:
        return "undecided"
    return str(claim.verdict.value)


@pytest.mark.parametrize("statement", FALSE[::OF_FALSE], ids=range(len(FALSE[::OF_FALSE])))
def test_false(statement: Stated) -> None:
    assert verdict(statement.job) != "proved", statement.job


@pytest.mark.parametrize("statement", TRUE[::OF_TRUE], ids=range(len(TRUE[::OF_TRUE])))
def test_true(statement: Stated) -> None:
    assert verdict(statement.job) == "proved", statement.job
