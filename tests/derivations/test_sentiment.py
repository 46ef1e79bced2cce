"""The classifier's parameter counts, against the published figures and real modules."""

import pytest

from derivations import sentiment
from proofpress.counting.plain import function
from proofpress.deriving.ledger import examples_for, ledger_document, settle
from proofpress.ledger.claims import Verdict
from proofpress.proving.methods.oracle import same_number


@pytest.fixture(scope="module", autouse=True)
def libraries():
    """Imports what the tests compare with: a method's time limit is not for that."""
    for name in ("torch", "transformers.models.bert.modeling_bert"):
        pytest.importorskip(name)


@pytest.fixture(scope="module")
def claims():
    return settle([sentiment])


@pytest.fixture(scope="module")
def document(claims):
    return ledger_document(claims, examples_for(claims, [sentiment], {}))["claims"]


def test_every_claim_is_proved(claims):
    assert {claim.verdict for claim in claims} == {Verdict.PROVED}


@pytest.mark.parametrize(
    ("claim", "example", "value"),
    [
        ("sentiment.trainable", "published", 112_241_409),
        ("sentiment.trainable.frozen", "published", 2_759_169),
        ("sentiment.trainable", "packaged_whole", 24_882_561),
        ("sentiment.trainable", "packaged", 23_108_097),
        ("sentiment.trainable.frozen", "packaged", 2_169_345),
    ],
)
def test_published_figures(document, claim, example, value):
    assert document[claim]["examples"][example]["value"] == value


def theirs(V, P, S, H, L, F, d, r):
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    shape = transformers.BertConfig(
        vocab_size=V,
        max_position_embeddings=P,
        type_vocab_size=S,
        hidden_size=H,
        num_hidden_layers=L,
        intermediate_size=F,
        num_attention_heads=1,
    )
    modules = (
        transformers.BertModel(shape),
        torch.nn.GRU(H, d, num_layers=r, bidirectional=True),
        torch.nn.Linear(2 * d, 1),
    )
    return [sum(p.numel() for p in module.parameters()) for module in modules]


SIZES = [
    {"V": 50, "P": 7, "S": 2, "H": 8, "L": 3, "F": 20, "d": 5, "r": 1},
    {"V": 31, "P": 4, "S": 1, "H": 6, "L": 1, "F": 10, "d": 3, "r": 3},
]


@pytest.mark.parametrize(
    ("claim", "parts"),
    [
        ("sentiment.bert.parameters", (0,)),
        ("sentiment.gru.parameters", (1,)),
        ("sentiment.head.parameters", (2,)),
        ("sentiment.trainable", (0, 1, 2)),
        ("sentiment.trainable.frozen", (1, 2)),
    ],
)
def test_real_modules(claims, claim, parts):
    settled = next(c for c in claims if c.name == claim)
    value = function(settled.letters, settled.closed_form)
    found = same_number(
        "torch and transformers modules",
        lambda **v: value(*(v[str(x)] for x in settled.letters)),
        lambda **v: sum(theirs(**v)[part] for part in parts),
        SIZES,
    )
    assert found.verdict is Verdict.CHECKED, found.detail


@pytest.mark.slow
def test_real_modules_at_the_published_size():
    counts = theirs(**sentiment.EXAMPLES["published"])
    assert sum(counts) == 112_241_409
    assert sum(counts[1:]) == 2_759_169
