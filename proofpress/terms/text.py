"""An author's expressions as Python source: what messages show of them.

Place in the chain: **definition** -> messages.
"""

from __future__ import annotations

from proofpress.terms.tree import (
    Apply,
    Cases,
    Condition,
    Gate,
    Letter,
    Node,
    Number,
    Relation,
    Series,
    Term,
    Truth,
)

# How tightly a sign binds, for brackets in what is shown.
_LEVEL = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 3, "**": 4}


def written(node: Node) -> str:
    """Return a node as Python source, from which it can be read again.

    >>> n = Letter("n")
    >>> written((n - (n - 1)) / 2**n), written(~(n >= 1) | (n == 3))
    ('(n - (n - 1))/2**n', '~(n >= 1) | (Eq(n, 3))')
    """
    match node:
        case Number():
            return str(node.value)
        case Letter():
            return node.name
        case Apply(op="neg"):
            return f"-{_bracketed(node.args[0], 3)}"
        case Apply(op=op) if op in _LEVEL:
            level = _LEVEL[op]
            left, right = node.args
            spaced = f" {op} " if level == 1 else op
            # A power of a power, and what follows a minus or a division, keeps its brackets.
            lower = level + 1 if op == "**" else level
            upper = level + 1 if op in ("-", "/", "**", "*") else level
            upper = level if op in ("+", "*") and not _is_quotient(right) else upper
            return f"{_bracketed(left, lower)}{spaced}{_bracketed(right, upper)}"
        case Apply():
            return f"{node.op}({', '.join(map(written, node.args))})"
        case Cases():
            return f"Piecewise({', '.join(f'({written(v)}, {written(w)})' for v, w in node.rows)})"
        case Series():
            ends = ", ".join(map(written, (node.letter, node.low, node.high)))
            return f"{node.kind}({written(node.body)}, ({ends}))"
        case Truth():
            return str(node.value)
        case Relation(op="==" | "!="):
            name = "Eq" if node.op == "==" else "Ne"
            return f"{name}({written(node.left)}, {written(node.right)})"
        case Relation():
            return f"{written(node.left)} {node.op} {written(node.right)}"
        case Gate(op="not"):
            return f"~({written(node.args[0])})"
        case Gate():
            sign = {"and": " & ", "or": " | ", "xor": " ^ "}[node.op]
            return sign.join(_clause(part, node.op) for part in node.args)
    raise AssertionError(f"no such node: {type(node)}")


def _is_quotient(node: Term) -> bool:
    return isinstance(node, Apply) and node.op == "/"


def _bracketed(node: Term, level: int) -> str:
    text = written(node)
    negative = isinstance(node, Number) and (node.value < 0 or node.value.denominator > 1)
    own = 1 if negative else _LEVEL.get(node.op, 9) if isinstance(node, Apply) else 9
    return f"({text})" if own < level else text


def _clause(node: Condition, op: str) -> str:
    text = written(node)
    plain = isinstance(node, Gate) and node.op in (op, "not")
    return text if plain else f"({text})"
