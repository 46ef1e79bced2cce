"""What the printer writes of random forms and conditions is read back with the same meaning."""

import random
from collections.abc import Callable
from typing import Any

import pytest
import sympy as sp

from proofpress.counting.conditions import condition
from proofpress.counting.latex import formula, inline, written
from proofpress.counting.sets import IntegerSet
from proofpress.counting.steps import points_of, set_definition
from proofpress.ledger.claims import Claim, Source
from proofpress.proving.places import Places
from proofpress.proving.printed import Comparison, Misprint
from proofpress.terms import normal
from proofpress.terms.in_sympy import condition_of

n, t, w, k, q_1, rows, alpha = sp.symbols("n t w k q_1 rows alpha", integer=True)
LETTERS = (n, t, w, k, q_1, rows, alpha)


def claim(letters: tuple[sp.Symbol, ...], assuming: Any = None) -> Claim:
    """A claim that is nothing but its letters and domain."""
    zero = sp.Integer(0)
    source = Source("derivations/a.py", 1, "a")
    return Claim("a.a", "", "count", letters, "", "", zero, "", (), (), source, assuming=assuming)


PLACES = Places(claim(LETTERS))
# Fewer than for a claim: here are thousands of forms.
PLACES.some, PLACES.many = 12, 60


def said(text: str, meant: Any) -> str | None:
    """In what way a text does not say what is meant; None where it does."""
    try:
        Comparison(PLACES).texts(text, meant)
    except Misprint as found:
        return str(found)
    return None


