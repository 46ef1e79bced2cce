"""True bounds, sums, least values and changes of coordinates in unusual shapes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .corpus import Stated, put_into, where_false
from .false_bounds import stated as bound
from .false_coordinates import BY_NAME, RIGHT, Change, cells, line, of_way_back
from .false_runs import Term, cost, recurrence, two
from .false_steps import least

# The smaller and the greater side, letters, and domain.
BOUNDS: tuple[tuple[str, str, str, str], ...] = (
    ("100*n", "n**2", "n", "n >= 100"),
    ("n**2", "10*n", "n", "(n >= 0) & (n <= 10)"),
    ("30*n", "n**2 + 225", "n", "n >= 0"),
    ("30*n", "n**2 + 225", "n", "n <= 40"),
    ("floor(n/2)", "n", "n", "n >= 0"),
    ("(n + 1)/(2*n)", "1", "n", "n >= 1"),
    ("n", "n**2", "n", "n >= -5"),
    ("2*n*t", "n**2 + t**2", "n t", "(n >= 0) & (t >= 0)"),
    ("4*n*t", "(n + t)**2", "n t", "(n >= 0) & (t >= 0)"),
    ("n", "2*floor(n/2) + 1", "n", "n >= 0"),
    ("ceiling(n/3)", "n", "n", "n >= 0"),
    ("n - 2", "3*floor(n/3)", "n", "n >= 0"),
    ("Mod(n, 7)", "6", "n", "n >= 0"),
    ("0", "Mod(n, 7)", "n", "n >= -20"),
    ("n", "Abs(n)", "n", "n >= -50"),
    ("Min(n, t)", "n", "n t", "(n >= 0) & (t >= 0)"),
    ("n + t", "2*Max(n, t)", "n t", "(n >= 0) & (t >= 0)"),
    ("1", "n*t", "n t", "(n >= 1) & (t >= 1)"),
    ("n*t", "n**2", "n t", "(n >= 0) & (t >= 0) & (t <= n)"),
    ("n*(n + 1)/2", "n**2", "n", "n >= 1"),
    ("0", "(n - 14)**2", "n", "n >= 0"),
    ("0", "(n - 14)*(n - 15)", "n", "n >= 0"),
    ("n/(n + 1)", "1", "n", "n >= 0"),
    ("1/n", "1", "n", "n >= 1"),
    ("-1", "sign(n - 5)", "n", "n >= 0"),
    ("Piecewise((n, n <= 9), (9, True))", "n", "n", "n >= 0"),
    ("n", "-20", "n", "n <= -20"),
    ("(-1)**n", "1", "n", "n >= 0"),
    ("binomial(n, 2)", "n**2/2", "n", "n >= 0"),
    ("n**3", "n**4", "n", "n >= 1"),
)

# Sides, letters, domain; all are right as they stand.
TOTALS: tuple[tuple[str, str, str, str, str], ...] = (
    ("Tensor('W', (20 - n, h)),", "n h", "(n >= 1) & (n <= 20) & (h >= 1)", "h*(20 - n)", ""),
    ("Tensor('W', (n - t, n - t)),", "n t", "(t >= 0) & (n >= t)", "(n - t)**2", "(n - t)**2"),
    (
        "Tensor('W', (2*n, h)), Tensor('b', (h,)),",
        "n h",
        "(n >= 0) & (h >= 0)",
        "(2*n + 1)*h",
        "2*n*h + h",
    ),
    ("*linear('f', h, h, copies=4),", "h", "h >= 1", "4*h**2 + 4*h", "4*h*(h + 1)"),
    (
        "Group('g', linear('f', h, c)), Tensor('s', (c,)),",
        "c h",
        "(c >= 1) & (h >= 1)",
        "h*c + h + c",
        "(c + 1)*(h + 1) - 1",
    ),
    (
        "Tensor('W', (h, h)), Tensor('V', (h,)).times(-1),",
        "h",
        "h >= 1",
        "h**2 - h",
        "2*binomial(h, 2)",
    ),
    ("Tensor('W', (n, n)),", "n", "n >= 20", "n**2", "n**2"),
    ("Tensor('W', (n - 3,)),", "n", "n >= 3", "n - 3", "Max(n - 3, 0)"),
)

LEASTS: tuple[tuple[str, str, str, str, str], ...] = (
    ("L*(k - 1) + 1", "n", "n k", "(n >= 1) & (k >= 2)", "ceiling((n - 1)/(k - 1))"),
    ("2*L", "n", "n", "n >= 0", "ceiling(n/2)"),
    ("L + n", "20", "n", "(n >= 0) & (n <= 20)", "ceiling(20 - n)"),
    ("L*w", "n", "n w", "(n >= 0) & (w >= 1)", "ceiling(n/w)"),
    ("3*L + 2", "2*n", "n", "n >= 1", "ceiling((2*n - 2)/3)"),
    ("L", "100", "n", "n >= 20", "ceiling(100*n/n)"),
)

ITERATIONS: tuple[tuple[str, str, str, str, str], ...] = (
    ("1", "k - 1", "k L", "(k >= 1) & (L >= 0)", "L*(k - 1) + 1"),
    ("0", "L", "L", "L >= 0", "L*(L + 1)/2"),
    ("0", "L**2", "L", "L >= 0", "L*(L + 1)*(2*L + 1)/6"),
    ("k", "2*L - 1", "k L", "(k >= 0) & (L >= 0)", "k + L**2"),
    ("0", "L**3", "L", "L >= 0", "(L*(L + 1)/2)**2"),
    ("0", "k*L", "k L", "(k >= -5) & (L >= 0)", "k*L*(L + 1)/2"),
    ("5", "3", "L", "L >= 20", "3*L + 5"),
)

# Right changes of coordinates in other shapes.
CHANGES: tuple[Change, ...] = (
    *RIGHT,
    of_way_back("rows of a constant width", a="Mod(i, 4)"),
    of_way_back("even numbers", a="i/2"),
    of_way_back("even numbers", a="ceiling(i/2)"),
    replace(
        BY_NAME["windows"],
        inverse={
            "k": "ceiling(i/w)",
            "a": "Mod(i - 1, w) + 1",
            "b": "Mod(j - 1, w) + 1",
        },
    ),
    Change(
        "transposed",
        ("i j", "(1 <= j) & (j <= i) & (i <= n)", "n >= 1", "n"),
        ("a b", "(1 <= a) & (a <= b) & (b <= n)", "n >= 1", "n"),
        {"i": "b", "j": "a"},
        {"a": "j", "b": "i"},
        {},
    ),
    Change(
        "turned",
        ("i j", "(1 <= j) & (j <= i) & (i <= n)", "n >= 1", "n"),
        ("a b", "(1 <= a) & (a <= b) & (b <= n)", "n >= 1", "n"),
        {"i": "n + 1 - a", "j": "n + 1 - b"},
        {"a": "n + 1 - i", "b": "n + 1 - j"},
        {},
    ),
    Change(
        "row-major order",
        ("i", "(0 <= i) & (i <= n - 1)", "(n >= 1) & (w >= 1) & Eq(Mod(n, w), 0)", "n w"),
        ("k a", "(0 <= k) & (k <= m - 1) & (0 <= a) & (a <= w - 1)", "(m >= 1) & (w >= 1)", "m w"),
        {"i": "k*w + a"},
        {"k": "floor(i/w)", "a": "Mod(i, w)"},
        {"n": "m*w"},
    ),
    Change(
        "row-major order, floors alone",
        ("i", "(0 <= i) & (i <= n - 1)", "(n >= 1) & (w >= 1) & Eq(Mod(n, w), 0)", "n w"),
        ("k a", "(0 <= k) & (k <= m - 1) & (0 <= a) & (a <= w - 1)", "(m >= 1) & (w >= 1)", "m w"),
        {"i": "k*w + a"},
        {"k": "floor(i/w)", "a": "i - w*floor(i/w)"},
        {"n": "m*w"},
    ),
    Change(
        "odd numbers",
        ("i", "(1 <= i) & (i <= n) & Eq(Mod(i, 2), 1)", "n >= 1", "n"),
        ("a", "(0 <= a) & (2*a <= n - 1)", "n >= 1", "n"),
        {"i": "2*a + 1"},
        {"a": "floor(i/2)"},
        {},
    ),
    Change(
        "a larger letter",
        line,
        ("a", "(2 <= a) & (a <= m)", "m >= 2", "m"),
        {"i": "a - 1"},
        {"a": "i + 1"},
        {"n": "m - 1"},
    ),
    Change("from zero", line, cells, {"i": "1 + a"}, {"a": "i + (-1)"}, {}),
)


def others() -> Iterator[Stated]:
    """Return the statements of all tables."""
    for smaller, greater, letters, domain in BOUNDS:
        yield bound((smaller, greater, letters, domain, ""))
    for parts, letters, domain, form, own in TOTALS:
        tail = f", stated={own}" if own else ""
        given = f"({', '.join(letters.split())},), {domain}{tail}"
        condition = f"Eq({form}, {own})" if own else "0 <= 0"
        yield Stated(
            "total",
            "",
            f"Total('t.t', 'T', ({parts}), {given})",
            "",
            where_false(letters, domain, condition),
        )
    for quantity, reaches, letters, domain, form in LEASTS:
        given = f"({', '.join(letters.split())},), {domain}"
        yield Stated(
            "least",
            "",
            f"Least('l.t', 'L', L, {quantity}, {reaches}, {given})",
            "",
            where_false(letters, domain, least(quantity, reaches, form)),
        )
    for first, step, letters, domain, form in ITERATIONS:
        given = f"({', '.join(letters.split())},), {domain}"
        running = f"{first} + Sum({put_into(step, {'L': 'x'})}, (x, 1, L))"
        yield Stated(
            "iteration",
            "",
            f"Iteration('i.t', 'I', L, {first}, {step}, {given})",
            "",
            where_false(letters, domain, f"Eq({running}, {form})"),
        )
    for change in CHANGES:
        yield Stated("coordinates", change.setup, change.claim, "", change.wrong_at)


one_step: Sequence[Term] = [("W", "h", "c", None), ("U", "h", "h", (-1,))]
RUNS: tuple[tuple[Sequence[Term], int, str, bool, str], ...] = (
    (two, 2, "multiplies", True, "n**2*(h*c + 2*h*h)"),
    (two, 2, "adds", True, "n**2*(h*(c - 1) + 2*h*h)"),
    (two, 2, "multiplies", False, "n**2*h*c + 2*n*(n - 1)*h*h"),
    (one_step, 1, "multiplies", False, "n*h*c + (n - 1)*h*h"),
    (one_step, 1, "adds", False, "n*h*(c - 1) + (n - 1)*h*h"),
)


def runs() -> Iterator[Stated]:
    """Return totals that a run of their recurrence confirms."""
    for terms, dimensions, kind, padded, form in RUNS:
        yield Stated(
            "total, ran=",
            recurrence(terms, dimensions),
            f"Total('t.r', 'Run', rec.{kind}({padded}), (n, c, h), "
            f"(n >= 1) & (c >= 1) & (h >= 1), ran=(rec, '{kind}', {padded}), stated={form})",
            "",
            lambda t=terms, d=dimensions, k=kind, p=padded, f=form: _unlike(t, d, k, p, f),
        )


def _unlike(
    terms: Sequence[Term], dimensions: int, kind: str, padded: bool, form: str
) -> str | None:
    from .plain import value

    for n in range(1, 6):
        for c, h in ((1, 1), (2, 3), (5, 2)):
            sizes = {"n": n, "c": c, "h": h}
            if value(form, **sizes) != cost(terms, kind, padded, sizes, dimensions):
                return str(sizes)
    return None


TRUE = (*others(), *runs())
