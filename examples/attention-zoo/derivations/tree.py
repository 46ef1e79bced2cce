"""Patterns of many scales: dilated segments, and distances that are powers of two.

Letters: n tokens; segments of l e tokens of which every e-th is kept, l in each; in the four scales
of LongNet l tokens are kept in each of 8 m, 4 m, 2 m and m segments. The n = 2**m tokens of the log
pattern see the tokens at the distances 1, 2, 4 and so on.
"""

from derivations._shared import a, b, i, j, k, l, m, n, of_the_square, past
from proofpress import (
    Count,
    Eq,
    IntegerSet,
    Leading,
    MatrixTerm,
    Mod,
    Named,
    Recurrence,
    Share,
    Tensor,
    Total,
    floor,
    integers,
)

e = integers("e")

# One scale with numbers, which the grid shows: m segments of 4 tokens, every second kept.
tokens = (1 <= i) & (i <= 4 * m) & (1 <= j) & (j <= 4 * m)
segments = IntegerSet(
    "dilated segments",
    (i, j),
    tokens & Eq(floor((i - 1) / 4), floor((j - 1) / 4)) & Eq(Mod(i, 2), 1) & Eq(Mod(j, 2), 1),
    assuming=m >= 1,
)

# One scale in general: of each segment, l tokens see each other.
kept = IntegerSet(
    "kept tokens",
    (k, a, b),
    (1 <= k) & (k <= m) & (1 <= a) & (a <= l) & (1 <= b) & (b <= l),
    assuming=(m >= 1) & (l >= 1),
    parameters=(m, l),
)


def scale(times):
    """Return the pairs of one scale with so many segments, as parts of a total."""
    words = f"{times} m segments"
    pairs = IntegerSet(
        words,
        (k, a, b),
        (1 <= k) & (k <= times * m) & (1 <= a) & (a <= l) & (1 <= b) & (b <= l),
        assuming=(m >= 1) & (l >= 1),
        parameters=(m, l),
    )
    return Recurrence(words, pairs, (MatrixTerm(Tensor(words, (1, 1))),)).activations()


four_scales = Total(
    "tree.scales",
    "Four scales of dilated segments",
    tuple(part for times in (8, 4, 2, 1) for part in scale(times)),
    (m, l),
    (m >= 1) & (l >= 1),
)

# The query itself and the tokens at the first four distances.
logs = IntegerSet(
    "log pattern",
    (i, j),
    past & (Eq(i, j) | Eq(i - j, 1) | Eq(i - j, 2) | Eq(i - j, 4) | Eq(i - j, 8)),
    assuming=n >= 9,
)

CLAIMS = (
    Count(
        "tree.segments",
        "Dilated segments of four tokens",
        segments,
        related={
            "full": Named((4 * m) ** 2),
            "fraction": Share((4 * m) ** 2),
            "leading": Leading(m),
        },
        called=("query", "key"),
    ),
    Count(
        "tree.scale",
        "One scale of dilated segments",
        kept,
        put={m: n / (l * e)},
        letters=(n, l, e),
        assuming=(n >= 1) & (l >= 1) & (e >= 1) & Eq(Mod(n, l * e), 0),
        called=("segment", "query", "key"),
    ),
    four_scales,
    Count(
        "tree.logs",
        "Log pattern with four distances",
        logs,
        related=of_the_square,
        called=("query", "key"),
    ),
)
