"""True counts, stated in shapes that nobody would derive."""

from __future__ import annotations

from collections.abc import Iterator

from .corpus import Stated, put_into, where_false
from .kinds import KINDS, of_points

OF = {kind.name: kind for kind in KINDS}

# The kind and a right form of it.
FORMS: tuple[tuple[str, str], ...] = (
    ("causal", "Sum(i, (i, 1, n))"),
    ("causal", "Sum(n - i + 1, (i, 1, n))"),
    ("causal", "n + Sum(i, (i, 0, n - 1))"),
    ("causal", "factorial(n + 1)/(2*factorial(n - 1))"),
    ("causal", "binomial(n, 2) + n"),
    ("causal", "binomial(n + 1, n - 1)"),
    ("causal", "floor((n**2 + n)/2)"),
    ("causal", "ceiling(n*(n + 1)/2)"),
    ("causal", "Abs(n)*Abs(n + 1)/2"),
    ("causal", "n*(n + 1)/2*sign(n)"),
    ("causal", "Max(n*(n + 1), 0)/2"),
    ("causal", "Min(n**2, n*(n + 1)/2)"),
    ("causal", "Max(n*(n + 1)/2, n)"),
    ("causal", "(n**2 - (-n))/2"),
    ("causal", "n*(n + 1)/2*(-1)**(2*n)"),
    ("causal", "n*(n + 1)/2 + Mod(n*(n + 1), 2)"),
    (
        "causal",
        "Piecewise((Piecewise((1, Eq(n, 1)), (3, True)), n <= 2), (n*(n + 1)/2, True))",
    ),
    ("causal", "Piecewise((n*(n + 1)/2, n >= 1), (0, True))"),
    ("causal", "sp.Mul(n, n + 1, sp.Rational(1, 2), evaluate=False)"),
    ("causal", "sp.Add(sp.Mul(n, n, evaluate=False), n, evaluate=False)/2"),
    ("causal", "(n**3 + n**2)/(2*n)"),
    ("causal", "n*(n**2 + 3*n + 2)/(2*(n + 2))"),
    ("sliding", "Sum(Min(i, t + 1), (i, 1, n))"),
    (
        "sliding",
        "Piecewise((Sum(i, (i, 1, n)), n <= t), (Sum(i, (i, 1, t)) + (n - t)*(t + 1), True))",
    ),
    ("sliding", "n*(n + 1)/2 - binomial(Max(n - t, 0), 2)"),
    ("sliding", "Min(n, t + 1)*n - Min(n, t + 1)*(Min(n, t + 1) - 1)/2"),
    (
        "sliding",
        "Piecewise((n*(n + 1)/2, n - t <= 0), (n*(n + 1)/2 - (n - t)*(n - t - 1)/2, n - t > 0))",
    ),
    ("sliding", "(n*(n + 1) - (n - t + Abs(n - t))*(n - t - 1 + Abs(n - t - 1))/4)/2"),
    ("windows by blocks", "n*w - n*(w - 1)/2"),
    ("windows by blocks", "n/w*Sum(i, (i, 1, w))"),
    ("windows by blocks", "floor(n/w)*w*(w + 1)/2"),
    ("windows by blocks", "ceiling(n/w)*w*(w + 1)/2"),
    ("windows by blocks", "n*(w + 1)/2 + Mod(n, w)"),
    ("dilated", "floor((n + 1)**2/4)"),
    ("dilated", "ceiling(n*(n + 2)/4)"),
    ("dilated", "Sum(floor((i + 1)/2), (i, 1, n))"),
    ("dilated", "floor(n/2)*(floor(n/2) + 1) + Mod(n, 2)*(n + 1)/2"),
    ("dilated", "ceiling(n/2)*floor(n/2 + 1)"),
    ("dilated", "((n + 1)**2 - (1 + (-1)**n)/2)/4"),
    ("dilated", "binomial(floor(n/2) + 1, 2) + binomial(floor((n + 1)/2) + 1, 2)"),
    ("parity", "ceiling((n - 1)/2)"),
    ("parity", "Sum(1 - Mod(i, 2), (i, 1, n))"),
    ("parity", "floor(n/2 + 1/sp.Integer(3))"),
    ("parity", "floor((2*n + 1)/4)"),
    ("parity", "Piecewise((n/2, (-1)**n > 0), ((n - 1)/2, True))"),
    ("parity", "floor(floor(n)/2)"),
    ("parity", "(Abs(2*n - 1) + (-1)**n - 2*Max(1 - n, 0)*Max(1 - n, 0)*1)/4"),
    ("rows up to a floor", "floor(n**2/4)"),
    ("rows up to a floor", "ceiling((n**2 - 1)/4)"),
    ("rows up to a floor", "Sum(floor(i/2), (i, 1, n))"),
    ("rows up to a floor", "floor(n/2)*ceiling(n/2)"),
    ("rows up to a floor", "(2*n**2 - 1 + (-1)**n)/8"),
    ("rows up to a floor", "n**2 - ceiling(3*n**2/4)"),
    ("slanted", "floor((n + 2)**2/4)"),
    ("slanted", "Sum(n - 2*j + 1, (j, 0, floor(n/2)))"),
    ("slanted", "floor(n/2 + 1)*ceiling(n/2 + 1)"),
    ("slanted", "ceiling((n + 1)*(n + 3)/4)"),
    ("union of two ends", "2*Min(n, t) - Max(Min(n, t)*2 - n, 0)"),
    ("union of two ends", "Piecewise((n, t >= n), (Min(n, 2*t), True))"),
    ("union of two ends", "Max(Min(n, t), Min(n, 2*t))"),
    ("union of two ends", "-Max(-n, -2*t)"),
    ("neighbourhood", "Sum(Min(n, i + t) - Max(1, i - t) + 1, (i, 1, n))"),
    ("neighbourhood", "n**2 - 2*binomial(Max(n - t, 0), 2)"),
    ("neighbourhood", "Min(n**2, n**2 - (n - t - 1)*(n - t)*(1 + sign(n - t))/2)"),
    ("triples", "Sum(i*(i + 1)/2, (i, 1, n))"),
    (
        "triples",
        "factorial(n + 2)/(6*factorial(n - 1 + Piecewise((1, Eq(n, 0)), (0, True))))*sign(n)",
    ),
    ("triples", "Product(n + i, (i, 0, 2))/6"),
    ("triples", "binomial(n, 3) + 2*binomial(n, 2) + n"),
    ("triples", "floor((n**3 + 3*n**2 + 2*n)/6)"),
    ("triples", "Sum(binomial(i + 1, 2), (i, 0, n))"),
    ("two classes of three", "floor((2*n + 2)/3)"),
    ("two classes of three", "n - floor(n/3)*1"),
    ("two classes of three", "Sum(Min(Mod(i, 3), 1), (i, 1, n))"),
    ("two classes of three", "2*floor(n/3) + Mod(n, 3)"),
    ("bounded domain", "Sum(i, (i, 1, n))"),
    ("bounded domain", "Piecewise((n*(n + 1)/2, n <= 20), (-1, True))"),
    ("bounded domain", "Min(n*(n + 1)/2, 210)"),
    ("bounded domain", "n*(n + 1)/2*(n - 30)/(n - 30)"),
    ("empty at first", "binomial(Max(n - 3, 0), 2)"),
    ("empty at first", "Sum(Max(n - i - 3, 0), (i, 1, n))"),
    (
        "empty at first",
        "Piecewise((0, n <= 3), (Piecewise((0, Eq(n, 4)), ((n - 4)*(n - 3)/2, True)), True))",
    ),
    ("from twenty on", "Abs(n - 19)"),
    ("from twenty on", "n - 19 + Max(0, 20 - n)"),
    ("from twenty on", "Sum(1, (i, 20, n))"),
    ("from twenty on", "(n - 19)*(n - 10)/(n - 10)"),
    ("from twenty on", "floor((2*n - 37)/2)"),
    ("causal from twenty on", "binomial(n + 1, 2)"),
    ("causal from twenty on", "n*(n + 1)/2*(n - 7)/(n - 7)"),
    ("causal from twenty on", "Piecewise((n*(n + 1)/2, n > 13))"),
    ("below zero", "Sum(-i, (i, n, -1))"),
    ("below zero", "(n**2 + Abs(n))/2"),
    ("below zero", "binomial(Abs(n) + 1, 2)"),
    ("below zero", "-n*(1 - n)/2"),
    ("encoder and decoder", "Sum(m - n + i, (i, 1, n))"),
    ("encoder and decoder", "binomial(m + 1, 2) - binomial(m - n + 1, 2)"),
    ("every fourth, two-sided", "ceiling(n**2/2)"),
    ("every fourth, two-sided", "floor((n**2 + 1)/2)"),
    ("every fourth, two-sided", "(2*n**2 + 1 - (-1)**n)/4"),
    ("every fourth, two-sided", "n**2 - floor(n**2/2)"),
    ("a letter replaced", "Sum(8*i - 4, (i, 1, k))"),
    ("a letter replaced", "Max(2*k, 0)**2"),
    ("sizes of tensors", "Sum(c + h + 1, (i, 1, h))"),
    ("sizes of tensors", "Max(h, 1)*(c + h + 1)"),
)

