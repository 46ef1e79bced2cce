"""Random claims: sets whose counts are known by hand, and right and wrong things said of them.

Whether a claim is right is never taken from here: the reference tries it at every point. The
kinds only see to it that near misses of all sorts come up.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from proofpress import PressError
from proofpress.counting.deadline import OutOfTime, time_limit

from .arithmetic import Bounded, Iterated, LeastCase, Ran, Summed
from .grammar import AWKWARD, SetCase, random_set
from .mapped import Mapped
from .press import DERIVING, made
from .statements import Claimed, Put, Stated, renamed


def known(lot: Random) -> tuple[SetCase, str]:
    """Return a set and a right closed form of its count, on the set's own domain."""
    c, d = lot.choice((-2, 0, 1, 1, 2, 3)), lot.choice((2, 3, 4))
    least = f"n >= {max(c - 1, 0)}"
    row = (f"{c} <= i", "i <= n")
    bounds: tuple[str, ...]
    box: tuple[tuple[str, str], ...]
    domain: tuple[str, ...]
    way = lot.randrange(9)
    if way == 0:
        return SetCase(
            ("i",), ("n",), row, (), ((str(c), "n"),), (f"n >= {c - 1}",)
        ), f"n - {c - 1}"
    if way == 1:
        box = ((str(c), "n"), (str(c), "i"))
        bounds = (*row, f"{c} <= j", "j <= i")
        form = f"(n - {c - 1})*(n - {c - 2})/2"
        return SetCase(("i", "j"), ("n",), bounds, (), box, (f"n >= {c - 1}",)), form
    if way == 2:
        case = SetCase(("i",), ("n",), row, (f"Eq(Mod(i, {d}), 0)",), ((str(c), "n"),), (least,))
        return case, f"floor(n/{d}) - ({(c - 1) // d})"
    if way == 3:
        bounds = ("1 <= i", "i <= n", "1 <= j", "j <= i", "i - j <= t")
        form = "Piecewise((n*(n + 1)/2, n <= t + 1), ((t + 1)*(2*n - t)/2, True))"
        domain = ("n >= 1", "t >= 0")
        return SetCase(("i", "j"), ("n", "t"), bounds, (), (("1", "n"), ("1", "i")), domain), form
    if way == 4:
        bounds, box = ("1 <= i", "i <= n", "1 <= j", "j <= t"), (("1", "n"), ("1", "t"))
        return SetCase(("i", "j"), ("n", "t"), bounds, (), box, ("n >= 0", "t >= 0")), "n*t"
    if way == 5:
        bounds, box = ("1 <= i", f"i <= Min(n, {d * 5})"), (("1", "n"),)
        return SetCase(("i",), ("n",), bounds, (), box, ("n >= 0",)), f"Min(n, {d * 5})"
    if way == 6:
        few = d * 5
        bounds, domain = ("1 <= i", "i <= n", f"i <= {few}"), ("n >= 0", f"n <= {few}")
        return SetCase(("i",), ("n",), bounds, (), (("1", "n"),), domain), "n"
    if way == 7:
        bounds, box = ("Abs(i) <= n",), (("-n", "n"),)
        return SetCase(("i",), ("n",), bounds, (), box, ("n >= 0",)), "2*n + 1"
    box = (("1", "n"), ("1", "n"))
    bounds = ("1 <= i", "i < j", "j <= n")
    return SetCase(("i", "j"), ("n",), bounds, (), box, ("n >= 1",)), "binomial(n, 2)"


