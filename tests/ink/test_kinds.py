"""Every kind of form that can be proved can be published: typeset, and its ink read."""

from typing import Any

import pytest
import sympy as sp
from small_report import TEXT, Small, entry

from proofpress import Count, Eq, IntegerSet, Mod, ceiling, floor, integers
from proofpress.counting.conditions import condition
from proofpress.counting.latex import formula
from proofpress.deriving.ledger import ledger_document

n, t, i, j, n_1, rows, cols, alpha = integers("n t i j n_1 rows cols alpha")


def dilated(assuming: Any) -> IntegerSet:
    """Every other key of the past, counted from the query."""
    past = (1 <= i) & (i <= n) & (1 <= j) & (j <= i)
    return IntegerSet("dilated", (i, j), past & Eq(Mod(i - j, 2), 0), assuming=assuming)


causal = IntegerSet("causal", (i, j), (1 <= i) & (i <= n) & (1 <= j) & (j <= i), assuming=n >= 1)
even = IntegerSet("even", (i,), (1 <= i) & (i <= n) & Eq(Mod(i, 2), 0), assuming=n >= 1)
late = IntegerSet("late", (i,), (t + 1 <= i) & (i <= n), assuming=(n >= 1) & (t >= 0))
early = IntegerSet("early", (i,), (1 <= i) & (i <= n) & (i <= t), assuming=(n >= 1) & (t >= 0))
near = IntegerSet(
    "near",
    (i, j),
    (1 <= i) & (i <= n) & (1 <= j) & (j <= i) & (i - j <= t),
    assuming=(n >= 1) & (t >= 0),
    parameters=(n, t),
)
one = IntegerSet("one", (i, j), (1 <= i) & (i <= n_1) & (1 <= j) & (j <= i), assuming=n_1 >= 1)
grid = IntegerSet(
    "grid",
    (i, j),
    (1 <= i) & (i <= rows) & (1 <= j) & (j <= cols),
    assuming=(rows >= 1) & (cols >= 1),
)
greek = IntegerSet("greek", (i,), (1 <= i) & (i <= alpha), assuming=alpha >= 1)

FORMS = {
    "remainder": Count("kinds.remainder", "Even numbers", even),
    "floor": Count("kinds.floor", "Even numbers", even, stated=floor(n / 2)),
    "ceiling": Count("kinds.ceiling", "Even numbers", even, stated=ceiling((n - 1) / 2)),
    "sign": Count("kinds.sign", "Even numbers", even, stated=(2 * n - 1 + (-1) ** n) / 4),
    "binomial": Count("kinds.binomial", "Pairs", causal, stated=sp.binomial(n + 1, 2)),
    "maximum": Count("kinds.maximum", "Late ones", late, stated=sp.Max(n - t, 0)),
    "minimum": Count("kinds.minimum", "Early ones", early, stated=sp.Min(n, t)),
    "default": Count(
        "kinds.default",
        "Near pairs",
        near,
        stated=sp.Piecewise((n * (n + 1) / 2, n <= t), ((t + 1) * (2 * n - t) / 2, True)),
    ),
    "overlap": Count(
        "kinds.overlap",
        "Pairs",
        causal,
        stated=sp.Piecewise((1, sp.Eq(n, 1)), (n * (n + 1) / 2, n >= 2), (0, n >= 0)),
    ),
    "index": Count("kinds.index", "Pairs", one),
    "names": Count("kinds.names", "Squares of a grid", grid),
    "greek": Count("kinds.greek", "Numbers", greek),
    "alternatives": Count(
        "kinds.alternatives",
        "Either early or late",
        IntegerSet(
            "either",
            (i,),
            (1 <= i) & (i <= n) & ((i <= t) ^ (i >= 3)),
            assuming=(n >= 1) & (t >= 0),
        ),
    ),
    "parity": Count("kinds.parity", "Dilated pairs", dilated(n >= 1)),
    "parity of even": Count(
        "kinds.parity_of_even", "Dilated pairs", dilated((n >= 1) & Eq(Mod(n, 2), 0))
    ),
    "absolute": Count(
        "kinds.absolute", "Late ones", late, stated=(n - t + sp.Abs(n - t)) / 2
    ),
}  # fmt: skip


