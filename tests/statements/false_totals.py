"""False totals: sides that are negative or no integers, and sets counted outside their domain."""

from __future__ import annotations

from collections.abc import Iterator

from .corpus import Stated, where_false

# Parts as the press takes them, letters, domain, the number of entries for plain arithmetic, the
# form that the press derives (or that is stated), and the reason. A side below 0 has no entries.
PLAIN: tuple[tuple[str, str, str, str, str, str], ...] = (
    (
        "Tensor('W', (20 - n, h)),",
        "n h",
        "(n >= 1) & (h >= 1)",
        "Max(20 - n, 0)*h",
        "(20 - n)*h",
        "n = 21",
    ),
    ("Tensor('W', (20 - n,)),", "n", "n >= 1", "Max(20 - n, 0)", "20 - n", "n = 21"),
    (
        "Tensor('W', (n - 14, n)),",
        "n",
        "(n >= 14) | (n <= -1)",
        "Max(n - 14, 0)*Max(n, 0)",
        "(n - 14)*n",
        "two negative sides",
    ),
    (
        "Tensor('W', (n - t, t)),",
        "n t",
        "(n >= 0) & (t >= 0)",
        "Max(n - t, 0)*t",
        "(n - t)*t",
        "t > n",
    ),
    (
        "Tensor('W', (n - t, n - t)),",
        "n t",
        "(n >= 0) & (t >= 0)",
        "Max(n - t, 0)**2",
        "(n - t)**2",
        "t > n",
    ),
    (
        "Tensor('W', (n*(30 - n), 2)),",
        "n",
        "n >= 1",
        "2*Max(n*(30 - n), 0)",
        "2*n*(30 - n)",
        "n = 31",
    ),
    (
        "Tensor('W', ((n - 20)*(n - 22),)),",
        "n",
        "n >= 1",
        "Max((n - 20)*(n - 22), 0)",
        "(n - 20)*(n - 22)",
        "n = 21",
    ),
    (
        "Tensor('W', (n/2, h)),",
        "n h",
        "(n >= 14) & (h >= 1)",
        "floor(n/2)*h",
        "n*h/2",
        "odd n: no whole side",
    ),
    ("Tensor('W', (n/3, 3)),", "n", "n >= 14", "floor(n/3)*3", "n", "n = 14: no whole side"),
    ("Tensor('W', (n*(n + 1)/3,)),", "n", "n >= 12", "floor(n*(n + 1)/3)", "n*(n + 1)/3", "n = 13"),
    (
        "Tensor('W', (h, h), copies=n/2),",
        "n h",
        "(n >= 14) & (h >= 1)",
        "floor(n/2)*h**2",
        "n*h**2/2",
        "half a copy",
    ),
    (
        "Tensor('W', (h - 13,), copies=2),",
        "h",
        "h >= 0",
        "2*Max(h - 13, 0)",
        "2*(h - 13)",
        "h = 12",
    ),
    (
        "Tensor('W', (h, 5 - c)), Tensor('b', (h,)),",
        "c h",
        "(c >= 0) & (h >= 1)",
        "h*Max(5 - c, 0) + h",
        "h*(6 - c)",
        "c = 6",
    ),
    (
        "Group('g', (Tensor('W', (30 - n, 2)), Tensor('b', (n,)))),",
        "n",
        "n >= 1",
        "2*Max(30 - n, 0) + n",
        "60 - n",
        "n = 31",
    ),
    (
        "Group('g', linear('f', 17 - n, n)),",
        "n",
        "n >= 1",
        "Max(17 - n, 0)*(n + 1)",
        "(17 - n)*(n + 1)",
        "n = 18",
    ),
    (
        "Tensor('W', (n - 25,)).times(-1), Tensor('V', (n,)),",
        "n",
        "n >= 0",
        "n - Max(n - 25, 0)",
        "25",
        "n = 24",
    ),
    (
        "Tensor('W', (Min(n, 20) - 15,)),",
        "n",
        "n >= 0",
        "Max(Min(n, 20) - 15, 0)",
        "Min(n, 20) - 15",
        "n = 14",
    ),
    (
        "Tensor('W', (floor(n/2) - 8,)),",
        "n",
        "n >= 0",
        "Max(floor(n/2) - 8, 0)",
        "floor(n/2) - 8",
        "n = 15",
    ),
    (
        "Tensor('W', (n*(n - 30)/(n - 30),)),",
        "n",
        "n >= 1",
        "n*(n - 30)/(n - 30)",
        "n*(n - 30)/(n - 30)",
        "n = 30: no value",
    ),
    (
        "Tensor('W', (n**2, h)), Tensor('V', (n - 13, h)),",
        "n h",
        "(n >= 1) & (h >= 1)",
        "n**2*h + Max(n - 13, 0)*h",
        "(n**2 + n - 13)*h",
        "n = 12",
    ),
    (
        "Tensor('W', (2**n - 5,)),",
        "n",
        "(n >= 0) & (n <= 20)",
        "Max(2**n - 5, 0)",
        "2**n - 5",
        "n = 0",
    ),
)
STATED: tuple[tuple[str, str, str, str, str, str], ...] = (
    (
        "Tensor('W', (h, c)), Tensor('b', (h,)),",
        "c h",
        "(c >= 1) & (h >= 1)",
        "h*c + h",
        "h*c",
        "the bias is left out",
    ),
    (
        "Tensor('W', (h, c)), Tensor('b', (h,)),",
        "c h",
        "(c >= 1) & (h >= 1)",
        "h*c + h",
        "h*c + c",
        "the other side's bias",
    ),
    (
        "*linear('f', h, c, copies=3),",
        "c h",
        "(c >= 1) & (h >= 1)",
        "3*h*c + 3*h",
        "3*h*c + h",
        "one bias for three copies",
    ),
    (
        "Tensor('W', (h, h)), Tensor('V', (h, h)),",
        "h",
        "h >= 1",
        "2*h**2",
        "2*h**2 + Max(h - 40, 0)",
        "h = 41",
    ),
    ("Tensor('W', (h, h)),", "h", "h >= 1", "h**2", "h**2*(h - 30)/(h - 30)", "h = 30: no value"),
    (
        "Tensor('W', (h, h)),",
        "h",
        "h >= 1",
        "h**2",
        "h**2 + (-1)**(h/2) - (1 - 2*Mod(h/2, 2))",
        "odd h: not real",
    ),
    ("Tensor('W', (h, h)),", "h", "h >= 1", "h**2", "Piecewise((h**2, h <= 50))", "no default"),
    ("Tensor('W', (h, h)),", "h", "h >= 1", "h**2", "h**2 + binomial(h, 14)", "h = 14"),
    (
        "Group('g', (Tensor('W', (h, h)),)), Tensor('b', (h,)),",
        "h",
        "h >= 1",
        "h**2 + h",
        "binomial(h + 1, 2)",
        "half of it",
    ),
)


