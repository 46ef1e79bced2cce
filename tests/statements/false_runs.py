"""False totals of a recurrence: parts left out or doubled, and runs of something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from .corpus import Stated

# What a run costs: matrices by name, their rows and columns, and their offsets.
Term = tuple[str, str, str, tuple[int, ...] | None]


def cost(
    terms: Sequence[Term], kind: str, padded: bool, sizes: dict[str, int], dimensions: int
) -> int:
    """Return the operations of a recurrence on a grid of side n, unit by unit.

    >>> cost([("W", "h", "c", None)], "multiplies", True, {"n": 2, "h": 3, "c": 4}, 1)
    24
    """
    total = 0
    units = list(product(range(1, sizes["n"] + 1), repeat=dimensions))
    for unit in units:
        products = 0
        for _, rows, columns, offset in terms:
            there = offset is None or all(
                1 <= x + step <= sizes["n"] for x, step in zip(unit, offset, strict=True)
            )
            if there or padded:
                r, c = sizes[rows], sizes[columns]
                multiplies, inner, joined = r * c, r * (c - 1), r if products else 0
                products += 1
                total += {"multiplies": multiplies, "adds": inner + joined}[kind]
    return total


def recurrence(terms: Sequence[Term], dimensions: int) -> str:
    """Return the source text of a grid and a recurrence on it."""
    letters = ("i", "j")[:dimensions]
    inside = " & ".join(f"({x} >= 1) & ({x} <= n)" for x in letters)
    shown = ", ".join(
        f"MatrixTerm(Tensor('{name}', ({rows}, {columns})), offset={offset})"
        for name, rows, columns, offset in terms
    )
    return (
        f"grid = IntegerSet('grid', ({', '.join(letters)},), {inside}, assuming=n >= 1, "
        f"parameters=(n,))\nrec = Recurrence('rec', grid, ({shown},))"
    )


one = [("W", "h", "c", None), ("U", "h", "h", (-1,)), ("V", "h", "h", (-4,))]
far = [("W", "h", "c", None), ("U", "h", "h", (-7,))]
two = [("W", "h", "c", None), ("U", "h", "h", (-1, 0)), ("V", "h", "h", (0, -1))]
steep = [("W", "h", "c", None), ("U", "h", "h", (-1, 0)), ("V", "h", "h", (-4, -5))]
border = [("U", "h", "h", (-1,)), ("W", "h", "c", None)]
deep = [("U", "h", "h", (-5,)), ("W", "h", "c", None)]

# Terms, dimensions, the parts, what is really counted: kind and padding, the cost of the parts
# (by other terms, kind and padding), whether a run is asked for, and the reason.
RUNS = (
    (
        one,
        1,
        "rec.multiplies(False)[:2]",
        "multiplies",
        False,
        one[:2],
        True,
        "V is left out: n = 5",
    ),
    (one, 1, "rec.multiplies(True)[:2]", "multiplies", True, one[:2], True, "V is left out"),
    (one, 1, "rec.adds(False)[:2]", "adds", False, one[:2], True, "V is left out: n = 5"),
    (
        one,
        1,
        "rec.multiplies(False)[1:]",
        "multiplies",
        False,
        one[1:],
        True,
        "the input is left out",
    ),
    (
        far,
        1,
        "rec.multiplies(False)[:1]",
        "multiplies",
        False,
        far[:1],
        True,
        "n = 8 has a neighbour",
    ),
    (far, 1, "rec.adds(False)[:1]", "adds", False, far[:1], True, "n = 8 has a neighbour"),
    (
        far,
        1,
        "rec.multiplies(True)[:1]",
        "multiplies",
        True,
        far[:1],
        True,
        "zeros are multiplied too",
    ),
    (two, 2, "rec.multiplies(False)[:2]", "multiplies", False, two[:2], True, "V is left out"),
    (
        two,
        2,
        "(*rec.multiplies(False), rec.multiplies(False)[1])",
        "multiplies",
        False,
        [*two, two[1]],
        True,
        "U twice",
    ),
    (
        steep,
        2,
        "rec.multiplies(False)[:2]",
        "multiplies",
        False,
        steep[:2],
        True,
        "n = 6 has V's neighbour",
    ),
    (
        steep,
        2,
        "(rec.multiplies(False)[0], *rec.multiplies(False)[2:])",
        "multiplies",
        False,
        [steep[0], steep[2]],
        True,
        "U is left out",
    ),
)


def runs() -> Iterator[Stated]:
    """Return totals over a recurrence's parts that are not what its run costs."""
    for terms, dimensions, parts, kind, padded, counted, ran, why in RUNS:
        tail = f", ran=(rec, '{kind}', {padded})" if ran else ""
        yield Stated(
            "total, ran=",
            recurrence(terms, dimensions),
            f"Total('t.r', 'Run', {parts}, (n, c, h), (n >= 1) & (c >= 1) & (h >= 1){tail})",
            why,
            lambda a=terms, b=counted, k=kind, p=padded, d=dimensions: _dearer(a, k, p, b, k, p, d),
        )
    for terms, dimensions, kind, padded, other, otherwise, why in (
        (one, 1, "multiplies", True, "multiplies", False, "padded parts, a run that skips"),
        (one, 1, "multiplies", False, "multiplies", True, "parts that skip, a padded run"),
        (far, 1, "multiplies", False, "multiplies", True, "they differ at every border"),
        (two, 2, "adds", True, "multiplies", True, "additions, not multiplications"),
        (two, 2, "multiplies", True, "adds", True, "multiplications, not additions"),
        (steep, 2, "adds", False, "adds", True, "parts that skip, a padded run"),
    ):
        yield Stated(
            "total, ran=",
            recurrence(terms, dimensions),
            f"Total('t.r', 'Run', rec.{kind}({padded}), (n, c, h), "
            f"(n >= 1) & (c >= 1) & (h >= 1), ran=(rec, '{other}', {otherwise}))",
            why,
            lambda a=terms, k=kind, p=padded, o=other, q=otherwise, d=dimensions: _dearer(
                a, k, p, a, o, q, d
            ),
        )


def _dearer(
    one: Sequence[Term],
    kind: str,
    padded: bool,
    two: Sequence[Term],
    other: str,
    skips: bool,
    dims: int,
) -> str | None:
    """Return sizes at which two recurrences, or two ways to count, do not cost the same."""
    for n in range(1, 9):
        sizes = {"n": n, "c": 2, "h": 3}
        if cost(one, kind, padded, sizes, dims) != cost(two, other, skips, sizes, dims):
            return f"n = {n}, c = 2, h = 3"
    return None


FALSE = tuple(runs())
