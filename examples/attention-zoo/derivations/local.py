"""Patterns that look near by: all pairs, the past, windows, sinks, chunks.

Letters: n tokens; w neighbors on a side; every e-th token; s sinks; m chunks of l tokens.
Queries i and keys j count from 1.
"""

from derivations._shared import (
    CALLED,
    a,
    b,
    block,
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
    square,
    to_tokens,
    together,
    token,
    up_to,
    whole_blocks,
    work,
)
from proofpress import Abs, Coordinates, Count, Eq, IntegerSet, Mod, integers

w, s, e = integers("w s e")

full = IntegerSet("full", (i, j), square, assuming=n >= 1)

causal = IntegerSet("causal", (i, j), past, assuming=n >= 1)

# The sliding window of Longformer: w neighbors on each side.
window = IntegerSet(
    "window",
    (i, j),
    square & (Abs(i - j) <= w),
    assuming=(w >= 0) & (n >= w + 1),
    parameters=(n, w),
)

# The same window with holes: every e-th token, w of them on each side. The tokens that see each
# other have the same place in blocks of e.
dilated = IntegerSet(
    "dilated",
    (i, j),
    square
    & Eq(place(i, e), place(j, e))
    & (block(i, e) - block(j, e) <= w)
    & (block(j, e) - block(i, e) <= w),
    assuming=(e >= 1) & (w >= 0) & (n >= e * (w + 1)) & Eq(Mod(n, e), 0),
    parameters=(n, e, w),
)
dilated_classes = IntegerSet(
    "dilated, by places",
    (a, k, q),
    up_to(e, a) & up_to(m, k, q) & (k - q <= w) & (q - k <= w),
    assuming=(e >= 1) & (w >= 0) & (m >= w + 1),
    parameters=(m, e, w),
)
dilated_coordinates = Coordinates(
    "local.dilated.coordinates",
    "Coordinates of the dilated window",
    original=dilated,
    blocks=dilated_classes,
    mapping={i: token(k, a, e), j: token(q, a, e)},
    inverse={a: place(i, e), k: block(i, e) + 1, q: block(j, e) + 1},
    where={n: m * e},
)

# The first s tokens stay in the cache, with the w tokens before the query.
sinks = IntegerSet(
    "sinks",
    (i, j),
    past & ((j <= s) | (i - j <= w)),
    assuming=(s >= 0) & (w >= 0) & (n >= s + w + 1),
    parameters=(n, s, w),
)

# Whole chunks of l tokens, to both sides.
chunks = IntegerSet(
    "chunks",
    (i, j),
    square & together(i, j),
    assuming=whole_blocks,
    parameters=(n, l),
)
chunks_blocks = IntegerSet(
    "chunks, by blocks",
    (k, a, b),
    queries & up_to(l, b),
    assuming=some_blocks,
    parameters=(m, l),
)
chunks_coordinates = Coordinates(
    "local.chunks.coordinates",
    "Coordinates of the chunks",
    original=chunks,
    blocks=chunks_blocks,
    mapping={i: token(k, a), j: token(k, b)},
    inverse={k: block(i) + 1, a: place(i), b: place(j)},
    where={n: m * l},
)

# The past of the own segment, and the whole segment before it, which is kept in memory.
segments = IntegerSet(
    "segments",
    (i, j),
    past & (block(i) - block(j) <= 1),
    assuming=whole_blocks,
    parameters=(n, l),
)
segments_blocks = IntegerSet(
    "segments, by blocks",
    (k, a, q, b),
    queries & keys & ((Eq(q, k) & (b <= a)) | Eq(q, k - 1)),
    assuming=some_blocks,
    parameters=(m, l),
)
segments_coordinates = Coordinates(
    "local.segments.coordinates",
    "Coordinates of the segments",
    original=segments,
    blocks=segments_blocks,
    mapping=to_tokens,
    inverse=by_blocks,
    where={n: m * l},
)

CLAIMS = (
    Count("local.full", "All pairs", full, related=of_the_square, called=CALLED),
    Count("local.causal", "Causal attention", causal, related=of_the_square, called=CALLED),
    Count("local.window", "Sliding window", window, related=of_the_square, called=CALLED),
    dilated_coordinates,
    Count(
        "local.dilated",
        "Dilated window",
        dilated_classes,
        through=dilated_coordinates,
        related=of_the_square,
        called=("place", "block", "block"),
    ),
    Count("local.sinks", "Attention sinks", sinks, related=of_the_square, called=CALLED),
    chunks_coordinates,
    Count(
        "local.chunks",
        "Chunks",
        chunks_blocks,
        through=chunks_coordinates,
        related=of_the_square,
        called=("chunk", "query", "key"),
    ),
    segments_coordinates,
    Count(
        "local.segments",
        "Segments with a memory",
        segments_blocks,
        through=segments_coordinates,
        related=of_the_square,
        called=("segment", "query", "segment", "key"),
    ),
    work("work.full", "All pairs", full, (n,)),
    work("work.causal", "Causal attention", causal, (n,)),
    work("work.window", "Sliding window", window, (n, w)),
    work("work.dilated", "Dilated window", dilated_classes, (m, e, w)),
    work("work.sinks", "Attention sinks", sinks, (n, s, w)),
    work("work.chunks", "Chunks", chunks_blocks, (m, l)),
    work("work.segments", "Segments with a memory", segments_blocks, (m, l)),
)
