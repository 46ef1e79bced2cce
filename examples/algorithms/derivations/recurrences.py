"""Recurrences that add in each step, and an inequality.

Letters: T(n) after n steps; a and b are any two whole numbers that are not negative.
"""

from proofpress import Bound, Iteration, Leading, integers

n, a, b = integers("n a b")


def by_recursion(n: int) -> int:
    """Return T(n) as the recurrence says it."""
    return 0 if n == 0 else by_recursion(n - 1) + n


def squares(n: int) -> int:
    """Return S(n) as its recurrence says it."""
    return 0 if n == 0 else squares(n - 1) + n**2


CLAIMS = (
    Iteration(
        "recurrences.linear",
        "Steps that cost their number",
        letter=n,
        first=0,
        step=n,
        letters=(n,),
        assuming=n >= 0,
        also={"recursion": by_recursion},
        related={"leading": Leading(n)},
    ),
    Iteration(
        "recurrences.squares",
        "Steps that cost the square of their number",
        letter=n,
        first=0,
        step=n**2,
        letters=(n,),
        assuming=n >= 0,
        also={"recursion": squares},
        related={"leading": Leading(n)},
    ),
    Bound(
        "recurrences.halves",
        "Two halves cost least",
        4 * a * b,
        (a + b) ** 2,
        (a, b),
        (a >= 0) & (b >= 0),
    ),
)
