"""What each method says of right statements: a method that falls silent is noticed, though the
others still prove the statement; so is an obligation, an entailment or a case that is left out."""

import pytest

from proofpress import (
    Bound,
    Coordinates,
    Count,
    Eq,
    Group,
    IntegerSet,
    Iteration,
    Least,
    MatrixTerm,
    Mod,
    Recurrence,
    Tensor,
    Total,
    floor,
    integers,
    linear,
)

n, t, w, m, k, a, b, i, j, h, c, L = integers("n t w m k a b i j h c L")
past = (1 <= i) & (i <= n) & (1 <= j) & (j <= i)
sliding = IntegerSet("sliding", (i, j), past & (i - j <= t), assuming=(n >= 1) & (t >= 0))
dilated = IntegerSet("dilated", (i, j), past & Eq(Mod(i - j, 2), 0), assuming=n >= 0)
windowed = IntegerSet(
    "windowed",
    (i, j),
    past & Eq(floor((i - 1) / w), floor((j - 1) / w)),
    assuming=(n >= 1) & (w >= 1) & Eq(Mod(n, w), 0),
    parameters=(n, w),
)
blocks = IntegerSet(
    "blocks",
    (k, a, b),
    (k >= 1) & (k <= m) & (a >= 1) & (a <= w) & (b >= 1) & (b <= a),
    assuming=(m >= 1) & (w >= 1),
    parameters=(m, w),
)
change = Coordinates(
    "x.change",
    "Change",
    original=windowed,
    blocks=blocks,
    mapping={i: (k - 1) * w + a, j: (k - 1) * w + b},
    inverse={
        k: floor((i - 1) / w) + 1,
        a: i - w * floor((i - 1) / w),
        b: j - w * floor((j - 1) / w),
    },
    where={n: m * w},
)
line = IntegerSet("line", (i,), (1 <= i) & (i <= n), assuming=n >= 1)
steps = MatrixTerm(Tensor("W", (h, c))), MatrixTerm(Tensor("U", (h, h)), offset=(-1,))
chain = Recurrence("chain", line, steps)
sides = (n, c, h), (n >= 1) & (c >= 1) & (h >= 1)
layers = Group("layer", linear("f", h, c)), Tensor("s", (c,))

OF_A_SET = """
certificate: proved, all, {0} obligations
certificate by z3: proved, all, {0} obligations
"""
OF_A_MAP = """
products of inequalities: proved, all, 8 entailments
bijection by z3: proved, all, 8 entailments
bijection by enumeration: checked, m, w <= 4, 16 cases
"""
OF_A_RUN = """
sum by z3: proved, all, 1 obligations
enumeration: checked, n, c, h <= 4, 64 cases
instrumented run: checked, n, c, h <= 3, 27 cases
"""
OF_PARTS = """
derivation: proved, all, parts: 2
domain: proved, all, {0} conditions
"""

