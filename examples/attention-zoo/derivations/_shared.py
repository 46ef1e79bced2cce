"""What all families share: numbers from one, blocks of tokens, what is said of a count, its work.

Everything counts from one: the blocks, and the places in each.
"""

from collections.abc import Iterable
from functools import reduce
from operator import and_
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


def up_to(last: Any, *letters: Any) -> Any:
    """Return that each of the letters runs from one to the last number."""
    return reduce(and_, (end for letter in letters for end in (1 <= letter, letter <= last)))


square = up_to(n, i, j)
past = up_to(n, i) & up_to(i, j)
CALLED = ("query", "key")


def of_all(pairs: Any, letter: Any) -> dict[str, Any]:
    """Return what is said of a count beside its closed form: its part of all pairs, its growth."""
    return {"full": Named(pairs), "fraction": Share(pairs), "leading": Leading(letter)}


of_the_square = of_all(n**2, n)


def block(token: Any, size: Any = l) -> Any:
    """Return how many blocks end before a token."""
    return floor((token - 1) / size)


def place(token: Any, size: Any = l) -> Any:
    """Return the place of a token in its block."""
    return token - size * block(token, size)


def together(one: Any, other: Any, size: Any = l) -> Any:
    """Return that two tokens are in the same block."""
    return Eq(block(one, size), block(other, size))


def token(block: Any, place: Any, size: Any = l) -> Any:
    """Return the token at a place of a block."""
    return (block - 1) * size + place


def whole(length: Any, size: Any) -> Any:
    """Return that a text is cut into whole blocks."""
    return (length >= 1) & (size >= 1) & Eq(Mod(length, size), 0)


# The n = m l tokens in m blocks of l: token number a of block k, token number b of block q.
whole_blocks = whole(n, l)
some_blocks = (m >= 1) & (l >= 1)
queries, keys = up_to(m, k) & up_to(l, a), up_to(m, q) & up_to(l, b)
to_tokens = {i: token(k, a), j: token(q, b)}
by_blocks = {k: block(i) + 1, a: place(i), q: block(j) + 1, b: place(j)}


def products(name: str, points: IntegerSet, *tensors: Tensor) -> tuple[Any, ...]:
    """Return the multiplications by each tensor at each point, as parts of a total."""
    steps = (Recurrence(f"{t.label} of {name}", points, (MatrixTerm(t),)) for t in tensors)
    return tuple(part for step in steps for part in step.multiplies(True))


def attended(name: str, pairs: IntegerSet, size: Any) -> tuple[Any, ...]:
    """Return the multiplications of query times key and of weight times value, for each pair."""
    return products(name, pairs, Tensor("scores", (1, size)), Tensor("values", (size, 1)))


def one_each(words: str, pairs: IntegerSet) -> tuple[Any, ...]:
    """Return one score for each pair, as a part of a total."""
    return Recurrence(words, pairs, (MatrixTerm(Tensor(words, (1, 1))),)).activations()


def work(name: str, words: str, pairs: IntegerSet, letters: Iterable[Any]) -> Total:
    """Return the multiplications of one head: query times key, then weight times value."""
    known = pairs.assumed & (d >= 1)
    return Total(name, f"{words}: multiplications", attended(name, pairs, d), (*letters, d), known)
