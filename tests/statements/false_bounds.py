"""False bounds: most are true on all small cases."""

from __future__ import annotations

from .corpus import Stated, where_false

# The smaller and the greater side, letters, domain, and the reason.
ROWS: tuple[tuple[str, str, str, str, str], ...] = (
    # True on small cases only.
    ("n**2", "40*n", "n", "n >= 1", "n = 41"),
    ("30*n", "n**2 + 224", "n", "n >= 1", "n = 15: 450 > 449"),
    ("n**3", "14*n**2", "n", "n >= 0", "n = 15"),
    ("n*(n - 1)*(n - 2)", "13*n*(n - 1)", "n", "n >= 2", "n = 16"),
    ("2**n", "n**4 + 5000", "n", "n >= 0", "n = 17"),
    ("factorial(n)", "100000000*(n + 12)", "n", "n >= 0", "n = 13"),
    ("binomial(n, 6)", "1716", "n", "n >= 6", "n = 14"),
    ("Sum(k, (k, 1, n))", "15*n/2", "n", "n >= 0", "n = 15"),
    ("Product(k, (k, 1, n))", "14**n", "n", "n >= 0", "the factorial wins far out"),
    ("(n - 20)*(n - 22)", "n*(n - 20)*(n - 22)", "n", "n >= 1", "n = 21: -1 > -21"),
    ("0", "(n - 14)*(n - 16)", "n", "n >= 0", "n = 15 lies between the roots"),
    ("0", "(n - 14)**2 - 1", "n", "n >= 0", "n = 14"),
    ("1", "(n - 33)**2", "n", "n >= 0", "n = 33"),
    ("n", "n**2 - 25*n + 168", "n", "n >= 0", "n = 13 lies between two equalities"),
    ("n*t", "100*n + 100*t", "n t", "(n >= 1) & (t >= 1)", "both letters large"),
    ("n*t", "n**2 + 13*t", "n t", "(n >= 0) & (t >= 0)", "t = 100, n = 20"),
    ("(n - t)**2", "12*(n + t)", "n t", "(n >= 0) & (t >= 0)", "n = 13, t = 0"),
    ("n**2 + t**2", "2*n*t + 81", "n t", "(n >= 0) & (t >= 0)", "letters ten apart"),
    ("n*t*m", "50*(n + t + m)", "n t m", "(n >= 1) & (t >= 1) & (m >= 1)", "all three are 9"),
    ("n", "7*t", "n t", "(n >= 1) & (t >= 1)", "n = 8, t = 1"),
    # Beyond a case, a floor, a remainder.
    ("floor(n/14)", "0", "n", "n >= 0", "n = 14"),
    ("n - 13", "floor(n/2)", "n", "n >= 0", "n = 27"),
    ("ceiling(n/2)", "floor(n/2)", "n", "n >= 0", "odd n"),
    ("Mod(n, 17)", "15", "n", "n >= 0", "n = 16"),
    ("Mod(n**2, 19)", "16", "n", "(n >= 0) & (n <= 60)", "n = 6 leaves 17"),
    ("Mod(n, w)", "w - 2", "n w", "(n >= 0) & (w >= 2)", "w = 2, n = 1"),
    ("n", "w*floor(n/w)", "n w", "(n >= 0) & (w >= 1)", "n = 1, w = 2"),
    ("w*floor(n/w) + w", "n", "n w", "(n >= 0) & (w >= 1)", "the next multiple is larger"),
    ("Abs(n - 20)", "21", "n", "n >= -1", "n = 42"),
    ("Max(n, 20)", "20", "n", "n >= 0", "n = 21"),
    ("15", "Min(20, n + 16)", "n", "n >= -9", "n = -2"),
    ("sign(n - 40)", "-1", "n", "n >= 0", "n = 40 has sign 0"),
    ("Piecewise((n, n <= 30), (2*n, True))", "n", "n", "n >= 0", "the second case"),
    ("(-1)**n*(n - 20)", "21", "n", "n >= 0", "n = 42"),
    ("(-1)**n", "0", "n", "Ne(Mod(n, 2), 1) | (n >= 50)", "even n"),
    # The domain is one step too wide.
    ("(n + 1)/(2*n)", "1", "n", "n >= 0", "n = 0: no value"),
    ("n**3", "n**2", "n", "(n <= 1) | Eq(n, 14)", "n = 14 lies alone"),
    ("10*n", "n**2", "n", "n >= 9", "n = 9"),
    ("100*n", "n**2", "n", "n >= 99", "n = 99: 9900 > 9801"),
    ("n", "2*n", "n", "n >= -1", "n = -1"),
    ("n**2", "10*n", "n", "n <= 11", "n = 11"),
    ("n**2", "10*n", "n", "n <= 10", "n = -1"),
    ("n**4", "n**5", "n", "(n >= 0) | Eq(n, -13)", "n = -13 lies alone"),
    ("t*n", "t*n**2", "n t", "(n >= 1) & (t >= -1)", "t = -1, n = 2"),
    ("n - t", "n*t", "n t", "(n >= 0) & (t >= 0)", "t = 0"),
    ("1/n", "1", "n", "Ne(n, 0) | (n >= -1)", "n = 0: no value"),
    # Poles and values that are not real.
    ("n/(n - 37)", "38", "n", "n >= 1", "n = 37: no value"),
    ("(n - 37)/(n - 37)", "1", "n", "n >= 1", "n = 37: no value"),
    ("0/(n - 25)", "0", "n", "n >= 0", "n = 25: no value"),
    ("1/(n - 13)", "1", "n", "n >= 0", "n = 13: no value"),
    ("(n**2 - 400)/(n - 20)", "n + 20", "n", "n >= 0", "n = 20: no value"),
    ("n/(n*t - 77)", "n", "n t", "(n >= 1) & (t >= 1)", "n t = 77: no value"),
    ("0", "((-1)**(n/2))**2", "n", "n >= 0", "odd n: not real"),
    ("gamma(n - 20)/gamma(n - 20)", "1", "n", "n >= 1", "n <= 20: poles"),
    ("factorial(n - 14)/factorial(n - 14)", "1", "n", "n >= 0", "n <= 13: no value"),
    ("Mod(n, n - 15)", "n + 15", "n", "n >= 0", "n = 15: a remainder by 0"),
    ("0**(n - 5)", "1", "n", "n >= 1", "n < 5: no value"),
    ("n", "n + sp.oo", "n", "n >= 1", "infinity is no number"),
    ("sp.I*n", "sp.I*n", "n", "n >= 1", "not real"),
)


FAR = {1: ((99,),), 2: ((20, 100), (300, 300)), 3: ((60, 60, 60),)}


def stated(row: tuple[str, str, str, str, str]) -> Stated:
    """Return the bound of a row, and the same inequality for plain arithmetic."""
    smaller, greater, letters, domain, why = row
    claim = (
        f"Bound('b.f', 'Bound', {smaller}, {greater}, ({', '.join(letters.split())},), {domain})"
    )
    far = FAR[len(letters.split())]
    witness = where_false(letters, domain, f"{smaller} <= {greater}", far)
    return Stated("bound", "", claim, why, witness)


FALSE = tuple(map(stated, ROWS))
