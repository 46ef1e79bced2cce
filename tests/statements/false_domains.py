"""False counts: the claim's domain is wider than the one on which the closed form was shown."""

from __future__ import annotations

from collections.abc import Iterator

from .corpus import Stated, put_into, where_empty, where_false
from .kinds import KINDS, Kind

OF = {kind.name: kind for kind in KINDS}

# For each kind: wider domains, and what is wrong with them. The first is wider by as little as
# makes the form false; the others let in a stray point beyond all small cases, or drop a bound.
WIDER: dict[str, tuple[tuple[str, str], ...]] = {
    "causal": (
        ("n >= -2", "n = -2: the form is 1, and there is no point"),
        ("(n >= 1) | Eq(n, -13)", "n = -13 lies alone, beyond all small cases"),
        ("Ne(n, 0)", "every n <= -2"),
        ("n**2 >= 1", "the square lets the negative n in"),
    ),
    "sliding": (
        ("(n >= 1) & (t >= -2)", "t = -2: a window of -1 keys"),
        ("(n >= 1) & ((t >= 0) | Eq(n + t, -4))", "t = -5 for n = 1"),
        ("(n >= -3) & (t >= 0)", "n = -2: n <= t, and the form is 1"),
        ("n >= 1", "nothing bounds t from below"),
        ("(n >= 1) & ((t >= 0) | Eq(t, -5))", "t = -5 lies alone"),
    ),
    "windows by blocks": (
        ("(n >= 1) & (w >= 1)", "w need not divide n"),
        ("(n >= 1) & (w >= 1) & (Eq(Mod(n, w), 0) | (n >= 20))", "n = 20, w = 3"),
        ("(n >= 1) & (w >= 1) & (Eq(Mod(n, w), 0) | Eq(w, n + 1))", "w = n + 1"),
        ("(n >= -4) & (w >= 1) & Eq(Mod(n, w), 0)", "n = -2 has no window"),
        ("(n >= 1) & Ne(w, 0) & Eq(Mod(n, w), 0)", "w = -2 divides n as well"),
        ("(n >= 1) & (w >= 1) & Eq(Mod(2*n, w), 0)", "n = 1, w = 2: only 2n is divided"),
    ),
    "dilated": (
        ("n >= -3", "n = -3: the form is 1"),
        ("(n >= 0) | Eq(n, -14)", "n = -14 lies alone"),
        ("Ne(n, -1)", "every n <= -3"),
    ),
    "parity": (
        ("n >= -1", "n = -1: the floor of -1/2 is -1"),
        ("(n >= 0) | Eq(n, -13)", "n = -13 lies alone"),
        ("(n >= 0) | Eq(Mod(n, 7), 3)", "n = -4 leaves 3 as well"),
    ),
    "rows up to a floor": (
        ("n >= -2", "n = -2: (-2)**2/4 is 1"),
        ("(n >= 0) | ((n <= -14) & (n >= -15))", "two n far below"),
    ),
    "slanted": (
        ("n >= -4", "n = -4: the form is 1, with no point"),
        ("(n >= 0) | Eq(n, -13)", "n = -13 lies alone"),
    ),
    "union of two ends": (
        ("(n >= 0) & (t >= -1)", "t = -1: 2t is below nothing"),
        ("(n >= -1) & (t >= 0)", "n = -1: min is -1"),
        ("n >= 0", "nothing bounds t from below"),
    ),
    "neighbourhood": (
        ("(n >= 1) & (t >= -2)", "t = -2: the band is empty"),
        ("(n >= -1) & (t >= 0)", "n = -1: (-1)**2 is 1"),
        ("(n >= 1) & ((t >= 0) | (t + n <= -4))", "t <= -5 for n = 1"),
    ),
    "triples": (
        ("n >= -3", "n = -3: the form is -1"),
        ("(n >= 0) | Eq(n, -14)", "n = -14 lies alone"),
    ),
    "two classes of three": (
        ("n >= -2", "n = -2: the form is -1"),
        ("Ne(n, -1)", "every n <= -2"),
    ),
    "bounded domain": (
        ("n >= 0", "n = 26: the predicate's own bound 25 acts"),
        ("(n >= 0) & (n <= 26)", "n = 26, one step too far"),
        ("(n >= 0) & (n <= 40) & Ne(n, 26)", "n = 27 and later"),
        ("((n >= 0) & (n <= 20)) | Eq(n, 31)", "n = 31 lies alone"),
    ),
    "from twenty on": (
        ("n >= 18", "n = 18: the form is -1"),
        ("(n >= 20) | Eq(n, 13)", "n = 13 lies alone"),
    ),
    "causal from twenty on": (
        ("n >= -2", "n = -2: the form is 1"),
        ("(n >= 20) | (n <= -13)", "the other half of the numbers"),
    ),
    "below zero": (
        ("n <= 2", "n = 2: the form is 1, with no point"),
        ("(n <= -1) | Eq(n, 14)", "n = 14 lies alone"),
        ("Ne(n, 0)", "every n >= 2"),
    ),
    "encoder and decoder": (
        ("(n >= 1) & (m >= 1)", "n = 3, m = 1: fewer keys than queries"),
        ("(n >= 1) & (m >= n - 2)", "m = n - 2, one step beyond what is still right"),
        ("(n >= -2) & (m >= n)", "n = -2: no query"),
    ),
    "every fourth, two-sided": (
        ("n >= -1", "n = -1: the form is 1"),
        ("(n >= 0) | Eq(n, -14)", "n = -14 lies alone"),
    ),
}


