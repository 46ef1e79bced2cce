"""The product of two lower triangular matrices.

Letters: matrices of n rows; entry (i, j) of the product adds up over k.
"""

from proofpress import Count, IntegerSet, Leading, Limit, Named, Share, integers

n, i, j, k = integers("n i j k")


def multiplied(n: int) -> int:
    """Return how many products of entries are not zero, when two such matrices are multiplied."""
    lower = [[int(column <= row) for column in range(n)] for row in range(n)]
    return sum(lower[i][k] * lower[k][j] for i in range(n) for j in range(n) for k in range(n))


products = IntegerSet(
    "triangular product",
    (i, j, k),
    (1 <= i) & (i <= n) & (1 <= j) & (j <= i) & (j <= k) & (k <= i),
    assuming=n >= 1,
)

CLAIMS = (
    Count(
        "matrices.triangular",
        "Multiplications for two triangular matrices",
        products,
        called=("row", "column", "term"),
        related={
            "whole": Named(n**3),
            "share": Share(n**3),
            "leading": Leading(n),
            "limit": Limit(n, n**3),
        },
        also={"a real product": multiplied},
    ),
)