RIGHT: tuple[str, ...] = (
    *("({e}) + ({p}) - ({p})", "-(-({e}))", "floor({e})", "Max({e}, ({e}) - 1)", "Abs({e})"),
    *("({e}) + Mod(2*n, 2)", "({e})*(n**2 + 1)/(n**2 + 1)", "({e}) + 1 - (-1)**(2*n)"),
    *("({e}) + floor(n/2) + ceiling(n/2) - n", "({e}) + n - 2*floor(n/2) - Mod(n, 2)"),
    *("Piecewise(({e}, n >= {p}), ({e}, True))", "2*({e})/2", "({e}) + Min(n, {p}) - Min({p}, n)"),
    *("({e}) + 2*Mod(Mod(n, 3), 3) - 2*Mod(n, 3)", "({e}) - (1 - (-1)**n)/2 + Mod(n, 2)"),
    "Piecewise(({e}, n < {p}), ({e}, n >= {p}))",
)
WRONG: tuple[str, ...] = (
    *("({e}) + 1", "-({e})", "({e}) - 1", "({e}) + n", "({e})*(n - {p})/(n - {p})"),
    *("({e}) + {far}", "({e}) + (-1)**n - 1", "({e}) + (-1)**(n/2) - 1 + 2*Mod(n/2, 2)"),
    *("Piecewise((({e}) + 1, Eq(n, {p})), ({e}, True))", "Piecewise(({e}, n >= {p}))"),
    *("({e}) + binomial(n - 3, 2) - (n - 3)*(n - 4)/2", "({e}) + 1/(n - {p}) - 1/(n - {p})"),
    *("({e}) + factorial(n - 3)/factorial(n - 4) - (n - 3)", "({e}) + Min(0, {p} - n)"),
    *("Piecewise(({e}, n < {p}), ({e}, n > {p}))", "({e}) + Mod(2*Mod(n, 3), 3) - 2*Mod(n, 3)"),
    *("({e})*Abs(n - {p})/(n - {p})", "({e}) + floor((floor(n/2) + floor(n/3))/2) - floor(5*n/12)"),
    *("({e}) + floor((n + 1)/2) - floor(n/2)", "({e}) + Max(0, n - {p})", "({e}) + Mod(n, 2)"),
    *("({e}) + binomial(n, n - 2) - n*(n - 1)/2", "({e}) + (-1)**(n*(n + 1)/2) - (-1)**n"),
    *("({e})*Piecewise((n - {p}, n >= 0), (1, True))/Piecewise((n - {p}, n >= -1), (1, True))",),
    *("({e}) + gamma(n - {p})/gamma(n - {p} - 1) - (n - {p} - 1)", "({e}) + Mod(n, n - {p})*0"),
    "({e}) + floor(n/(n - {p})) - floor(n/(n - {p}))",
)


def stated(lot: Random, right: bool) -> Claimed:
    """Return a count with a stated form, a right one rewritten or a wrong one."""
    case, form = known(lot)
    pattern = lot.choice(RIGHT if right else WRONG)
    pole = lot.choice((0, 1, 2, 3, 7, 13, 20, 30, 37))
    far = "*".join(f"(n - {x})" for x in range(-1, lot.choice((1, 4, 8))))
    text = pattern.format(e=form, p=pole, far=far)
    if right and lot.random() < 0.3:
        text = lot.choice(RIGHT).format(e=text, p=pole, far=far)
    return _called(lot, Stated("stated, right" if right else "stated, wrong", case, text))


def derived(lot: Random) -> Claimed:
    """Return a random set with the press's own form of its count, rewritten or made wrong."""
    case, form = known(lot)
    found = random_set(lot, lot.choice(("affine", "affine", "fractions", "nested floor")))
    try:
        with time_limit(DERIVING):
            derived_form = str(made(found.source(), found.letters).cardinality())
    except (PressError, OutOfTime):
        derived_form = ""
    # Without a letter Python itself divides what is stated, in floating point.
    if found.parameters and re.search(r"[a-z]", derived_form):
        case, form = found, derived_form
    first = case.parameters[0]
    pattern = lot.choice(lot.choice((RIGHT, WRONG)))
    text = re.sub(r"\bn\b", first, pattern)
    pole = lot.choice((0, 1, 2, 3, 7, 13))
    text = text.format(e=form, p=pole, far=f"({first} - {pole})*({first} - 1)*{first}")
    return _called(lot, Stated("stated, derived", case, text))