def plain() -> Iterator[Stated]:
    """Return totals of tensors that are false somewhere in their domain."""
    for kind, rows, tail in (("total", PLAIN, ""), ("total, form stated", STATED, ", stated={}")):
        for parts, letters, domain, truth, form, why in rows:
            given = f"({', '.join(letters.split())},), {domain}{tail.format(form)}"
            whole = _whole_sides(parts)
            yield Stated(
                kind,
                "",
                f"Total('t.f', 'Total', ({parts}), {given})",
                why,
                where_false(letters, domain, f"({whole}) & Eq({truth}, {form})"),
            )


def _whole_sides(parts: str) -> str:
    """Return the condition that what is divided in a shape gives an integer."""
    for side in ("n/2", "n/3", "n*(n + 1)/3"):
        if side in parts and f"floor({side})" not in parts:
            return f"Eq({side}, floor({side}))"
    return "0 <= 0"


# Operations over a set whose own domain is narrower than the claim's.
NARROW = (
    ("(1 <= i) & (i <= n) & (i <= 20)", "(n >= 0) & (n <= 20)", "n >= 0", "n", "n = 21"),
    ("(1 <= i) & (i <= n)", "n >= 0", "n >= -1", "n", "n = -1"),
    ("(1 <= i) & (i <= n)", "n >= 0", "(n >= 0) | Eq(n, -13)", "n", "n = -13 lies alone"),
    ("(1 <= i) & (2*i <= n)", "n >= 0", "(n >= 0) | (n <= -14)", "floor(n/2)", "n = -14"),
    ("(n <= i) & (i <= -1)", "n <= -1", "Ne(n, 0)", "-n", "n = 1"),
)


def over_sets() -> Iterator[Stated]:
    """Return totals over sets that are counted outside of their domain."""
    for predicate, inside, domain, form, why in NARROW:
        setup = (
            f"line = IntegerSet('line', (i,), {predicate}, assuming={inside}, parameters=(n,))\n"
            "rec = Recurrence('rec', line, (MatrixTerm(Tensor('W', (h, c))),))"
        )
        truth = f"number({predicate}, (i, -20, 60))"
        for parts in ("rec.multiplies(True)", "rec.activations()"):
            yield Stated(
                "total over a set",
                setup,
                f"Total('t.s', 'Set', {parts}, (n, c, h), ({domain}) & (c >= 1) & (h >= 1))",
                why,
                where_false("n", domain, f"Eq({truth}, {form})"),
            )


FALSE = (*plain(), *over_sets())