# Kinds that are printed and read, whether or not a method proves anything of them.
PRINTED = (
    sp.factorial(n + 1) * sp.factorial(n),
    2 * sp.Integer(-3) ** n + 3 * 2**n,
    (sp.binomial(n, t) + 1) / (n + 1),
    sp.Min(n, t + 1, 3, evaluate=False) ** 2,
    Mod(n + 1, t + 1, evaluate=False) * rows**2,
    sp.Abs(floor(n / 2) - t) * sp.Abs(n),
    sp.Piecewise((n, (n >= 2) & (t <= 1)), (t, sp.Or(n <= 1, Eq(Mod(t, 2), 0))), (0, True)),
)


EACH = len(FORMS) + len(PRINTED)


def printed_only(number: int, form: sp.Expr) -> dict[str, Any]:
    """A claim with a closed form and nothing behind it."""
    letters = sorted(form.free_symbols, key=str)
    domain = condition(sp.And(*(x >= 1 for x in letters), evaluate=False), letters)
    made = entry(formula(form, letters), str(form), {str(x): 1 for x in letters}, number)
    return {**made, "domain": domain, "examples": {}}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """The report that prints all of them, boxed and in a line."""
    claims = ledger_document([form.settle() for form in FORMS.values()], {})["claims"]
    claims |= {f"printed.form{k}": printed_only(k, form) for k, form in enumerate(PRINTED)}
    start, end = TEXT.index(r"\BLOCK{set causal"), TEXT.index(r"\appendix")
    printed = "\n".join(
        rf"\closedform{{\VAR{{{claim}.formula}}}} or $\VAR{{{claim}.formula.inline}}$."
        for claim in (f'claim("{name}")' for name in claims)
    )
    text = TEXT[:start] + r"\question[\given{2} points]{Counting}" + "\n" + printed + TEXT[end:]
    folder = tmp_path_factory.mktemp("kinds")
    store = tmp_path_factory.mktemp("store")
    return Small(folder, store, claims=claims, text=text, drawn={})


def test_all_of_them_are_proved_printed_and_read(report: Small) -> None:
    assert {claim["verdict"] for claim in report.claims.values()} == {"proved"}
    ink = report.ink()
    assert ink.differences == []
    assert ink.unvalued == []
    assert ink.summary()["boxed forms"] == f"{EACH}/{EACH}"
    assert ink.summary()["claims"] == f"{EACH}/{EACH}"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("remainder", r"\bmod 2", r"\bmod 3"),
        ("binomial", r"\binom{n + 1}{2}", r"\binom{n}{2}"),
        ("sign", "(-1)^{n} - 1", "(-1)^{n} + 1"),
        ("maximum", r"\max(0,", r"\max(1,"),
        ("default", r"n \le t", r"n \ge t"),
        ("index", "n_{1} + 1", "n_{1} - 1"),
        ("absolute", r"\lvert n - t \rvert", r"\lvert n + t \rvert"),
    ],
)  # fmt: skip
def test_a_wrong_formula_in_the_ledger_is_told(
    report: Small, name: str, old: str, new: str
) -> None:
    """The ink is then as the ledger's LaTeX, and not as its closed form."""
    from proofpress.ink import meaning
    from proofpress.ink.readings import of_latex

    claim = report.claims[f"kinds.{name}"]
    assert old in claim["formula"]
    said = (claim["closed_form"], claim["domain"], claim["letters"])
    assert meaning.difference(of_latex(claim["formula"]), *said) is None
    wrong = claim["formula"].replace(old, new)
    assert "the ink says" in str(meaning.difference(of_latex(wrong), *said))