def put(lot: Random) -> Claimed:
    """Return a count with expressions put in, or on a domain of its own."""
    case, _ = known(lot)
    least, most = lot.choice((-5, -1, 0, 0, 1, 1, 2)), lot.choice((4, 10, 12, 15, 20, 30))
    upper = f" & (k <= {most})" if lot.random() < 0.4 else ""
    rest = " & (t >= 0)" if "t" in case.parameters else ""
    others = tuple(x for x in case.parameters if x != "n")
    way = lot.randrange(4)
    if way == 0:
        wide = f"(n >= {least}){upper.replace('k', 'n')}{rest}"
        return _called(lot, Put("own domain", case, (), case.parameters, wide))
    factor, shift = lot.choice((1, 2, 3)), lot.choice((0, 1, 7, 20))
    text = lot.choice(
        (
            *(f"{shift} - k", f"{factor}*k + {shift}", "k/2", "k*(k - 1)/2", "k**2", "-k", "2*k"),
            *(f"k - {shift}", "floor(k/2)", "Mod(k, 4)", "k + 1", "Abs(k)", "k*(k + 1)*(k + 2)/4"),
            *("k/2 + Mod(k, 2)/2", "k + (k - 3)*(k - 4)*(k - 5)*(k - 6)", "Max(k, 3)", "2**k"),
        )
    )
    domain = f"(k >= {least}){upper}{rest}"
    if text == "k/2" and lot.random() < 0.5:
        domain += " & Eq(Mod(k, 2), 0)"
    return _called(lot, Put("put", case, (("n", text),), ("k", *others), domain))


def bound(lot: Random) -> Claimed:
    """Return an inequality that holds here and there, or everywhere."""
    a, c, d = lot.choice((1, 2, 5, 10, 30)), lot.randint(-3, 9), lot.choice((100, 196, 225, 400))
    sides = lot.choice(
        (
            *((f"{a}*n", f"n**2 + {c}"), ("n**2", f"{a}*n"), (f"{a}*n", f"n**2 + {d}")),
            *((f"n - {c}", "n**2"), ("floor(n/2)", "n"), ("Mod(n, 3)", "2"), ("-(n + 1)/2", "0")),
            *(("(n + 1)/(2*n)", "1"), (f"1/(n - {c})", "1"), ("2*n*t", "n**2 + t**2")),
            *((f"n + {a}*t", f"n*t + {d}"), ("Mod(2*Mod(n, 3), 3)", "1"), ("n", "Max(n, t)")),
            *((f"Min(n, {d})", "n"), ("(-1)**n", "1"), ("n", f"{d}"), ("ceiling(n/3)", "n")),
            *(("binomial(n, 2)", "n**2"), ("n/2", "floor(n/2)"), (f"Abs(n - {c})", f"n + {c}")),
        )
    )
    letters = ("n", "t") if "t" in "".join(re.findall(r"\b[a-z]\b", " ".join(sides))) else ("n",)
    most = f" & (n <= {lot.choice((5, 10, 12, 20, 40))})" if lot.random() < 0.3 else ""
    domain = f"(n >= {lot.choice((-3, 0, 1, 2, 10, 100))}){most}"
    domain += f" & (t >= {lot.choice((-1, 0, 1))})" if "t" in letters else ""
    return _called(lot, Bounded("Bound", *sides, letters, domain))


def least(lot: Random) -> Claimed:
    """Return the claim that a quantity first reaches a size somewhere."""
    a, c = lot.choice((1, 2, 3, 5)), lot.choice((0, 1, -1, 3, 20))
    quantity = lot.choice(
        (f"L*(k - {c}) + 1", "L + k", f"{a}*L + {c}", "L/2 + k", "L*k", f"L - {c}", f"-{a}*L + 3")
    )
    reaches = lot.choice(("n", "20", f"n + {c}", "n**2", f"{a}*n", "k", f"{c} - n"))
    domain = f"(n >= {lot.choice((-3, 0, 1, 2))}) & (k >= {lot.choice((0, 1, 2, 3, -1))})"
    if lot.random() < 0.3:
        domain += f" & (k <= {lot.choice((5, 12, 19, 20))})"
    return _called(lot, LeastCase("Least", "L", quantity, reaches, ("n", "k"), domain))


