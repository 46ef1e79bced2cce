"""Named masks and neighbourhoods from the literature, as sets to be counted.

Used by the tests (every count against enumeration and against barvinok) and by the benchmark.
Queries i and keys j count from 1; sources are named where a paper gave the mask its name.
"""

from __future__ import annotations

from proofpress import Abs, And, Eq, IntegerSet, Mod, Ne, floor, integers
from proofpress.terms.tree import Condition, Letter, Term

n, t, g, m, w, h = integers("n t g m w h")
i, j, a, b, x, y, u, v, k = integers("i j a b x y u v k")

square = (i >= 1) & (i <= n) & (j >= 1) & (j <= n)
past = square & (j <= i)
some = n >= 0
band = (n >= 1) & (t >= 0)


def mask(
    name: str, predicate: Condition, assuming: Condition = some, *letters: Letter
) -> IntegerSet:
    """Return a set of pairs (i, j) with the given parameters, n alone by default."""
    return IntegerSet(name, (i, j), predicate, assuming, parameters=letters or (n,))


def block(size: int, letter: Letter) -> Term:
    """Return the number of the block of constant size that a position lies in."""
    return floor((letter - 1) / size)


def image(letters: tuple[Letter, ...], side: Letter = n) -> Condition:
    """Return that every letter lies between 1 and the side."""
    return And(*((z >= 1) & (z <= side) for z in letters))


pixels = image((x, y, u, v))

MASKS = (
    mask("full", square),
    mask("causal", past),
    mask("strictly causal", square & (j < i)),
    mask("anti-causal", square & (j >= i)),
    mask("diagonal", square & Eq(i, j)),
    mask("off-diagonal", square & Ne(i, j)),
    # Sliding windows (Longformer, Mistral).
    mask("sliding window", past & (i - j <= t), band, n, t),
    mask("sliding window of three", past & (i - j <= 3)),
    mask("two-sided band", square & (Abs(i - j) <= t), band, n, t),
    mask("look-ahead band", square & (i - j <= t) & (j - i <= g), band & (g >= 0), n, t, g),
    mask("outside a band", square & ((i - j > t) | (j - i > t)), band, n, t),
    mask("banded and strictly causal", square & (j < i) & (i - j <= t), band, n, t),
    # Dilated and strided patterns (Longformer; Child et al. 2019, sparse transformers).
    mask("dilated by two", past & Eq(Mod(i - j, 2), 0)),
    mask("dilated by three", past & Eq(Mod(i - j, 3), 0)),
    mask("dilated window", past & Eq(Mod(i - j, 2), 0) & (i - j <= t), band, n, t),
    mask("strided, two-sided", square & Eq(Mod(i - j, 4), 0)),
    mask("sparse transformer, strided", past & ((i - j < 4) | Eq(Mod(i - j, 4), 0))),
    mask("fixed: own block", past & Eq(block(4, i), block(4, j))),
    mask("fixed: summary columns", past & Eq(Mod(j, 4), 0)),
    mask("sparse transformer, fixed", past & (Eq(block(4, i), block(4, j)) | Eq(Mod(j, 4), 0))),
    mask("every third key", square & Eq(Mod(j, 3), 1)),
    # Prefix language models (T5, UniLM) and global tokens (Longformer, BigBird, ETC).
    mask("prefix LM", square & ((j <= i) | (j <= g)), (n >= 1) & (g >= 0) & (g <= n), n, g),
    mask("prefix LM, any prefix", square & ((j <= i) | (j <= g)), (n >= 0) & (g >= 0), n, g),
    mask("global keys", square & (j <= g), (n >= 0) & (g >= 0), n, g),
    mask("global tokens", square & ((i <= g) | (j <= g)), (n >= 0) & (g >= 0), n, g),
    mask(
        "global tokens and band",
        square & ((i <= g) | (j <= g) | (Abs(i - j) <= t)),
        band & (g >= 0),
        n,
        t,
        g,
    ),
    mask("attention sinks", past & ((j <= g) | (i - j <= t)), band & (g >= 0), n, t, g),
    mask("encoder-decoder", (i >= 1) & (i <= n) & (j >= 1) & (j <= m), (n >= 0) & (m >= 0), n, m),
    mask(
        "bottom-right causal",
        (i >= 1) & (i <= n) & (j >= 1) & (j <= m) & (j - m <= i - n),
        (n >= 1) & (m >= n),
        n,
        m,
    ),
    # Chunks, blocks and documents of constant size.
    mask("chunks of four", square & Eq(block(4, i), block(4, j))),
    mask("chunked, causal", past & Eq(block(8, i), block(8, j))),
    mask(
        "chunk and the one before",
        square & (block(4, i) - block(4, j) <= 1) & (block(4, j) <= block(4, i)),
    ),
    mask("block causal", square & (block(3, j) <= block(3, i))),
    mask("block band", square & (Abs(block(2, i) - block(2, j)) <= 1)),
    mask("block checkerboard", square & Eq(Mod(block(2, i) + block(2, j), 2), 0)),
    mask("documents of five", past & Eq(block(5, i), block(5, j))),
    mask("shifted windows", square & Eq(floor((i + 1) / 4), floor((j + 1) / 4))),
    mask("checkerboard", square & Eq(Mod(i + j, 2), 0)),
    # Dyadic and triangular shapes.
    mask("half slope", square & (2 * j <= i)),
    mask("pyramid", square & (i + j <= n + 1) & (j <= i)),
    mask("knapsack", (i >= 0) & (j >= 0) & (2 * i + 3 * j <= n)),
    # Block coordinates of windows of letter size.
    IntegerSet(
        "windowed",
        (k, a, b),
        (k >= 1) & (k <= m) & (a >= 1) & (a <= w) & (b >= 1) & (b <= a),
        (m >= 1) & (w >= 1),
    ),
    # Images: pairs of pixels (x, y) and (u, v); Parmar et al. 2018, Ho et al. 2019 (axial).
    IntegerSet("axial: same row", (x, y, u, v), pixels & Eq(x, u), some),
    IntegerSet("axial: cross", (x, y, u, v), pixels & (Eq(x, u) | Eq(y, v)), some),
    IntegerSet(
        "neighbourhood 3 x 3",
        (x, y, u, v),
        pixels & (Abs(x - u) <= 1) & (Abs(y - v) <= 1),
        some,
    ),
    IntegerSet(
        "neighbourhood of radius t",
        (x, y, u, v),
        pixels & (Abs(x - u) <= t) & (Abs(y - v) <= t),
        (n >= 1) & (t >= 0),
        parameters=(n, t),
    ),
    IntegerSet("upper left quadrant", (x, y, u, v), pixels & (u <= x) & (v <= y), some),
    IntegerSet("raster order", (x, y, u, v), pixels & ((u < x) | (Eq(u, x) & (v <= y))), some),
    IntegerSet("triples", (i, j, k), (i >= 1) & (i <= j) & (j <= k) & (k <= n), some),
    IntegerSet(
        "rectangular image rows",
        (x, y, v),
        (x >= 1) & (x <= h) & (y >= 1) & (y <= w) & (v >= 1) & (v <= y),
        (h >= 1) & (w >= 1),
        parameters=(h, w),
    ),
)
