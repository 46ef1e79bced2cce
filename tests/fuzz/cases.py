"""What was found by hand before there was a fuzzer, each case with its right values.

The names are those of the attack's rows: A is a false statement called proved, C a wrong count, P
what real libraries do. `worth` holds numbers worked out by hand; the reference has to give them,
and so has the press.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .arithmetic import Bounded, Iterated, LeastCase, Ran, Summed
from .grammar import SetCase
from .mapped import Mapped
from .statements import Pairs, Put, Stated


@dataclass(frozen=True)
class Fixed:
    """A claim that is `true` or not, or a set with its number at values of its parameters."""

    name: str
    case: Any
    true: bool = False
    worth: Mapping[tuple[int, ...], int] = field(default_factory=dict)


def line(bounds: tuple[str, ...], others: tuple[str, ...], high: str, *assuming: str) -> SetCase:
    """Return a set of one letter i from 0 or 1 on, with the parameter n."""
    low = "0" if bounds[0].startswith("0") else "1"
    return SetCase(("i",), ("n",), bounds, others, ((low, high),), assuming)


PAST = ("1 <= i", "i <= n", "1 <= j", "j <= i")
TRIANGLE = (("1", "n"), ("1", "i"))
CAUSAL = SetCase(("i", "j"), ("n",), PAST, (), TRIANGLE, ("n >= 1",))
SLIDING = SetCase(("i", "j"), ("n", "t"), PAST, ("i - j <= t",), TRIANGLE, ("n >= 1", "t >= 0"))
FEW = SetCase(("i",), ("n",), ("1 <= i", "i <= n"), ("i <= 20",), (("1", "n"),), ("n >= 0",))
FEW_KNOWN = SetCase(FEW.counted, FEW.parameters, FEW.bounds, FEW.others, FEW.box, ("n <= 20",))
WINDOW = SetCase(
    ("a", "b"),
    ("s",),
    ("a >= 1", "a <= s", "b >= 1", "b <= s"),
    (),
    (("1", "s"), ("1", "s")),
    ("s >= 1",),
)
SEVEN = "*".join(f"(t - {r})" for r in range(7))
POLE = "Piecewise((n - 37, n >= 0), (1, True))/Piecewise((n - 37, n >= -1), (1, True))"
HALF = "n*(n + 1)/2"
NEGATIVE = SetCase(
    ("i", "j"),
    ("n",),
    ("n <= i", "i <= j", "j <= -1"),
    (),
    (("n", "-1"), ("i", "-1")),
    ("n <= -1",),
)


def blocks(*odd: str, assuming: tuple[str, ...] = ("m >= 1", "w >= 1")) -> SetCase:
    """Return the windows of a mask, w wide and m of them, with what is odd about them."""
    return SetCase(
        ("k", "a", "b"),
        ("m", "w"),
        ("k >= 1", "k <= m", "a >= 1", "a <= w", "b >= 1", "b <= a"),
        odd,
        (("1", "m"), ("1", "w"), ("1", "a")),
        assuming,
    )


def windows(query: str, there: SetCase, number: bool, whole: str, *few: str) -> Mapped:
    """Return the windowed mask in block coordinates, its query called `query`."""
    same = f"Eq(floor(({query} - 1)/w), floor((j - 1)/w))"
    original = SetCase(
        (query, "j"),
        ("n", "w"),
        (f"1 <= {query}", f"{query} <= n", "1 <= j", f"j <= {query}"),
        (same, *few),
        (("1", "n"), ("1", query)),
        ("n >= 1", "w >= 1", whole),
    )
    inverse: Pairs = (
        ("k", f"floor(({query} - 1)/w) + 1"),
        ("a", f"{query} - w*floor(({query} - 1)/w)"),
        ("b", "j - w*floor((j - 1)/w)"),
    )
    mapping: Pairs = ((query, "(k - 1)*w + a"), ("j", "(k - 1)*w + b"))
    return Mapped("fixed", original, there, mapping, inverse, (("n", "m*w"),), number)


DIVIDES = "Eq(Mod(n, w), 0)"
SMALL_BLOCKS = blocks(assuming=("m >= 1", "w >= 1", "m <= 5", "w <= 5"))


def run(what: str, left_out: int, ran: bool, *offsets: tuple[int, ...] | None) -> Ran:
    """Return what a recurrence on a line costs that skips neighbours beyond the border."""
    units = line(("1 <= i", "i <= n"), (), "n", "n >= 1")
    terms = tuple((f"W_{place}", offset) for place, offset in enumerate(offsets))
    domain = "(n >= 1) & (c >= 1) & (h >= 1)"
    return Ran("fixed", units, terms, what, False, left_out, ran, ("n", "c", "h"), domain)


OVER_FEW = Ran(
    *("fixed", FEW_KNOWN, (("W", None),), "multiplies", True, 0, False),
    *(("n", "c", "h"), "(n >= 0) & (c >= 1) & (h >= 1)"),
)

CLAIMS = (
    Fixed("A1 a domain below that of the set", Put("fixed", CAUSAL, (), ("n",), "n >= -5")),
    Fixed("A1 a domain above that of the set", Put("fixed", FEW_KNOWN, (), ("n",), "n >= 0")),
    Fixed("A1 a total beyond the domain of its set", OVER_FEW),
    Fixed("A2 put leads out", Put("fixed", WINDOW, (("s", "20 - k"),), ("k",), "k >= 1")),
    Fixed(
        "A3 put is not in the conditions",
        Put("fixed", SLIDING, (("t", f"t + {SEVEN}"),), ("n", "t"), "(n >= 1) & (t >= 0)"),
        true=True,  # once put= goes into the conditions as well
    ),
    Fixed(
        "A3 put into both",
        Put("fixed", SLIDING, (("n", "2*s"),), ("s", "t"), "(s >= 1) & (t >= 0)"),
        true=True,
    ),
    Fixed("A4 blocks too few", windows("i", SMALL_BLOCKS, True, DIVIDES, "i <= 25")),
    Fixed("A4 no whole windows", windows("i", blocks(), True, f"{DIVIDES} | (n >= 20)")),
    Fixed(
        "A5 a letter called q_1 in a least",
        LeastCase("fixed", "L", "L + q_1", "20", ("q_1",), "q_1 >= 0"),
    ),
    *(
        Fixed(f"A5 a query called q_1, {odd}", windows("q_1", blocks(odd), False, DIVIDES))
        for odd in ("k <= 9", "Ne(a, 7)", "Ne(k, 10)")
    ),
    Fixed("A5 a query called q_1", windows("q_1", blocks(), False, DIVIDES), true=True),
    Fixed("A6 a sum of nothing", Iterated("fixed", "L", "0", "L", ("L",), "L >= -5")),
    Fixed(
        "A7 a negative side",
        Summed("fixed", (("W", ("20 - n", "h"), "1"),), ("n", "h"), "(n >= 1) & (h >= 1)"),
    ),
    Fixed("A8 zero by zero in cases", Stated("fixed", CAUSAL, f"{HALF}*{POLE}")),
    Fixed(
        "A8 zero by zero beside cases",
        Stated("fixed", CAUSAL, f"Piecewise(({HALF}, n >= 0), (0, True))*(n - 37)/(n - 37)"),
    ),
    Fixed(
        "A8 zero by zero beside Max", Stated("fixed", CAUSAL, f"Max({HALF}, 0)*(n - 37)/(n - 37)")
    ),
    Fixed(
        "A9 a root of -1", Stated("fixed", CAUSAL, f"{HALF} + (-1)**(n/2) - (1 - 2*Mod(n/2, 2))")
    ),
    Fixed(
        "A10 a pole of gamma",
        Stated("fixed", CAUSAL, "binomial(n + 1, 2) + gamma(n - 30)/gamma(n - 31) - (n - 31)"),
    ),
    Fixed("A10 a binomial below 0", Stated("fixed", NEGATIVE, "binomial(n, n - 2)")),
    Fixed("A11 a far term is missing", run("multiplies", 1, True, None, (-1,), (-4,))),
    # The additions of a unit that lacks the first term are counted right by now.
    Fixed("A11 the first term has an offset", run("adds", 0, False, (-1,), None), true=True),
    Fixed(
        "A15 an empty domain",
        windows("i", blocks(assuming=("m >= 3", "m <= 2", "w >= 1")), False, DIVIDES),
    ),
    Fixed(
        "C1 a floor of floors, stated",
        Stated(
            "fixed",
            line(("0 <= i", "2*i <= floor(n/2) + floor(n/3)"), (), "n", "n >= 0", "n <= 10"),
            "floor((floor(n/2) + floor(n/3))/2) + 1",
        ),
        true=True,
    ),
    Fixed(
        "P1 a stated Mod of a Mod",
        Stated("fixed", CAUSAL, f"{HALF} + Mod(2*Mod(n, 3), 3) - 2*Mod(n, 3)"),
    ),
    Fixed(
        "P1 a stated pole that cancels", Stated("fixed", CAUSAL, f"{HALF} + 1/(n - 5) - 1/(n - 5)")
    ),
)

ONE_N = "(n >= 1234) & (n <= 1234) & (t >= 1)"
NO_N = "(n >= 1234) & (n <= 1233) & (t >= 1)"
CLAIMS += (
    Fixed(
        "a domain with a single n, far out",
        Bounded("fixed", "n", "Max(n, t)", ("n", "t"), ONE_N),
        true=True,
    ),
    Fixed("a domain without any n", Bounded("fixed", "n", "Max(n, t)", ("n", "t"), NO_N)),
    Fixed("false at the only n, far out", Bounded("fixed", "Max(n, t)", "1233", ("n", "t"), ONE_N)),
    Fixed(
        "a binomial below 0, of n >= 0",
        Stated("fixed", replace(CAUSAL, assuming=("n >= 0",)), "binomial(n, n - 2) + n"),
        true=True,
    ),
)

C1_BOUNDS = ("0 <= i", "2*i <= floor(n/2) + floor(n/3)")
SETS = (
    Fixed(
        "C1 a floor of floors",
        line(C1_BOUNDS, (), "n", "n >= 0", "n <= 10"),
        worth={(n,): number for n, number in enumerate((1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5))},
    ),
    Fixed(
        "P1 a remainder of a remainder",
        line(("1 <= i", "i <= n"), ("Mod(2*Mod(i, 3), 3) >= 2",), "n", "n >= 1"),
        worth={(12,): 4, (3,): 1, (1,): 1},
    ),
    Fixed(
        "P1 bank conflicts",
        line(("0 <= i", "i < 24"), ("Eq(Mod(2*Mod(i, 4), 4), 0)",), "23", "n >= 0"),
        worth={(0,): 12, (5,): 12},
    ),
    Fixed(
        "P1 with Python's own sign",
        line(("1 <= i", "i <= n"), ("(2*(i % 3)) % 3 >= 2",), "n", "n >= 1"),
        worth={(12,): 4},
    ),
    Fixed(
        "P1 other numbers, where the inner one comes back squared",
        line(("1 <= i", "i <= n"), ("Mod(3*i + Mod(2*i, 4), 6) <= 2",), "n", "n >= 0"),
        # 3i + (2i mod 4) mod 6 for i = 1, 2, 3, 4: 5, 0, 5, 0.
        worth={(1,): 0, (2,): 1, (3,): 1, (4,): 2, (12,): 6},
    ),
    # SymPy holds that -2*Abs(3*n - i)/3 is never 0, once n is taken as 2*n + r.
    *(
        Fixed(
            f"a rounded third of an even number, {third}",
            line(("1 <= i", "i <= n + 2"), (third,), "n + 2", "n >= 1"),
            worth={(1,): 0, (2,): 1, (3,): 0, (4,): 1, (5,): 0, (6,): 0},
        )
        for third in (
            *("-(-Abs(3*n - 2*i)//3) < 1", "ceiling(Abs(3*n - 2*i)/3) <= 0"),
            *("Max(ceiling(Abs(3*n - 2*i)/3), 1, 0) - Min(1, 1 - ceiling(Abs(3*n - 2*i)/3)) <= 0",),
        )
    ),
    # ... and that every even number is a multiple of 6.
    *(
        Fixed(
            f"a remainder by 6 of an even number, {rest}",
            line(("1 <= i", "i <= 4"), (rest,), "4", "n >= 2"),
            worth={(2,): 0, (3,): 0, (4,): 0, (6,): 4, (7,): 0, (8,): 0, (12,): 4},
        )
        for rest in ("Eq(Abs(n) % 6, 0)", "Eq(Mod(Max(n, -n), 6), 0)", "Eq(Mod(Abs(2*n), 12), 0)")
    ),
    Fixed(
        "a floor compared with a number",
        line(("1 <= i", "i <= n"), ("floor(i/2) >= 2",), "n", "n >= 0"),
        worth={(3,): 0, (4,): 1, (9,): 6},
    ),
)