def iteration(lot: Random) -> Claimed:
    """Return the claim that steps add up to a closed form."""
    a = lot.choice((1, 2, 3, 7))
    step = lot.choice(("L", "k - 1", f"{a}*L + 1", "L**2", f"{a}", "L*k", "L**3 - k", "-L"))
    first = lot.choice(("0", "1", "k", "-3", "k/2"))
    lower = lot.choice((-5, -2, -1, 0, 0, 0, 1, 2))
    domain = f"(L >= {lower}) & (k >= {lot.choice((-2, 0, 1))})"
    if lot.random() < 0.2:
        domain = domain + f" & (L <= {lot.choice((0, 5, 30))})"
    return _called(lot, Iterated("Iteration", "L", first, step, ("k", "L"), domain))


def total(lot: Random) -> Claimed:
    """Return the claim that tensors have so many entries."""
    tops = lot.choice((3, 10, 13, 20))
    sides = ("h", "n", f"{tops} - n", f"n - {lot.choice((1, 3, 9))}", "n + 1", "2", "n*h", "h/2")
    tensors = tuple(
        (
            f"W_{place}",
            tuple(lot.choice(sides) for _ in range(lot.choice((1, 2)))),
            lot.choice(("1", "1", "2", "n", "-1")),
        )
        for place in range(lot.choice((1, 2, 3)))
    )
    least_n, least_h = lot.choice((0, 1, 3, 9)), lot.choice((0, 1, -1))
    most = f" & (n <= {lot.choice((3, 10, 13, 20))})" if lot.random() < 0.4 else ""
    domain = f"(n >= {least_n}) & (h >= {least_h}){most}"
    return _called(lot, Summed("Total", tensors, ("n", "h"), domain))


def recurrence(lot: Random) -> Claimed:
    """Return the claim that a recurrence on a line or a square costs so much."""
    deep = lot.choice((1, 2))
    bounds: tuple[str, ...] = ("1 <= i", "i <= n")
    box: tuple[tuple[str, str], ...] = (("1", "n"),)
    if deep == 2:
        bounds, box = (*bounds, "1 <= j", "j <= n"), (*box, ("1", "n"))
    grid = SetCase(("i", "j")[:deep], ("n",), bounds, (), box, ("n >= 1",))
    steps = (-1, -1, -2, -3, -4, -5, -7)
    offsets: list[tuple[int, ...] | None] = [None]
    for _ in range(lot.choice((1, 2))):
        offset = [0] * deep
        offset[lot.randrange(deep)] = lot.choice(steps)
        offsets.append(tuple(offset))
    if lot.random() < 0.15:
        offsets.reverse()
    terms = tuple((f"W_{place}", offset) for place, offset in enumerate(offsets))
    what = lot.choice(("multiplies", "multiplies", "adds"))
    left_out = int(what == "multiplies" and lot.random() < 0.3)
    domain = f"(n >= {lot.choice((1, 1, 1, 0, 5))}) & (c >= 1) & (h >= 1)"
    padded = lot.random() < 0.4
    ran = lot.random() < 0.6
    return Ran("recurrence", grid, terms, what, padded, left_out, ran, ("n", "c", "h"), domain)


def coordinates(lot: Random) -> Claimed:
    """Return a change of coordinates, windows or a shift, right or not quite."""
    case = lot.choice((_windows, _windows, _moved, _moved))(lot)
    return _called(lot, case)