def wider() -> Iterator[Stated]:
    """Return counts whose claim has a wider domain than its set, with and without a stated form."""
    for name, domains in WIDER.items():
        kind = OF[name]
        for domain, why in domains:
            witness = where_false(
                " ".join(kind.letters), domain, f"Eq({kind.forms[0]}, {kind.truth})"
            )
            counted = "blocks, through=change" if name == "windows by blocks" else "counted"
            bare = f"Count('wide.bare', 'Wider', {counted}, assuming={domain})"
            yield Stated("domain too wide", kind.setup, bare, why, witness)
            own = f"Count('wide.own', 'Wider', {counted}, assuming={domain}, stated={{}})"
            yield Stated(
                "domain too wide, form stated", kind.setup, own.format(kind.forms[-1]), why, witness
            )


# Replacements of the first letter: their letter k, its domain, and the reason.
PUT: tuple[tuple[str, str, str], ...] = (
    ("20 - x", "x >= 1", "leads below the domain beyond x = 20"),
    ("x/2", "x >= 31", "no integer for odd x"),
    ("x**2 - 17*x + 40", "x >= 0", "between its roots it is negative"),
    ("x + 40 - 3*Max(x - 15, 0)", "x >= 1", "turns back and leaves the domain far out"),
    ("Piecewise((x, x <= 14), (-x, True))", "x >= 1", "its second case is negative"),
    ("x*(x + 1)/3", "x >= 13", "no integer for x = 13"),
)
FOR_PUT = ("causal", "parity", "triples", "slanted", "rows up to a floor")


def put() -> Iterator[Stated]:
    """Return counts whose put= leads outside the domain or to no integer."""
    for name in FOR_PUT:
        kind = OF[name]
        for replacement, domain, why in PUT:
            values = {"n": replacement}
            form, truth = put_into(kind.forms[0], values), put_into(kind.truth, values)
            witness = where_false("x", domain, f"Eq({form}, {truth})")
            tail = f"put={{n: {replacement}}}, letters=(x,), assuming={domain}"
            yield Stated(
                "put= leads outside",
                kind.setup,
                f"Count('put.bare', 'Put', counted, {tail})",
                why,
                witness,
            )
    yield from _put_two()


