"""Kinds of sets whose closed form is known, each stated in several shapes.

Everything is source text: the press builds the sets from it, and plain.py counts their points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from .plain import NoValue, reading, value

Case = tuple[tuple[str, int], ...]

# Values tried for each letter, by the number of letters.
LOOKED_AT = {1: range(-12, 46), 2: range(-3, 17)}


@dataclass(frozen=True)
class Kind:
    """A set, or a sum of sizes, with its right closed forms.

    `truth` is the number by counting, in the language of plain.py; `domain` says where the forms
    hold; `far` is a point of the domain beyond all small cases. `setup` gives the press what
    `claim` names, in which {form} is what is stated.
    """

    name: str
    letters: tuple[str, ...]
    domain: str
    truth: str
    forms: tuple[str, ...]
    far: tuple[int, ...]
    setup: str
    claim: str = "Count('kinds.set', 'A set', counted, stated={form})"

    def cases(self) -> Iterator[Case]:
        """Return the small points of the domain and the far one."""
        return iter(_cases(self))

    def counted(self, case: Case) -> int:
        """Return the number of points there, by counting."""
        return _counted(self.truth, case)

    def witness(self, form: str) -> Case | None:
        """Return the first point of the domain where a form is not the count, None for no such.

        >>> causal = KINDS[0]
        >>> causal.witness("n*(n + 1)/2") is None, causal.witness("n")
        (True, (('n', 2),))
        """
        names, function = reading(form)
        for case in self.cases():
            letters = dict(case)
            try:
                right = function(*(letters[x] for x in names)) == self.counted(case)
            except NoValue:
                right = False
            if not right:
                return case
        return None


@cache
def _cases(kind: Kind) -> tuple[Case, ...]:
    tried = LOOKED_AT[len(kind.letters)]
    grid = [*product(tried, repeat=len(kind.letters)), kind.far]
    cases = [tuple(zip(kind.letters, point, strict=True)) for point in grid]
    return tuple(case for case in cases if value(kind.domain, **dict(case)))


@cache
def _counted(truth: str, case: Case) -> int:
    found = value(truth, **dict(case))
    assert isinstance(found, int), (truth, case)
    return found


def of_points(
    name: str,
    letters: str,
    counted: str,
    predicate: str,
    domain: str,
    box: str,
    far: tuple[int, ...],
    forms: tuple[str, ...],
) -> Kind:
    """Return the kind of a set of points; `box` limits each counted letter, for plain counting."""
    names = tuple(letters.split())
    return Kind(
        name=name,
        letters=names,
        domain=domain,
        truth=f"number({predicate}, {box})",
        forms=forms,
        far=far,
        setup=(
            f"counted = IntegerSet({name!r}, ({', '.join(counted.split())},), {predicate}, "
            f"assuming={domain}, parameters=({', '.join(names)},))"
        ),
    )


past = "(1 <= i) & (i <= n) & (1 <= j) & (j <= i)"
square = "(1 <= i) & (i <= n) & (1 <= j) & (j <= n)"
lower = "(i, 1, n), (j, 1, i)"
whole = "(i, 1, n), (j, 1, n)"
short, long = "n*(n + 1)/2", "(t + 1)*(2*n - t)/2"

KINDS: tuple[Kind, ...] = (
    of_points(
        "causal",
        "n",
        "i j",
        past,
        "n >= 1",
        lower,
        (1000,),
        (
            "n*(n + 1)/2",
            "n**2/2 + n/2",
            "binomial(n + 1, 2)",
            "(n + 1)*n - n*(n + 1)/2",
            "Max(n, 1)*(n + 1)/2",
            "Piecewise((1, Eq(n, 1)), (n*(n + 1)/2, n >= 2))",
        ),
    ),
    of_points(
        "sliding",
        "n t",
        "i j",
        f"{past} & (i - j <= t)",
        "(n >= 1) & (t >= 0)",
        lower,
        (1000, 3),
        (
            f"Piecewise(({short}, n <= t), ({long}, True))",
            f"Piecewise(({short}, n <= t + 1), ({long}, n >= t + 2))",
            "n*(n + 1)/2 - Max(n - t - 1, 0)*Max(n - t, 0)/2",
            "Min(n, t + 1)*(2*n + 1 - Min(n, t + 1))/2",
        ),
    ),
    Kind(
        "windows by blocks",
        ("n", "w"),
        "(n >= 1) & (w >= 1) & Eq(Mod(n, w), 0)",
        f"number({past} & Eq(floor((i - 1)/w), floor((j - 1)/w)), {lower})",
        ("n*(w + 1)/2", "n*w/2 + n/2", "(n/w)*binomial(w + 1, 2)", "(n/w)*(w*(w + 1)/2)"),
        (600, 3),
        f"""
