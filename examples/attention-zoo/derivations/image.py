"""Patterns on images: axial attention, neighborhoods, windows and shifted windows.

Letters: an image of s x s pixels; the query (x, y) and the key (u, v); neighborhoods of radius r;
windows of w x w pixels. Along one side: n pixels, windows of w, shifted by t.
"""

from derivations._shared import a, b, i, j, k, m, n, of_the_square, square, work
from proofpress import (
    Coordinates,
    Count,
    Eq,
    IntegerSet,
    Leading,
    Max,
    Min,
    Mod,
    Named,
    Share,
    floor,
    integers,
)

s, r, w, t, x, y, u, v, f, h, X, Y = integers("s r w t x y u v f h X Y")

query = (1 <= x) & (x <= s) & (1 <= y) & (y <= s)
key = (1 <= u) & (u <= s) & (1 <= v) & (v <= s)
of_the_image = {"full": Named(s**4), "fraction": Share(s**4), "leading": Leading(s)}
inside = (1 <= x) & (x <= s) & (1 <= y) & (y <= s)

# The own row and the own column.
axial = IntegerSet("axial", (x, y, u, v), query & key & (Eq(x, u) | Eq(y, v)), assuming=s >= 1)
axial_seen = IntegerSet(
    "seen along the axes",
    (u, v),
    key & (Eq(x, u) | Eq(y, v)),
    assuming=inside,
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
    query
    & key
    & Eq(floor((x - 1) / w), floor((u - 1) / w))
    & Eq(floor((y - 1) / w), floor((v - 1) / w)),
    assuming=(s >= 1) & (w >= 1) & Eq(Mod(s, w), 0),
    parameters=(s, w),
)
window_pairs = IntegerSet(
    "windows, by windows",
    (X, Y, a, b, f, h),
    (1 <= X)
    & (X <= m)
    & (1 <= Y)
    & (Y <= m)
    & (1 <= a)
    & (a <= w)
    & (1 <= b)
    & (b <= w)
    & (1 <= f)
    & (f <= w)
    & (1 <= h)
    & (h <= w),
    assuming=(m >= 1) & (w >= 1),
    parameters=(m, w),
)
windows_coordinates = Coordinates(
    "image.windows.coordinates",
    "Coordinates of the windows",
    original=windows,
    blocks=window_pairs,
    mapping={
        x: (X - 1) * w + a,
        y: (Y - 1) * w + b,
        u: (X - 1) * w + f,
        v: (Y - 1) * w + h,
    },
    inverse={
        X: floor((x - 1) / w) + 1,
        Y: floor((y - 1) / w) + 1,
        a: x - w * floor((x - 1) / w),
        b: y - w * floor((y - 1) / w),
        f: u - w * floor((u - 1) / w),
        h: v - w * floor((v - 1) / w),
    },
    where={s: m * w},
)

# Along one side: the windows are moved by t pixels, and cut off at both ends.


def moved(pixel):
    """Return the number of the shifted window that holds a pixel, from zero."""
    return floor((pixel - 1 + t) / w)


shifted = IntegerSet(
    "shifted windows",
    (i, j),
    square & Eq(moved(i), moved(j)),
    assuming=(n >= 1) & (w >= 1) & Eq(Mod(n, w), 0) & (t >= 0) & (t <= w),
    parameters=(n, w, t),
)
shifted_windows = IntegerSet(
    "shifted windows, by windows",
    (k, a, b),
    (0 <= k)
    & (k <= m)
    & (1 <= a)
    & (a <= w)
    & (1 <= b)
    & (b <= w)
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
    inverse={k: moved(i), a: i + t - w * moved(i), b: j + t - w * moved(j)},
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
        called=("query", "key"),
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
