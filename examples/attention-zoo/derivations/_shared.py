"""What all families share: the square of pairs, what is said of a count, and its work."""

from collections.abc import Iterable
from typing import Any

from proofpress import (
    Eq,
    IntegerSet,
    Leading,
    MatrixTerm,
    Mod,
    Named,
    Recurrence,
    Share,
    Tensor,
    Total,
    floor,
    integers,
)

n, l, m, d, i, j, a, b, k, q = integers("n l m d i j a b k q")  # noqa: E741

square = (1 <= i) & (i <= n) & (1 <= j) & (j <= n)
past = (1 <= i) & (i <= n) & (1 <= j) & (j <= i)

# What is said of a count beside its closed form: its part of all pairs, and how it grows.
of_the_square = {"full": Named(n**2), "fraction": Share(n**2), "leading": Leading(n)}

# The n = m l tokens in m blocks of l: token number a of block k, token number b of block q.
whole_blocks = (n >= 1) & (l >= 1) & Eq(Mod(n, l), 0)
some_blocks = (m >= 1) & (l >= 1)
queries = (1 <= k) & (k <= m) & (1 <= a) & (a <= l)
keys = (1 <= q) & (q <= m) & (1 <= b) & (b <= l)
query_of_block, key_of_block = (k - 1) * l + a, (q - 1) * l + b


def block(token: Any) -> Any:
    """Return how many blocks end before a token."""
    return floor((token - 1) / l)


def place(token: Any) -> Any:
    """Return the place of a token in its block, from one."""
    return token - l * block(token)


def work(name: str, words: str, pairs: IntegerSet, letters: Iterable[Any]) -> Total:
    """Return the multiplications of one head: query times key, then weight times value."""
    scores = Recurrence(f"scores of {name}", pairs, (MatrixTerm(Tensor("scores", (1, d))),))
    values = Recurrence(f"values of {name}", pairs, (MatrixTerm(Tensor("values", (d, 1))),))
    parts = scores.multiplies(True) + values.multiplies(True)
    known = pairs.assumed & (d >= 1)
    return Total(name, f"{words}: multiplications", parts, (*letters, d), known)
