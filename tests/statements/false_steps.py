"""False Least and Iteration claims, and letters that are called like names inside the press."""

from __future__ import annotations

from collections.abc import Iterator

from .corpus import Stated, put_into, where_false


def least(quantity: str, reaches: str, form: str) -> str:
    """Return the condition that `form` is the least L >= 0 with quantity >= reaches."""
    some = f"number({quantity} >= {reaches}, (L, {form}, {form}))"
    before = f"number({quantity} >= {reaches}, (L, 0, ({form}) - 1))"
    return f"(({form}) >= 0) & Eq({some}, 1) & Eq({before}, 0)"


# Quantity, size, letters, domain, the form that the press derives, and the reason.
LEAST: tuple[tuple[str, str, str, str, str, str], ...] = (
    (
        "L*(k - 1) + 1",
        "n",
        "n k",
        "(n >= 1) & (k >= 1)",
        "ceiling((n - 1)/(k - 1))",
        "k = 1 never grows",
    ),
    (
        "L*(k - 1) + 1",
        "n",
        "n k",
        "(n >= 1) & (k >= 0)",
        "ceiling((n - 1)/(k - 1))",
        "k = 0 shrinks",
    ),
    (
        "L*(k - 1) + 1",
        "n",
        "n k",
        "(n >= -2) & (k >= 2)",
        "ceiling((n - 1)/(k - 1))",
        "n = -2: below 0",
    ),
    ("L", "n", "n", "n >= -3", "ceiling(n/1)", "n = -3 is reached at 0"),
    ("L + n", "20", "n", "n >= 0", "ceiling((20 - n)/1)", "n = 21 is there at once"),
    ("L + 3*n", "50", "n", "n >= 0", "ceiling((50 - 3*n)/1)", "n = 17 is there at once"),
    ("2*L + n", "40", "n", "n >= 1", "ceiling((40 - n)/2)", "n = 42 is there at once"),
    ("L*(20 - n)", "5", "n", "n >= 1", "ceiling(5/(20 - n))", "n = 20 never grows"),
    ("L*(14 - n) + n", "n + 1", "n", "n >= 0", "ceiling(1/(14 - n))", "n = 14 never grows"),
    ("L*(n - 15)**2", "9", "n", "n >= 0", "ceiling(9/(n - 15)**2)", "n = 15 never grows"),
    ("L*(n - 15)**2 + 1", "1", "n", "n >= 0", "ceiling(0/(n - 15)**2)", "n = 15: 0/0"),
    ("L*(n**2 - 40*n + 400)", "3", "n", "n >= 0", "ceiling(3/(n**2 - 40*n + 400))", "n = 20"),
    ("-L*n", "-30", "n", "n >= 1", "ceiling(30/n)", "it falls: 0 is the least"),
    ("L*n", "7", "n", "n >= 0", "ceiling(7/n)", "n = 0 never grows"),
    ("L*n", "7*n", "n", "n >= 0", "ceiling(7*n/n)", "n = 0 is there at 0"),
    ("L*n", "7", "n", "Ne(n, 0)", "ceiling(7/n)", "n = -1 falls"),
    ("L*(t - n)", "6", "n t", "(n >= 1) & (t >= n)", "ceiling(6/(t - n))", "t = n never grows"),
    ("L*(t - 9) + n", "t", "n t", "(n >= 1) & (t >= 1)", "ceiling((t - n)/(t - 9))", "t = 9"),
    ("L*Mod(n, 13)", "5", "n", "n >= 1", "ceiling(5/Mod(n, 13))", "n = 13 never grows"),
    ("L*floor(n/14) + L", "2", "n", "n >= -20", "ceiling(2/(floor(n/14) + 1))", "n = -1: rate 0"),
    ("L/(n - 30)", "1", "n", "n >= 1", "ceiling(n - 30)", "n = 30: no value"),
    ("L*(n - 30)/(n - 30)", "5", "n", "n >= 1", "ceiling(5*(n - 30)/(n - 30))", "n = 30: no value"),
    ("L + n/(n - 25)", "n/(n - 25) + 2", "n", "n >= 1", "2*(n - 25)/(n - 25)", "n = 25: no value"),
    ("L", "Abs(n - 20) - 3", "n", "n >= 0", "ceiling(Abs(n - 20) - 3)", "n = 20: -3"),
    ("L", "Max(n, 5) - 6", "n", "n >= 0", "ceiling(Max(n, 5) - 6)", "n = 0: -1"),
)


def leasts() -> Iterator[Stated]:
    """Return Least claims whose closed form is not the least value everywhere."""
    for quantity, reaches, letters, domain, form, why in LEAST:
        given = f"({', '.join(letters.split())},), {domain}"
        yield Stated(
            "least",
            "",
            f"Least('l.f', 'Least', L, {quantity}, {reaches}, {given})",
            why,
            where_false(letters, domain, least(quantity, reaches, form)),
        )


