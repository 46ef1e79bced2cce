"""Causal attention on several devices: blocks in a ring, and stripes.

Letters: n = d c tokens on d devices, c on each; the work of device p.
"""

from derivations._shared import a, b, i, j, n, past, q
from proofpress import At, Coordinates, Count, Eq, IntegerSet, Mod, Tensor, Total, floor, integers

c, d, p, B, H = integers("c d p B H")

devices = (c >= 1) & (d >= 1) & (p >= 1) & (p <= d)


def block(token):
    """Return how many blocks of c tokens end before a token."""
    return floor((token - 1) / c)


def round_of(token):
    """Return how many rounds of dealing end before a token."""
    return floor((token - 1) / d)


# A ring: device p has the tokens of block p.
ring = IntegerSet(
    "ring",
    (i, j),
    past & Eq(block(i) + 1, p),
    assuming=(n >= 1) & (c >= 1) & Eq(Mod(n, c), 0) & (p >= 1) & (p <= floor(n / c)),
    parameters=(n, c, p),
)
ring_blocks = IntegerSet(
    "ring, by blocks",
    (a, q, b),
    (1 <= a) & (a <= c) & (1 <= b) & (b <= c) & (1 <= q) & ((q < p) | (Eq(q, p) & (b <= a))),
    assuming=devices,
    parameters=(d, c, p),
)
ring_coordinates = Coordinates(
    "ring.blocks.coordinates",
    "Coordinates of one device of the ring",
    original=ring,
    blocks=ring_blocks,
    mapping={i: (p - 1) * c + a, j: (q - 1) * c + b},
    inverse={a: i - c * block(i), q: block(j) + 1, b: j - c * block(j)},
    where={n: d * c},
)

# Stripes: the tokens are dealt out like cards, and device p has every d-th.
stripes = IntegerSet(
    "stripes",
    (i, j),
    past & Eq(i - d * round_of(i), p),
    assuming=(n >= 1) & (d >= 1) & Eq(Mod(n, d), 0) & (p >= 1) & (p <= d),
    parameters=(n, d, p),
)
stripes_dealt = IntegerSet(
    "stripes, as dealt",
    (a, q, b),
    (1 <= a)
    & (a <= c)
    & (1 <= b)
    & (b <= c)
    & (1 <= q)
    & (q <= d)
    & ((b < a) | (Eq(a, b) & (q <= p))),
    assuming=devices,
    parameters=(c, d, p),
)
stripes_coordinates = Coordinates(
    "ring.stripes.coordinates",
    "Coordinates of one device with stripes",
    original=stripes,
    blocks=stripes_dealt,
    mapping={i: (a - 1) * d + p, j: (b - 1) * d + q},
    inverse={a: round_of(i) + 1, q: j - d * round_of(j), b: round_of(j) + 1},
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
