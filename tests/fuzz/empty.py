"""Whether a domain has any point at all: asked of isl, which knows, and not of a few small points.

Only what isl can read is asked: of a domain with another condition (`Eq(Mod(n, w), 0)`) the rest.
Where the rest is empty, so is the domain; a point of the rest is one to look at.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

import islpy as isl

from .barvinok import MOST_OPERATIONS, Outside, translated


def some_point(letters: Sequence[str], domain: str) -> tuple[int, ...] | None:
    """Return a point of all those conditions of a domain that isl can read, None if there is none.

    >>> some_point(["n", "t"], "(n >= 1234) & (n <= 1234) & (t >= 1) & (t <= 1)")
    (1234, 1)
    >>> some_point(["n"], "(n >= 10) & (n <= 9)") is None
    True
    >>> some_point(["n", "w"], "(w >= 3) & (w <= 2) & Eq(Mod(n, w), 0)") is None
    True
    """
    names = {letter: f"x{place}" for place, letter in enumerate(letters)}
    read = " and ".join(f"({text})" for text in _readable(domain, names)) or "1 = 1"
    context = isl.DEFAULT_CONTEXT
    context.reset_operations()
    context.set_max_operations(MOST_OPERATIONS)
    try:
        found = isl.Set(f"{{ [{', '.join(names.values())}] : {read} }}")
        if found.is_empty():
            return None
        point = found.sample_point()
    except isl.Error:
        return (0,) * len(letters)  # a guess like any other: nothing is known
    finally:
        context.set_max_operations(0)
    places = range(len(letters))
    return tuple(
        int(point.get_coordinate_val(isl.dim_type.set, place).to_str()) for place in places
    )


def _readable(domain: str, names: dict[str, str]) -> Iterator[str]:
    for part in _conjuncts(ast.parse(domain, mode="eval").body):
        try:
            yield translated(ast.unparse(part), names)
        except Outside:
            continue


def _conjuncts(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd):
        yield from _conjuncts(node.left)
        yield from _conjuncts(node.right)
    else:
        yield node