STATEMENTS = [
    (
        Count("x.a", "A count", sliding),
        "derivation: proved, all, 18 steps",
        OF_A_SET.format(8),
        "enumeration: checked, n, t <= 6, 42 cases",
    ),
    (
        Count("x.b", "A stated form", dilated, stated=floor((n + 1) ** 2 / 4)),
        "derivation: checked, n <= 12, counts of rows",
        OF_A_SET.format(8),
        "stated form: proved, all, equal to the derived form, cases: 2",
        "stated form by points: checked, 325 points, letters up to 991337",
        "enumeration: checked, n <= 12, 13 cases",
    ),
    (
        Count("x.c", "A count in other coordinates", blocks, through=change),
        "derivation: proved, all, 14 steps",
        OF_A_SET.format(11),
        OF_A_MAP,
        "domain: proved, all, 17 conditions",
        "enumeration: checked, n, w <= 6, 14 cases",
    ),
    (
        Count(
            "x.d",
            "A count at other letters",
            sliding,
            put={t: 2 * k},
            letters=(n, k),
            assuming=(n >= 1) & (k >= 0),
        ),
        "derivation: proved, all, 18 steps",
        OF_A_SET.format(8),
        "domain: proved, all, 2 conditions",
        "enumeration: checked, n, k <= 6, 42 cases",
    ),
    (
        Count(
            "x.e",
            "A count with a second opinion",
            dilated,
            also={"by rows": lambda n: sum((row + 1) // 2 for row in range(1, n + 1))},
        ),
        "derivation: checked, n <= 12, counts of rows",
        OF_A_SET.format(8),
        "enumeration: checked, n <= 12, 13 cases",
        "by rows: checked, n <= 12, 13 cases",
    ),
    (change, OF_A_MAP, "domain: proved, all, 17 conditions"),
    (
        Bound("x.f", "A bound", 2 * n * t, n**2 + t**2, (n, t), (n >= 0) & (t >= 0)),
        "completed squares: proved, all, 1 squares",
        "bound by z3: proved, all, 1 entailments",
        "enumeration: checked, small cases, 49 cases",
    ),
    (
        Least("x.g", "A least value", L, L + k, 20, (k,), (k >= 0) & (k <= 19)),
        "products of inequalities: proved, all, 3 entailments",
        "least by z3: proved, all, 3 entailments",
        "search: checked, k <= 12, 13 cases",
    ),
    (
        Least("x.m", "A large one", L, 5 * L + k, 100000, (k,), (k >= 0) & (k <= 19)),
        "products of inequalities: proved, all, 3 entailments",
        "least by z3: proved, all, 3 entailments",
        "search: checked, k <= 12, 13 cases",
    ),
    (
        Iteration("x.h", "A sum of steps", L, 0, L, (L,), L >= 0),
        OF_A_SET.format(2),
        "enumeration: checked, L <= 12, 13 cases",
    ),
    (
        Iteration(
            "x.l",
            "A sum of steps with a second opinion",
            L,
            0,
            L,
            (L,),
            L >= 0,
            also={"by hand": lambda L: L * (L + 1) // 2},
        ),
        OF_A_SET.format(2),
        "enumeration: checked, L <= 12, 13 cases",
        "by hand: checked, L <= 12, 13 cases",
    ),
    (
        Total("x.i", "A sum of sizes", layers, (c, h), (c >= 1) & (h >= 1)),
        OF_PARTS.format(2),
        "sum by z3: proved, all, 1 obligations",
        "enumeration: checked, c, h <= 6, 36 cases",
    ),
    (
        Total("x.j", "A run", chain.multiplies(False), *sides, ran=(chain, "multiplies", False)),
        OF_PARTS.format(4),
        OF_A_SET.format(5),
        OF_A_SET.format(5),
        OF_A_RUN,
    ),
    (
        Total("x.k", "A padded run", chain.adds(True), *sides, ran=(chain, "adds", True)),
        OF_PARTS.format(5),
        OF_A_SET.format(5),
        OF_A_RUN,
    ),
]


@pytest.mark.parametrize(
    ("statement", "said"),
    [(statement, said) for statement, *said in STATEMENTS],
    ids=[statement.name for statement, *_ in STATEMENTS],
)
def test_every_method_has_its_say(statement, said):
    claim = statement.settle()
    found = [f"{e.method}: {e.verdict.value}, {e.scope}, {e.detail}" for e in claim.evidence]
    assert found == [line for line in "\n".join(said).splitlines() if line]
    assert claim.verdict == "proved"


def test_a_count_in_other_coordinates_is_derived_from_the_set_that_was_written():
    lines = STATEMENTS[2][0].derivation()
    expected = "definition, coordinates, blocks, row interval, row count, sum, sum, closed form"
    assert [line.name for line in lines] == [*expected.split(", "), "substitution"]
    assert lines[0].formula.startswith(r"\bigl\{ (i, j) : 1 \le i \le n,\ 1 \le j \le i,")
    assert lines[1].formula.startswith("n = m w,")
    assert lines[2].formula.startswith(r"\bigl\{ (k, a, b) : 1 \le k \le m,")
    assert lines[-1].text == r"With $m = \dfrac{n}{w}$ this is"
    assert lines[-1].formula == r"\dfrac{n(w + 1)}{2}"