# Sets of other shapes; each is counted with the forms beside it, and without.
MORE = (
    of_points(
        "no point at all",
        "n",
        "i",
        "(1 <= i) & (i <= n) & (i >= n + 1)",
        "n >= 0",
        "(i, 1, n)",
        (90,),
        ("0*n", "sp.Integer(0)", "Max(0, -n)"),
    ),
    of_points(
        "no pair at all",
        "n",
        "i j",
        "(1 <= i) & (i < j) & (j < i) & (j <= n)",
        "n >= 1",
        "(i, 1, n), (j, 1, n)",
        (90,),
        ("sp.Integer(0)",),
    ),
    of_points(
        "no solution of an equation",
        "n",
        "i",
        "(1 <= i) & (i <= n) & Eq(2*i, 2*n + 1)",
        "n >= 1",
        "(i, 1, n)",
        (90,),
        ("sp.Integer(0)",),
    ),
    of_points(
        "three sizes of coins",
        "n",
        "i j",
        "(i >= 0) & (j >= 0) & (2*i + 3*j <= n)",
        "n >= 0",
        "(i, 0, n), (j, 0, n)",
        (300,),
        (
            "floor((n**2 + 6*n + 12)/12)",
            "floor((n + 3)**2/12 + sp.Rational(1, 2))",
            "ceiling((n**2 + 6*n + 1)/12)",
        ),
    ),
    of_points(
        "a fixed segment",
        "n",
        "i",
        "(1 <= i) & (i <= 7) & (i <= n)",
        "(n >= 3) & (n <= 30)",
        "(i, 1, 7)",
        (30,),
        ("Min(n, 7)", "Piecewise((n, n <= 7), (7, True))", "(n + 7 - Abs(n - 7))/2"),
    ),
    of_points(
        "ending at minus two",
        "n",
        "i",
        "(n <= i) & (i <= -2)",
        "n <= -2",
        "(i, n, -2)",
        (-500,),
        ("-n - 1", "Abs(n) - 1", "Abs(n + 1)", "Max(-n - 1, 1)"),
    ),
    of_points(
        "remainders of remainders",
        "n",
        "i",
        "(1 <= i) & (i <= n) & (Mod(2*Mod(i, 3), 3) >= 2)",
        "n >= 0",
        "(i, 1, n)",
        (600,),
        ("floor((n + 2)/3)", "ceiling(n/3)"),
    ),
    of_points(
        "a floor of a floor",
        "n",
        "i",
        "(i >= 0) & (2*i <= floor(n/2) + floor(n/3))",
        "(n >= 0) & (n <= 10)",
        "(i, 0, n)",
        (10,),
        ("floor((floor(n/2) + floor(n/3))/2) + 1",),
    ),
    of_points(
        "halves from two on",
        "n",
        "i",
        "(1 <= i) & (i <= n) & (floor(i/2) >= 2)",
        "n >= 0",
        "(i, 1, n)",
        (600,),
        ("Max(n - 3, 0)", "Piecewise((0, n <= 3), (n - 3, True))"),
    ),
)