class Chance:
    """Random expressions and conditions, all kinds of parts within each other."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def polynomial(self, degree: int = 2) -> sp.Expr:
        whole = sp.Integer(0)
        for _ in range(self.random.randint(1, 3)):
            term = sp.Integer(self.random.choice((-5, -3, -2, -1, 1, 1, 2, 3, 4, 7)))
            for _ in range(self.random.randint(0, degree)):
                term *= self.random.choice(LETTERS)
            whole += term
        return whole

    def form(self, depth: int) -> sp.Expr:
        if not depth:
            return self.polynomial()
        return self.random.choice(self.kinds)(self, depth - 1)

    def divisor(self) -> Any:
        return self.random.choice((2, 3, 5, w, w + 1, 2 * w, k**2))

    def comparison(self) -> Any:
        kind = self.random.choice((sp.Ge, sp.Le, sp.Gt, sp.Lt, sp.Eq, sp.Ne))
        left, right = self.form(self.random.randint(0, 1)), self.polynomial()
        draw = self.random.random()
        if draw < 0.2:
            left, right, kind = sp.Mod(left, self.divisor(), evaluate=False), sp.Integer(0), sp.Eq
        elif draw < 0.5:
            left, right = self.random.choice(LETTERS), self.polynomial(1)
        return kind(left, right, evaluate=False)

    def condition(self, depth: int) -> Any:
        if not depth:
            return self.comparison()
        parts = [self.condition(depth - 1) for _ in range(self.random.randint(2, 3))]
        kind = self.random.choice((sp.And, sp.And, sp.And, sp.Or, sp.Not, sp.Xor, sp.Implies))
        if kind is sp.Not:
            return sp.Not(parts[0])
        return kind(*(parts[:2] if kind is sp.Implies else parts), evaluate=False)

    def cases(self) -> sp.Expr:
        found = [(self.form(1), self.condition(self.random.randint(0, 1))) for _ in range(2)]
        if self.random.random() < 0.5:
            found.append((self.form(1), sp.true))
        return sp.Piecewise(*found, evaluate=False)

    kinds: tuple[Callable[["Chance", int], sp.Expr], ...] = (
        lambda c, d: c.form(d) + c.form(d),
        lambda c, d: c.form(d) * c.form(d),
        lambda c, d: sp.Mul(c.form(d), c.form(d), evaluate=False),
        lambda c, d: -c.form(d) / c.random.choice((1, 2, 3, 6)),
        lambda c, d: c.form(d) / (c.polynomial() + w**2 + 5),
        lambda c, d: sp.Mod(c.form(d), c.divisor(), evaluate=False),
        lambda c, d: sp.floor(c.form(d) / c.random.choice((2, 3, w, t + 1)), evaluate=False),
        lambda c, d: sp.ceiling(c.form(d) / c.random.choice((2, 3, w)), evaluate=False),
        lambda c, d: sp.Abs(c.form(d), evaluate=False),
        lambda c, d: c.random.choice((sp.Max, sp.Min))(c.form(d), c.polynomial(), evaluate=False),
        lambda c, d: sp.Integer(-1) ** c.polynomial(1) * c.form(d),
        lambda c, d: sp.Integer(c.random.choice((2, 3))) ** c.random.choice((n, w + 1)) * c.form(d),
        lambda c, d: sp.binomial(c.form(d), c.random.randint(0, 3), evaluate=False),
        lambda c, d: c.form(d) ** c.random.choice((2, 3)),
        lambda c, d: sp.factorial(c.random.choice((n, sp.Abs(t), n + 1))) * c.form(d),
        lambda c, d: c.form(d) + sp.Sum(c.polynomial(), (k, 1, n)),
    )


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(k, marks=pytest.mark.slow) for k in range(1, 8))]
)
def test_random_closed_forms(seed: int) -> None:
    """250 of each seed, 2,000 in all, each in three styles."""
    chance = Chance(seed)
    faults, read = [], 0
    for number in range(250):
        form = chance.cases() if number % 8 == 0 else chance.form((0, 1, 1, 2)[number % 4])
        for style in (formula, inline, written):
            text = style(form, LETTERS)
            read += 1
            if fault := said(text, form):
                faults.append((form, text, fault))
    assert (faults, read) == ([], 750)


@pytest.mark.parametrize("size", [100, pytest.param(500, marks=pytest.mark.slow)])
def test_random_conditions_domains_and_sets(size: int) -> None:
    chance = Chance(99)
    faults, read = [], 0
    for number in range(size):
        meant = chance.condition((0, 1, 1, 0, 2)[number % 5])
        constant = normal.condition(condition_of(meant))[0] == "truth"
        if constant or not meant.free_symbols & {w, k}:
            meant = sp.And(meant, w <= k, evaluate=False)
        for text in (condition(meant, LETTERS), condition(meant, (n, t), (w, k))):
            read += 1
            if fault := said(text, meant):
                faults.append((meant, text, fault))
        counted = IntegerSet("set", (w, k), meant, parameters=LETTERS[:2] + LETTERS[4:])
        read += 1
        if fault := said(set_definition(counted), points_of(counted)):
            faults.append((meant, set_definition(counted), fault))
    assert (faults, read) == ([], 3 * size)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        (r"\dfrac{n + 1}{2}", -(n + 1) / 2),
        (r"n^{2} + n", n**2 - n),
        (r"(n \bmod w) + 1", sp.Mod(n, w + 1)),
        (r"\left\lfloor \tfrac{n}{2} \right\rfloor", sp.ceiling(n / 2)),
        (r"\left\lfloor \tfrac{n}{2} \right\rfloor", n / 2),
        (r"n", sp.Integer(-1) ** n * n),
        (r"\binom{n}{2}", sp.binomial(n, 3)),
        (r"\max(n,\ t)", sp.Min(n, t)),
        (r"n t", n / t),
        (r"n q_{1}", n * sp.Symbol("q_2", integer=True)),
        (r"\infty", n),
        (r"n", sp.oo),
        (r"n > t + 1", n >= t + 1),
        (r"n \ge t + 1,\ n \le k", n >= t + 1),
        (r"(n \ge t)\text{ or }(n \le k)", (n >= t) & (n <= k)),
        (r"\text{not } (n \ge t)", n >= t),
        (r"2 \mid n", sp.Eq(sp.Mod(n, 3), 0)),
        (r"n = t", n >= t),
        (r"\begin{cases} n & \text{if } n \le t, \\ t & \text{if } n > t \end{cases}",
         sp.Piecewise((n, n < t), (t, n >= t))),
        (r"\begin{cases} n & \text{if } n \le t, \\ 0 & \text{if } n \le t + 1 \end{cases}",
         sp.Piecewise((n, n <= t), (0, n <= t + 1))),
    ],
)  # fmt: skip
def test_what_says_something_else_is_noticed(printed: str, meant: sp.Basic) -> None:
    assert said(printed, meant) is not None


def test_a_large_polynomial_that_agrees_at_all_small_numbers() -> None:
    """F + n(n - 1)...(n - 9) is F at the first ten numbers."""
    vanishing = sp.prod([n - r for r in range(-2, 13)])
    assert said(formula(n + vanishing, (n,)), n) is not None
    assert said(formula(n, (n,)), n + vanishing) is not None
