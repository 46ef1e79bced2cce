"""The two patterns of the Sparse Transformer: strided and fixed.

Letters: n = m l tokens in m blocks of l, the stride; c summary tokens at the end of each block.
"""

from derivations._shared import (
    a,
    b,
    by_blocks,
    i,
    j,
    k,
    keys,
    l,
    m,
    n,
    of_the_square,
    past,
    place,
    q,
    queries,
    some_blocks,
    to_tokens,
    together,
    whole_blocks,
    work,
)
from proofpress import Coordinates, Count, Eq, IntegerSet, integers

c = integers("c")

# One head sees the l tokens before the query, the other every l-th token of the past.
strided = IntegerSet(
    "strided",
    (i, j),
    past & ((i - j <= l) | Eq(place(i), place(j))),
    assuming=whole_blocks,
    parameters=(n, l),
)
strided_blocks = IntegerSet(
    "strided, by blocks",
    (k, a, q, b),
    queries & keys & ((Eq(a, b) & (q <= k)) | (Eq(q, k) & (b <= a)) | (Eq(q, k - 1) & (a <= b))),
    assuming=some_blocks,
    parameters=(m, l),
)
strided_coordinates = Coordinates(
    "factored.strided.coordinates",
    "Coordinates of the strided pattern",
    original=strided,
    blocks=strided_blocks,
    mapping=to_tokens,
    inverse=by_blocks,
    where={n: m * l},
)

# One head sees the own block, the other the last c tokens of every block of the past.
fixed = IntegerSet(
    "fixed",
    (i, j),
    past & (together(i, j) | (place(j) > l - c)),
    assuming=whole_blocks & (c >= 1) & (c <= l),
    parameters=(n, l, c),
)
fixed_blocks = IntegerSet(
    "fixed, by blocks",
    (k, a, q, b),
    queries & keys & ((Eq(q, k) & (b <= a)) | ((q < k) & (b > l - c))),
    assuming=some_blocks & (c >= 1) & (c <= l),
    parameters=(m, l, c),
)
fixed_coordinates = Coordinates(
    "factored.fixed.coordinates",
    "Coordinates of the fixed pattern",
    original=fixed,
    blocks=fixed_blocks,
    mapping=to_tokens,
    inverse=by_blocks,
    where={n: m * l},
)

BY_BLOCKS = ("block", "query", "block", "key")

CLAIMS = (
    strided_coordinates,
    Count(
        "factored.strided",
        "Strided pattern",
        strided_blocks,
        through=strided_coordinates,
        related=of_the_square,
        called=BY_BLOCKS,
    ),
    fixed_coordinates,
    Count(
        "factored.fixed",
        "Fixed pattern",
        fixed_blocks,
        through=fixed_coordinates,
        related=of_the_square,
        called=BY_BLOCKS,
    ),
    work("work.strided", "Strided pattern", strided_blocks, (m, l)),
    work("work.fixed", "Fixed pattern", fixed_blocks, (m, l, c)),
)
