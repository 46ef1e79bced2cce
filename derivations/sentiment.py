"""Question 3: how many parameters the sentiment classifier trains.

Letters: V word pieces, P positions, S segments; hidden size H, L layers, feed-forward size F;
the GRU's hidden size d and its r layers, each in two directions; one linear output.
"""

from proofpress import Group, Tensor, Total, integers, linear
from proofpress.terms.tree import Term

V, P, S, H, L, F, d, r = integers("V P S H L F d r")

EXAMPLES = {
    "published": {"V": 30522, "P": 512, "S": 2, "H": 768, "L": 12, "F": 3072, "d": 256, "r": 2},
    "packaged": {"V": 30522, "P": 512, "S": 2, "H": 384, "L": 5, "F": 1536, "d": 256, "r": 2},
    "packaged_whole": {"V": 30522, "P": 512, "S": 2, "H": 384, "L": 6, "F": 1536, "d": 256, "r": 2},
}


def normalisation(name: str, size: Term, copies: Term | int = 1) -> tuple[Tensor, Tensor]:
    """Return the scale and the shift of a layer normalisation."""
    return (Tensor(f"{name} scale", (size,), copies), Tensor(f"{name} shift", (size,), copies))


embeddings = Group(
    "embeddings",
    (
        Tensor("word embedding", (V, H)),
        Tensor("position embedding", (P, H)),
        Tensor("segment embedding", (S, H)),
        *normalisation("embedding normalisation", H),
    ),
)
attention = Group(
    "attention in all layers",
    (
        *linear("query", H, H, copies=L),
        *linear("key", H, H, copies=L),
        *linear("value", H, H, copies=L),
        *linear("attention output", H, H, copies=L),
        *normalisation("attention normalisation", H, copies=L),
    ),
)
feed_forward = Group(
    "feed-forward in all layers",
    (
        *linear("feed-forward, up", F, H, copies=L),
        *linear("feed-forward, down", H, F, copies=L),
        *normalisation("feed-forward normalisation", H, copies=L),
    ),
)
pooler = Group("pooler", linear("pooler", H, H))
bert = (embeddings, attention, feed_forward, pooler)


def gru_layer(name: str, inputs: Term, copies: Term | int) -> tuple[Tensor, ...]:
    """Return the tensors of one GRU layer: three gates, from the input and from the state."""
    return (
        *linear(f"{name}, from the input", 3 * d, inputs, copies),
        *linear(f"{name}, from the state", 3 * d, d, copies),
    )


# Two directions; a layer above the first reads both directions of the one below.
gru = (
    Group("first GRU layer", gru_layer("first layer", H, 2)),
    Group("higher GRU layers", gru_layer("higher layer", 2 * d, 2 * (r - 1))),
)
head = (Group("linear output", linear("output", 1, 2 * d)),)

encoder_sizes = (V >= 1) & (P >= 1) & (S >= 1) & (H >= 1) & (L >= 1) & (F >= 1)
gru_sizes = (H >= 1) & (d >= 1) & (r >= 1)

CLAIMS = (
    Total(
        "sentiment.bert.parameters",
        "Parameters of BERT",
        bert,
        (V, P, S, H, L, F),
        encoder_sizes,
        by_terms=True,
    ),
    Total(
        "sentiment.gru.parameters",
        "Parameters of the bidirectional GRU",
        gru,
        (H, d, r),
        gru_sizes,
        by_terms=True,
    ),
    Total("sentiment.head.parameters", "Parameters of the linear output", head, (d,), d >= 1),
    Total(
        "sentiment.trainable",
        "Trainable parameters of the whole model",
        (*bert, *gru, *head),
        (V, P, S, H, L, F, d, r),
        encoder_sizes & gru_sizes,
        by_terms=True,
    ),
    Total(
        "sentiment.trainable.frozen",
        "Trainable parameters once BERT is frozen",
        (*gru, *head),
        (H, d, r),
        gru_sizes,
        by_terms=True,
    ),
)
