"""Loops: three nested ones, and a loop inside another that takes two steps at a time.

Letters: n is how far the loops run; i, j, k and x, y are their variables.
"""

from proofpress import Count, IntegerSet, Leading, Limit, Named, Share, integers

n, i, j, k, x, y = integers("n i j k x y")


def executed(n: int) -> int:
    """Return how often the innermost line really runs."""
    return sum(1 for i in range(1, n + 1) for j in range(i, n + 1) for k in range(j, n + 1))


triple = IntegerSet(
    "triple loop",
    (i, j, k),
    (1 <= i) & (i <= n) & (i <= j) & (j <= n) & (j <= k) & (k <= n),
    assuming=n >= 1,
)

# The inner loop counts y, and each of its steps takes two off what is left.
steps_of_two = IntegerSet(
    "steps of two",
    (x, y),
    (1 <= x) & (1 <= y) & (x + 2 * y <= n),
    assuming=n >= 1,
)

CLAIMS = (
    Count(
        "loops.triple",
        "Passes of a triple loop",
        triple,
        called=("value", "value", "value"),
        related={"cube": Named(n**3), "leading": Leading(n), "limit": Limit(n, n**3)},
        also={"the loop itself": executed},
    ),
    Count(
        "loops.steps",
        "Passes of a loop with steps of two",
        steps_of_two,
        called=("value", "value"),
        related={"leading": Leading(n), "share": Share(n**2)},
    ),
)