def stated() -> Iterator[Stated]:
    """Return the counts with their unusual forms."""
    for name, form in FORMS:
        kind = OF[name]
        yield Stated(
            "count, form stated",
            kind.setup,
            kind.claim.format(form=form),
            "",
            lambda kind=kind, form=form: (
                None if (c := kind.witness(form)) is None else str(dict(c))
            ),
        )
    for kind in MORE:
        for form in kind.forms:
            yield Stated(
                "count of another set",
                kind.setup,
                kind.claim.format(form=form),
                "",
                lambda k=kind, form=form: None if (c := k.witness(form)) is None else str(dict(c)),
            )


# Replacements that stay inside the domain: kind, replacement of each letter, domain, form or none.
PUT: tuple[tuple[str, dict[str, str], str, str], ...] = (
    ("causal", {"n": "2*s"}, "s >= 1", "s*(2*s + 1)"),
    ("causal", {"n": "2*s"}, "s >= 1", ""),
    ("causal", {"n": "s + 3"}, "s >= -2", "(s + 3)*(s + 4)/2"),
    ("causal", {"n": "s**2 + 1"}, "s >= 0", "(s**2 + 1)*(s**2 + 2)/2"),
    ("causal", {"n": "s/2"}, "(s >= 2) & Eq(Mod(s, 2), 0)", "s*(s + 2)/8"),
    ("sliding", {"n": "2*s"}, "(s >= 1) & (t >= 0)", ""),
    ("sliding", {"t": "n"}, "n >= 1", "n*(n + 1)/2"),
    ("sliding", {"t": "s - 1"}, "(n >= 1) & (s >= 1)", ""),
    ("parity", {"n": "2*s"}, "s >= 0", "s"),
    ("parity", {"n": "2*s + 1"}, "s >= 0", "s"),
    ("triples", {"n": "s - 2"}, "s >= 2", "binomial(s, 3)"),
    ("neighbourhood", {"t": "n - 1"}, "n >= 1", "n**2"),
    ("encoder and decoder", {"m": "n"}, "n >= 1", "n*(n + 1)/2"),
    ("union of two ends", {"n": "2*t"}, "t >= 0", "2*t"),
)


