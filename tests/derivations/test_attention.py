"""The report's masks, element by element, against masks made by published libraries."""

import numpy as np
import pytest

from derivations import attention
from derivations.attention import m, n, w
from proofpress import Coordinates, Count, PressError
from proofpress.deriving.ledger import settle
from proofpress.ledger.claims import Verdict
from proofpress.proving.methods.oracle import same_mask

LENGTHS = [{"n": n} for n in (1, 2, 5, 12)]
WINDOWS = [{"n": n, "t": t} for n in (1, 5, 12) for t in (0, 1, 3, 11, 15)]
BLOCKS = [{"n": n, "w": w} for n, w in ((1, 1), (6, 2), (12, 4), (12, 12), (12, 1))]


@pytest.fixture(scope="module", autouse=True)
def libraries():
    """Imports what the tests compare with: a method's time limit is not for that."""
    for name in ("torch.nn.attention.flex_attention", "transformers.masking_utils"):
        pytest.importorskip(name)


def agree(evidence):
    assert evidence.verdict is Verdict.CHECKED, evidence.detail
    assert evidence.method.startswith("oracle: ")


def test_causal_is_numpy_tril():
    agree(same_mask("numpy.tril", attention.causal, lambda n: np.tril(np.ones((n, n))), LENGTHS))


def test_the_anti_causal_mask_is_told_apart():
    found = same_mask("numpy.triu", attention.causal, lambda n: np.triu(np.ones((n, n))), LENGTHS)
    assert found.verdict is Verdict.REFUTED
    assert attention.causal.count(n=5) == np.triu(np.ones((5, 5))).sum()


def test_sliding_is_a_difference_of_numpy_triangles():
    def theirs(n, t):
        return np.tril(np.ones((n, n))) - np.tril(np.ones((n, n)), -t - 1)

    agree(same_mask("numpy.tril with an offset", attention.sliding, theirs, WINDOWS))


def test_windowed_is_a_kronecker_product():
    def theirs(n, w):
        return np.kron(np.eye(n // w), np.tril(np.ones((w, w))))

    agree(same_mask("numpy.kron", attention.windowed, theirs, BLOCKS))


def test_prefix_windowed_is_a_kronecker_product():
    def theirs(n, w):
        return np.kron(np.tril(np.ones((n // w, n // w))), np.ones((w, w)))

    agree(same_mask("numpy.kron", attention.prefix_windowed, theirs, BLOCKS))


def flex(rule, n):
    flex_attention = pytest.importorskip("torch.nn.attention.flex_attention")
    return flex_attention.create_mask(rule, 1, 1, n, n, device="cpu")[0, 0].tolist()


def test_masks_of_torch_flex_attention():
    pytest.importorskip("torch")
    agree(
        same_mask(
            "torch flex_attention",
            attention.causal,
            lambda n: flex(lambda b, h, q, kv: q >= kv, n),
            LENGTHS,
        )
    )
    agree(
        same_mask(
            "torch flex_attention",
            attention.sliding,
            lambda n, t: flex(lambda b, h, q, kv: (q >= kv) & (q - kv <= t), n),
            WINDOWS,
        )
    )
    agree(
        same_mask(
            "torch flex_attention",
            attention.windowed,
            lambda n, w: flex(lambda b, h, q, kv: (q >= kv) & (q // w == kv // w), n),
            BLOCKS,
        )
    )


def helper(rule, n):
    torch = pytest.importorskip("torch")
    return [
        [bool(rule(0, 0, torch.tensor(q), torch.tensor(k))) for k in range(n)] for q in range(n)
    ]


def test_masks_of_transformers():
    masking = pytest.importorskip("transformers.masking_utils")
    agree(
        same_mask(
            "transformers causal_mask_function",
            attention.causal,
            lambda n: helper(masking.causal_mask_function, n),
            LENGTHS,
        )
    )
    # Their window counts the token itself: it is our t + 1.
    agree(
        same_mask(
            "transformers sliding_window_causal_mask_function",
            attention.sliding,
            lambda n, t: helper(masking.sliding_window_causal_mask_function(t + 1), n),
            WINDOWS[:8],
        )
    )
    torch = pytest.importorskip("torch")
    agree(
        same_mask(
            "transformers chunked_causal_mask_function",
            attention.windowed,
            lambda n, w: helper(
                masking.chunked_causal_mask_function(w, torch.zeros(1, dtype=int)), n
            ),
            BLOCKS,
        )
    )


@pytest.fixture(scope="module")
def claims():
    return {claim.name: claim for claim in settle([attention])}


def test_every_claim_is_proved(claims):
    assert {claim.verdict for claim in claims.values()} == {Verdict.PROVED}
    assert {"attention.causal", "attention.sliding", "attention.windowed"} < set(claims)


def test_masks_of_others_are_recorded_as_evidence(claims):
    found = {name: {e.method: e.scope for e in claim.evidence} for name, claim in claims.items()}
    assert found["attention.causal"]["oracle: numpy.tril"] == "n <= 12"
    assert found["attention.sliding"]["oracle: numpy.tril and triu"] == "n, t <= 6"
    assert found["attention.windowed"]["oracle: numpy.kron"] == "n, w <= 6"


def test_a_mask_of_others_that_differs_refutes():
    anti = {"numpy.triu": lambda n: np.triu(np.ones((n, n)))}
    claim = Count("masks.causal", "Causal", attention.causal, oracles=anti).settle()
    assert claim.verdict is Verdict.REFUTED
    assert claim.evidence[-1].detail == "n = 2: (1, 2) is in one of the two masks only"


def test_the_assignment_s_closed_forms(claims):
    forms = {name: str(claim.closed_form) for name, claim in claims.items()}
    assert forms["attention.causal"] == "n*(n + 1)/2"
    assert forms["attention.windowed"] == "n*(w + 1)/2"
    assert forms["attention.prefix_windowed"] == "n*(n + w)/2"
    assert forms["attention.sliding"] == (
        "Piecewise((n*(n + 1)/2, n <= t + 1), ((2*n - t)*(t + 1)/2, n >= t + 2))"
    )


def test_what_follows_from_them(claims):
    related = {name: {k: str(e) for k, e in c.related.items()} for name, c in claims.items()}
    assert related["attention.causal"] == {
        "full": "n**2",
        "fraction": "(n + 1)/(2*n)",
        "leading": "n**2/2",
        "limit": "1/2",
    }
    assert related["attention.sliding"]["leading"] == "n*(t + 1)"
    assert related["attention.windowed"]["limit"] == "0"
    assert related["attention.prefix_windowed"]["limit"] == "1/2"


def test_a_wrong_change_of_coordinates_is_not_proved():
    right = attention.windowed_coordinates
    wrong = Coordinates(
        "attention.wrong",
        "Off by one",
        right.original,
        right.blocks,
        {letter: value + 1 for letter, value in right.mapping.items()},
        right.inverse,
        right.where,
    )
    assert wrong.settle().verdict is Verdict.REFUTED


@pytest.mark.parametrize("size", [w, m**2], ids=["says nothing of m", "not linear"])
def test_a_change_of_coordinates_that_says_no_parameter_is_refused(size):
    right = attention.windowed_coordinates
    sets, maps = (right.original, right.blocks), (right.mapping, right.inverse)
    through = Coordinates("attention.unsaid", "Blocks of no number", *sets, *maps, {n: size})
    with pytest.raises(PressError, match="does not say what m is") as caught:
        Count("attention.lost", "Lost", right.blocks, through=through)
    assert caught.value.mend == "give where= one equation, linear in it, for each of these letters"
