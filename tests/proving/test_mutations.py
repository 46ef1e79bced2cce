"""Wrong variants of true closed forms: all are caught, none is proved, no true one is refuted."""

from collections import Counter
from itertools import product

import pytest
import sympy as sp

from benchmarks.masks import MASKS
from proofpress import Count
from proofpress.counting.plain import OutsideDomain, function
from proofpress.ledger.claims import Verdict, conclusion

NAMES = (
    "full",
    "causal",
    "strictly causal",
    "off-diagonal",
    "sliding window",
    "two-sided band",
    "outside a band",
    "banded and strictly causal",
    "prefix LM, any prefix",
    "global tokens",
    "attention sinks",
    "encoder-decoder",
    "checkerboard",
    "dilated by two",
    "windowed",
    "triples",
)
CHOSEN = [mask for mask in MASKS if mask.name in NAMES]
GRID = {1: 30, 2: 16, 3: 13}


def variants(mask):
    """Return changed closed forms of a mask, some of which may happen to be true."""
    true, letters = mask.cardinality(), mask.parameters
    first = letters[0]
    yield from (true + 1, true - 1, 2 * true, true + first, true - first, -true, true / 2)
    for letter in letters:
        for step in (-2, -1, 1, 2):
            yield true.subs(letter, letter + step)
    for one, other in product(letters, letters):
        if str(one) < str(other):
            yield true.subs({one: other, other: one}, simultaneous=True)
    for k in range(1, 13):
        yield true + sp.prod([first - r for r in range(1, k + 1)])
    if isinstance(true, sp.Piecewise):
        yield from true_borders_moved(true)


def true_borders_moved(true):
    """Return the cases with every border moved, and each case taken for the whole."""
    for step in (-4, -3, -2, -1, 1, 2, 3, 4):
        (value, when), *_ = true.args
        (other, _) = true.args[1]
        moved = when.func(when.lhs, when.rhs + step)
        yield sp.Piecewise((value, moved), (other, True))
    for value, _ in true.args:
        yield value
    yield sp.Piecewise(*((v, w) for (v, _), (_, w) in zip(true.args, true.args[::-1], strict=True)))


def is_true(mask, variant):
    """Return whether a variant takes the right values far beyond where the methods look."""
    right, value = function(mask.parameters, mask.cardinality()), function(mask.parameters, variant)
    holds = function(mask.parameters, mask.assuming)
    for case in product(range(GRID[len(mask.parameters)] + 1), repeat=len(mask.parameters)):
        try:
            if holds(*case) and value(*case) != right(*case):
                return False
        except OutsideDomain:
            return False
    return True


@pytest.fixture(scope="module")
def verdicts():
    """Return (mask, variant, whether it is true, verdict) for all variants."""
    found = []
    for mask in CHOSEN:
        for variant in dict.fromkeys(variants(mask)):
            claim = Count("mutant", "Mutant", mask, stated=variant)
            found.append((mask, variant, is_true(mask, variant), conclusion(claim.evidence())))
    return found


@pytest.mark.slow
def test_there_are_enough_of_them(verdicts):
    wrong = [mask.name for mask, _, true, _ in verdicts if not true]
    assert len(set(wrong)) >= 10
    assert len(wrong) >= 300


def test_none_is_proved_and_nearly_all_are_refuted(verdicts, capsys):
    wrong = Counter(verdict for _, _, true, verdict in verdicts if not true)
    right = Counter(verdict for _, _, true, verdict in verdicts if true)
    with capsys.disabled():
        print(f"\nwrong variants: {dict(wrong)}; true variants: {dict(right)}")
    assert set(wrong) <= {Verdict.REFUTED, Verdict.UNDECIDED}
    assert wrong[Verdict.REFUTED] >= 0.99 * wrong.total()


def test_no_true_variant_is_refuted(verdicts):
    for mask, variant, true, verdict in verdicts:
        if true:
            assert verdict is Verdict.PROVED, (mask.name, variant)
