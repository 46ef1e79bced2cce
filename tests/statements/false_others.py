"""False counts by other slips: what follows, other ways to count, oracles, SymPy's rewriting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from .corpus import Stated, where_false
from .kinds import KINDS
from .plain import value

OF = {kind.name: kind for kind in KINDS}
LARGE = 10**7

# The kind, the related expression by name, and what it says in plain text: a quotient that should
# be near 1 for large n (leading), a number near form/n**2 (limit), or an equal expression.
RELATED: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("causal", "leading", "n**3", "leading", "n**3", "grows like n**2/2"),
    ("causal", "leading", "lambda count: n**2", "leading", "n**2", "twice as much"),
    (
        "causal",
        "leading",
        "lambda count: leading(count, n)*n",
        "leading",
        "n**3/2",
        "one power more",
    ),
    (
        "causal",
        "leading",
        "lambda count: leading(2*count, n)",
        "leading",
        "n**2",
        "of twice the count",
    ),
    ("causal", "limit", "lambda count: sp.Rational(1, 3)", "limit", "1/3", "it is 1/2"),
    ("causal", "limit", "sp.Integer(0)", "limit", "0", "it is 1/2"),
    ("causal", "fraction", "(n + 1)/(2*n + 1)", "equal", "(n + 1)/(2*n + 1)", "another quotient"),
    ("causal", "fraction", "(n - 1)/(2*n)", "equal", "(n - 1)/(2*n)", "the sign"),
    ("triples", "leading", "n**3/3", "leading", "n**3/3", "it is n**3/6"),
    ("triples", "limit", "sp.Rational(1, 6)", "limit", "1/6", "the share of n**2 has no limit"),
    (
        "triples",
        "fraction",
        "lambda count: (n + 1)*(n + 2)/(6*n**2)",
        "equal",
        "(n + 1)*(n + 2)/(6*n**2)",
        "a share of n**3",
    ),
    ("parity", "leading", "lambda count: n", "leading", "n", "it is n/2"),
    ("parity", "limit", "sp.Rational(1, 2)", "limit", "1/2", "the share of n**2 tends to 0"),
    ("slanted", "leading", "lambda count: n**2/2", "leading", "n**2/2", "it is n**2/4"),
    ("slanted", "limit", "sp.Rational(1, 2)", "limit", "1/2", "it is 1/4"),
    ("dilated", "leading", "n*floor(n/2)", "leading", "n*floor(n/2)", "twice as much"),
    ("dilated", "limit", "sp.Rational(1, 2)", "limit", "1/2", "it is 1/4"),
    ("dilated", "fraction", "(n + 2)/(4*n)", "equal", "(n + 2)/(4*n)", "wrong for odd n"),
    ("rows up to a floor", "limit", "sp.oo", "limit", "0", "it is 1/4"),
    ("two classes of three", "leading", "n/3", "leading", "n/3", "it is 2n/3"),
    ("empty at first", "leading", "lambda count: n", "leading", "n", "it is n**2/2"),
)


def related() -> Iterator[Stated]:
    """Return right counts beside which something stands that does not follow from them."""
    for name, key, given, meaning, plain, why in RELATED:
        kind = OF[name]
        claim = f"Count('r.f', 'Related', counted, related={{{key!r}: {given}}})"
        yield Stated(
            "related",
            kind.setup,
            claim,
            why,
            lambda form=kind.forms[0], m=meaning, p=plain: _does_not_follow(form, m, p),
            related=key,
        )


def _does_not_follow(form: str, meaning: str, plain: str) -> str | None:
    """Return a large n at which what is said of a form is far from it, or a small one."""
    if meaning == "equal":
        return where_false("n", "n >= 1", f"Eq(({form})/n**2, {plain})")()
    count = Fraction(value(form, n=LARGE))
    said = Fraction(value(plain, n=LARGE))
    share = count / said if meaning == "leading" else 1 + count / LARGE**2 - said
    return f"n = {LARGE}" if abs(share - 1) > Fraction(1, 1000) else None


# Functions that should give the number of points or the mask, and do not; each with plain Python
# that tells where.
Wrong = tuple[str, str, str, str, Callable[[], str | None]]


def _number_differs(kind: str, function: str) -> Callable[[], str | None]:
    def find() -> str | None:
        other = eval(function)
        for case in OF[kind].cases():
            values = dict(case)
            if max(values.values()) <= 6 and other(*values.values()) != OF[kind].counted(case):
                return str(values)
        return None

    return find


ALSO: tuple[tuple[str, str, str], ...] = (
    ("causal", "lambda n: n*n", "all pairs"),
    ("causal", "lambda n: n*(n - 1)//2", "strictly below the diagonal"),
    ("causal", "lambda n: n*(n + 1)//2 + (n == 5)", "wrong at n = 5 alone"),
    ("sliding", "lambda n, t: sum(min(i, t) for i in range(1, n + 1))", "one key too few"),
    ("sliding", "lambda n, t: n*(t + 1)", "the corner is forgotten"),
    ("parity", "lambda n: (n + 1)//2", "odd numbers"),
    ("triples", "lambda n: n**3", "all triples"),
    ("slanted", "lambda n: (n + 2)**2//4 - (n == 4)", "wrong at n = 4 alone"),
    ("two classes of three", "lambda n: n - n//3 + (n % 3 == 2)", "one too many for n = 2, 5, ..."),
    ("neighbourhood", "lambda n, t: n*(2*t + 1)", "the border is forgotten"),
)

ORACLES: tuple[tuple[str, str, str], ...] = (
    ("causal", "lambda n: [[c >= r for c in range(n)] for r in range(n)]", "the transposed mask"),
    ("causal", "lambda n: [[c < r for c in range(n)] for r in range(n)]", "without the diagonal"),
    ("causal", "lambda n: [[c <= r + 1 for c in range(n)] for r in range(n)]", "one key too many"),
    (
        "causal",
        "lambda n: [[c <= r and (r, c) != (4, 2) for c in range(n)] for r in range(n)]",
        "(5, 3) is missing",
    ),
    (
        "sliding",
        "lambda n, t: [[0 <= r - c < t for c in range(n)] for r in range(n)]",
        "one key too few",
    ),
    (
        "sliding",
        "lambda n, t: [[abs(r - c) <= t for c in range(n)] for r in range(n)]",
        "both sides",
    ),
    (
        "dilated",
        "lambda n: [[c <= r and (r - c) % 2 == 1 for c in range(n)] for r in range(n)]",
        "the other class",
    ),
    (
        "neighbourhood",
        "lambda n, t: [[abs(r - c) < t for c in range(n)] for r in range(n)]",
        "a smaller radius",
    ),
    (
        "every fourth, two-sided",
        "lambda n: [[(r + c) % 4 == 0 for c in range(n)] for r in range(n)]",
        "another stride",
    ),
)


def others() -> Iterator[Stated]:
    """Return right counts with other ways to count, and masks, that contradict them."""
    for name, function, why in ALSO:
        claim = f"Count('a.f', 'Also', counted, also={{'other': {function}}})"
        yield Stated("also=", OF[name].setup, claim, why, _number_differs(name, function))
    for name, mask, why in ORACLES:
        letters = ", ".join(OF[name].letters)
        # A mask with as many elements as the set is told apart by its elements alone.
        claim = f"Count('o.f', 'Oracle', counted, oracles={{'other': {mask}}})"
        yield Stated("oracles=", OF[name].setup, claim, why, _mask_differs(name, mask, letters))


def _mask_differs(kind: str, mask: str, letters: str) -> Callable[[], str | None]:
    def find() -> str | None:
        predicate = OF[kind].truth.partition(", (i,")[0].removeprefix("number(")
        for case in OF[kind].cases():
            values = dict(case)
            if max(values.values()) > 6:
                continue
            rows = eval(mask)(*values.values())
            for r, row in enumerate(rows, 1):
                for c, on in enumerate(row, 1):
                    if bool(on) != value(predicate, **values, i=r, j=c):
                        return f"{letters} = {values}: ({r}, {c})"
        return None

    return find


# Predicates that SymPy rewrites into something unequal, or simplifies beyond what was written, and
# what would be counted then: the condition on i, and the count of another condition.
REWRITTEN: tuple[tuple[str, str, str], ...] = (
    ("Mod(2*Mod(i, 3), 3) >= 2", "n - floor(n/3)", "2 Mod(i, 3) is not below 3"),
    ("Eq(Mod(2*Mod(i, 4), 4), 0)", "floor(n/4)", "bank conflicts"),
    ("Eq(Mod(3*Mod(i, 4), 4), 3)", "0*n", "3 Mod(i, 4) goes up to 9"),
    ("Eq(Mod(2*Mod(i, 5), 5), 1)", "0*n", "i = 3 leaves 6, and 6 leaves 1"),
    ("Mod(5*Mod(i, 6), 6) >= 5", "n - floor(n/6)", "only i = 1, 7, ..."),
    ("Eq(Mod(Mod(i, 6), 4), 1)", "floor((n + 3)/4)", "the inner remainder is dropped"),
    ("Eq(Mod(Mod(i, 4) + 2, 4), 0)", "floor(n/4)", "shifted by two"),
    ("Eq(Mod(i + Mod(i, 2), 4), 0)", "floor(n/4)", "i = 3 as well"),
    ("floor(i/2) >= 2", "Max(n - 4, 0)", "the condition on i, not on its half: i = 4 counts"),
    ("floor(i/3) > 1", "Max(n - 3, 0)", "i = 4 does not count"),
    ("ceiling(i/2) <= 3", "Min(n, 7)", "i = 7 does not count"),
    ("Eq(floor(i/2)*2, i)", "n", "odd i do not count"),
    ("Ne(Mod(i, 2), Mod(i, 4))", "0*n", "i = 2"),
)


def rewritten() -> Iterator[Stated]:
    """Return counts stated as they are where the predicate is not what was written."""
    for condition, form, why in REWRITTEN:
        predicate = f"(1 <= i) & (i <= n) & ({condition})"
        yield Stated(
            "predicate rewritten",
            f"line = IntegerSet('line', (i,), {predicate}, assuming=n >= 0, parameters=(n,))",
            f"Count('w.f', 'Rewritten', line, stated={form})",
            why,
            where_false("n", "n >= 0", f"Eq({form}, number({condition}, (i, 1, n)))"),
        )


# Stated forms that only a closer look tells from right ones, over the causal mask for n >= 1 unless
# it is said otherwise.
FORMS: tuple[tuple[str, str, str], ...] = (
    ("causal", "Sum(i, (i, 1, n - 1))", "the last row is missing"),
    ("causal", "Sum(n, (i, 1, n))", "every row is full"),
    ("causal", "Sum(i, (i, 0, n + 1))", "a row too many"),
    (
        "causal",
        "Sum((-1)**i*binomial(n, i), (i, 0, n)) + n*(n + 1)/2 + floor(n/44) - floor(n/45)",
        "n = 44",
    ),
    ("causal", "factorial(n + 1)/factorial(n - 1)", "twice as much"),
    ("causal", "factorial(n + 1)/(2*factorial(n - 2))", "n = 1: no value"),
    ("causal", "binomial(n + 1, n - 1) + binomial(n, 15)", "n = 15"),
    ("causal", "gamma(n + 2)/gamma(n)", "twice as much"),
    ("causal", "Product(i, (i, 1, n))", "the factorial"),
    ("causal", "floor((n**2 + n + 1)/2) + floor(n/38) - floor(n/39)", "n = 38"),
    ("causal", "Abs(n*(n + 1)/2 - 700) + 700", "n = 1"),
    ("causal", "n*(n + 1)/2*sign(n - 14)**2", "n = 14"),
    (
        "causal",
        "n*(n + 1)/2*Max(0, sign(50 - n)) + n**2*Max(0, sign(n - 50))",
        "n = 50 has neither",
    ),
    ("causal", "Piecewise((n*(n + 1)/2, Mod(n, 41) >= 1), (n, True))", "n = 41"),
    ("causal", "Piecewise((n*(n + 1)/2, n <= 20), (n*(n + 1)/2, n >= 22))", "n = 21: no value"),
    (
        "causal",
        "Piecewise((Piecewise((n*(n + 1)/2, n <= 33)), n <= 34), (n*(n + 1)/2, True))",
        "n = 34",
    ),
    ("causal", "(n**3 - n)/(2*n - 2)", "n = 1: no value"),
    ("causal", "((-1)**(2*n) + 1)*n*(n + 1)/4 + (1 - (-1)**(n*(n - 1)))*n + 0**(n - 1)", "n = 1"),
    ("causal", "n*(n + 1)/2 + Mod(n*(n + 1)*(n + 2), 6) + floor(Mod(n, 30)/29)", "n = 29"),
    ("dilated", "floor((n + 1)**2/4) + floor(n/50)", "n = 50"),
    ("dilated", "ceiling((n + 1)**2/4)", "even n"),
    ("dilated", "floor(n**2/4) + n", "n = 1"),
    ("dilated", "(n + 1)**2/4", "even n"),
    ("rows up to a floor", "ceiling(n**2/4)", "odd n"),
    (
        "rows up to a floor",
        "floor(n**2/4) + floor((n**2 + 1)/2) - ceiling(n**2/2) + floor(n/30)",
        "n = 30",
    ),
    ("slanted", "floor((n + 3)**2/4)", "n = 0: 2"),
    ("slanted", "floor((n + 2)**2/4)*(n - 20)/(n - 20)", "n = 20: no value"),
    ("triples", "binomial(n + 3, 3)", "the index is shifted"),
    ("triples", "Sum(i**2, (i, 1, n))", "squares instead of triangles"),
    ("triples", "Sum(i*(i + 1)/2, (i, 1, n - 1))", "the last is missing"),
    ("sliding", "n*(t + 1) - t*(t + 1)/2", "n <= t"),
    ("sliding", "Sum(Min(i, t), (i, 1, n))", "one key too few"),
    ("sliding", "Sum(t + 1, (i, 1, n))", "the corner is forgotten"),
    ("sliding", "binomial(n + 1, 2) - binomial(n - t, 2)*sign(n - t)", "n < t: the sign"),
    ("neighbourhood", "Sum(Min(n, i + t) - Max(1, i - t), (i, 1, n))", "one too few a row"),
    ("union of two ends", "2*t", "the ends overlap"),
    ("union of two ends", "Abs(n - t) + t", "t > n"),
    ("below zero", "binomial(n, n - 2)", "0 for n < 0"),
    ("below zero", "binomial(n, 2) + 0**(n + 40)", "no value below -40"),
    ("below zero", "Sum(i, (i, 1, n))", "an empty sum"),
    ("bounded domain", "Piecewise((n*(n + 1)/2, n <= 19), (0, True))", "n = 20"),
    ("empty at first", "(n - 4)*(n - 3)/2", "n = 0: 6"),
    ("empty at first", "binomial(n - 3, 2)", "n = 0: 6"),
    ("encoder and decoder", "Sum(m - i, (i, 1, n))", "n = 1: m - 1"),
    ("parity", "n/2", "odd n"),
    ("parity", "Sum(Mod(i, 2), (i, 1, n))", "odd numbers"),
    ("two classes of three", "floor(2*n/3)", "n = 1"),
    ("every fourth, two-sided", "n**2 - floor(n**2/2) - floor(Mod(n, 25)/24)", "n = 24"),
)


def forms() -> Iterator[Stated]:
    """Return counts with stated forms that are wrong somewhere."""
    for name, form, why in FORMS:
        kind = OF[name]
        yield Stated(
            "form stated",
            kind.setup,
            kind.claim.format(form=form),
            why,
            lambda kind=kind, form=form: (
                None if (c := kind.witness(form)) is None else str(dict(c))
            ),
        )


FALSE = (*related(), *others(), *rewritten(), *forms())