def _put_two() -> Iterator[Stated]:
    """Return replacements in sets of two letters."""
    cases = (
        ("sliding", {"t": "n - t"}, "(n >= 1) & (t >= 0)", "t may exceed n"),
        (
            "sliding",
            {"n": "t", "t": "n"},
            "(n >= 0) & (t >= 0)",
            "n and t change places, t may be 0",
        ),
        ("sliding", {"t": "t - 1"}, "(n >= 1) & (t >= -2)", "t - 1 is -3"),
        ("sliding", {"t": "t/2"}, "(n >= 1) & (t >= 0)", "t/2 is no integer"),
        ("sliding", {"n": "n - 5"}, "(n >= 1) & (t >= 0)", "n - 5 is negative"),
        ("union of two ends", {"t": "7 - t"}, "(n >= 0) & (t >= 0)", "7 - t is negative for t = 8"),
        ("union of two ends", {"n": "n - 2*t"}, "(n >= 0) & (t >= 0)", "n - 2t is negative"),
        ("neighbourhood", {"t": "n - 9"}, "n >= 1", "n - 9 is negative for small n"),
        ("neighbourhood", {"n": "t*(12 - t)"}, "t >= 1", "t(12 - t) is negative for t = 13"),
        ("encoder and decoder", {"m": "n + 5 - m"}, "(n >= 1) & (m >= 0)", "m >= 8"),
        ("encoder and decoder", {"m": "2*n - 9"}, "n >= 1", "2n - 9 < n for n <= 8"),
    )
    for name, values, domain, why in cases:
        kind = OF[name]
        letters = [x for x in kind.letters if f"{x}" in domain]
        shown = ", ".join(f"{letter}: {text}" for letter, text in values.items())
        form, truth = put_into(kind.forms[0], values), put_into(kind.truth, values)
        claim = (
            f"Count('put.two', 'Put', counted, put={{{shown}}}, letters=({', '.join(letters)},), "
            f"assuming={domain})"
        )
        condition = f"({put_into(kind.domain, values)}) & Eq({form}, {truth})"
        yield Stated(
            "put= leads outside",
            kind.setup,
            claim,
            why,
            where_false(" ".join(letters), domain, condition),
        )


EMPTY = (
    ("n", "(n >= 3) & (n <= 2)"),
    ("n", "(n >= 1) & Eq(Mod(n, 2), 1) & Eq(Mod(n, 4), 0)"),
    ("n", "(n >= 1) & Eq(2*n, 41)"),
    ("n", "(n >= 1) & Ne(n, n)"),
    ("n", "(n >= 1) & (floor(n/2) > n)"),
    ("n", "(n >= 1) & (n**2 <= 0)"),
)


def empty() -> Iterator[Stated]:
    """Return claims of all kinds over domains that hold no value: they must be told of."""
    causal: Kind = OF["causal"]
    for letter, domain in EMPTY:
        none = where_empty(letter, domain)
        for kind, setup, claim in (
            ("count", causal.setup, f"Count('e.c', 'E', counted, assuming={domain}, stated=n + 7)"),
            ("count", causal.setup, f"Count('e.c', 'E', counted, assuming={domain})"),
            (
                "count",
                "",
                "Count('e.s', 'E', IntegerSet('none', (i,), (1 <= i) & (i <= n), "
                f"assuming={domain}, parameters=(n,)), stated=n + 5)",
            ),
            ("bound", "", f"Bound('e.b', 'E', n + 1, n, (n,), {domain})"),
            ("total", "", f"Total('e.t', 'E', (Tensor('W', (n, n)),), (n,), {domain})"),
            ("least", "", f"Least('e.l', 'E', L, 2*L, n, (n,), {domain})"),
            ("iteration", "", f"Iteration('e.i', 'E', n, 1, n, (n,), {domain})"),
        ):
            yield Stated(f"empty domain, {kind}", setup, claim, f"{domain} holds nothing", none)
    for domain in ("(m >= 3) & (m <= 2)", "(m >= 1) & Eq(2*m, 3)"):
        setup = (
            "line = IntegerSet('line', (i,), (1 <= i) & (i <= n), assuming=n >= 1)\n"
            f"other = IntegerSet('other', (a,), (1 <= a) & (a <= m), assuming={domain})"
        )
        claim = "Coordinates('e.o', 'E', line, other, {i: a + 9}, {a: i}, {n: m})"
        none = where_empty("m", domain)
        yield Stated("empty domain, coordinates", setup, claim, f"{domain} holds nothing", none)


def letters_missing() -> Iterator[Stated]:
    """Return claims whose letters= leaves out a letter of the count."""
    for name, letters in (
        ("sliding", "n"),
        ("sliding", "t"),
        ("neighbourhood", "n"),
        ("union of two ends", "t"),
        ("encoder and decoder", "m"),
    ):
        kind = OF[name]
        claim = f"Count('l.m', 'L', counted, letters=({letters},), assuming={letters} >= 5)"
        other = next(x for x in kind.letters if x != letters)
        one, two = (put_into(kind.truth, {other: str(v)}) for v in (1, 3))
        yield Stated(
            "letter left out",
            kind.setup,
            claim,
            f"the count depends on {other}, of which the claim says nothing",
            where_false(letters, f"{letters} >= 5", f"Eq({one}, {two})"),
        )


FALSE = (*wider(), *put(), *empty(), *letters_missing())
