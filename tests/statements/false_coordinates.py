"""False changes of coordinates, and counts through true ones that do not reach their domain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from .corpus import Stated, points, where_false
from .plain import NoValue, value

Texts = dict[str, str]


@dataclass(frozen=True)
class Change:
    """Two sets and the maps between them, as text; the letters of blocks and original differ.

    `box` limits the counted letters of both sets for plain counting: from below, and from above,
    of two letters by so many more than the largest parameter.
    """

    name: str
    original: tuple[str, str, str, str]  # counted letters, predicate, assumption, parameters
    blocks: tuple[str, str, str, str]
    mapping: Texts
    inverse: Texts
    where: Texts
    box: tuple[int, int] = (-3, 3)

    @property
    def setup(self) -> str:
        """Return the source text of both sets."""
        lines = []
        for name, (counted, predicate, assuming, parameters) in (
            ("original", self.original),
            ("blocks", self.blocks),
        ):
            letters = ", ".join(counted.split())
            known = f", parameters=({', '.join(parameters.split())},)" if parameters else ""
            lines.append(
                f"{name} = IntegerSet('{name}', ({letters},), {predicate}, "
                f"assuming={assuming}{known})"
            )
        return "\n".join(lines)

    @property
    def claim(self) -> str:
        """Return the source text of the claim that the map is one to one and onto."""
        maps = (_shown(m) for m in (self.mapping, self.inverse, self.where))
        return f"Coordinates('c.f', 'Coordinates', original, blocks, {', '.join(maps)})"

    def wrong_at(self) -> str | None:
        """Return the first parameters at which the maps are not two ways between the sets."""
        letters = self.blocks[3].split()
        for case in points(letters, self.blocks[2]):
            if max(map(abs, case.values()), default=0) <= 11 and not self._right(case):
                return ", ".join(f"{k} = {v}" for k, v in case.items())
        return None

    def _right(self, case: dict[str, int]) -> bool:
        try:
            outer = {x: value(text, **case) for x, text in self.where.items()}
            if any(int(number) != number for number in outer.values()):
                return False
            there = {**case, **outer}
            inside = self._points(self.blocks, case)
            images = [
                tuple(
                    value(self.mapping[x], **there, **_named(self.blocks, point)) for x in self.xs
                )
                for point in inside
            ]
            if sorted(images) != sorted(self._points(self.original, there)):
                return False
            back = self.blocks[0].split()
            return all(
                tuple(value(self.inverse[x], **there, **_named(self.original, image)) for x in back)
                == point
                for point, image in zip(inside, images, strict=True)
            )
        except NoValue:
            return False

    @property
    def xs(self) -> list[str]:
        return self.original[0].split()

    def _points(self, of: tuple[str, str, str, str], case: dict[str, int]) -> list[tuple[int, ...]]:
        counted = of[0].split()
        low, high = self.box
        size = high + max(map(abs, case.values()), default=0) if len(counted) < 3 else high
        grid = product(range(low, size + 1), repeat=len(counted))
        return [p for p in grid if value(of[1], **{**case, **_named(of, p)})]


def _named(of: tuple[str, str, str, str], point: tuple[int, ...]) -> dict[str, int]:
    return dict(zip(of[0].split(), point, strict=True))


def _shown(texts: Texts) -> str:
    return "{" + ", ".join(f"{letter}: {text}" for letter, text in texts.items()) + "}"


DIVIDES = "Eq(Mod(n, w), 0)"

line = ("i", "(1 <= i) & (i <= n)", "n >= 1", "n")
cells = ("a", "(0 <= a) & (a <= n - 1)", "n >= 1", "n")
causal = ("i j", "(1 <= j) & (j <= i) & (i <= n)", "n >= 1", "n")
rows = ("k a", "(0 <= k) & (k <= m - 1) & (0 <= a) & (a <= w - 1)", "(m >= 1) & (w >= 1)", "m w")

RIGHT = (
    Change("shift", line, cells, {"i": "a + 1"}, {"a": "i - 1"}, {}),
    Change("mirror", line, cells, {"i": "n - a"}, {"a": "n - i"}, {}),
    Change(
        "diagonals",
        causal,
        ("a b", "(0 <= a) & (a <= n - 1) & (1 <= b) & (b <= n - a)", "n >= 1", "n"),
        {"i": "a + b", "j": "b"},
        {"a": "i - j", "b": "j"},
        {},
    ),
    Change(
        "even numbers",
        ("i", "(1 <= i) & (i <= n) & Eq(Mod(i, 2), 0)", "n >= 1", "n"),
        ("a", "(1 <= a) & (2*a <= n)", "n >= 1", "n"),
        {"i": "2*a"},
        {"a": "floor(i/2)"},
        {},
    ),
    Change(
        "rows of a constant width",
        ("i", "(0 <= i) & (i <= n - 1)", "n >= 1", "n"),
        ("k a", "(0 <= k) & (0 <= a) & (a <= 3) & (4*k + a <= n - 1)", "n >= 1", "n"),
        {"i": "4*k + a"},
        {"k": "floor(i/4)", "a": "i - 4*floor(i/4)"},
        {},
    ),
    Change(
        "windows",
        (
            "i j",
            "(1 <= i) & (i <= n) & (1 <= j) & (j <= i) & Eq(floor((i - 1)/w), floor((j - 1)/w))",
            f"(n >= 1) & (w >= 1) & {DIVIDES}",
            "n w",
        ),
        (
            "k a b",
            "(k >= 1) & (k <= m) & (a >= 1) & (a <= w) & (b >= 1) & (b <= a)",
            "(m >= 1) & (w >= 1)",
            "m w",
        ),
        {"i": "(k - 1)*w + a", "j": "(k - 1)*w + b"},
        {
            "k": "floor((i - 1)/w) + 1",
            "a": "i - w*floor((i - 1)/w)",
            "b": "j - w*floor((j - 1)/w)",
        },
        {"n": "m*w"},
        (0, 12),
    ),
)
BY_NAME = {change.name: change for change in RIGHT}


def of_map(name: str, **maps: str) -> Change:
    """Return a right change with other texts in its map."""
    right = BY_NAME[name]
    return replace(right, mapping={**right.mapping, **maps})


def of_way_back(name: str, **maps: str) -> Change:
    """Return a right change with other texts in its way back."""
    right = BY_NAME[name]
    return replace(right, inverse={**right.inverse, **maps})


def of_blocks(name: str, extra: str = "", predicate: str = "", assuming: str = "") -> Change:
    """Return a right change whose blocks have another predicate or domain."""
    right = BY_NAME[name]
    counted, old, domain, letters = right.blocks
    written = predicate or (f"{old} & {extra}" if extra else old)
    return replace(right, blocks=(counted, written, assuming or domain, letters))


def of_original(name: str, extra: str = "", predicate: str = "") -> Change:
    """Return a right change whose original set has one more condition, or another one."""
    right = BY_NAME[name]
    counted, old, domain, letters = right.original
    written = predicate or f"{old} & {extra}"
    return replace(right, original=(counted, written, domain, letters))


def of_where(name: str, **sizes: str) -> Change:
    """Return a right change with other sizes of the original."""
    return replace(BY_NAME[name], where=sizes)


WRONG: tuple[tuple[Change, str], ...] = (
    (of_map("shift", i="a"), "the first cell leads to 0"),
    (of_map("shift", i="a + 2"), "the last one leads beyond n"),
    (of_map("shift", i="Max(a, 1)"), "1 is met twice and n is not"),
    (of_map("shift", i="Piecewise((a + 1, a <= 6), (8, True))"), "from n = 9 on 8 is met twice"),
    (of_map("shift", i="a + 1 + floor(a/8)"), "9 is left out from n = 9 on"),
    (of_map("shift", i="2*a + 1"), "only odd positions"),
    (of_map("shift", i="a/2 + 1"), "no integers"),
    (of_map("shift", i="(a + 1)*(a - 9)/(a - 9)"), "no value at a = 9"),
    (of_map("shift", i="n + a"), "all but one lie beyond n"),
    (of_way_back("shift", a="i"), "the way back is one too large"),
    (of_way_back("shift", a="i - 1 + Max(0, i - 8)"), "the way back is wrong from i = 9 on"),
    (of_way_back("shift", a="n - i"), "it undoes the mirror, not the shift"),
    (of_way_back("shift", a="Mod(i - 1, 9)"), "the way back is wrong from i = 10 on"),
    (of_blocks("shift", "Ne(a, 7)"), "cell 7 is left out, from n = 8 on"),
    (of_blocks("shift", "(a <= 8)"), "cells beyond 8 are left out"),
    (of_blocks("shift", "(Mod(a, 10) <= 8)"), "every tenth cell is left out"),
    (of_blocks("shift", predicate="(0 <= a) & (a <= n)"), "one cell too many"),
    (of_blocks("shift", predicate="(0 <= a) & (a <= n - 2)"), "one cell too few"),
    (of_blocks("shift", predicate="(1 <= a) & (a <= n - 1)"), "the first cell is left out"),
    (of_original("shift", "Ne(i, 9)"), "the image holds 9, the set does not"),
    (of_original("shift", predicate="(1 <= i) & (i <= n + 1)"), "the set holds n + 1"),
    (of_original("shift", predicate="(1 <= i) & (i <= n) & (i <= 10)"), "the set ends at 10"),
    (of_where("shift", n="n + 1"), "the original has one position more"),
    (of_where("shift", n="2*n"), "the original is twice as long"),
    (of_where("shift", n="n + floor(n/9)"), "the original is longer from n = 9 on"),
    (of_map("mirror", i="n - a - 1"), "0 is met and n is not"),
    (of_map("mirror", i="Abs(n - 2*a)"), "met twice"),
    (of_way_back("mirror", a="i - 1"), "it undoes the shift, not the mirror"),
    (of_blocks("mirror", "Ne(a, n - 8)"), "position 8 is left out, where it is"),
    (of_original("mirror", "(i <= 9)"), "the set ends at 9"),
    (of_where("mirror", n="n - 1"), "the original has one position less"),
    (of_map("diagonals", i="a + b + 1"), "the row is one too large"),
    (of_map("diagonals", i="b", j="a + b"), "rows and columns are exchanged"),
    (of_map("diagonals", j="a"), "the column is the distance"),
    (of_map("diagonals", j="b + a"), "all pairs lie on the diagonal"),
    (of_way_back("diagonals", a="j - i"), "the distance has the other sign"),
    (of_way_back("diagonals", b="i"), "the row instead of the column"),
    (of_blocks("diagonals", "(a <= 7)"), "distances beyond 7 are left out"),
    (of_blocks("diagonals", "Ne(a, b + 6)"), "a line of pairs is left out"),
    (
        of_blocks("diagonals", predicate="(0 <= a) & (a <= n) & (1 <= b) & (b <= n)"),
        "all of a square",
    ),
    (of_original("diagonals", "(i - j <= 8)"), "the set is a band"),
    (of_original("diagonals", "Ne(i*j, 63)"), "9 and 7 are left out"),
    (of_map("even numbers", i="2*a - 1"), "odd numbers"),
    (of_map("even numbers", i="a"), "all numbers of the first half"),
    (of_way_back("even numbers", a="ceiling(i/2) + floor(Mod(i, 10)/8)"), "8 leads to 5"),
    (of_way_back("even numbers", a="i"), "the way back does not halve"),
    (of_blocks("even numbers", "Ne(a, 5)"), "10 is left out"),
    (of_blocks("even numbers", predicate="(1 <= a) & (a <= n)"), "twice as many"),
    (of_blocks("even numbers", predicate="(0 <= a) & (2*a <= n)"), "0 is met"),
    (of_original("even numbers", "Ne(Mod(i, 10), 0)"), "the set leaves out 10"),
    (of_map("rows of a constant width", i="4*a + k"), "rows and columns exchanged"),
    (of_map("rows of a constant width", i="3*k + a"), "rows overlap"),
    (of_map("rows of a constant width", i="5*k + a"), "every fifth is left out"),
    (of_way_back("rows of a constant width", a="Mod(i, 8)"), "the remainder of 8"),
    (of_way_back("rows of a constant width", k="ceiling(i/4)"), "rounded up"),
    (of_blocks("rows of a constant width", "(k <= 1)"), "only two rows"),
    (
        of_blocks(
            "rows of a constant width",
            predicate="(0 <= k) & (0 <= a) & (a <= 4) & (4*k + a <= n - 1)",
        ),
        "met twice",
    ),
    (of_map("windows", i="(k - 1)*w + a + 1"), "the query is one too large"),
    (of_map("windows", i="k*w + a"), "the window after it"),
    (of_map("windows", j="(k - 1)*w + a"), "query and key are the same"),
    (of_map("windows", i="(k - 1)*w + b", j="(k - 1)*w + a"), "query and key are exchanged"),
    (of_way_back("windows", k="floor(i/w) + 1"), "the last query of a window counts as the next"),
    (of_way_back("windows", a="j - w*floor((i - 1)/w)"), "the key instead of the query"),
    (of_blocks("windows", "Ne(a, 5)"), "query 5 is left out, from w = 5 on"),
    (of_blocks("windows", "(k <= 5)"), "windows beyond 5 are left out"),
    (of_blocks("windows", "Ne(k, 5)"), "window 5 is left out"),
    (of_blocks("windows", "(b <= 5)"), "keys beyond 5 are left out"),
    (of_original("windows", "(i <= 25)"), "the set ends at 25: m = 6, w = 5"),
    (of_where("windows", n="m*w + 1"), "one position more"),
    (of_where("windows", n="m + w"), "a sum instead of a product"),
)

# Counts through right coordinates whose blocks do not reach all of the original's domain: the
# blocks' domain, the original's, one more condition of the original that holds wherever the blocks
# reach, and the reason.
NARROW: tuple[tuple[str, str, str, str], ...] = (
    ("(m >= 1) & (m <= 5) & (w >= 1) & (w <= 5)", DIVIDES, "(i <= 25)", "n = 26, w = 1"),
    ("(m >= 1) & (w >= 1) & (w <= 12)", DIVIDES, "(i - j <= 11)", "w = 13 is not reached"),
    ("(m >= 1) & (m <= 12) & (w >= 1)", DIVIDES, "(i <= 12*w)", "n = 13, w = 1"),
    ("(m >= 1) & (w >= 1) & Ne(w, 7)", DIVIDES, "(Ne(w, 7) | (i <= 3))", "w = 7 is not reached"),
    ("(m >= 1) & (w >= 1) & Ne(m, 8)", DIVIDES, "(Ne(n, 8*w) | (i <= 3))", "n = 8, w = 1"),
    ("(m >= 1) & (w >= 1) & (m <= w + 12)", DIVIDES, "(Ne(w, 1) | (i <= 13))", "n = 14, w = 1"),
    ("(m >= 1) & (w >= 1)", f"({DIVIDES} | (n >= 20))", "(i >= 1)", "n = 20, w = 3"),
    ("(m >= 1) & (w >= 1)", f"({DIVIDES} | (w >= 13))", "(i >= 1)", "n = 1, w = 13"),
    ("(m >= 1) & (w >= 1)", "Eq(Mod(n, w)*(n - 17), 0)", "(i >= 1)", "n = 17, w = 2"),
)


def through() -> Iterator[Stated]:
    """Return counts whose blocks say nothing of some values of the domain."""
    right = BY_NAME["windows"]
    counted, predicate, _, letters = right.original
    for blocks, divides, extra, why in NARROW:
        domain = f"(n >= 1) & (w >= 1) & {divides}"
        change = replace(
            right,
            original=(counted, f"{predicate} & {extra}", domain, letters),
            blocks=(right.blocks[0], right.blocks[1], blocks, right.blocks[3]),
        )
        truth = f"number({predicate} & {extra}, (i, 1, n), (j, 1, i))"
        yield Stated(
            "count through",
            f"{change.setup}\nchange = {change.claim}",
            "Count('c.t', 'Through', blocks, through=change)",
            why,
            where_false("n w", domain, f"Eq(n*(w + 1)/2, {truth})", far=((26, 1), (26, 13))),
        )


def changes() -> Iterator[Stated]:
    """Return the wrong changes as statements."""
    for change, why in WRONG:
        yield Stated(
            f"coordinates, {change.name}", change.setup, change.claim, why, change.wrong_at
        )


FALSE = (*changes(), *through())
