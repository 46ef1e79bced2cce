"""Proofpress prints reports whose mathematics has been proved.

The public names are imported when they are first used: what reads only the ledger must not pay
for SymPy.
"""

from __future__ import annotations

# For the type checker only: every call imports this file, the shortest one included.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_HOME = {
    "Group": "proofpress.counting.parts",
    "IntegerSet": "proofpress.counting.sets",
    "Coordinates": "proofpress.proving.statements.coordinates",
    "Least": "proofpress.proving.statements.least",
    "Iteration": "proofpress.proving.statements.iteration",
    "ancestors": "proofpress.counting.recurrences",
    "longest_chain": "proofpress.counting.recurrences",
    "MatrixTerm": "proofpress.counting.recurrences",
    "Recurrence": "proofpress.counting.recurrences",
    "Tensor": "proofpress.counting.tensors",
    "linear": "proofpress.counting.tensors",
    "parameters": "proofpress.counting.tensors",
    "leading": "proofpress.counting.asymptotics",
    "limit": "proofpress.counting.asymptotics",
    "share": "proofpress.counting.expressions",
    "Count": "proofpress.proving.statements.count",
    "Total": "proofpress.proving.statements.total",
    "Bound": "proofpress.proving.statements.bound",
    **dict.fromkeys(
        ("At", "Follows", "Leading", "Limit", "Named", "Share", "Zero"),
        "proofpress.proving.statements.related",
    ),
    "PressError": "proofpress.faults.errors",
    **dict.fromkeys(
        (
            "integers",
            "And",
            "Or",
            "Not",
            "Xor",
            "Eq",
            "Ne",
            "Mod",
            "floor",
            "ceiling",
            "Abs",
            "sign",
            "Min",
            "Max",
            "binomial",
            "factorial",
            "gamma",
            "Piecewise",
            "Product",
            "Rational",
            "Sum",
        ),
        "proofpress.terms.functions",
    ),
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOME[name]), name)