# First, step (in L), letters, domain, the form that the press derives, and the reason.
STEPS: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("0", "1", "L", "L >= -5", "L", "L = -5: no step gives 0"),
    ("0", "L", "L", "L >= -5", "L*(L + 1)/2", "L = -2: 1 is not the sum of nothing"),
    ("0", "L", "L", "(L >= 0) | Eq(L, -14)", "L*(L + 1)/2", "L = -14 lies alone"),
    ("0", "L**2", "L", "L >= -2", "L*(L + 1)*(2*L + 1)/6", "L = -2: -1"),
    ("0", "L**3", "L", "L >= -9", "L**2*(L + 1)**2/4", "L = -2: 1"),
    ("1", "k - 1", "k L", "(k >= 1) & (L >= -1)", "L*(k - 1) + 1", "L = -1, k = 2: 0"),
    ("1", "k - 1", "k L", "k >= 1", "L*(k - 1) + 1", "nothing bounds L from below"),
    ("1", "k*L", "k L", "(k >= 0) & (L >= -3)", "k*L*(L + 1)/2 + 1", "L = -2, k = 1"),
    ("k", "k*L**2", "k L", "(k >= 1) & (L >= -20)", "k + k*L*(L + 1)*(2*L + 1)/6", "L = -2"),
    ("k", "2*L - 1", "k L", "(k >= 0) & Ne(L, -1)", "k + L**2", "L = -2: 4 more"),
    ("0", "2*L + 1", "L", "L >= -3", "L*(L + 2)", "L = -1: -1"),
    ("5", "3", "L", "L**2 >= 1", "3*L + 5", "the square lets the negative L in"),
    ("5", "3", "L", "(L >= 0) | Eq(Mod(L, 9), 4)", "3*L + 5", "L = -5 leaves 4"),
    ("0", "n", "n L", "(n >= 0) & (L >= n - 5)", "n*L", "n = 1, L = -4"),
    ("0", "n", "n L", "(n >= 13) & (L >= 13 - n)", "n*L", "n = 14, L = -1"),
    ("1/(n - 30)", "1", "n L", "(n >= 0) & (L >= 0)", "1/(n - 30) + L", "n = 30: no value"),
    ("0", "(n - 31)/(n - 31)", "n L", "(n >= 0) & (L >= 0)", "L*(n - 31)/(n - 31)", "n = 31"),
    ("0*n/(n - 32)", "1", "n L", "(n >= 0) & (L >= 0)", "0*n/(n - 32) + L", "n = 32: no value"),
    ("0", "(-1)**(n/2)*0 + 1", "n L", "(n >= 0) & (L >= 0)", "(-1)**(n/2)*0 + L", "odd n"),
)


def iterations() -> Iterator[Stated]:
    """Return Iteration claims whose domain lets in negative numbers of steps, or no value."""
    for first, step, letters, domain, form, why in STEPS:
        given = f"({', '.join(letters.split())},), {domain}"
        # L is the number of steps, and x the number of one of them.
        running = f"{first} + Sum({put_into(step, {'L': 'x'})}, (x, 1, L))"
        yield Stated(
            "iteration",
            "",
            f"Iteration('i.f', 'Iteration', L, {first}, {step}, {given})",
            why,
            where_false(letters, domain, f"Eq({running}, {form})", far=_FAR[len(letters.split())]),
        )
    for also, why in (
        ("lambda L: 2*L if L < 5 else 2*L + 1", "wrong from L = 5 on"),
        ("lambda L: L + 1", "wrong at L = 0"),
        ("lambda L: (L + 1)*2", "two too many"),
        ("lambda L: L**2 if L <= 2 else 0", "right at 0 and 2 only"),
    ):
        other = eval(also)
        yield Stated(
            "iteration, also=",
            "",
            f"Iteration('i.a', 'Iteration', L, 0, 2, (L,), L >= 0, also={{'other': {also}}})",
            why,
            lambda other=other: next((f"L = {x}" for x in range(13) if other(x) != 2 * x), None),
        )


_FAR = {1: (), 2: ((30, 3), (31, 3), (32, 3))}


# Names that the press has used inside, as letters of an author.
INSIDE = ("q_1", "q1", "q_2", "v0", "v1", "x0", "x1", "L'", "_0", "Dummy", "e1", "lambda_")


def inner_names() -> Iterator[Stated]:
    """Return false claims in a letter called like a name inside the press."""
    for name in INSIDE:
        setup = f"z = integers({name!r})"
        condition = least("L + z", "20", "20 - z")
        yield Stated(
            "inner name, least",
            setup,
            "Least('q.l', 'Least', L, L + z, 20, (z,), z >= 0)",
            f"{name} = 21 is there at once",
            where_false("z", "z >= 0", condition),
        )
    for name in ("q_1", "q_2", "v0", "v2", "x1"):
        setup = (
            f"z = integers({name!r})\n"
            "row = IntegerSet('row', (i,), (1 <= i) & (i <= z), assuming=z >= 0, parameters=(z,))"
        )
        yield Stated(
            "inner name, count",
            setup,
            "Count('q.c', 'Count', row, stated=z + Piecewise((1, Eq(z, 40)), (0, True)))",
            f"{name} = 40",
            where_false(
                "z",
                "z >= 0",
                "Eq(z + Piecewise((1, Eq(z, 40)), (0, True)), number(1 <= i, (i, 1, z)))",
            ),
        )
        yield Stated(
            "inner name, bound",
            setup,
            "Bound('q.b', 'Bound', floor(z/2) + 15, z, (z,), z >= 28)",
            f"{name} = 28: 29 > 28",
            where_false("z", "z >= 28", "floor(z/2) + 15 <= z"),
        )
    for first, second in (("n1", "n_1"), ("x_0", "x0"), ("a_b", "ab"), ("n__2", "n2")):
        setup = (
            f"y = integers({first!r}); z = integers({second!r})\n"
            "pairs = IntegerSet('pairs', (i, j), (1 <= i) & (i <= y) & (1 <= j) & (j <= z), "
            "assuming=(y >= 0) & (z >= 0), parameters=(y, z))"
        )
        yield Stated(
            "two letters printed alike",
            setup,
            "Count('q.p', 'Pairs', pairs, stated=y**2)",
            f"{first} is not {second}",
            where_false("y z", "(y >= 0) & (z >= 0)", "Eq(y**2, y*z)"),
        )


FALSE = (*leasts(), *iterations(), *inner_names())
