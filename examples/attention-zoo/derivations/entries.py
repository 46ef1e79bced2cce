"""The papers' complexity table: each entry as a statement that can be true or false.

An O() hides a constant. So each entry is stated with one: first with the constant one, as a reader
might take it, and where that is false, as `expect` says, with one that holds. Letters: as in the
families.
"""

from derivations._shared import a, attended, b, d, l, m, n, products, up_to
from derivations.central import bird_pairs, central, enough_blocks, g, r, w
from derivations.factored import c, fixed_blocks, strided_blocks
from derivations.image import X, Y, axial, neighborhood, s, window_pairs, x, y
from derivations.image import r as radius
from derivations.image import w as side
from derivations.local import s as sink
from derivations.local import sinks, window
from derivations.ring import c as held
from derivations.ring import p, ring_blocks, stripes_dealt
from derivations.tree import four_scales
from proofpress import (
    At,
    Bound,
    Count,
    IntegerSet,
    Tensor,
    Total,
    integers,
)

C = integers("C")

long_enough = (w >= 1) & (g >= 0) & (n >= g + w + 1)

# The Sparse Transformer's n = l**2 tokens: as many blocks as a block has tokens.
strided_square = Count(
    "entry.strided.square",
    "Strided pattern with as many blocks as a block has tokens",
    strided_blocks,
    put={m: l},
    letters=(l,),
    assuming=l >= 1,
)
fixed_square = Count(
    "entry.fixed.square",
    "Fixed pattern with as many blocks as a block has tokens",
    fixed_blocks,
    put={m: l},
    letters=(l, c),
    assuming=(c >= 1) & (c <= l),
    related={"single": At({c: 1})},
)

# The log pattern with n = 2**m tokens: all see themselves, and for each of the m distances all but
# the first few see one more. Those that do not are 1 + 2 + 4 + ... = 2**m - 1.
log_pairs = 2**m + m * 2**m - (2**m - 1)

# Pixels, each multiplied with so many C x C matrices.
pixels = IntegerSet(
    "pixels",
    (x, y),
    up_to(s, x, y),
    assuming=s >= 1,
)

pixels_of_windows = IntegerSet(
    "pixels, by windows",
    (X, Y, a, b),
    up_to(m, X, Y) & up_to(side, a, b),
    assuming=(m >= 1) & (side >= 1),
)


def layer(name, title, matrices, at, pairs, letters, assuming, stated):
    """Return the multiplications of a whole layer: matrices at each pixel, then the pairs."""
    of_pixels = products(name, at, *(Tensor(words, (C, C)) for words in matrices))
    parts = of_pixels + attended(name, pairs, C)
    return Total(name, title, parts, letters, assuming, stated=stated)


CLAIMS = (
    Count("entry.pixels", "Pixels of an image", pixels),
    strided_square,
    Bound(
        "entry.strided.one",
        "Strided pattern, constant one",
        strided_square.closed_form,
        l**3,
        (l,),
        l >= 1,
        expect="refuted",
    ),
    Bound(
        "entry.strided",
        "Strided pattern, constant two",
        strided_square.closed_form,
        2 * l**3,
        (l,),
        l >= 1,
    ),
    fixed_square,
    Bound(
        "entry.fixed.one",
        "Fixed pattern, constant one",
        fixed_square.closed_form,
        l**3,
        (l, c),
        (c >= 1) & (c <= l),
        expect="refuted",
    ),
    Bound(
        "entry.fixed",
        "Fixed pattern, constant c",
        fixed_square.closed_form,
        c * l**3,
        (l, c),
        (c >= 1) & (c <= l),
    ),
    Bound(
        "entry.window.one",
        "Sliding window of 2 w tokens, constant one",
        window.cardinality(),
        2 * w * n,
        (n, w),
        (w >= 1) & (n >= w + 1),
        expect="refuted",
    ),
    Bound(
        "entry.window",
        "Sliding window, with the query itself",
        window.cardinality(),
        (2 * w + 1) * n,
        (n, w),
        (w >= 1) & (n >= w + 1),
    ),
    Bound(
        "entry.central",
        "Window with global tokens, linear",
        central.cardinality(),
        (2 * w + 2 * g + 1) * n,
        (n, w, g),
        long_enough,
    ),
    Bound(
        "entry.bird",
        "Big Bird, linear",
        bird_pairs.closed_form,
        (3 + 2 * g + r) * l * (m * l),
        (m, l, g, r),
        enough_blocks & (l >= 1) & (r >= 0),
    ),
    Bound(
        "entry.axial.one",
        "Axial attention, constant one",
        axial.cardinality(),
        s**3,
        (s,),
        s >= 1,
        expect="refuted",
    ),
    Bound(
        "entry.axial",
        "Axial attention, constant two",
        axial.cardinality(),
        2 * s**3,
        (s,),
        s >= 1,
    ),
    layer(
        "entry.windows",
        "Windows, one layer",
        ("query", "key", "value", "output"),
        pixels_of_windows,
        window_pairs,
        (m, side, C),
        (m >= 1) & (side >= 1) & (C >= 1),
        4 * (m * side) ** 2 * C**2 + 2 * side**2 * (m * side) ** 2 * C,
    ),
    layer(
        "entry.neighborhood",
        "Neighborhood attention, one layer",
        ("query", "key", "value"),
        pixels,
        neighborhood,
        (s, radius, C),
        (radius >= 0) & (s >= 2 * radius + 1) & (C >= 1),
        3 * s**2 * C**2 + 2 * s**2 * C * (2 * radius + 1) ** 2,
    ),
    Bound(
        "entry.sinks",
        "Attention sinks, constant one",
        sinks.cardinality(),
        (sink + w + 1) * n,
        (n, sink, w),
        (sink >= 0) & (w >= 0) & (n >= sink + w + 1),
    ),
    Bound(
        "entry.logs.one",
        "Log pattern, constant one",
        log_pairs,
        m * 2**m,
        (m,),
        m >= 1,
        expect="refuted",
    ),
    Bound(
        "entry.logs",
        "Log pattern, constant two",
        log_pairs,
        2 * m * 2**m,
        (m,),
        m >= 1,
        expect="undecided",
    ),
    Bound(
        "entry.scales",
        "Four scales of dilated segments, linear",
        four_scales.closed_form,
        2 * l * (8 * m * l),
        (m, l),
        (m >= 1) & (l >= 1),
    ),
    Bound(
        "entry.stripes",
        "The busiest device of a ring against that of the stripes",
        ring_blocks.cardinality().subs(p, d),
        2 * stripes_dealt.cardinality().subs(p, d),
        (held, d),
        (held >= 1) & (d >= 1),
    ),
)
