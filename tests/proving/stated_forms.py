"""True and false closed forms in unusual shapes, for the tests of what is made of them."""

import sympy as sp

from proofpress import (
    Abs,
    Eq,
    IntegerSet,
    Max,
    Min,
    Mod,
    Piecewise,
    Product,
    Rational,
    Sum,
    binomial,
    ceiling,
    factorial,
    floor,
    integers,
    sign,
)

n, t, w, i, j, k = integers("n t w i j k")
N = sp.Symbol("n", integer=True)

PAST = (1 <= i) & (i <= n) & (1 <= j) & (j <= i)
TRIANGLE = n * (n + 1) / 2


def mask(name, counted, predicate, assuming, parameters=(n,)):
    return IntegerSet(name, counted, predicate, assuming=assuming, parameters=parameters)


causal = mask("causal", (i, j), PAST, n >= 1)
far = mask("far", (i, j), PAST, n >= 20)
few = mask("few", (i, j), PAST, (n >= 0) & (n <= 9))
negative = mask("negative", (i, j), (n <= i) & (i <= j) & (j <= -1), n <= -1)
below = mask("below", (i,), (n <= i) & (i <= -1), n <= -2)
line = mask("line", (i,), (1 <= i) & (i <= n), n >= 0)
thirds = mask("thirds", (i,), (1 <= i) & (3 * i <= n), n >= 0)
quarter = mask("quarter", (i, j), (1 <= i) & (i <= j) & (i + j <= n), n >= 0)
coins = mask("coins", (i, j), (0 <= i) & (0 <= j) & (2 * i + 3 * j <= n), n >= 0)
chains = mask("chains", (i, j, k), (1 <= i) & (i <= j) & (j <= k) & (k <= n), n >= 0)
square = mask("square", (i, j), (0 <= i) & (i < w) & (0 <= j) & (j < w), w >= 1, (w,))
both = (n >= 0) & (t >= 0)
grid = mask("grid", (i, j), (1 <= i) & (i <= n) & (1 <= j) & (j <= t), both, (n, t))
lesser = mask("lesser", (i,), (1 <= i) & (i <= n) & (i <= t), both, (n, t))
window = mask("window", (i, j), PAST & (i - j <= t), (n >= 1) & (t >= 0), (n, t))