def _windows(lot: Random) -> Mapped:
    number = lot.random() < 0.5
    same = "Eq(floor((i - 1)/w), floor((j - 1)/w))"
    past = ("1 <= i", "i <= n", "1 <= j", "j <= i")
    box = (("1", "n"), ("1", "i"))
    few = (f"i <= {lot.choice((9, 16, 25))}",) if lot.random() < 0.2 else ()
    whole = ("n >= 1", "w >= 1", "Eq(Mod(n, w), 0)")
    if lot.random() < 0.15:
        whole = ("n >= 1", "w >= 1", f"Eq(Mod(n, w), 0) | (n >= {lot.choice((5, 20))})")
    original = SetCase(("i", "j"), ("n", "w"), past, (same, *few), box, whole)
    inner = ("k >= 1", "k <= m", "a >= 1", "a <= w", "b >= 1", "b <= a")
    odd: tuple[str, ...] = lot.choice(
        ((), (), ("k <= 9",), ("Ne(a, 7)",), ("Ne(k, 10)",), ("b <= 3",), ("a + k <= 12",))
    )
    given: tuple[str, ...] = ("m >= 1", "w >= 1")
    if lot.random() < 0.4:
        given = lot.choice(
            (
                *((*given, "m <= 5", "w <= 5"), ("m >= 0", "w >= 1"), ("m >= 2", "w >= 1")),
                *((*given, "w <= 4"), (*given, "m <= 2", "m >= 3")),
            )
        )
    blocks = SetCase(
        *(("k", "a", "b"), ("m", "w"), inner, odd, (("1", "m"), ("1", "w"), ("1", "a")), given)
    )
    shift = lot.choice((1, 1, 1, 1, 0))
    return Mapped(
        "through" if number else "Coordinates",
        original,
        blocks,
        (("i", f"(k - {shift})*w + a"), ("j", f"(k - {shift})*w + b")),
        (
            ("k", "floor((i - 1)/w) + 1"),
            ("a", "i - w*floor((i - 1)/w)"),
            ("b", "j - w*floor((j - 1)/w)"),
        ),
        (("n", lot.choice(("m*w", "m*w", "m*w", "m*w + 1"))),),
        number,
    )


def _moved(lot: Random) -> Mapped:
    """Return a line mapped onto a line: shifted, turned round, or in steps."""
    step, shift = lot.choice((1, 1, 2, 3)), lot.choice((0, 1, 3))
    turned = lot.random() < 0.4 and step == 1
    steps = (f"Eq(Mod(i - {shift}, {step}), 0)",) if step > 1 and lot.random() < 0.8 else ()
    original = SetCase(
        *(("i",), ("n",), (f"{shift} <= i", f"i <= {step}*n + {shift}"), steps),
        *(((str(shift), f"{step}*n + {shift}"),), (f"n >= {lot.choice((0, 0, -1, 1))}",)),
    )
    slip = lot.choice((0, 0, 0, 1, -1))
    odd: tuple[str, ...] = lot.choice(((), (), (), ("Ne(a, 9)",), ("a <= 14",)))
    blocks = SetCase(
        ("a",), ("n",), ("0 <= a", f"a <= n + {slip}"), odd, (("0", f"n + {slip}"),), ("n >= 0",)
    )
    forward = f"n + {shift} - a" if turned else f"{step}*a + {shift}"
    way_back = f"n + {shift} - i" if turned else f"(i - {shift})/{step}"
    if lot.random() < 0.3 and step > 1:
        way_back = f"floor((i - {shift})/{step})"
    number = lot.random() < 0.5
    kind = "through" if number else "Coordinates"
    return Mapped(kind, original, blocks, (("i", forward),), (("a", way_back),), (), number)


def _called(lot: Random, case: Claimed) -> Claimed:
    """Return a claim, now and then with awkward letters."""
    if lot.random() < 0.75:
        return case
    old = tuple(dict.fromkeys(case.names))
    return renamed(case, dict(zip(old, lot.sample(AWKWARD, len(old)), strict=True)))


CLAIMS: dict[str, Callable[[Random], Claimed]] = {
    "stated, right": lambda lot: stated(lot, True),
    "stated, wrong": lambda lot: stated(lot, False),
    "stated, derived": derived,
    "put and domains": put,
    "Bound": bound,
    "Least": least,
    "Iteration": iteration,
    "Total": total,
    "recurrence": recurrence,
    "Coordinates, through": coordinates,
}
