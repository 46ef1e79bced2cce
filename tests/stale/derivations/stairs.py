"""A staircase of squares, and a square."""

from shared.examples import EXAMPLES

from proofpress import Count, IntegerSet, integers

__all__ = ["CLAIMS", "EXAMPLES"]

n, i, j = integers("n i j")
square = (i >= 1) & (i <= n) & (j >= 1) & (j <= n)  # all of it

staircase = IntegerSet("staircase", (i, j), square & (j <= i), assuming=n >= 1)
whole = IntegerSet("whole", (i, j), square, assuming=n >= 1)

CLAIMS = (
    Count("stairs.staircase", "Squares of the staircase", staircase),
    Count("stairs.whole", "Squares of the whole", whole),
)
