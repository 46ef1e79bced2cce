"""Random bounds against plain evaluation: what is proved holds, what is refuted fails."""

import random
from collections import Counter
from itertools import product

import pytest

from proofpress import Abs, Bound, Eq, Max, Min, Mod, Piecewise, ceiling, floor, integers
from proofpress.ledger.claims import Verdict
from proofpress.terms.value import NoValue, value

pytestmark = pytest.mark.slow

n, t = integers("n t")
NEAR = range(-8, 26)


def term(chance, depth):
    """Return a random term of two letters."""
    if depth == 0:
        return chance.choice((n, t, n, t, chance.randint(-4, 9)))
    one, other = term(chance, depth - 1), term(chance, chance.randint(0, depth - 1))
    by = chance.choice((2, 3, 5, -2, n + 1, t + 2, n - 7))
    return chance.choice(
        (
            lambda: one + other,
            lambda: one - other,
            lambda: one * other,
            lambda: floor(one / by) if not isinstance(one, int) else one,
            lambda: ceiling((one + n) / by),
            lambda: Mod(one + t, by),
            lambda: (one + n) / by,
            lambda: Abs(one - t),
            lambda: Max(one, other),
            lambda: Min(one, other),
            lambda: Piecewise((one, n <= t), (other, True)),
        )
    )()


def domain(chance):
    """Return a random domain of two letters."""
    low, other = chance.randint(-6, 12), chance.randint(-3, 6)
    return chance.choice(
        (
            (n >= low) & (t >= other),
            (n >= t) & (t >= other),
            (n >= low) & (n <= low + 6) & (t >= 0) & (t <= n + 9),
            (n >= low) & (t <= other) & (Eq(Mod(n, 2), 0) | (t >= -2)),
            (n >= 0) & (t >= 1) & Eq(Mod(n, t), 0),
        )
    )


def inside(assuming, at):
    try:
        return value(assuming, at)
    except NoValue:
        return False


def wrong(smaller, greater, assuming):
    """Return the first letters near zero at which the bound fails, or has no value."""
    for a, b in product(NEAR, NEAR):
        at = {"n": a, "t": b}
        if inside(assuming, at):
            try:
                if value(smaller, at) > value(greater, at):
                    return at
            except NoValue:
                return at
    return None


def drawn(seed):
    """Return a bound near which the truth is not obvious: a term and one that is near it."""
    chance = random.Random(seed)
    one = term(chance, 2)
    other = one + term(chance, 1) if chance.random() < 0.6 else term(chance, 2)
    return one + 0 * n, other + 0 * n, domain(chance)


@pytest.fixture(scope="module")
def verdicts():
    """Return (bound, where it is wrong, its claim) for many seeds."""
    found = []
    for seed in range(80):
        bound = drawn(seed)
        claim = Bound("random.bound", "Random", *bound[:2], (n, t), bound[2]).settle()
        found.append((bound, wrong(*bound), claim))
    return found


def test_none_that_is_wrong_is_proved(verdicts):
    assert [
        bound for bound, at, claim in verdicts if at is not None and claim.verdict == "proved"
    ] == []


def test_each_method_alone_proves_none_that_is_wrong(verdicts):
    assert [
        (bound, method.method)
        for bound, at, claim in verdicts
        for method in claim.evidence
        if at is not None and method.verdict is Verdict.PROVED
    ] == []


def test_what_is_refuted_fails_at_the_values_that_are_told(verdicts):
    for (smaller, greater, assuming), _, claim in verdicts:
        for found in claim.evidence:
            if found.verdict is Verdict.REFUTED:
                at = {k: int(v) for k, v in (one.split(" = ") for one in found.scope.split(", "))}
                assert inside(assuming, at)
                try:
                    assert value(smaller, at) > value(greater, at)
                except NoValue:
                    assert "has no value" in found.detail


def test_most_are_decided(verdicts):
    right = Counter(claim.verdict for _, at, claim in verdicts if at is None)
    false = Counter(claim.verdict for _, at, claim in verdicts if at is not None)
    assert false[Verdict.REFUTED] == false.total() >= 20
    assert right[Verdict.PROVED] >= 10