windowed = IntegerSet('windowed', (i, j), {past} & Eq(floor((i - 1)/w), floor((j - 1)/w)),
    assuming=(n >= 1) & (w >= 1) & Eq(Mod(n, w), 0), parameters=(n, w))
blocks = IntegerSet('blocks', (k, a, b), (k >= 1) & (k <= m) & (a >= 1) & (a <= w) & (b >= 1)
    & (b <= a), assuming=(m >= 1) & (w >= 1), parameters=(m, w))
change = Coordinates('kinds.change', 'Change', original=windowed, blocks=blocks,
    mapping={{i: (k - 1)*w + a, j: (k - 1)*w + b}},
    inverse={{k: floor((i - 1)/w) + 1, a: i - w*floor((i - 1)/w), b: j - w*floor((j - 1)/w)}},
    where={{n: m*w}})
""".replace("{{", "{").replace("}}", "}"),
        "Count('kinds.set', 'A set', blocks, through=change, stated={form})",
    ),
    of_points(
        "dilated",
        "n",
        "i j",
        f"{past} & Eq(Mod(i - j, 2), 0)",
        "n >= 0",
        lower,
        (1000,),
        (
            "(n**2 + 2*n + Mod(n, 2))/4",
            "floor((n + 1)/2)*floor((n + 2)/2)",
            "Piecewise((n*(n + 2)/4, Eq(Mod(n, 2), 0)), ((n + 1)**2/4, True))",
            "(2*n**2 + 4*n + 1 - (-1)**n)/8",
        ),
    ),
    of_points(
        "parity",
        "n",
        "i",
        "(1 <= i) & (i <= n) & Eq(Mod(i, 2), 0)",
        "n >= 0",
        "(i, 1, n)",
        (1000,),
        (
            "floor(n/2)",
            "(n - Mod(n, 2))/2",
            "Piecewise((n/2, Eq(Mod(n, 2), 0)), ((n - 1)/2, Eq(Mod(n, 2), 1)))",
            "(2*n - 1 + (-1)**n)/4",
            "n - ceiling(n/2)",
        ),
    ),
    of_points(
        "rows up to a floor",
        "n",
        "i j",
        "(1 <= i) & (i <= n) & (1 <= j) & (j <= floor(i/2))",
        "n >= 0",
        lower,
        (1000,),
        (
            "floor(n/2)*floor((n + 1)/2)",
            "(n**2 - Mod(n, 2))/4",
            "Piecewise((n**2/4, Eq(Mod(n, 2), 0)), ((n**2 - 1)/4, True))",
            "floor(n/2)*(n - floor(n/2))",
        ),
    ),
    of_points(
        "slanted",
        "n",
        "i j",
        "(i >= 0) & (j >= 0) & (i + 2*j <= n)",
        "n >= 0",
        "(i, 0, n), (j, 0, n)",
        (700,),
        (
            "(floor(n/2) + 1)*(n - floor(n/2) + 1)",
            "(n**2 + 4*n + 4 - Mod(n, 2))/4",
            "Piecewise(((n + 2)**2/4, Eq(Mod(n, 2), 0)), ((n + 1)*(n + 3)/4, True))",
        ),
    ),
    of_points(
        "union of two ends",
        "n t",
        "i",
        "(1 <= i) & (i <= n) & ((i <= t) | (i >= n - t + 1))",
        "(n >= 0) & (t >= 0)",
        "(i, 1, n)",
        (1000, 7),
        (
            "Min(n, 2*t)",
            "Piecewise((n, n <= 2*t), (2*t, True))",
            "Piecewise((2*t, n >= 2*t + 1), (n, n <= 2*t))",
            "n - Max(n - 2*t, 0)",
            "(n + 2*t - Abs(n - 2*t))/2",
        ),
    ),
    of_points(
        "neighbourhood",
        "n t",
        "i j",
        f"{square} & (Abs(i - j) <= t)",
        "(n >= 1) & (t >= 0)",
        whole,
        (700, 2),
        (
            "Piecewise((n**2, n <= t + 1), (n*(2*t + 1) - t*(t + 1), True))",
            "n**2 - Max(n - t - 1, 0)*Max(n - t, 0)",
            "Piecewise((n**2, n <= t), (n + 2*t*n - t**2 - t, n >= t + 1))",
        ),
    ),
    of_points(
        "triples",
        "n",
        "i j k",
        "(1 <= i) & (i <= j) & (j <= k) & (k <= n)",
        "n >= 0",
        "(i, 1, n), (j, i, n), (k, j, n)",
        (150,),
        (
            "n*(n + 1)*(n + 2)/6",
            "binomial(n + 2, 3)",
            "n**3/6 + n**2/2 + n/3",
            "Piecewise((0, n <= 0), (n*(n + 1)*(n + 2)/6, n >= 1))",
        ),
    ),
    of_points(
        "two classes of three",
        "n",
        "i",
        "(1 <= i) & (i <= n) & Ne(Mod(i, 3), 0)",
        "n >= 0",
        "(i, 1, n)",
        (1000,),
        (
            "n - floor(n/3)",
            "ceiling(2*n/3)",
            "floor((n + 1)/3) + floor((n + 2)/3)",
            "(2*n + Mod(n, 3))/3 - Piecewise((1, Eq(Mod(n, 3), 2)), (0, True))*0",
        ),
    ),
    of_points(
        "bounded domain",
        "n",
        "i j",
        f"{past} & (i <= 25)",
        "(n >= 0) & (n <= 20)",
        lower,
        (20,),
        ("n*(n + 1)/2", "binomial(n + 1, 2)", "Min(n, 20)*(n + 1)/2"),
    ),
    of_points(
        "empty at first",
        "n",
        "i j",
        "(i >= 1) & (j >= i + 4) & (j <= n)",
        "n >= 0",
        whole,
        (700,),
        (
            "Piecewise((0, n <= 4), ((n - 4)*(n - 3)/2, True))",
            "Max(n - 4, 0)*Max(n - 3, 0)/2",
            "Piecewise(((n - 4)*(n - 3)/2, n >= 3), (0, n <= 2))",
        ),
    ),
    of_points(
        "from twenty on",
        "n",
        "i",
        "(20 <= i) & (i <= n)",
        "n >= 20",
        "(i, 20, n)",
        (1000,),
        ("n - 19", "Max(n - 19, 1)", "Piecewise((1, Eq(n, 20)), (n - 19, n >= 21))"),
    ),
    of_points(
        "causal from twenty on",
        "n",
        "i j",
        past,
        "n >= 20",
        lower,
        (1000,),
        ("n*(n + 1)/2", "Max(n, 20)*(n + 1)/2"),
    ),
    of_points(
        "below zero",
        "n",
        "i j",
        "(n <= i) & (i <= j) & (j <= -1)",
        "n <= -1",
        "(i, n, -1), (j, n, -1)",
        (-700,),
        ("n*(n - 1)/2", "Abs(n)*(1 - n)/2", "binomial(1 - n, 2)"),
    ),
    of_points(
        "encoder and decoder",
        "n m",
        "i j",
        "(1 <= i) & (i <= n) & (1 <= j) & (j <= m) & (j - m <= i - n)",
        "(n >= 1) & (m >= n)",
        "(i, 1, n), (j, 1, m)",
        (40, 900),
        ("n*m - n*(n - 1)/2", "n*(2*m - n + 1)/2", "n*m - binomial(n, 2)"),
    ),
    of_points(
        "every fourth, two-sided",
        "n",
        "i j",
        f"{square} & Eq(Mod(i - j, 2), 0)",
        "n >= 0",
        whole,
        (700,),
        (
            "(n**2 + Mod(n, 2))/2",
            "floor(n/2)**2 + ceiling(n/2)**2",
            "Piecewise((n**2/2, Eq(Mod(n, 2), 0)), ((n**2 + 1)/2, True))",
        ),
    ),
    Kind(
        "a letter replaced",
        ("k",),
        "k >= 1",
        "number((1 <= a) & (a <= 2*k) & (1 <= b) & (b <= 2*k), (a, 1, 2*k), (b, 1, 2*k))",
        ("4*k**2", "(2*k)**2", "2*k*(2*k - 1) + 2*k"),
        (400,),
        "square = IntegerSet('square', (a, b), (1 <= a) & (a <= s) & (1 <= b) & (b <= s), "
        "assuming=s >= 1, parameters=(s,))",
        "Count('kinds.set', 'A set', square, put={s: 2*k}, letters=(k,), assuming=k >= 1, "
        "stated={form})".replace("{s: 2*k}", "{{s: 2*k}}"),
    ),
    Kind(
        "sizes of tensors",
        ("c", "h"),
        "(c >= 1) & (h >= 1)",
        "number((1 <= a) & (1 <= b), (a, 1, h), (b, 1, c)) + number(1 <= a, (a, 1, h))*h + h",
        ("h*(c + h + 1)", "c*h + h**2 + h", "(c + 1)*h + h*h"),
        (30, 300),
        "weights = (Tensor('W_in', (h, c)), Tensor('W_left', (h, h)), Tensor('b', (h,)))",
        "Total('kinds.sum', 'A sum', weights, (c, h), (c >= 1) & (h >= 1), stated={form})",
    ),
)
