"""Patterns of many scales: dilated segments, and distances that are powers of two.

Letters: n tokens; segments of l e tokens of which every e-th is kept, l in each; in the four scales
of LongNet l tokens are kept in each of 8 m, 4 m, 2 m and m segments. The n = 2**m tokens of the log
pattern see the tokens at the distances 1, 2, 4 and so on.
"""

from derivations._shared import (
    CALLED,
    a,
    b,
    i,
    j,
    k,
    l,
    m,
    n,
    of_all,
    of_the_square,
    one_each,
    past,
    some_blocks,
    together,
    up_to,
)
from proofpress import Count, Eq, IntegerSet, Mod, Total, integers

e = integers("e")

# One scale with numbers, which the grid shows: m segments of 4 tokens, every second kept.
segments = IntegerSet(
    "dilated segments",
    (i, j),
    up_to(4 * m, i, j) & together(i, j, 4) & Eq(Mod(i, 2), 1) & Eq(Mod(j, 2), 1),
    assuming=m >= 1,
)

# One scale in general: of each segment, l tokens see each other.
kept = IntegerSet(
    "kept tokens",
    (k, a, b),
    up_to(m, k) & up_to(l, a, b),
    assuming=some_blocks,
    parameters=(m, l),
)


def scale(times):
    """Return the pairs of one scale with so many segments, as parts of a total."""
    words = f"{times} m segments"
    pairs = IntegerSet(
        words,
        (k, a, b),
        up_to(times * m, k) & up_to(l, a, b),
        assuming=some_blocks,
        parameters=(m, l),
    )
    return one_each(words, pairs)


four_scales = Total(
    "tree.scales",
    "Four scales of dilated segments",
    tuple(part for times in (8, 4, 2, 1) for part in scale(times)),
    (m, l),
    some_blocks,
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
        related=of_all((4 * m) ** 2, m),
        called=CALLED,
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
        called=CALLED,
    ),
)
