"""Whether two conditions are joined in the same way from the same comparisons.

Place in the chain: tree of a condition -> **shape** -> the same, or not.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from proofpress.formulas import tree
from proofpress.formulas.normal import NoForm, relation

_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}

Leaf = Callable[[str, tree.Node, tree.Node], Hashable]


def exact(sign: str, left: tree.Node, right: tree.Node) -> Hashable:
    """Return a comparison's normal form; raises NoForm."""
    return relation(sign, left, right)


def at_points(places: Sequence[tree.At]) -> Leaf:
    """Return a function that tells comparisons by where they hold among the places."""

    def leaf(sign: str, left: tree.Node, right: tree.Node) -> Hashable:
        compared = tree.Relation((left, right), (sign,))
        return tuple(tree.value(compared, at) for at in places)

    return leaf


def shape(condition: tree.Node, leaf: Leaf = exact) -> Hashable:
    """Return how a condition is joined from comparisons, in no order, each as `leaf` tells it.

    An equation counts as two inequalities: bounds that meet are printed as one. Raises NoForm.

    >>> from proofpress.formulas.parser import read
    >>> shape(read(r"1 \\le i \\le n")) == shape(read(r"n \\ge i,\\ i > 0"))
    True
    """
    match condition:
        case tree.Truth(holds):
            return ("all" if holds else "any", frozenset())
        case tree.Relation(sides, signs):
            found: list[Hashable] = []
            for sign, left, right in zip(signs, sides, sides[1:], strict=False):
                found += _comparison(sign, left, right, leaf)
            return _set("all", found)
        case tree.All(parts):
            return _set("all", [shape(part, leaf) for part in parts])
        case tree.Any(parts):
            return _set("any", [shape(part, leaf) for part in parts])
        case tree.Not(part):
            turned = opposite(part)
            return shape(turned, leaf) if turned != condition else ("not", shape(part, leaf))
    raise NoForm


def opposite(condition: tree.Node) -> tree.Node:
    """Return the opposite of a condition, where it can be that of its comparisons.

    >>> from proofpress.formulas.parser import read
    >>> opposite(read(r"1 \\le i,\\ i < n")) == tree.Any((read("1 > i"), read(r"i \\ge n")))
    True
    """
    match condition:
        case tree.Relation(sides, signs) if not set(signs) - set(_OPPOSITE):
            pairs = zip(sides, sides[1:], signs, strict=False)
            turned = [tree.Relation((a, b), (_OPPOSITE[sign],)) for a, b, sign in pairs]
            return turned[0] if len(turned) == 1 else tree.Any(tuple(turned))
        case tree.All(parts):
            return tree.Any(tuple(map(opposite, parts)))
        case tree.Any(parts):
            return tree.All(tuple(map(opposite, parts)))
        case tree.Not(part):
            return part
        case tree.Truth(holds):
            return tree.Truth(not holds)
    return tree.Not(condition)


def _comparison(sign: str, left: tree.Node, right: tree.Node, leaf: Leaf) -> list[Hashable]:
    divides = isinstance(left, tree.Call) and left.name == "mod" and right == tree.Number(0)
    if sign == "!=" and divides:
        return [("not", leaf("=", left, right))]
    if sign != "=" or divides:
        return [leaf(sign, left, right)]
    return [leaf(">=", left, right), leaf(">=", right, left)]


def _set(word: str, parts: list[Hashable]) -> Hashable:
    """Return parts as a set; those that are joined by the same word are taken apart."""
    found: set[Hashable] = set()
    for part in parts:
        if isinstance(part, tuple) and len(part) == 2 and part[0] == word:
            found |= part[1]
        else:
            found.add(part)
    return next(iter(found)) if len(found) == 1 else (word, frozenset(found))
