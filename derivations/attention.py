"""Question 1: how many query-key dot products a masked self-attention needs.

Letters: n tokens; t positions of look-back; windows of w tokens, m = n/w of them. Queries i and
keys j count from 1. Inside windows: query number a and key number b of window number k.
"""

import numpy as np

from proofpress import (
    Coordinates,
    Count,
    Eq,
    IntegerSet,
    Leading,
    Limit,
    Mod,
    Named,
    Share,
    floor,
    integers,
)

n, t, w, m, i, j, k, q, a, b = integers("n t w m i j k q a b")

EXAMPLES = {"grid": {"n": 12, "t": 3, "w": 4}}

CALLED = ("query", "key")

square = (1 <= i) & (i <= n) & (1 <= j) & (j <= n)
past = (1 <= i) & (i <= n) & (1 <= j) & (j <= i)


# What the report says of every mask beside its count: its part of all n**2 pairs, as n grows.

of_the_square = {
    "full": Named(n**2),
    "fraction": Share(n**2),
    "leading": Leading(n),
    "limit": Limit(n, n**2),
}


# a. Every token attends to itself and to all tokens before it.

causal = IntegerSet("causal", (i, j), past, assuming=n >= 1)

# b. Every token attends to itself and to at most t tokens before it.

sliding = IntegerSet(
    "sliding",
    (i, j),
    past & (i - j <= t),
    assuming=(n >= 1) & (t >= 0),
    parameters=(n, t),
)

# c. Every token attends to itself and to the tokens before it in its own window.

whole_windows = (n >= 1) & (w >= 1) & Eq(Mod(n, w), 0)

windowed = IntegerSet(
    "windowed",
    (i, j),
    past & Eq(floor((i - 1) / w), floor((j - 1) / w)),
    assuming=whole_windows,
    parameters=(n, w),
)
windowed_blocks = IntegerSet(
    "windowed, by blocks",
    (k, a, b),
    (k >= 1) & (k <= m) & (a >= 1) & (a <= w) & (b >= 1) & (b <= a),
    assuming=(m >= 1) & (w >= 1),
    parameters=(m, w),
)
windowed_coordinates = Coordinates(
    "attention.windowed.coordinates",
    "Block coordinates of the windowed mask",
    original=windowed,
    blocks=windowed_blocks,
    mapping={i: (k - 1) * w + a, j: (k - 1) * w + b},
    inverse={
        k: floor((i - 1) / w) + 1,
        a: i - w * floor((i - 1) / w),
        b: j - w * floor((j - 1) / w),
    },
    where={n: m * w},
)

# The other reading of c: the whole own window, and everything before it.

prefix_windowed = IntegerSet(
    "prefix windowed",
    (i, j),
    square & (floor((j - 1) / w) <= floor((i - 1) / w)),
    assuming=whole_windows,
    parameters=(n, w),
)
prefix_blocks = IntegerSet(
    "prefix windowed, by blocks",
    (k, a, q, b),
    (k >= 1) & (k <= m) & (a >= 1) & (a <= w) & (q >= 1) & (q <= k) & (b >= 1) & (b <= w),
    assuming=(m >= 1) & (w >= 1),
    parameters=(m, w),
)
prefix_coordinates = Coordinates(
    "attention.prefix_windowed.coordinates",
    "Block coordinates of the windowed mask, other reading",
    original=prefix_windowed,
    blocks=prefix_blocks,
    mapping={i: (k - 1) * w + a, j: (q - 1) * w + b},
    inverse={
        k: floor((i - 1) / w) + 1,
        a: i - w * floor((i - 1) / w),
        q: floor((j - 1) / w) + 1,
        b: j - w * floor((j - 1) / w),
    },
    where={n: m * w},
)

CLAIMS = (
    Count(
        "attention.causal",
        "Autoregressive self-attention: dot products",
        causal,
        related=of_the_square,
        called=CALLED,
        oracles={"numpy.tril": lambda n: np.tril(np.ones((n, n)))},
    ),
    Count(
        "attention.sliding",
        "Strided self-attention: dot products",
        sliding,
        related=of_the_square,
        called=CALLED,
        oracles={"numpy.tril and triu": lambda n, t: np.triu(np.tril(np.ones((n, n))), -t)},
    ),
    windowed_coordinates,
    Count(
        "attention.windowed",
        "Windowed self-attention: dot products",
        windowed_blocks,
        through=windowed_coordinates,
        related=of_the_square,
        called=("window", "query", "key"),
        oracles={
            "numpy.kron": lambda n, w: np.kron(np.eye(n // w), np.tril(np.ones((w, w)))),
        },
    ),
    prefix_coordinates,
    Count(
        "attention.prefix_windowed",
        "Windowed self-attention, other reading: dot products",
        prefix_blocks,
        through=prefix_coordinates,
        related=of_the_square,
        called=("window", "query", "window", "key"),
        oracles={
            "numpy.kron": lambda n, w: np.kron(np.tril(np.ones((n // w, n // w))), np.ones((w, w))),
        },
    ),
)
