"""Fifty named masks: the engine against plain enumeration and against barvinok."""

import pytest

from benchmarks.masks import MASKS
from proofpress.counting.plain import function
from proofpress.proving.tries import small_cases

SMALL = {1: 9, 2: 5, 3: 4}
LARGE = {1: 40, 2: 12, 3: 6}


def evaluated(counted):
    return function(counted.parameters, counted.cardinality())


def test_the_corpus_holds_at_least_forty_masks_with_names_of_their_own():
    assert len({mask.name for mask in MASKS}) == len(MASKS) >= 40


@pytest.mark.parametrize("mask", MASKS, ids=lambda mask: mask.name)
def test_derived_equals_enumeration(mask):
    value = evaluated(mask)
    largest = 3 if len(mask.counted) == 4 else SMALL[len(mask.parameters)]
    for case in small_cases(mask.parameters, mask.assuming, largest):
        assert value(*case.values()) == mask.count(**{str(k): v for k, v in case.items()}), case


@pytest.mark.parametrize("mask", MASKS, ids=lambda mask: mask.name)
def test_derived_equals_barvinok(mask):
    pytest.importorskip("islpy")
    from benchmarks import barvinok

    value, other = evaluated(mask), barvinok.cardinality(mask)
    for case in small_cases(mask.parameters, mask.assuming, LARGE[len(mask.parameters)]):
        assert value(*case.values()) == barvinok.value(other, case), case


@pytest.mark.parametrize("mask", MASKS, ids=lambda mask: mask.name)
def test_regions_are_disjoint_and_cover_the_assumption(mask):
    regions = [function(mask.parameters, when) for _, when in mask.cases.parts]
    for case in small_cases(mask.parameters, mask.assuming, LARGE[len(mask.parameters)]):
        assert sum(bool(holds(*case.values())) for holds in regions) == 1, case
