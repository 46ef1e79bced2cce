"""Causal attention on several devices: blocks in a ring, and stripes.

Letters: n = d c tokens on d devices, c on each; the work of device p.
"""

from derivations._shared import a, b, block, d, i, j, n, past, place, q, token, up_to, whole
from proofpress import At, Coordinates, Count, Eq, IntegerSet, Tensor, Total, floor, integers

c, p, B, H = integers("c p B H")

devices = (c >= 1) & (d >= 1) & (p >= 1) & (p <= d)


# A ring: device p has the tokens of block p.
ring = IntegerSet(
    "ring",
    (i, j),
    past & Eq(block(i, c) + 1, p),
    assuming=whole(n, c) & (p >= 1) & (p <= floor(n / c)),
    parameters=(n, c, p),
)
ring_blocks = IntegerSet(
    "ring, by blocks",
    (a, q, b),
    up_to(c, a, b) & (1 <= q) & ((q < p) | (Eq(q, p) & (b <= a))),
    assuming=devices,
    parameters=(d, c, p),
)
ring_coordinates = Coordinates(
    "ring.blocks.coordinates",
    "Coordinates of one device of the ring",
    original=ring,
    blocks=ring_blocks,
    mapping={i: token(p, a, c), j: token(q, b, c)},
    inverse={a: place(i, c), q: block(j, c) + 1, b: place(j, c)},
    where={n: d * c},
)

# Stripes: the tokens are dealt out like cards, d in a round, and device p has the p-th of each.
stripes = IntegerSet(
    "stripes",
    (i, j),
    past & Eq(place(i, d), p),
    assuming=whole(n, d) & (p >= 1) & (p <= d),
    parameters=(n, d, p),
)
stripes_dealt = IntegerSet(
    "stripes, as dealt",
    (a, q, b),
    up_to(c, a, b) & up_to(d, q) & ((b < a) | (Eq(a, b) & (q <= p))),
    assuming=devices,
    parameters=(c, d, p),
)
stripes_coordinates = Coordinates(
    "ring.stripes.coordinates",
    "Coordinates of one device with stripes",
    original=stripes,
    blocks=stripes_dealt,
    mapping={i: token(a, p, d), j: token(b, q, d)},
    inverse={a: block(i, d) + 1, q: place(j, d), b: block(j, d) + 1},
    where={n: d * c},
)

# What a device holds: its queries, a block of keys and one of values, the next two on their way,
# and its output; B sequences at a time, H numbers for each token.
kept = tuple(
    Tensor(words, (B, c, H))
    for words in ("queries", "keys", "values", "next keys", "next values", "output")
)

# The last device is the busiest, and in a ring nobody is done before it.
ends = {"first": At({p: 1}), "last": At({p: d})}

CLAIMS = (
    ring_coordinates,
    Count(
        "ring.blocks",
        "Causal pairs of device p, blocks in a ring",
        ring_blocks,
        through=ring_coordinates,
        called=("query", "block", "key"),
    ),
    stripes_coordinates,
    Count(
        "ring.stripes",
        "Causal pairs of device p, stripes",
        stripes_dealt,
        through=stripes_coordinates,
        called=("query", "device", "key"),
    ),
    Count("ring.load", "The ring's load in its own letters", ring_blocks, related=ends),
    Count(
        "ring.load.stripes", "The stripes' load in their own letters", stripes_dealt, related=ends
    ),
    Total(
        "ring.memory",
        "Numbers that one device of the ring holds",
        kept,
        (B, c, H),
        (B >= 1) & (c >= 1) & (H >= 1),
    ),
)
