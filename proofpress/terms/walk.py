"""Walks over an author's expressions: their parts, letters, and letters replaced.

Place in the chain: **definition** -> derivation -> proof.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from proofpress.terms.tree import (
    OPPOSITE,
    TRUE,
    Apply,
    Cases,
    Condition,
    Gate,
    Letter,
    Node,
    Relation,
    Series,
    Term,
    Truth,
    same,
)


def parts(node: Node) -> tuple[Node, ...]:
    """Return the nodes that a node is made of, those below a series' letter included.

    >>> parts(Letter("n") + 1)
    (n, 1)
    """
    match node:
        case Apply() | Gate():
            return node.args
        case Cases():
            return tuple(part for row in node.rows for part in row)
        case Series():
            return (node.body, node.low, node.high)
        case Relation():
            return (node.left, node.right)
    return ()


@lru_cache(maxsize=65536)
def letters_of(node: Node) -> frozenset[str]:
    """Return the names of the letters whose values a node asks for.

    >>> from proofpress.terms.tree import Number
    >>> sorted(letters_of(Series("Sum", Letter("k"), Letter("k"), Number(1), Letter("n"))))
    ['n']
    """
    if isinstance(node, Letter):
        return frozenset([node.name])
    if isinstance(node, Series):
        inner = letters_of(node.body) - {node.letter.name}
        return inner | letters_of(node.low) | letters_of(node.high)
    return frozenset().union(*map(letters_of, parts(node)))


def put(node: Any, values: Mapping[str, Term]) -> Any:
    """Return a node with letters replaced, by name; the letter of a sum is never captured.

    >>> from proofpress.terms.tree import Number
    >>> k, n = Letter("k"), Letter("n")
    >>> put(Series("Sum", k * n, k, Number(1), n), {"n": k + 1})
    Sum(k_*(k + 1), (k_, 1, k + 1))
    """
    if not (letters_of(node) & values.keys()):
        return node
    match node:
        case Letter():
            return values[node.name]
        case Apply() | Gate():
            return type(node)(node.op, tuple(put(part, values) for part in node.args))
        case Cases():
            return Cases(tuple((put(v, values), put(w, values)) for v, w in node.rows))
        case Relation():
            return Relation(node.op, put(node.left, values), put(node.right, values))
        case Series():
            inside = {name: value for name, value in values.items() if name != node.letter.name}
            taken = frozenset().union(*map(letters_of, inside.values()))
            letter, body = node.letter, node.body
            if letter.name in taken:
                fresh = fresh_name(letter.name, taken | letters_of(body))
                letter = Letter(fresh)
                body = put(body, {node.letter.name: letter})
            low, high = put(node.low, values), put(node.high, values)
            return Series(node.kind, put(body, inside), letter, low, high)
    raise AssertionError(f"{node!r} has no letters")


def fresh_name(name: str, taken: frozenset[str] | set[str]) -> str:
    """Return the name with as many underscores as make it new.

    >>> fresh_name("k", {"k", "k_"})
    'k__'
    """
    while name in taken:
        name += "_"
    return name


def conjuncts(condition: Condition) -> Sequence[Condition]:
    """Return the conditions whose conjunction this is.

    >>> n = Letter("n")
    >>> conjuncts((n >= 1) & (n <= 3) & (n != 2))
    (n >= 1, n <= 3, Ne(n, 2))
    """
    if isinstance(condition, Gate) and condition.op == "and":
        return tuple(inner for part in condition.args for inner in conjuncts(part))
    return () if same(condition, TRUE) else (condition,)


def conjunction(conditions: Sequence[Condition]) -> Condition:
    """Return the condition that holds where all of these do."""
    if not conditions:
        return TRUE
    return conditions[0] if len(conditions) == 1 else Gate("and", tuple(conditions))


def denied(condition: Condition) -> Condition:
    """Return the condition that holds where this one does not, without a not of its own.

    >>> n = Letter("n")
    >>> denied((n >= 1) & ~(n == 3))
    (n < 1) | (Eq(n, 3))
    """
    match condition:
        case Truth():
            return Truth(not condition.value)
        case Relation():
            return Relation(OPPOSITE[condition.op], condition.left, condition.right)
        case Gate(op="not"):
            return condition.args[0]
        case Gate(op="and" | "or"):
            op = "or" if condition.op == "and" else "and"
            return Gate(op, tuple(map(denied, condition.args)))
    return ~condition


def one_of_two(condition: Gate) -> Condition:
    """Return an xor of two conditions as the or of their two cases.

    >>> n, t = Letter("n"), Letter("t")
    >>> one_of_two((n >= 1) ^ (t >= 1))
    ((n >= 1) & (t < 1)) | ((n < 1) & (t >= 1))
    """
    first, *others = condition.args
    if not others:
        return first
    rest = others[0] if len(others) == 1 else Gate("xor", tuple(others))
    return (first & denied(rest)) | (denied(first) & rest)


def comparisons(condition: Condition) -> Sequence[Relation]:
    """Return the comparisons that a condition joins, in the order in which they stand.

    >>> n = Letter("n")
    >>> comparisons((n >= 1) & ~((n == 3) | (n <= 0)))
    (n >= 1, Eq(n, 3), n <= 0)
    """
    match condition:
        case Relation():
            return (condition,)
        case Gate():
            return tuple(inner for part in condition.args for inner in comparisons(part))
    return ()
