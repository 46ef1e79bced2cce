"""Patterns with a center: global tokens, and the three parts of Big Bird.

Letters: n tokens, w neighbors on a side, g global tokens. Big Bird counts in blocks: m blocks of l
tokens, g global blocks, r random blocks.
"""

from derivations._shared import (
    CALLED,
    a,
    b,
    i,
    j,
    k,
    keys,
    l,
    m,
    n,
    of_the_square,
    one_each,
    q,
    queries,
    square,
    up_to,
    work,
)
from proofpress import Abs, Count, IntegerSet, Total, integers

w, g, r, t = integers("w g r t")

# Everybody sees the g first tokens, and they see everybody.
central = IntegerSet(
    "window and center",
    (i, j),
    square & ((Abs(i - j) <= w) | (i <= g) | (j <= g)),
    assuming=(w >= 0) & (g >= 0) & (n >= g + w + 1),
    parameters=(n, w, g),
)

# Big Bird without its random part, in pairs of blocks and in pairs of tokens.
near_or_global = (k - q <= 1) & (q - k <= 1) | (k <= g) | (q <= g)
enough_blocks = (g >= 0) & (m >= g + 2)

bird_blocks = IntegerSet(
    "pairs of blocks",
    (k, q),
    up_to(m, k, q) & near_or_global,
    assuming=enough_blocks,
    parameters=(m, g),
)
bird = IntegerSet(
    "Big Bird without chance",
    (k, a, q, b),
    queries & keys & near_or_global,
    assuming=enough_blocks & (l >= 1),
    parameters=(m, l, g),
)

# Where the random blocks lie is left to chance; how many there are is not. The t-th random block of
# query block k, for each block that is not global.
chance = IntegerSet(
    "random blocks",
    (k, t, a, b),
    (g + 1 <= k) & (k <= m) & up_to(r, t) & up_to(l, a, b),
    assuming=enough_blocks & (l >= 1) & (r >= 0),
    parameters=(m, l, g, r),
)


bird_pairs = Total(
    "central.bird",
    "Big Bird, its random blocks at most",
    one_each("fixed part", bird) + one_each("random part", chance),
    (m, l, g, r),
    enough_blocks & (l >= 1) & (r >= 0),
)

CLAIMS = (
    Count(
        "central.window",
        "Window with global tokens",
        central,
        related=of_the_square,
        called=CALLED,
    ),
    Count(
        "central.blocks",
        "Big Bird's blocks without the random ones",
        bird_blocks,
        called=("query block", "key block"),
    ),
    Count(
        "central.random",
        "Random blocks of Big Bird",
        chance,
        called=("block", "choice", "query", "key"),
    ),
    bird_pairs,
    work("work.central", "Window with global tokens", central, (n, w, g)),
    work("work.bird", "Big Bird without chance", bird, (m, l, g)),
    work("work.random", "Random blocks of Big Bird", chance, (m, l, g, r)),
)