half = floor(n / 2)
TRUE = {
    causal: (
        Sum(k, (k, 1, n)),
        n * n - Sum(k - 1, (k, 1, n)),
        Sum(Sum(1, (j, 1, i)), (i, 1, n)),
        Sum(1, (k, 1, TRIANGLE)),
        Sum(floor(k / 2), (k, 1, n)) + Sum(ceiling(k / 2), (k, 1, n)),
        factorial(n + 1) / factorial(n - 1) / 2,
        Product(k, (k, 1, n + 1)) / factorial(n - 1) / 2,
        Product(2 * k, (k, 1, n)) / 2**n * (n + 1) / 2 / factorial(n - 1),
        sp.gamma(N + 2) / sp.gamma(N) / 2,
        sp.Add(sp.binomial(N + 1, 2), N, -N, evaluate=False),
        TRIANGLE * Max(n, 1) / n,
        TRIANGLE + (-1) ** n - (1 - 2 * Mod(n, 2)),
        TRIANGLE + floor((n + 1) ** 2 / 4) - floor((n + 1) / 2) * floor((n + 2) / 2),
        TRIANGLE * 2**n / 2**n,
        4**n / 2**n / 2**n * TRIANGLE,
        0 ** (n - 1) + TRIANGLE - Piecewise((1, Eq(n, 1)), (0, True)),
        ceiling(n**2 / 2) + half,
    ),
    far: (TRIANGLE * (n - 19) / (n - 19), TRIANGLE * factorial(n - 20) / factorial(n - 20)),
    few: (Min(n, 9) * (n + 1) / 2, TRIANGLE + Product(n - k, (k, 0, 9))),
    negative: (n * (n - 1) / 2, binomial(1 - n, 2), Abs(n) * (Abs(n) + 1) / 2),
    below: (
        -n,
        -n * sign(n) ** 2,
        Sum(1, (k, n, -1)),
        Max(-n, 2),
        factorial(-n) / factorial(-n - 1),
        n**2 / Abs(n),
    ),
    line: (
        Sum(k, (k, 1, n)) - Sum(k, (k, 1, n - 1)),
        Sum(sign(k), (k, 0, n)),
        Sum((-1) ** k * k, (k, 1, 2 * n)),
        Sum(2 * k - 1, (k, 1, n)) - n * (n - 1),
        factorial(n + 1) / factorial(n) - 1,
        binomial(n + 1, n) - 1,
        Product((k + 1) / k, (k, 1, n)) - 1,
        Piecewise((0, Eq(n, 0)), (n**2 / n, True)),
        Piecewise((Piecewise((0, Eq(n, 0)), (n, n <= 5), (n, True)), n <= 10), (n, n > 10)),
        floor(n / 3) + floor((n + 1) / 3) + floor((n + 2) / 3),
        0**n + n - Piecewise((1, Eq(n, 0)), (0, True)),
        Abs((-1) ** n * n),
        Abs(n**2 - 4) - Piecewise((4 - n**2, n <= 2), (n**2 - 4, True)) + n,
        sign(n**2 - 9) * Abs(n**2 - 9) - (n**2 - 9) + n,
        Min(n**2, 6 * n) - Piecewise((n**2, n <= 6), (6 * n, True)) + n,
    ),
    thirds: (
        floor(n / 3),
        (n - n % 3) / 3,
        ceiling((n - 2) / 3),
        Sum(Piecewise((1, Eq(k % 3, 0)), (0, True)), (k, 1, n)),
    ),
    quarter: (
        floor(n**2 / 4),
        half * ceiling(n / 2),
        (2 * n**2 - 1 + (-1) ** n) / 8,
        (n**2 - n % 2) / 4,
        floor(floor(n**2 / 2) / 2),
        n**2 - floor((3 * n**2 + 3) / 4),
        floor((n**2 + 2) / 4),
        Sum(half * 0 + floor(k / 2), (k, 1, n)),
        Sum(Max(n - 2 * k + 1, 0), (k, 1, n)),
        Sum(n - 2 * k + 1, (k, 1, half)),
        Sum(Min(k, n - k), (k, 1, n - 1)),
        Piecewise((n**2 / 4, Eq(n % 2, 0)), ((n**2 - 1) / 4, True)),
    ),
    coins: (
        floor((n**2 + 6 * n + 12) / 12),
        floor((n + 3) ** 2 / 12 + Rational(1, 4)),
        Sum(floor((n - 3 * k) / 2) + 1, (k, 0, n // 3)),
    ),
    chains: (
        binomial(n + 2, 3),
        Sum(k * (n - k + 1), (k, 1, n)),
        Sum(Sum(Sum(1, (k, 1, j)), (j, 1, i)), (i, 1, n)),
        Sum(binomial(k + 1, 2), (k, 0, n)),
    ),
    square: (w**2 + Mod(3 * w, w), (w**3 + w) // w - 1, w * floor((w**2 + w) / w) - w),
    grid: (
        Sum(n, (k, 1, t)),
        ((n + t) ** 2 - (n - t) ** 2) / 4,
        Max(n, t) * Min(n, t),
        n * t * (n + t + 1) / (n + t + 1),
        binomial(n + t, 2) - binomial(n, 2) - binomial(t, 2),
    ),
    lesser: (
        (n + t - Abs(n - t)) / 2,
        n + t - Max(n, t),
        Sum(Piecewise((1, k <= t), (0, True)), (k, 1, n)),
    ),
    window: (
        Sum(Min(i, t + 1), (i, 1, n)),
        TRIANGLE - Max(n - t - 1, 0) * Max(n - t, 0) / 2,
        TRIANGLE - binomial(Max(n - t, 0), 2),
        Piecewise((TRIANGLE, n < t + 1), ((t + 1) * n - t * (t + 1) / 2, True)),
    ),
}

_P = sp.Piecewise((N - 37, N >= 0), (1, True))
_Q = sp.Piecewise((N - 37, N >= -1), (1, True))
_TRIANGLE = N * (N + 1) / 2
# Forms that are wrong somewhere, each with a word of where.
FALSE = {
    causal: (
        (_TRIANGLE * _P / _Q, "n = 37: stated no value"),
        (
            sp.Mul(_TRIANGLE + sp.Max(N, 3) - sp.Max(3, N), N - 37, 1 / (N - 37), evaluate=False),
            "n = 37: stated no value",
        ),
        (TRIANGLE * (n - 37) / (n - 37), "n = 37: stated no value"),
        (TRIANGLE * (n - 3037) / (n - 3037), "n = 3037: stated no value, derived 4613203"),
        (_TRIANGLE + (-1) ** (N / 2) - (1 - 2 * sp.Mod(N / 2, 2)), "n = 1: stated no value"),
        (TRIANGLE + (-1) ** (n / 2) - (1 - 2 * Mod(n / 2, 2)), "n = 1: stated no value"),
        (
            sp.binomial(N + 1, 2) + sp.gamma(N - 30) / sp.gamma(N - 31) - (N - 31),
            "n = 1: stated no value",
        ),
        (TRIANGLE * factorial(n - 2) / factorial(n - 2), "n = 1: stated no value"),
        (TRIANGLE * 0 ** (n - 50) / 0 ** (n - 50), "n = 1: stated no value"),
        (TRIANGLE + 0 ** Abs(n - 5000), "n = 5000: stated 12502501, derived 12502500"),
        (Piecewise((TRIANGLE + 1, Eq(n, 1000)), (TRIANGLE, True)), "n = 1000: stated 500501"),
        (Piecewise((TRIANGLE, n <= 90), (TRIANGLE, n >= 92)), "n = 91: stated no value"),
        (TRIANGLE + Product(n - k, (k, 1, 60)), "n = 61: stated"),
        (TRIANGLE + Max(n - 700, 0), "n = 701: stated 246052, derived 246051"),
        (Sum(k * (k - 45) / (k - 45), (k, 1, n)), "n = 45: stated no value"),
        (Sum(k, (k, 1, n / 2)), "n = 1: stated no value"),
        (TRIANGLE + floor(n**2 / 4) - floor((n**2 + 3) / 4), "n = 1: stated 0, counted 1"),
        (TRIANGLE + Mod(n, n - 60) * 0, "n = 60: stated no value"),
    ),
    far: (
        (TRIANGLE * (n - 20) / (n - 20), "n = 20: stated no value"),
        (TRIANGLE + Max(19 - n, 0) + Min(n - 21, 0), "n = 20: stated 209, counted 210"),
    ),
    negative: (
        (sp.binomial(N, N - 2), "n = -1: stated no value"),
        (TRIANGLE, "n = -1: stated 0, counted 1"),
        (n * (n - 1) / 2 * (n + 64) / (n + 64), "n = -64: stated no value"),
    ),
    quarter: ((floor((n**2 + 3) / 4), "n = 1: stated 1, counted 0"),),
    grid: (
        (n * t * (n - t - 33) / (n - t - 33), "n = 33, t = 0: stated no value"),
        (n * t + 0 ** (Abs(n - 400) + Abs(t - 300)), "n = 400, t = 300: stated 120001"),
        (n * t * (n * t - 403) / (n * t - 403), "stated no value"),
    ),
    window: ((Piecewise((TRIANGLE, n <= t + 2), ((t + 1) * n, True)), "stated"),),
}