def put() -> Iterator[Stated]:
    """Return counts with letters replaced."""
    for name, values, domain, form in PUT:
        kind = OF[name]
        used = [x for x in ("s", "n", "t", "m") if put_into(domain, {x: ""}) != domain]
        shown = ", ".join(f"{letter}: {text}" for letter, text in values.items())
        tail = f", stated={form}" if form else ""
        truth = put_into(kind.truth, values)
        yield Stated(
            "count, put=",
            kind.setup,
            f"Count('t.p', 'Put', counted, put={{{shown}}}, letters=({', '.join(used)},), "
            f"assuming={domain}{tail})",
            "",
            where_false(
                " ".join(used),
                domain,
                f"Eq({form or put_into(kind.forms[0], values)}, {truth})",
                largest=12,
            ),
        )
    blocks = OF["windows by blocks"]
    yield Stated(
        "count, put=",
        "blocks = IntegerSet('blocks', (k, x), (1 <= k) & (k <= m) & (1 <= x) & (x <= b), "
        "assuming=(m >= 1) & (b >= 1), parameters=(m, b))",
        "Count('t.p', 'Put', blocks, put={m: n/b}, letters=(n, b), "
        "assuming=(n >= 1) & (b >= 1) & Eq(Mod(n, b), 0), stated=n)",
        "",
        where_false(
            "n b",
            "(n >= 1) & (b >= 1) & Eq(Mod(n, b), 0)",
            "Eq(n, number(1 <= k, (k, 1, n/b), (x, 1, b)))",
        ),
    )
    yield Stated(
        "count through", blocks.setup, "Count('t.t', 'T', blocks, through=change)", "", lambda: None
    )


TRUE = (*stated(), *put())
