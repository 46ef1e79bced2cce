"""Patterns on images: axial attention, neighborhoods, windows and shifted windows.

Letters: an image of s x s pixels; the query (x, y) and the key (u, v); neighborhoods of radius r;
windows of w x w pixels. Along one side: n pixels, windows of w, shifted by t.
"""

from derivations._shared import (
    CALLED,
    a,
    b,
    block,
    i,
    j,
    k,
    m,
    n,
    of_all,
    of_the_square,
    place,
    square,
    together,
    token,
    up_to,
    whole,
    work,
)
from proofpress import Coordinates, Count, Eq, IntegerSet, Max, Min, integers

s, r, w, t, x, y, u, v, f, h, X, Y = integers("s r w t x y u v f h X Y")

query, key = up_to(s, x, y), up_to(s, u, v)
of_the_image = of_all(s**4, s)

# The own row and the own column.
axial = IntegerSet("axial", (x, y, u, v), query & key & (Eq(x, u) | Eq(y, v)), assuming=s >= 1)
axial_seen = IntegerSet(
    "seen along the axes",
    (u, v),
    key & (Eq(x, u) | Eq(y, v)),
    assuming=query,
    parameters=(s, x, y),
)


def first(at, side=s):
    """Return where the neighborhood of a pixel begins: it is pushed back at the border."""
    return Min(Max(at - r, 1), side - 2 * r)


near = (first(x) <= u) & (u <= first(x) + 2 * r) & (first(y) <= v) & (v <= first(y) + 2 * r)

# 2 r + 1 pixels in each direction for every query, also at the border.
neighborhood = IntegerSet(
    "neighborhood",
    (x, y, u, v),
    query & key & near,
    assuming=(r >= 0) & (s >= 2 * r + 1),
    parameters=(s, r),
)
neighborhood_side = IntegerSet(
    "neighborhood along one side",
    (i, j),
    square & (first(i, n) <= j) & (j <= first(i, n) + 2 * r),
    assuming=(r >= 0) & (n >= 2 * r + 1),
    parameters=(n, r),
)

# Pixel (a, b) of window (X, Y) sees pixel (f, h) of the same window.
windows = IntegerSet(
    "windows",
    (x, y, u, v),
    query & key & together(x, u, w) & together(y, v, w),
    assuming=whole(s, w),
    parameters=(s, w),
)
window_pairs = IntegerSet(
    "windows, by windows",
    (X, Y, a, b, f, h),
    up_to(m, X, Y) & up_to(w, a, b, f, h),
    assuming=(m >= 1) & (w >= 1),
    parameters=(m, w),
)
windows_coordinates = Coordinates(
    "image.windows.coordinates",
    "Coordinates of the windows",
    original=windows,
    blocks=window_pairs,
    mapping={
        x: token(X, a, w),
        y: token(Y, b, w),
        u: token(X, f, w),
        v: token(Y, h, w),
    },
    inverse={
        X: block(x, w) + 1,
        Y: block(y, w) + 1,
        a: place(x, w),
        b: place(y, w),
        f: place(u, w),
        h: place(v, w),
    },
    where={s: m * w},
)

# Along one side: the windows are moved by t pixels, and cut off at both ends. What stands before
# the first pixel belongs to window zero.
shifted = IntegerSet(
    "shifted windows",
    (i, j),
    square & together(i + t, j + t, w),
    assuming=whole(n, w) & (t >= 0) & (t <= w),
    parameters=(n, w, t),
)
shifted_windows = IntegerSet(
    "shifted windows, by windows",
    (k, a, b),
    (0 <= k)
    & (k <= m)
    & up_to(w, a, b)
    & ((k >= 1) | ((a > t) & (b > t)))
    & ((k <= m - 1) | ((a <= t) & (b <= t))),
    assuming=(m >= 1) & (w >= 1) & (t >= 0) & (t <= w),
    parameters=(m, w, t),
)
shifted_coordinates = Coordinates(
    "image.shifted.coordinates",
    "Coordinates of the shifted windows",
    original=shifted,
    blocks=shifted_windows,
    mapping={i: k * w + a - t, j: k * w + b - t},
    inverse={k: block(i + t, w), a: place(i + t, w), b: place(j + t, w)},
    where={n: m * w},
)


CLAIMS = (
    Count(
        "image.axial",
        "Axial attention",
        axial,
        related=of_the_image,
        called=("query row", "query column", "key row", "key column"),
    ),
    Count("image.axial.seen", "Pixels that one query sees along the axes", axial_seen),
    Count("image.neighborhood", "Neighborhood attention", neighborhood, related=of_the_image),
    Count(
        "image.neighborhood.side",
        "Neighborhood attention along one side",
        neighborhood_side,
        related=of_the_square,
        called=CALLED,
    ),
    windows_coordinates,
    Count(
        "image.windows",
        "Windows",
        window_pairs,
        through=windows_coordinates,
        related=of_the_image,
        called=("window row", "window column", "row", "column", "row", "column"),
    ),
    shifted_coordinates,
    Count(
        "image.shifted",
        "Shifted windows along one side",
        shifted_windows,
        through=shifted_coordinates,
        related=of_the_square,
        called=("window", "query", "key"),
    ),
    work("pixels.axial", "Axial attention", axial, (s,)),
    work("pixels.neighborhood", "Neighborhood attention", neighborhood, (s, r)),
    work("pixels.windows", "Windows", window_pairs, (m, w)),
    work("pixels.shifted", "Shifted windows along one side", shifted_windows, (m, w, t)),
)
